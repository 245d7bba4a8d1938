"""How far the assessors of a round agree and who leans to a side; and what looks odd about dossiers."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema

from saduak.audit.operations import looked_at
from saduak.certification.agreement import Agreement, Leaning
from saduak.certification.api.fetching import round_for
from saduak.certification.models import Application, Remark, Round
from saduak.certification.operations import remarks
from saduak.certification.policies import Permission
from saduak.certification.policies_of_quality import bodies_in_view, may_dismiss, may_read_remarks
from saduak.certification.presenters.remarks import shown_to
from saduak.certification.queries.quality import OfAssessor, Quality
from saduak.certification.queries.remarks import remarks_in
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.scopes import Scope
from saduak.machines.steps import ReasonAsked
from saduak.machines.words import gettext_lazy

router = Router(tags=["Quality of assessment"])


class AgreementFigures(Schema):
    """How far marks agree; shares are between 0 and 1, and null where there is nothing to compare."""

    visits: int
    share_equal: float | None
    difference: float | None = Field(..., description="The mean difference of two assessors, as a share of the points.")
    alpha: float | None = Field(..., description="Krippendorff's alpha: 1 is full agreement, 0 is chance.")
    strength: str = Field(..., description="too_little, all_the_same, reliable, tentative or unreliable")


class OfLineTold(AgreementFigures):
    """One item of the criteria."""

    code: str


class OfPanelTold(AgreementFigures):
    """One sub-committee."""

    panel: str = Field(..., description="The reference of the body.")
    units: int
    assessors: int
    held: int
    planned: int


class LeaningTold(Schema):
    """The mean signed difference to others, as a share of the points, with its 95 % interval."""

    visits: int
    marks: int
    mean: float | None
    low: float | None
    high: float | None
    side: str = Field(..., description="too_little, in_line, harsh or lenient")


class OfAssessorTold(Schema):
    """One assessor: to which side the marks lean, and the visits of the round."""

    person: int
    name: str
    panels: list[str]
    to_others: LeaningTold
    to_agreed: LeaningTold
    held: int
    planned: int


class PairOfAssessorsTold(Schema):
    """Two who assess together."""

    one: int
    other: int
    visits: int
    share_of_one: float
    share_of_other: float


class ReturnTold(Schema):
    """Somebody assesses a centre again that the same person assessed in the round before."""

    person: int
    application: str


class QualityTold(Schema):
    """How far the marks of a round agree, by item and by sub-committee."""

    round: str
    whole: AgreementFigures
    lines: list[OfLineTold]
    panels: list[OfPanelTold]


class AssessorsTold(Schema):
    """The work of those who assess in a round."""

    round: str
    assessors: list[OfAssessorTold]
    pairs: list[PairOfAssessorsTold]
    returns: list[ReturnTold]


class RemarkTold(Schema):
    """What looks odd about a dossier; a fact, and no verdict."""

    id: int
    application: str
    other: str = Field(..., description="The other dossier, if there is one that exists for the person; else empty.")
    kind: str
    pieces: list[str] = Field(..., description="What was found, piece by piece, in words.")
    found_at: datetime
    dismissed_at: datetime | None
    reason: str
    version: int


class RemarksAsked(Paging):
    """Which remarks are asked for."""

    kind: str = Field("", max_length=20)
    stands: bool | None = Field(None, description="Only those that stand, or only those that were dismissed.")


class RemarkTermsAsked(Schema):
    """From when on something is remarked in a round."""

    evidence_months: int = Field(..., ge=1, le=60)
    same_text_percent: int = Field(..., ge=50, le=100)
    like_picture_bits: int = Field(..., ge=0, le=12)


@router.get(
    "/rounds/{reference}/remarks",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("What looks odd about the dossiers of a round; those that stand come first."),
    response=page_of(RemarkTold),
)
def list_remarks(request: HttpRequest, reference: str, asked: Query[RemarksAsked]) -> Any:
    may(request, Permission.LIST_REMARKS)
    found = remarks_in(round_for(request, reference))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.stands is not None:
        found = found.filter(dismissed_at__isnull=asked.stands)
    visible = _others(request, found)
    in_order = found.order_by("dismissed_at", "application__reference", "kind")
    return paged(request, asked, in_order, lambda remark: _remark(remark, visible))


def _remark_for(request: HttpRequest, remark: int) -> Remark:
    """The remark, if its dossier exists for the person and remarks on it may be read; the audit is told."""
    person = may(request, Permission.SEE_REMARKS)
    visible = Application.objects.visible_to(person)
    found = get_object_or_404(Remark.objects.for_page().filter(application__in=visible), pk=remark)
    if not may_read_remarks(person, found.application):
        raise PermissionDenied
    looked_at(person, kind=found.case_kind, reference=found.reference, what=gettext_noop("remark"), request=request)
    return found


def _others(request: HttpRequest, remarks: Any) -> set[int]:
    """The keys of the other dossiers of some remarks that exist for the person."""
    found = Application.objects.visible_to(person_of(request)).filter(pk__in=remarks.values("other"))
    return set(found.values_list("pk", flat=True))


def _one(request: HttpRequest, remark: Remark) -> dict[str, Any]:
    return _remark(remark, _others(request, Remark.objects.filter(pk=remark.pk)))


def _remark(remark: Remark, visible: set[int]) -> dict[str, Any]:
    (shown,) = shown_to([remark], visible)
    names = ("kind", "found_at", "dismissed_at", "reason", "version")
    return {
        **{name: getattr(remark, name) for name in names},
        "id": remark.pk,
        "application": remark.application.reference,
        "other": remark.other.reference if remark.other is not None and remark.other_id in visible else "",
        "pieces": shown.pieces,
    }


def _agreement(request: HttpRequest, round_: Round) -> dict[str, Any]:
    quality = Quality(round_, bodies=bodies_in_view(person_of(request)))
    return {
        "round": round_.reference,
        "whole": _figures(quality.whole),
        "lines": [{"code": leaf.code, **_figures(found)} for leaf, found in quality.lines],
        "panels": [
            {
                **_figures(one.agreement),
                **{name: getattr(one, name) for name in ("units", "assessors", "held", "planned")},
                "panel": one.panel.body.reference,
            }
            for one in quality.of_panels
        ],
    }


def _assessors(request: HttpRequest, round_: Round) -> dict[str, Any]:
    person = person_of(request)
    quality = Quality(round_, bodies=bodies_in_view(person))
    looked_at(
        person,
        kind=round_.case_kind,
        reference=round_.reference,
        what=gettext_noop("figures of the assessors"),
        request=request,
    )
    return {
        "round": round_.reference,
        "assessors": [_assessor(one) for one in quality.of_assessors],
        "pairs": [
            {
                "one": one.pk,
                "other": other.pk,
                "visits": together.visits,
                "share_of_one": together.share_of_one,
                "share_of_other": together.share_of_other,
            }
            for one, other, together in quality.pairs
        ],
        "returns": [{"person": one.pk, "application": visit.application.reference} for one, visit in quality.returns],
    }


def _assessor(one: OfAssessor) -> dict[str, Any]:
    return {
        "person": one.person.pk,
        "name": str(one.person),
        "panels": [panel.body.reference for panel in one.panels],
        "to_others": _leaning(one.to_others),
        "to_agreed": _leaning(one.to_agreed),
        "held": one.held,
        "planned": one.planned,
    }


def _figures(found: Agreement) -> dict[str, Any]:
    return {name: getattr(found, name) for name in AgreementFigures.model_fields}


def _leaning(found: Leaning) -> dict[str, Any]:
    return {name: getattr(found, name) for name in LeaningTold.model_fields}


def _dismiss(remark: Remark, *, by: Any, **said: Any) -> None:
    if not may_dismiss(by, remark.application):
        raise PermissionDenied
    remarks.dismiss(remark, by=by, **said)


REMARKS = Cases(router, "/remarks/{remark}", _remark_for, _one, RemarkTold)
AGREEMENTS = Cases(router, "/rounds/{reference}/quality", round_for, _agreement, QualityTold)
ASSESSORS = Cases(router, "/rounds/{reference}/quality/assessors", round_for, _assessors, AssessorsTold)

AGREEMENTS.shows(
    "show_quality",
    "",
    gettext_lazy("How far the marks of a round agree, by item and by sub-committee."),
    permission=Permission.SEE_QUALITY,
)
ASSESSORS.shows(
    "show_assessors",
    "",
    gettext_lazy("Who marks lower or higher than the others, how the work is shared out, and who comes again."),
    permission=Permission.SEE_QUALITY,
)
REMARKS.shows("show_remark", "", gettext_lazy("One remark with its facts."))
REMARKS.step("dismiss_remark", "dismiss", _dismiss, ReasonAsked, gettext_lazy("Say why there is nothing in a remark."))
Cases(router, "/rounds/{reference}", round_for).step(
    "set_remark_terms",
    "remark-terms",
    remarks.set_terms,
    RemarkTermsAsked,
    gettext_lazy("Say from when on something is remarked in a round; every dossier is looked at again."),
    permission=Permission.RUN_ROUNDS,
    method="PUT",
    told=False,
)
