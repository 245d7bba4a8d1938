"""A visit, on the spot or by video (การตรวจประเมิน ณ พื้นที่)."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.sheets import SheetStage
from saduak.postgres.standing import Standing
from saduak.standards.criteria import Leaf
from saduak.standards.rules import Line, Verdict, consolidate

if TYPE_CHECKING:
    from saduak.certification.models.sheets import AgreedMark, ScoreSheet


class Mode(models.TextChoices):
    """How a visit is made (รูปแบบการตรวจ)."""

    ON_SPOT = "on_spot", _("On the spot")
    VIDEO = "video", _("By video")


class VisitState(models.TextChoices):
    """What has become of a visit."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class VisitQuerySet(models.QuerySet["Visit"]):
    """Ways of choosing visits."""

    def current(self) -> Self:
        """Those that are planned or were held."""
        return self.exclude(state=VisitState.CANCELLED)

    def planned(self) -> Self:
        """Those that lie ahead."""
        return self.filter(state=VisitState.PLANNED)


class Visit(models.Model):
    """One visit to one unit (การตรวจประเมิน)."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="visits")
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices)
    starts_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    place = models.CharField(_("place or meeting link"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=VisitState.choices, default=VisitState.PLANNED)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(name="a_visit_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.UniqueConstraint(
                name="one_current_visit_per_application",
                fields=["application"],
                condition=~Q(state=VisitState.CANCELLED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.starts_at:%Y-%m-%d}"

    def is_assessed_by(self, user: Any) -> bool:
        """Whether the person assesses on this visit."""
        if "assessors" in getattr(self, "_prefetched_objects_cache", {}):
            return any(assessor.person_id == user.pk for assessor in self.assessors.all())
        return _SEAT_OF.first(visit=self.pk, person=user.pk) is not None

    @cached_property
    def sheets_are_in(self) -> bool:
        """Whether every assessor has submitted a sheet."""
        submitted = self.sheets.filter(stage=SheetStage.SUBMITTED).values_list("assessor", flat=True)
        return self.assessors.exists() and not self.assessors.exclude(person__in=submitted).exists()

    @cached_property
    def submitted_sheets(self) -> list["ScoreSheet"]:
        """The sheets that were handed in, in the order of the assessors."""
        submitted = (
            self.sheets.filter(stage=SheetStage.SUBMITTED)
            .select_related("assessor")
            .prefetch_related("marks", "photos")
        )
        sheets = list(submitted.order_by("pk"))
        for sheet in sheets:
            sheet.visit = self  # They read the criteria from the same unit.
        return sheets

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The sheets beside each other, a line for each leaf, with a proposal."""
        return consolidate(self.application.library, [sheet.answers for sheet in self.submitted_sheets])

    @cached_property
    def agreed(self) -> dict[str, "AgreedMark"]:
        """The agreed values, by the code under which they stand."""
        return {mark.code: mark for mark in self.consensus.marks.all()} if hasattr(self, "consensus") else {}

    def agreed_on(self, leaf: Leaf) -> "AgreedMark | None":
        """The agreed value for a leaf; that a whole criterion does not apply counts for its leaves."""
        whole = self.agreed.get(leaf.criterion.code)
        if whole is not None and whole.value is Verdict.NOT_APPLICABLE:
            return whole
        return self.agreed.get(leaf.code)

    @cached_property
    def unsettled(self) -> tuple[str, ...]:
        """Codes of leaves without an agreed value, or whose value departs from a sheet without a reason."""
        return tuple(line.leaf.code for line in self.lines if not self._is_settled(line))

    def _is_settled(self, line: Line) -> bool:
        mark = self.agreed_on(line.leaf)
        if mark is None or not mark.is_marked:
            return False
        return bool(mark.reason) or (line.equal and mark.value == line.proposal)


class VisitAssessor(models.Model):
    """That a member assesses on a visit; a trigger refuses a member with a hard conflict (ผู้ตรวจประเมิน)."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="assessors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(_("office"), max_length=40)

    class Meta:
        verbose_name = _("assessor")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "person"], name="a_member_sits_on_a_visit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.person}"


CURRENT_OF = Standing(
    lambda application: Visit.objects.current().filter(application_id=application).order_by(), application=-2
)
"""The one visit of a unit that is planned or was held."""

_SEAT_OF = Standing(
    lambda visit, person: VisitAssessor.objects.filter(visit_id=visit, person_id=person).order_by(),
    visit=-2,
    person=-3,
)
"""A person's seat on a visit."""
