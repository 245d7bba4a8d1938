"""An application, and what stands in its dossier (คำขอรับการรับรอง)."""

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.assignments import DECLARATION_OF, Declaration
from saduak.certification.models.marking import answers_of
from saduak.certification.models.rounds import WITH_CRITERIA
from saduak.certification.models.visits import CURRENT_OF, Visit
from saduak.certification.procedure.applications import APPLICATION, EDITABLE, FINAL, RESOLVED, Stage
from saduak.certification.procedure.meetings import MeetingStage
from saduak.certification.procedure.reconsiderations import ReconsiderationStage
from saduak.certification.rules import Default, Phase
from saduak.directory.models import BodyKind, Office
from saduak.directory.models.memberships import memberships_of
from saduak.journal.models import Case
from saduak.standards.criteria import Criterion, Library
from saduak.standards.rules import Result, score

if TYPE_CHECKING:
    from saduak.certification.models.answers import Answer
    from saduak.certification.models.certificates import Certificate
    from saduak.certification.models.evidence import Evidence
    from saduak.certification.models.screening import ScreeningMark


WORKS_IN_A_CENTRE = (Office.CENTRE_HEAD, Office.CENTRE_OFFICER)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Ways of choosing applications."""

    def undecided(self) -> Self:
        """Those whose outcome is open."""
        return self.exclude(stage__in=FINAL)

    def of_centres(self, centres: Any) -> Self:
        """Those of the given centres."""
        return self.filter(centre__in=centres)

    def visible_to(self, user: Any) -> Self:
        """Own centre's and own agency's; a sub-committee's own units; what was proposed, to the committee; all, to
        the secretariat and the auditors, and from the submission on to inspectors."""
        held = memberships_of(user)
        offices = {membership.office for membership in held}
        if offices & {Office.SECRETARIAT_OFFICER, Office.AUDITOR}:
            return self.all()
        mine = Q(pk__in=[])
        if centres := [m.centre_id for m in held if m.centre_id and m.office in WORKS_IN_A_CENTRE]:
            mine |= Q(centre__in=centres)
        if agencies := [m.agency_id for m in held if m.office == Office.AGENCY_COORDINATOR]:
            mine |= Q(centre__agency__in=agencies)
        if panels := [m.body_id for m in held if m.body and m.body.kind == BodyKind.SUB_COMMITTEE]:
            unfit = Declaration.objects.filter(application=OuterRef("pk"), person=user, has_conflict=True)
            mine |= Q(assignment__panel__body__in=panels) & Q(~Exists(unfit))
        if any(m.body and m.body.kind == BodyKind.STEERING_COMMITTEE for m in held):
            mine |= Q(stage__in=[Stage.PROPOSED, *RESOLVED])
        if Office.INSPECTOR in offices:
            mine |= ~Q(stage=Stage.DRAFT)
        return self.filter(mine)

    def overdue(self, day: date) -> Self:
        """Drafts after the last day of applications, and returned dossiers after the day to be mended by."""
        return self.filter(
            Q(stage=Stage.DRAFT, round__application_closes_on__lt=day) | Q(stage=Stage.RETURNED, mend_until__lt=day),
            round__is_example=False,
        )

    def for_page(self) -> Self:
        """With what every list and page prints; of the criteria their source only, from which they are read."""
        return self.for_step().select_related("centre__agency__ministry", "centre__province")

    def for_step(self) -> Self:
        """With what steps ask for; whoever reloads a page afterwards asks for the names again."""
        return self.select_related("centre", "round__criteria").defer("round__criteria__document")


class Application(Case):
    """A centre's application in one round (คำขอรับการรับรอง)."""

    case_kind = "certification.application"

    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="applications", verbose_name=_("round"))
    centre = models.ForeignKey(
        "directory.Centre", on_delete=models.PROTECT, related_name="applications", verbose_name=_("centre")
    )
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    contact_phone = models.CharField(_("telephone of the contact person"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail of the contact person"), blank=True)
    overview = models.TextField(_("overview of the centre"), blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("started by")
    )
    started_at = models.DateTimeField(_("started at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True)  # Null: not yet.
    was_returned = models.BooleanField(_("returned once"), default=False)
    returned_at = models.DateTimeField(_("returned at"), null=True)  # Null: never.
    mend_until = models.DateField(_("to be mended by"), null=True)  # Null: never returned.
    renews = models.ForeignKey(  # Null: it renews nothing.
        "Certificate", on_delete=models.PROTECT, null=True, related_name="renewals", verbose_name=_("renews")
    )
    total = models.DecimalField(_("total"), max_digits=6, decimal_places=2, null=True)  # Null: not assessed.
    level = models.CharField(_("level"), max_length=40, blank=True)
    resolution = models.ForeignKey(  # Null: the committee has not resolved.
        "Resolution", on_delete=models.PROTECT, null=True, related_name="applications", verbose_name=_("resolution")
    )
    default_since = models.DateField(_("stands by default since"), null=True)  # Null: nothing stands by default.
    is_example = models.BooleanField(_("example"), default=False)

    objects = ApplicationQuerySet.as_manager()
    procedure = APPLICATION

    class Meta:
        ordering = ["-round__cycle_be", "reference"]
        verbose_name = _("application for certification")
        indexes = [
            models.Index(fields=["round", "stage", "reference"], name="application_of_round"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_application_per_centre_and_round",
                fields=["centre", "round"],
                condition=~Q(stage=Stage.WITHDRAWN),
            ),
            models.CheckConstraint(name="an_application_has_a_known_stage", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="resolved_means_it_has_a_resolution",
                condition=Q(stage__in=RESOLVED, resolution__isnull=False)
                | (~Q(stage__in=RESOLVED) & Q(resolution__isnull=True)),
            ),
            models.CheckConstraint(
                name="certified_means_it_has_a_level",
                condition=~Q(stage=Stage.CERTIFIED) | (~Q(level="") & Q(total__isnull=False)),
            ),
            models.CheckConstraint(
                name="returned_means_it_has_a_day_to_be_mended_by",
                condition=~Q(stage=Stage.RETURNED)
                | Q(was_returned=True, returned_at__isnull=False, mend_until__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_past_draft_was_submitted",
                condition=Q(stage__in=[Stage.DRAFT, Stage.WITHDRAWN, Stage.LAPSED]) | Q(submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.centre}"

    def get_absolute_url(self) -> str:
        return reverse("show_application", args=[self.reference])

    @property
    def library(self) -> "Library":
        """The criteria that the round has pinned."""
        if "round" not in self._state.fields_cache:
            (self.round,) = WITH_CRITERIA.all(pk=self.round_id)
        return self.round.criteria.library

    @property
    def is_editable(self) -> bool:
        """Whether the centre may work on its dossier."""
        return self.stage in EDITABLE

    @property
    def is_final(self) -> bool:
        """Whether nothing moves any more."""
        return self.stage in FINAL

    # What the centre has said.

    @cached_property
    def answers_by_code(self) -> dict[str, "Answer"]:
        """The answers, by the code of their leaf."""
        return {answer.code: answer for answer in self.answers.all()}

    @cached_property
    def evidence_by_code(self) -> dict[str, list["Evidence"]]:
        """The evidence in use, by the code of the criterion that it serves."""
        found: dict[str, list[Evidence]] = {}
        prefetched = "evidence_uses" in getattr(self, "_prefetched_objects_cache", {})
        uses = self.evidence_uses.all()
        for use in uses if prefetched else uses.select_related("evidence__attachment__content"):
            found.setdefault(use.code, []).append(use.evidence)
        return found

    @cached_property
    def claim(self) -> Result:
        """The score that the centre gives itself."""
        return score(self.library, answers_of(self.answers_by_code.values()))

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Codes of leaves that have no answer."""
        return self.claim.unanswered

    @cached_property
    def unproven(self) -> tuple[str, ...]:
        """Codes of criteria that the centre claims, that ask for evidence, and that have none."""
        return tuple(
            criterion.code
            for criterion in self.library.criteria()
            if criterion.evidence and self._claims(criterion) and criterion.code not in self.evidence_by_code
        )

    def _claims(self, criterion: Criterion) -> bool:
        answers = (self.answers_by_code.get(leaf.code) for leaf in criterion.leaves)
        return any(answer is not None and answer.claims_something for answer in answers)

    # What the screening has found.

    @cached_property
    def screening_by_code(self) -> dict[str, "ScreeningMark"]:
        """The marks of the screening, by the code of their criterion."""
        return {mark.code: mark for mark in self.screening_marks.select_related("by")}

    @cached_property
    def unscreened(self) -> tuple[str, ...]:
        """Codes of criteria that the screening has not looked at."""
        return tuple(c.code for c in self.library.criteria() if c.code not in self.screening_by_code)

    @cached_property
    def failed_gates(self) -> tuple[str, ...]:
        """Codes of gates that the screening found not met."""
        return tuple(code for code, mark in self.screening_by_code.items() if mark.is_failed)

    @cached_property
    def named_items(self) -> tuple[str, ...]:
        """Codes of criteria that are to be mended."""
        return tuple(code for code, mark in self.screening_by_code.items() if mark.is_to_mend)

    def is_named(self, code: str) -> bool:
        """Whether `code`, of a leaf or a criterion, belongs to an item that is to be mended."""
        leaf = self.library.leaves.get(code)
        return (leaf.criterion.code if leaf else code) in self.named_items

    @cached_property
    def unmended(self) -> tuple[str, ...]:
        """Codes of named criteria in which nothing was changed since the return."""
        if self.returned_at is None:
            return ()
        touched = {code for code, answer in self.answers_by_code.items() if answer.changed_at > self.returned_at}
        touched |= set(self.evidence_uses.filter(added_at__gt=self.returned_at).values_list("code", flat=True))
        return tuple(
            code
            for code in self.named_items
            if touched.isdisjoint({code, *(leaf.code for leaf in self.library.criterion(code).leaves)})
        )

    # Sub-committee, visit, sheets, meeting.

    def declared_by(self, user: Any) -> bool | None:
        """Whether the person has declared to be free of conflict; False with a conflict, None without a declaration."""
        known = self.__dict__.setdefault("_declared_by", {})
        if user.pk not in known:
            said = DECLARATION_OF.first(application=self.pk, person=user.pk)
            known[user.pk] = None if said is None else not said.has_conflict
        return known[user.pk]

    @cached_property
    def current_visit(self) -> Visit | None:
        """The visit that is planned or was held; cancelled ones do not count."""
        visit = CURRENT_OF.first(application=self.pk)
        if visit is not None:
            visit.application = self
        return visit

    @cached_property
    def staffed_visit(self) -> bool:
        """Whether the visit has at least two assessors, all without conflict."""
        visit = self.current_visit
        return visit is not None and visit.assessors.count() >= 2

    @cached_property
    def has_score_sheets(self) -> bool:
        """Whether an assessor has begun to score."""
        visit = self.current_visit
        return visit is not None and visit.sheets.filter(marks__isnull=False).exists()

    @cached_property
    def sheets_are_in(self) -> bool:
        """Whether every assessor of the visit has submitted a sheet."""
        visit = self.current_visit
        return visit is not None and visit.sheets_are_in

    @cached_property
    def consensus_is_complete(self) -> bool:
        """Whether every leaf has an agreed value, with a reason where the sheets differ."""
        visit = self.current_visit
        return visit is not None and not visit.unsettled

    @cached_property
    def is_on_open_agenda(self) -> bool:
        """Whether a meeting that has not ended has the unit on its agenda."""
        return self.agenda_items.filter(meeting__stage__in=[MeetingStage.CALLED, MeetingStage.IN_SESSION]).exists()

    @cached_property
    def has_resolution_in_hand(self) -> bool:
        """Whether a recorded resolution decides on the unit; the answer to a request to reconsider is another."""
        return self.agenda_items.resolved().first_decisions().exists()

    @cached_property
    def has_answer_in_hand(self) -> bool:
        """Whether a recorded resolution answers a request to reconsider that is still open."""
        return self.agenda_items.resolved().filter(reconsideration__stage=ReconsiderationStage.PROPOSED).exists()

    @property
    def certificate(self) -> "Certificate | None":
        """The certificate that its outcome gave last; a raised level replaces the one before."""
        return self.certificates.order_by("-issued_on", "-pk").first()

    @property
    def lapses_after(self) -> date | None:
        """The day after which the clock ends the application; None where no time runs."""
        if self.round.is_example:
            return None
        if self.stage == Stage.DRAFT:
            return self.round.window(Phase.APPLICATION).closes_on
        if self.stage == Stage.RETURNED:
            return self.mend_until
        return None

    @property
    def default_after(self) -> date | None:
        """The day after which time decides this stage, because the authority has missed its date; None where it never
        does. A mended dossier has as many days again as the round gives for mending."""
        if self.stage == Stage.SUBMITTED and self.round.sets(Default.SCREENING):
            closes = self.round.screening_closes_on
            if not self.was_returned or self.submitted_at is None:
                return closes
            return max(closes, localdate(self.submitted_at) + timedelta(days=self.round.mending_working_days))
        if self.stage == Stage.ASSESSED and self.round.sets(Default.ASSESSMENT):
            return self.round.visits_close_on
        if self.stage == Stage.PROPOSED and self.default_since is None and self.round.sets(Default.RESOLUTION):
            return self.round.resolution_closes_on
        return None
