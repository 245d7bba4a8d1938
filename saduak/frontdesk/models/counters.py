"""Counters, who sits at them and since when (ช่องบริการ)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import Service
from saduak.directory.models import Centre
from saduak.frontdesk.models.desks import Desk


class Counter(models.Model):
    """A place where people are served (ช่องบริการ). Its skills are the services it can do."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="counters", verbose_name=_("front desk"))
    label = models.CharField(_("number or name on the board"), max_length=20)
    zone = models.CharField(_("zone"), max_length=40, blank=True)
    skills = models.ManyToManyField(Service, related_name="counters", verbose_name=_("services done here"))
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        ordering = ["desk", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "label"],
                name="a_counter_is_named_once_at_its_desk",
                violation_error_message=_("There is a counter of this name."),
            ),
            models.CheckConstraint(condition=~Q(label=""), name="a_counter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.label


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Ways of choosing sittings."""

    def going_on(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(closed_at=None)

    def of(self, officer: Any) -> Self:
        """One officer's."""
        return self.filter(officer=officer)

    def with_places(self) -> Self:
        """With counter, desk, centre and officer, in one question to the database."""
        return self.select_related("counter__desk__centre", "centre", "officer")


class Sitting(models.Model):
    """One officer at one counter, from sitting down to leaving (การนั่งประจำช่อง); paused while `paused_since` is set.

    `needs_help_since` is set while the officer asks the supervisor to come.
    """

    case_kind = "sitting"

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="sittings", verbose_name=_("counter"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sittings", verbose_name=_("officer")
    )
    opened_at = models.DateTimeField(_("sat down at"))
    closed_at = models.DateTimeField(_("left at"), null=True)  # Null: still there.
    paused_since = models.DateTimeField(_("paused since"), null=True)  # Null: not paused.
    pause_reason = models.CharField(_("why paused"), max_length=200, blank=True)
    needs_help_since = models.DateTimeField(_("asks for help since"), null=True)  # Null: does not.
    version = models.PositiveIntegerField(_("version"), default=0)

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sitting at a counter")
        verbose_name_plural = _("sittings at counters")
        ordering = ["opened_at", "pk"]
        indexes = [models.Index(fields=["centre", "opened_at"], name="sitting_of_centre")]
        constraints = [
            models.UniqueConstraint(
                fields=["counter"],
                condition=Q(closed_at=None),
                name="one_officer_at_a_counter_at_a_time",
                violation_error_message=_("Somebody else sits at this counter."),
            ),
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(closed_at=None),
                name="an_officer_sits_at_one_counter_at_a_time",
                violation_error_message=_("You already sit at another counter."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="a_sitting_ends_after_it_began"
            ),
            models.CheckConstraint(condition=Q(paused_since=None) | ~Q(pause_reason=""), name="a_pause_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.counter} {self.officer}"

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return str(self.pk)

    @property
    def journal_centre_id(self) -> int:
        """The centre under which its entries are filed."""
        return self.centre_id


class SittingSlice(models.Model):
    """A span of a sitting in which the counter was ready, or paused for one reason (ช่วงเวลาประจำช่อง)."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="slices", verbose_name=_("sitting"))
    began_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("until"))
    pause_reason = models.CharField(_("why paused"), max_length=200, blank=True)  # Empty: it was ready.

    class Meta:
        ordering = ["began_at", "pk"]
        indexes = [models.Index(fields=["centre", "began_at"], name="sitting_slice_of_centre")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("began_at")), name="a_slice_of_a_sitting_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.began_at:%H:%M}–{self.ended_at:%H:%M}"
