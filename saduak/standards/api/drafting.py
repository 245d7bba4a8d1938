"""Criteria are drafted by their source, mapped to the version before, published and discarded."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import Kind, Problem, wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import Reference, SeenAsked, StepTold, steps_of
from saduak.machines.words import gettext_lazy
from saduak.standards import operations
from saduak.standards.drafting.tree import EditRefused
from saduak.standards.editor.desk import on_the_desk
from saduak.standards.editor.wording import refusal
from saduak.standards.library import LibraryRefused
from saduak.standards.models import CriteriaMapping, CriteriaSet
from saduak.standards.policies import Permission, roles_of
from saduak.standards.presenters import sentence_of
from saduak.standards.procedure import CRITERIA, MAPPING

router = Router(tags=["Criteria"])

LONGEST_SOURCE = 2_000_000


class DraftTold(Schema):
    """A version of the criteria that is still being written."""

    reference: str
    stage: str
    version: int
    cycle_be: int
    title_th: str
    title_en: str
    is_sound: bool = Field(..., description="Whether its sums, levels and codes fit, so that it can be published.")
    sha256: str
    loaded_at: datetime


class DraftInFullTold(DraftTold):
    """A draft with its source, what keeps it from being published, and what the person can do next."""

    source: str
    problems: list[str]
    steps: list[StepTold]


class CriteriaMappingTold(Schema):
    """How the criteria of an older version go on in a newer one, as it is being drafted or was confirmed."""

    reference: str
    stage: str
    version: int
    older: str
    newer: str
    links: dict[str, list[str]] = Field(..., description="The code of a newer criterion → those that it comes from.")
    strangers: list[str] = Field(..., description="Codes that the versions do not have any more.")
    steps: list[StepTold]


class SourceAsked(Schema):
    """The source of a new draft; its id stands in it."""

    source: str = Field(..., min_length=1, max_length=LONGEST_SOURCE, description="YAML: docs/criteria-format.md")


class SourceChangeAsked(SourceAsked, SeenAsked):
    """The source as it is to be."""


class BeginAsked(Schema):
    """A new draft like a version that there is, or with nothing in it but the levels."""

    reference: Reference
    cycle_be: int = Field(..., ge=2560, le=2700)
    title_th: str = Field(..., min_length=1, max_length=2000)
    title_en: str = Field("", max_length=2000)
    like: str = Field("", max_length=60, description="The reference of a version; empty for none.")


class OlderAsked(Schema):
    """The older version, which is published."""

    older: Reference


class LinksAsked(SeenAsked):
    """The links as they are to be."""

    links: dict[Annotated[str, Field(max_length=20)], list[Annotated[str, Field(max_length=20)]]] = Field(
        ..., max_length=1000
    )


@router.get(
    "/criteria-drafts",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The versions of the criteria that are being written."),
    response=page_of(DraftTold),
)
def list_criteria_drafts(request: HttpRequest, asked: Query[Paging]) -> Any:
    may(request, Permission.EDIT)
    return paged(request, asked, CriteriaSet.objects.drafts(), _draft)


@router.post(
    "/criteria-drafts",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Begin a draft, like a version that there is or from nothing."),
    response={201: DraftInFullTold},
)
def begin_criteria_draft(request: HttpRequest, asked: BeginAsked) -> Any:
    person = may(request, Permission.EDIT)
    like = CriteriaSet.objects.visible_to(person).filter(reference=asked.like).first()
    if asked.like and like is None:
        raise wrong(_("There are no criteria of this reference."), pointer="/like")
    begun = operations.begin_draft(
        asked.reference, cycle_be=asked.cycle_be, th=asked.title_th, en=asked.title_en, like=like, by=person
    )
    return Status(201, _in_full(request, begun))


@router.post(
    "/criteria-drafts/source",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Keep a source as a new draft; every problem is told with its line."),
    response={201: DraftInFullTold},
)
def load_criteria_draft(request: HttpRequest, asked: SourceAsked) -> Any:
    kept = operations.load_draft(asked.source, by=may(request, Permission.EDIT))
    return Status(201, _in_full(request, kept))


def _draft_for(request: HttpRequest, reference: str) -> CriteriaSet:
    person = may(request, Permission.EDIT)
    return get_object_or_404(CriteriaSet.objects.visible_to(person), reference=reference)


def _mapping_for(request: HttpRequest, reference: str) -> CriteriaMapping:
    may(request, Permission.EDIT)
    return get_object_or_404(CriteriaMapping.objects.select_related("older", "newer"), reference=reference)


def _draft(draft: CriteriaSet) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in DraftTold.model_fields}


def _in_full(request: HttpRequest, draft: CriteriaSet) -> dict[str, Any]:
    return {
        **_draft(draft),
        "source": draft.source,
        "problems": [problem.sentence for problem in on_the_desk(draft).standing.problems],
        "steps": steps_of(CRITERIA, draft, roles_of(person_of(request))),
    }


def _mapping(request: HttpRequest, mapping: CriteriaMapping) -> dict[str, Any]:
    return {
        **{name: getattr(mapping, name) for name in ("reference", "stage", "version", "links")},
        "older": mapping.older.reference,
        "newer": mapping.newer.reference,
        "strangers": list(mapping.strangers),
        "steps": steps_of(MAPPING, mapping, roles_of(person_of(request))),
    }


def _replace(draft: CriteriaSet, *, source: str, **said: Any) -> None:
    operations.replace_draft(draft, source, **said)


def _begin_mapping(newer: CriteriaSet, *, older: str, by: Any) -> CriteriaMapping:
    found = CriteriaSet.objects.published().filter(reference=older).first()
    if found is None or found.pk == newer.pk:
        raise wrong(_("There are no published criteria of this reference."), pointer="/older")
    if not newer.is_sound:
        raise Problem(Kind.REFUSED, _("The draft has problems; mend them first."))
    return operations.begin_mapping(found, newer, by=by)


def _change_links(mapping: CriteriaMapping, *, links: dict[str, list[str]], **said: Any) -> None:
    try:
        operations.change_mapping(mapping, {code: tuple(before) for code, before in links.items()}, **said)
    except KeyError as unknown:
        raise wrong(
            _("The versions have no criterion %(code)s.") % {"code": unknown.args[0]}, pointer="/links"
        ) from None


def _library_refused(request: HttpRequest, refused: LibraryRefused) -> Problem:
    told = [f"{one.line}:{one.column} {sentence_of(one)}" for one in refused.problems]
    return Problem(Kind.INVALID, errors=[{"detail": detail, "pointer": "/source"} for detail in told])


PROBLEMS: dict[type[Exception], Any] = {
    LibraryRefused: _library_refused,
    EditRefused: lambda request, refused: Problem(Kind.INVALID, refusal(refused)),
}
"""What an operation may raise → the problem that is told."""

DRAFTS = Cases(router, "/criteria-drafts/{reference}", _draft_for, _in_full, DraftInFullTold)
MAPPINGS = Cases(router, "/criteria-mappings/{reference}", _mapping_for, _mapping, CriteriaMappingTold)

DRAFTS.shows("show_criteria_draft", "", gettext_lazy("One draft with its source and what is wrong with it."))
DRAFTS.step(
    "replace_criteria_draft",
    "",
    _replace,
    SourceChangeAsked,
    gettext_lazy("Put another source in the place of a draft's; the id stays."),
    method="PUT",
)
DRAFTS.step(
    "publish_criteria",
    "publish",
    operations.publish,
    SeenAsked,
    gettext_lazy("Publish a draft; from then on nothing about it changes."),
)
DRAFTS.step(
    "discard_criteria_draft",
    "discard",
    operations.discard_draft,
    SeenAsked,
    gettext_lazy("Take a draft away; the journal keeps that it was there."),
    told=False,
)
DRAFTS.makes(
    "begin_criteria_mapping",
    "mappings",
    _begin_mapping,
    OlderAsked,
    gettext_lazy("Begin a mapping from an older version, with what is confirmed or suggested; or go on with it."),
    MAPPINGS,
)
MAPPINGS.shows("show_criteria_mapping", "", gettext_lazy("One mapping between two versions."))
MAPPINGS.step(
    "change_criteria_mapping",
    "",
    _change_links,
    LinksAsked,
    gettext_lazy("Put other links in the place of a drafted mapping's."),
    method="PUT",
)
MAPPINGS.step(
    "confirm_criteria_mapping",
    "confirm",
    operations.confirm_mapping,
    SeenAsked,
    gettext_lazy("Confirm a mapping; from then on it counts and nothing about it changes."),
)
