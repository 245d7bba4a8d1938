"""A yearly round with its calendar (รอบการรับรอง)."""

from datetime import date
from functools import cached_property
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.certification.likeness import NEAR_PICTURES, SAME_TEXT_PERCENT
from saduak.certification.procedure.reconsiderations import ENDED, ReconsiderationStage
from saduak.certification.procedure.rounds import ROUND, RoundStage
from saduak.certification.rules import (
    ADMISSION_WORKING_DAYS,
    ANSWER_DAYS,
    EVIDENCE_MONTHS,
    MENDING_WORKING_DAYS,
    RECONSIDERATION_DAYS,
    REMINDER_MONTHS,
    RENEWAL_MONTHS,
    SURVEILLANCE_MONTHS,
    VALIDITY_YEARS,
    Default,
    Phase,
    Window,
)
from saduak.directory.models import Office
from saduak.journal.models import Case
from saduak.postgres.standing import Standing


def reminder_months() -> list[int]:
    """The reminders of a round that says nothing else."""
    return list(REMINDER_MONTHS)


class RoundQuerySet(models.QuerySet["Round"]):
    """Ways of choosing rounds."""

    def open(self) -> Self:
        """Rounds that run."""
        return self.filter(stage=RoundStage.OPEN)

    def accepting_on(self, day: date) -> Self:
        """Rounds that take applications on that day; a round for practice always does."""
        window = Q(application_opens_on__lte=day, application_closes_on__gte=day)
        return self.open().filter(window | Q(is_example=True))

    def visible_to(self, user: Any) -> Self:
        """Every round that was opened; one in preparation only to the secretariat and the auditors."""
        if not user.is_authenticated:
            return self.none()
        held = user.memberships.on(timezone.localdate())
        sees_all = held.filter(office__in=[Office.SECRETARIAT_OFFICER, Office.AUDITOR])
        return self.filter(~Q(stage=RoundStage.PREPARED) | Exists(sees_all))


class Round(Case):
    """A round of certification of one cycle; it pins one version of the criteria (รอบการรับรอง)."""

    case_kind = "certification.round"

    cycle_be = models.PositiveSmallIntegerField(_("cycle (B.E.)"), unique=True)
    title_th = models.CharField(_("title in Thai"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    criteria = models.ForeignKey(
        "standards.CriteriaSet", on_delete=models.PROTECT, related_name="rounds", verbose_name=_("criteria")
    )
    application_opens_on = models.DateField(_("applications open on"))
    application_closes_on = models.DateField(_("applications close on"))
    screening_opens_on = models.DateField(_("screening opens on"))
    screening_closes_on = models.DateField(_("screening closes on"))
    visits_open_on = models.DateField(_("visits begin on"))
    visits_close_on = models.DateField(_("visits end on"))
    resolution_opens_on = models.DateField(_("resolutions begin on"))
    resolution_closes_on = models.DateField(_("resolutions end on"))
    validity_years = models.PositiveSmallIntegerField(_("validity in years"), default=VALIDITY_YEARS)
    mending_working_days = models.PositiveSmallIntegerField(_("working days for mending"), default=MENDING_WORKING_DAYS)
    reconsideration_days = models.PositiveSmallIntegerField(
        _("days for asking for reconsideration"), default=RECONSIDERATION_DAYS
    )
    admission_working_days = models.PositiveSmallIntegerField(
        _("working days for saying whether a request is admitted"), default=ADMISSION_WORKING_DAYS
    )
    answer_days = models.PositiveSmallIntegerField(_("days for answering a request"), default=ANSWER_DAYS)
    renewal_months = models.PositiveSmallIntegerField(
        _("months before the last day in which a certificate can be renewed"), default=RENEWAL_MONTHS
    )
    reminder_months = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("months before the last day of a reminder"),
        default=reminder_months,
        blank=True,
    )
    evidence_months = models.PositiveSmallIntegerField(
        _("months before the application window in which photographs count"), default=EVIDENCE_MONTHS
    )
    same_text_percent = models.PositiveSmallIntegerField(
        _("per cent of equal text from which two texts are remarked"), default=SAME_TEXT_PERCENT
    )
    like_picture_bits = models.PositiveSmallIntegerField(
        _("bits of 64 in which pictures that are remarked may differ"), default=NEAR_PICTURES
    )
    defaults = ArrayField(
        models.CharField(max_length=20), verbose_name=_("outcomes by default"), default=list, blank=True
    )
    surveillance_months = models.PositiveSmallIntegerField(
        _("months between surveillances"), default=SURVEILLANCE_MONTHS, help_text=_("0: none by the calendar.")
    )
    last_application_number = models.PositiveIntegerField(default=0, editable=False)
    last_certificate_number = models.PositiveIntegerField(default=0, editable=False)
    is_example = models.BooleanField(
        _("example"),
        default=False,
        help_text=_("A round for practice: its calendar is shown but does not bind, and all its papers are marked."),
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-cycle_be"]
        verbose_name = _("certification round")
        constraints = [
            models.CheckConstraint(
                name="phases_run_forward_and_never_overlap",
                condition=Q(application_closes_on__gte=F("application_opens_on"))
                & Q(screening_opens_on__gt=F("application_closes_on"))
                & Q(screening_closes_on__gte=F("screening_opens_on"))
                & Q(visits_open_on__gt=F("screening_closes_on"))
                & Q(visits_close_on__gte=F("visits_open_on"))
                & Q(resolution_opens_on__gt=F("visits_close_on"))
                & Q(resolution_closes_on__gte=F("resolution_opens_on")),
            ),
            models.CheckConstraint(
                name="likeness_is_asked_for_within_reason",
                condition=Q(same_text_percent__range=(50, 100), like_picture_bits__lte=12),
            ),
            models.CheckConstraint(name="a_round_has_a_known_stage", condition=Q(stage__in=RoundStage.values)),
            models.CheckConstraint(
                name="a_round_sets_known_defaults", condition=Q(defaults__contained_by=[str(one) for one in Default])
            ),
        ]

    procedure = ROUND

    def __str__(self) -> str:
        return self.title_en if self.title_en and get_language() == "en" else self.title_th

    def get_absolute_url(self) -> str:
        return reverse("show_round", args=[self.reference])

    @property
    def is_open(self) -> bool:
        """Whether the round runs."""
        return self.stage == RoundStage.OPEN

    @property
    def is_closed(self) -> bool:
        """Whether nothing more happens in the round."""
        return self.stage == RoundStage.CLOSED

    @property
    def windows(self) -> tuple[Window, ...]:
        """The calendar, in order."""
        return (
            Window(Phase.APPLICATION, self.application_opens_on, self.application_closes_on),
            Window(Phase.SCREENING, self.screening_opens_on, self.screening_closes_on),
            Window(Phase.VISITS, self.visits_open_on, self.visits_close_on),
            Window(Phase.RESOLUTION, self.resolution_opens_on, self.resolution_closes_on),
        )

    def window(self, phase: Phase) -> Window:
        """One window of the calendar."""
        return next(window for window in self.windows if window.phase == phase)

    def runs(self, phase: Phase, day: date) -> bool:
        """Whether a phase runs on that day; in a round for practice every phase always does."""
        return self.is_example or self.window(phase).covers(day)

    def sets(self, default: Default) -> bool:
        """Whether the authority's missing of that date has an outcome; in a round for practice it never has."""
        return not self.is_example and default in self.defaults

    @cached_property
    def has_panels(self) -> bool:
        """Whether a sub-committee takes part."""
        return self.panels.exists()

    @cached_property
    def has_undecided_applications(self) -> bool:
        """Whether an application has not reached a final stage."""
        return self.applications.undecided().exists()

    @cached_property
    def has_open_requests(self) -> bool:
        """Whether a centre has asked for reconsideration, or still can while it writes, and has no answer."""
        running = [stage for stage in ReconsiderationStage if stage not in ENDED]
        return self.applications.filter(reconsiderations__stage__in=running).exists()


WITH_CRITERIA = Standing(
    lambda pk: Round.objects.select_related("criteria").defer("criteria__document").filter(pk=pk).order_by(), pk=-2
)
"""A round with the criteria that it has pinned, as a case that was fetched alone asks for them."""
