"""A request to reconsider a decision: its grounds, who reviews it, and what they find (การขอทบทวนผล)."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.applications import WORKS_IN_A_CENTRE
from saduak.certification.models.assignments import Declaration
from saduak.certification.models.marking import answers_of
from saduak.certification.procedure.meetings import MeetingStage
from saduak.certification.procedure.reconsiderations import (
    ANSWERED,
    ENDED,
    NOT_ASKED,
    RECONSIDERATION,
    ReconsiderationStage,
)
from saduak.certification.rules import Default
from saduak.directory.models import BodyKind, Office
from saduak.directory.models.memberships import memberships_of
from saduak.journal.models import Case
from saduak.standards.criteria import Criterion, Leaf
from saduak.standards.rules import Answer, Line, Verdict, consolidate

if TYPE_CHECKING:
    from saduak.certification.models.reviews import ReviewedValue, Reviewer
    from saduak.standards.criteria import Library


class Subject(models.TextChoices):
    """Which decision is to be reconsidered."""

    SCREENING = "screening", _("Screened out")
    RESULT = "result", _("Result of the round")


class ReconsiderationQuerySet(models.QuerySet["Reconsideration"]):
    """Ways of choosing requests."""

    def open(self) -> Self:
        """Those that have not ended."""
        return self.exclude(stage__in=ENDED)

    def pending(self) -> Self:
        """Those that were asked and have no answer yet."""
        return self.open().exclude(stage=ReconsiderationStage.DRAFT)

    def visible_to(self, user: Any) -> Self:
        """Own centre's and own agency's; those that the person's sub-committee reviews; what was proposed, to the
        committee; all, to the secretariat and the auditors, and what was asked to inspectors."""
        held = memberships_of(user)
        offices = {membership.office for membership in held}
        if offices & {Office.SECRETARIAT_OFFICER, Office.AUDITOR}:
            return self.all()
        mine = Q(pk__in=[])
        if centres := [m.centre_id for m in held if m.centre_id and m.office in WORKS_IN_A_CENTRE]:
            mine |= Q(centre__in=centres)
        if agencies := [m.agency_id for m in held if m.office == Office.AGENCY_COORDINATOR]:
            mine |= Q(centre__agency__in=agencies)
        if bodies := [m.body_id for m in held if m.body and m.body.kind == BodyKind.SUB_COMMITTEE]:
            unfit = Declaration.objects.filter(application=OuterRef("application"), person=user, has_conflict=True)
            mine |= Q(body__in=bodies) & Q(~Exists(unfit))
        if any(m.body and m.body.kind == BodyKind.STEERING_COMMITTEE for m in held):
            mine |= Q(stage__in=[ReconsiderationStage.PROPOSED, *ANSWERED])
        if Office.INSPECTOR in offices:
            mine |= ~Q(stage=ReconsiderationStage.DRAFT)
        return self.filter(mine)

    def written_too_late(self, day: date) -> Self:
        """Drafts whose term for asking is over."""
        return self.filter(stage=ReconsiderationStage.DRAFT, ask_until__lt=day, is_example=False)

    def waiting_for_default(self, day: date) -> Self:
        """Asked or proposed, and past the day by which the authority had to move, in rounds that set defaults."""
        asked = Q(stage=ReconsiderationStage.ASKED, admit_until__lt=day)
        proposed = Q(stage=ReconsiderationStage.PROPOSED, answer_until__lt=day, default_since__isnull=True)
        return self.filter(asked | proposed, is_example=False).exclude(application__round__defaults=[]).order_by("pk")

    def for_page(self) -> Self:
        """With what every list and page prints."""
        related = self.select_related(
            "centre__agency__ministry",
            "centre__province",
            "body",
            "application__centre__agency__ministry",
            "application__centre__province",
            "application__round__criteria",
            "application__assignment__panel__body",
        )
        return related.defer("application__round__criteria__document")


class Reconsideration(Case):
    """A centre's request to reconsider one decision on one application (คำขอทบทวนผล)."""

    case_kind = "certification.reconsideration"

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="reconsiderations")
    centre = models.ForeignKey("directory.Centre", on_delete=models.PROTECT, related_name="reconsiderations")
    subject = models.CharField(_("decision"), max_length=20, choices=Subject.choices)
    statement = models.TextField(_("what the centre asks for"), blank=True)
    first_stage = models.CharField(_("first decision"), max_length=40)
    first_level = models.CharField(_("level first decided"), max_length=40, blank=True)
    first_total = models.DecimalField(  # Null: screened out, before anybody scored.
        _("total first decided"), max_digits=6, decimal_places=2, null=True
    )
    first_resolution = models.ForeignKey(  # Null: screened out, which no resolution does.
        "Resolution", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("first resolution")
    )
    started_at = models.DateTimeField(_("begun at"))
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(_("told on"), null=True)  # Null: the letter has not left, so no term runs.
    ask_until = models.DateField(_("to be asked by"), null=True)  # Null: the letter has not left.
    asked_at = models.DateTimeField(_("asked at"), null=True)  # Null: not yet.
    admit_until = models.DateField(_("to be admitted or not by"), null=True)  # Null: not asked yet.
    answer_until = models.DateField(_("to be answered by"), null=True)  # Null: not asked yet.
    body = models.ForeignKey(  # Null: with no sub-committee yet.
        "directory.Body", on_delete=models.PROTECT, null=True, related_name="reconsiderations"
    )
    total = models.DecimalField(  # Null: not reviewed, or without a score.
        _("total as reviewed"), max_digits=6, decimal_places=2, null=True
    )
    level = models.CharField(_("level as reviewed"), max_length=40, blank=True)
    proposes_change = models.BooleanField(_("proposes a change"), default=False)
    summary = models.TextField(_("finding"), blank=True)
    signed_by = models.ForeignKey(  # Null: not signed.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed at"), null=True)  # Null: not signed.
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    resolution = models.ForeignKey(  # Null: the committee has not resolved.
        "Resolution", on_delete=models.PROTECT, null=True, related_name="reconsiderations"
    )
    default_since = models.DateField(_("stands by default since"), null=True)  # Null: nothing stands by default.
    is_example = models.BooleanField(_("example"), default=False)

    objects = ReconsiderationQuerySet.as_manager()
    procedure = RECONSIDERATION

    class Meta:
        ordering = ["-started_at", "reference"]
        verbose_name = _("reconsideration")
        indexes = [models.Index(fields=["stage", "reference"], name="reconsideration_by_stage")]
        constraints = [
            models.UniqueConstraint(
                name="a_decision_is_reconsidered_once",
                fields=["application", "subject"],
                condition=~Q(stage__in=NOT_ASKED),
            ),
            models.CheckConstraint(
                name="a_reconsideration_has_a_known_stage", condition=Q(stage__in=ReconsiderationStage.values)
            ),
            models.CheckConstraint(
                name="answered_means_it_has_a_resolution",
                condition=Q(stage__in=ANSWERED, resolution__isnull=False)
                | (~Q(stage__in=ANSWERED) & Q(resolution__isnull=True)),
            ),
            models.CheckConstraint(
                name="asked_means_it_has_its_terms",
                condition=Q(stage__in=["draft", "withdrawn", "lapsed"])
                | Q(asked_at__isnull=False, admit_until__isnull=False, answer_until__isnull=False),
            ),
            models.CheckConstraint(
                name="reviewed_means_somebody_signed",
                condition=~Q(stage__in=["reviewed", "proposed", "upheld", "changed"])
                | Q(body__isnull=False, signed_by__isnull=False, signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_review_never_takes_points_away",
                condition=Q(total__isnull=True) | Q(first_total__isnull=True) | Q(total__gte=F("first_total")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.centre}"

    def get_absolute_url(self) -> str:
        return reverse("show_reconsideration", args=[self.reference])

    @property
    def library(self) -> "Library":
        """The criteria of the round."""
        return self.application.library

    @property
    def is_about_screening(self) -> bool:
        """Whether the application was screened out, and nobody has scored it."""
        return self.subject == Subject.SCREENING

    @property
    def is_editable(self) -> bool:
        """Whether the centre may work on its request."""
        return self.stage == ReconsiderationStage.DRAFT

    @property
    def has_ended(self) -> bool:
        """Whether nothing moves any more."""
        return self.stage in ENDED

    # Terms. A round for practice shows its days and is bound by none.

    @property
    def last_day_to_ask(self) -> date | None:
        """The last day on which the centre may ask; None where no time runs."""
        return None if self.is_example else self.ask_until

    @property
    def admitted_by_default_after(self) -> date | None:
        """The day after which the request counts as admitted; None where the round sets no such default."""
        holds = self.application.round.sets(Default.ADMISSION)
        return self.admit_until if holds and self.stage == ReconsiderationStage.ASKED else None

    @property
    def stands_by_default_after(self) -> date | None:
        """The day after which the proposal comes onto the next agenda by itself; None where it never does."""
        waits = self.stage == ReconsiderationStage.PROPOSED and self.default_since is None
        return self.answer_until if waits and self.application.round.sets(Default.ANSWER) else None

    @property
    def due_on(self) -> date | None:
        """The day by which the request has to move; None where no time runs. A request for practice shows it too."""
        if self.has_ended:
            return None
        if self.is_editable:
            return self.ask_until
        return self.admit_until if self.stage == ReconsiderationStage.ASKED else self.answer_until

    # What is disputed.

    @cached_property
    def contested(self) -> tuple[str, ...]:
        """Codes of the disputed criteria, in the order of the criteria."""
        named = set(self.grounds.exclude(text="").values_list("code", flat=True))
        return tuple(criterion.code for criterion in self.library.criteria() if criterion.code in named)

    @property
    def contested_criteria(self) -> list[Criterion]:
        """The disputed criteria."""
        return [self.library.criterion(code) for code in self.contested]

    @cached_property
    def undisputed_gates(self) -> tuple[str, ...]:
        """Of an application that was screened out: codes of gates found not met for which no ground is given."""
        if not self.is_about_screening:
            return ()
        return tuple(code for code in self.application.failed_gates if code not in self.contested)

    # The review.

    @cached_property
    def named_reviewers(self) -> list["Reviewer"]:
        """The reviewers, each with opinions, in the order in which they were named."""
        reviewers = list(self.reviewers.select_related("person").prefetch_related("opinions").order_by("pk"))
        for reviewer in reviewers:
            reviewer.reconsideration = self
        return reviewers

    @property
    def has_opinions(self) -> bool:
        """Whether a reviewer has begun to write."""
        return self.reviewers.filter(Q(opinions__isnull=False) | Q(submitted_at__isnull=False)).exists()

    @property
    def opinions_are_in(self) -> bool:
        """Whether at least two reviewers were named and all of them have handed in."""
        return len(self.named_reviewers) >= 2 and all(one.submitted_at for one in self.named_reviewers)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The opinions on the disputed items beside each other, with a proposal."""
        sheets = [answers_of(reviewer.opinions.all()) for reviewer in self.named_reviewers if reviewer.submitted_at]
        return tuple(line for line in consolidate(self.library, sheets) if line.leaf.criterion.code in self.contested)

    @cached_property
    def reviewed(self) -> dict[str, "ReviewedValue"]:
        """The values agreed in the review, by the code under which they stand."""
        return {value.code: value for value in self.values.select_related("changed_by")}

    def reviewed_on(self, leaf: Leaf) -> "ReviewedValue | None":
        """The reviewed value of a leaf; that a whole criterion does not apply counts for its leaves."""
        whole = self.reviewed.get(leaf.criterion.code)
        if whole is not None and whole.value is Verdict.NOT_APPLICABLE:
            return whole
        return self.reviewed.get(leaf.code)

    @cached_property
    def unsettled(self) -> tuple[str, ...]:
        """Codes of disputed leaves without an agreed value, or whose value departs from an opinion without a reason."""
        return tuple(line.leaf.code for line in self.lines if not self.is_settled(line))

    def is_settled(self, line: Line) -> bool:
        """Whether one disputed leaf has its value, with a reason where it needs one."""
        value = self.reviewed_on(line.leaf)
        if value is None or not value.is_marked:
            return False
        return bool(value.reason) or (line.equal and value.value == line.proposal)

    @cached_property
    def first_answers(self) -> dict[str, Answer]:
        """What stands of the first decision: the agreed values, or what the screening found of the gates."""
        if self.is_about_screening:
            failed = self.application.failed_gates
            return {gate.code: Verdict.NOT_MET if gate.code in failed else Verdict.MET for gate in self.library.gates}
        visit = self.application.current_visit
        return answers_of(visit.agreed.values()) if visit is not None else {}

    @property
    def is_on_open_agenda(self) -> bool:
        """Whether a meeting that has not ended has the request on its agenda."""
        return self.agenda_items.filter(meeting__stage__in=[MeetingStage.CALLED, MeetingStage.IN_SESSION]).exists()

    @property
    def has_resolution_in_hand(self) -> bool:
        """Whether a recorded resolution decides on the request."""
        return self.agenda_items.filter(meeting__resolution__isnull=False).exclude(decision="").exists()
