"""Each assessor's own sheet, and what they agree on (แบบให้คะแนนและคะแนนที่เห็นพ้อง)."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.marking import AbstractMark, answers_of, it_says_one_known_thing
from saduak.certification.models.visits import VisitState
from saduak.certification.procedure.sheets import SHEET, SheetStage
from saduak.journal.models import Case
from saduak.standards.rules import Answer, Result, score

if TYPE_CHECKING:
    from saduak.certification.models.applications import Application


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    """Ways of choosing score sheets."""

    def visible_to(self, user: Any) -> Self:
        """A sheet exists for its assessor and for nobody else; what was submitted is compared, never opened."""
        return self.filter(assessor=user.pk) if user.is_authenticated else self.none()


class ScoreSheet(Case):
    """One assessor's marks for one visit, seen by nobody else until it is submitted (แบบให้คะแนนรายบุคคล)."""

    case_kind = "certification.score_sheet"

    visit = models.ForeignKey("Visit", on_delete=models.PROTECT, related_name="sheets")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), null=True)  # Null: not yet.
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    objects = ScoreSheetQuerySet.as_manager()
    procedure = SHEET

    class Meta:
        verbose_name = _("score sheet")
        constraints = [
            models.UniqueConstraint(fields=["visit", "assessor"], name="one_sheet_per_assessor_and_visit"),
            models.CheckConstraint(
                name="a_submitted_sheet_has_its_hash",
                condition=Q(stage=SheetStage.OPEN, submitted_at__isnull=True, sha256="")
                | (Q(stage=SheetStage.SUBMITTED, submitted_at__isnull=False) & ~Q(sha256="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("show_sheet", args=[self.reference])

    @property
    def application(self) -> "Application":
        """The unit that is scored."""
        return self.visit.application

    @property
    def journal_centre_id(self) -> int:
        """Entries are filed under the centre of the unit."""
        return self.visit.application.centre_id

    @property
    def is_submitted(self) -> bool:
        """Whether the assessor has handed it in."""
        return self.stage == SheetStage.SUBMITTED

    @property
    def visit_was_held(self) -> bool:
        """Whether the visit has taken place."""
        return self.visit.state == VisitState.HELD

    @cached_property
    def marks_by_code(self) -> dict[str, "Mark"]:
        """The marks, by the code of their leaf."""
        return {mark.code: mark for mark in self.marks.all()}

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The marks as a sheet that can be scored."""
        return answers_of(self.marks_by_code.values())

    @cached_property
    def result(self) -> Result:
        """The score of this sheet."""
        return score(self.application.library, self.answers)

    @property
    def disputed(self) -> tuple[str, ...]:
        """Codes of lines of which the assessor's devices say different things."""
        return tuple(sorted(mark.code for mark in self.marks_by_code.values() if mark.is_disputed))

    @property
    def unmarked(self) -> tuple[str, ...]:
        """Codes of leaves without a mark."""
        return self.result.unanswered


class Mark(AbstractMark):
    """One assessor's value for one leaf (คะแนนรายข้อ)."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="marks")
    note = models.TextField(_("note"), blank=True)
    changed_at = models.DateTimeField(_("changed at"))
    is_disputed = models.BooleanField(_("two devices differ"), default=False)

    class Meta:
        verbose_name = _("mark")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "code"], name="one_mark_per_leaf_of_a_sheet"),
            it_says_one_known_thing("a_mark_says_one_known_thing"),
        ]


class Consensus(models.Model):
    """What the assessors of a visit agree on; the chair signs it (คะแนนที่เห็นพ้อง)."""

    visit = models.OneToOneField("Visit", on_delete=models.PROTECT, related_name="consensus")
    summary = models.TextField(_("summary for the steering committee"), blank=True)
    signed_by = models.ForeignKey(  # Null: not signed.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed at"), null=True)  # Null: not signed.
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        verbose_name = _("agreed scores")
        constraints = [
            models.CheckConstraint(
                name="a_signature_has_a_person_and_a_moment",
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.visit_id)


class AgreedMark(AbstractMark):
    """The agreed value for one leaf, with the reason where sheets differ (คะแนนเห็นพ้องรายข้อ)."""

    consensus = models.ForeignKey(Consensus, on_delete=models.CASCADE, related_name="marks")
    reason = models.TextField(_("reason"), blank=True)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("agreed value")
        constraints = [
            models.UniqueConstraint(fields=["consensus", "code"], name="one_agreed_value_per_leaf"),
            it_says_one_known_thing("an_agreed_value_says_one_known_thing"),
        ]

    @property
    def stamp(self) -> str:
        """Which saying of it this is; another one after every change."""
        return self.changed_at.isoformat()
