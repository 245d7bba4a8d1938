"""Services with their expected time, and the queue groups they are waited for in (งานบริการและกลุ่มคิว)."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.directory.models import Centre

LANGUAGES = ("th", "en", "my", "zh")
"""The languages a visitor can choose at a kiosk: Thai, English, Burmese, Chinese."""

LONGEST_SERVICE = 480
"""Minutes: no visit to a counter takes longer than a working day."""


class NamedInLanguages(models.Model):
    """A name in Thai, and in the other languages of visitors where somebody has translated it."""

    name_th = models.CharField(_("name in Thai"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    name_my = models.CharField(_("name in Burmese"), max_length=120, blank=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_in(get_language() or "th")

    def name_in(self, language: str) -> str:
        """The name in one of `LANGUAGES`: in English where that translation is missing, in Thai where English is."""
        chosen = getattr(self, f"name_{language}", "") if language in LANGUAGES else ""
        return chosen or (self.name_en if language != "th" else "") or self.name_th


class QueueGroup(NamedInLanguages):
    """One line of waiting people (กลุ่มคิว): services that are called from the same line."""

    case_kind = "queue_group"

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="queue_groups", verbose_name=_("centre"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("queue group")
        verbose_name_plural = _("queue groups")
        ordering = ["centre", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name_th"],
                name="a_queue_group_is_named_once_in_its_centre",
                violation_error_message=_("The centre has a queue group of this name."),
            ),
            models.CheckConstraint(condition=~Q(name_th=""), name="a_queue_group_has_a_name"),
        ]

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return str(self.pk)

    @property
    def journal_centre_id(self) -> int:
        """The centre under which its entries are filed."""
        return self.centre_id


class ServiceQuerySet(models.QuerySet["Service"]):
    """Ways of choosing services."""

    def offered(self) -> Self:
        """Those that visitors may choose now."""
        return self.filter(is_offered=True)

    def of(self, centre: Centre) -> Self:
        """One centre's services, in its own order."""
        return self.filter(centre=centre).select_related("group").order_by("position", "pk")


class Service(NamedInLanguages):
    """Something a centre does for people (งานบริการ).

    `expected_minutes` is what one visit to a counter takes by the centre's own manual; the wait is estimated from it
    until enough visits were measured. `prefix` is the letter before the number on the ticket.
    """

    case_kind = "service"

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="services", verbose_name=_("centre"))
    group = models.ForeignKey(
        QueueGroup, on_delete=models.PROTECT, related_name="services", verbose_name=_("queue group")
    )
    prefix = models.CharField(
        _("letter on the ticket"),
        max_length=1,
        default="A",
        validators=[RegexValidator("^[A-Z]$", _("Give one letter from A to Z."))],
    )
    expected_minutes = models.PositiveSmallIntegerField(
        _("minutes it usually takes"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_SERVICE)],
    )
    daily_limit = models.PositiveIntegerField(_("tickets a day at most"), null=True, blank=True)  # Null: no limit.
    is_offered = models.BooleanField(_("offered now"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["centre", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name_th"],
                name="a_service_is_named_once_in_its_centre",
                violation_error_message=_("The centre has a service of this name."),
            ),
            models.CheckConstraint(condition=~Q(name_th=""), name="a_service_has_a_name"),
            models.CheckConstraint(condition=Q(prefix__regex="^[A-Z]$"), name="a_prefix_is_one_letter"),
            models.CheckConstraint(
                condition=Q(expected_minutes__gte=1, expected_minutes__lte=LONGEST_SERVICE),
                name="a_service_takes_from_a_minute_to_a_day",
            ),
        ]

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return str(self.pk)

    @property
    def journal_centre_id(self) -> int:
        """The centre under which its entries are filed."""
        return self.centre_id
