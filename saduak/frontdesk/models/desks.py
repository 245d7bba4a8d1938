"""How a centre's front desk works: hours, rules, and whom it lets go first (จุดบริการ)."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import LANGUAGES, NamedInLanguages
from saduak.directory.models import Centre, Office
from saduak.directory.queries import memberships_of

WORKS_IN_A_CENTRE = frozenset({Office.CENTRE_HEAD, Office.CENTRE_OFFICER})
LOOKS_ON = frozenset({Office.SECRETARIAT_OFFICER, Office.AUDITOR})
"""Offices that see every desk and change none."""


def all_languages() -> list[str]:
    """The languages of a desk that says nothing else."""
    return list(LANGUAGES)


class DeskQuerySet(models.QuerySet["Desk"]):
    """Ways of choosing desks."""

    def visible_to(self, user: Any) -> Self:
        """The own centre's, those that the person supervises; all, to the secretariat and the auditors."""
        held = memberships_of(user)
        if any(membership.office in LOOKS_ON for membership in held):
            return self.all()
        centres = [membership.centre_id for membership in held if membership.office in WORKS_IN_A_CENTRE]
        mine = Q(pk__in=centres)
        if user.is_authenticated and user.is_active:
            mine |= Q(pk__in=Desk.supervisors.through.objects.filter(user=user.pk).values("desk"))
        return self.filter(mine)

    def with_places(self) -> Self:
        """With the centre and its province, in one question to the database."""
        return self.select_related("centre__province", "centre__agency")


class Desk(models.Model):
    """The front desk of one centre, with its settings (จุดบริการ).

    `hours` has the shape of a centre's `opening_hours`, with two spans for a day that closes at midday; empty means the
    centre's own. `texts` gives what kiosk, board and phone say of the centre's own: `{"welcome": {"th": …, "en": …}}`.
    `answered` are the questions of the set-up that somebody has answered. Minutes throughout.
    """

    case_kind = "desk"

    centre = models.OneToOneField(
        Centre, on_delete=models.PROTECT, primary_key=True, related_name="desk", verbose_name=_("centre")
    )
    is_open = models.BooleanField(_("gives out tickets"), default=False)  # Not before it has been set up.
    languages = ArrayField(models.CharField(max_length=2), verbose_name=_("languages"), default=all_languages)
    hours = models.JSONField(_("hours of the counters"), default=list, blank=True)
    keeps_holidays = models.BooleanField(_("closed on the holidays of government offices"), default=True)
    texts = models.JSONField(_("texts"), default=dict, blank=True)
    come_early_minutes = models.PositiveSmallIntegerField(_("come this many minutes early"), default=15)
    grace_minutes = models.PositiveSmallIntegerField(_("an appointment is kept for"), default=15)
    hold_off_minutes = models.PositiveSmallIntegerField(_("who missed the call waits for"), default=5)
    calls_before_no_show = models.PositiveSmallIntegerField(
        _("calls before somebody counts as absent"), default=3, validators=[MinValueValidator(1)]
    )
    alarm_minutes = models.PositiveSmallIntegerField(_("alarm when somebody waits longer than"), default=60)
    daily_limit = models.PositiveIntegerField(_("tickets a day at most"), null=True, blank=True)  # Null: no limit.
    stops_by_estimate = models.BooleanField(_("stop when the expected end passes closing time"), default=True)
    number_digits = models.PositiveSmallIntegerField(
        _("digits of a number"), default=3, validators=[MinValueValidator(2), MaxValueValidator(4)]
    )
    board_seconds = models.PositiveSmallIntegerField(
        _("seconds that a call stands large on the board"), default=12, validators=[MinValueValidator(5)]
    )
    least_ratings = models.PositiveSmallIntegerField(
        _("ratings are shown from this many on"), default=10, validators=[MinValueValidator(3)]
    )
    supervisors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("supervisors beside the head")
    )
    is_example = models.BooleanField(_("example"), default=False, editable=False)
    answered = ArrayField(models.CharField(max_length=20), default=list, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("front desk")
        verbose_name_plural = _("front desks")
        constraints = [
            models.CheckConstraint(
                condition=Q(languages__contained_by=list(LANGUAGES), languages__contains=["th"]),
                name="a_desk_speaks_thai_and_known_languages",
            ),
            models.CheckConstraint(condition=Q(calls_before_no_show__gte=1), name="a_desk_calls_at_least_once"),
        ]

    def __str__(self) -> str:
        return str(self.centre)

    @property
    def reference(self) -> str:
        """How the journal names it: the centre's code."""
        return self.centre.code

    @property
    def journal_centre_id(self) -> int:
        """The centre under which its entries are filed."""
        return self.centre_id

    def text(self, key: str, language: str) -> str:
        """What the centre says itself, in that language or in Thai; empty where it says nothing."""
        said: dict[str, Any] = self.texts.get(key, {})
        return str(said.get(language) or said.get("th") or "")


class PriorityClass(NamedInLanguages):
    """Whom a desk lets go sooner, and by how much (กลุ่มผู้รับบริการพิเศษ).

    A minute of waiting counts `b` times, and `credit_minutes` are given at the start. The defaults are of the queue
    discipline that the platform publishes: b = 3 for elderly, disabled and pregnant people, monks and people with small
    children, 1 for others.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="classes", verbose_name=_("front desk"))
    code = models.SlugField(_("code"), max_length=30)
    b = models.DecimalField(_("a minute of waiting counts as"), max_digits=4, decimal_places=2, default=Decimal(1))
    credit_minutes = models.PositiveSmallIntegerField(_("minutes given at the start"), default=0)
    is_priority = models.BooleanField(_("goes sooner than others"), default=False)
    is_offered = models.BooleanField(_("can be chosen"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("class of visitors")
        verbose_name_plural = _("classes of visitors")
        ordering = ["desk", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "code"], name="a_class_has_one_code_at_its_desk"),
            models.CheckConstraint(
                condition=Q(b__gte=Decimal("0.5"), b__lte=Decimal(10)),
                name="a_minute_of_waiting_counts_between_half_and_ten",
                violation_error_message=_("Give a factor from 0.5 to 10."),
            ),
            models.CheckConstraint(condition=Q(credit_minutes__lte=120), name="at_most_two_hours_are_given"),
        ]
