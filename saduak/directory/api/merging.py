"""Records of one centre are compared, merged with a reason, told apart, and parted again."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from saduak.directory.models import Centre, LikelyPair, Merge
from saduak.directory.models.merges import Verdict
from saduak.directory.operations import duplicates, merging
from saduak.directory.operations.duplicates import described
from saduak.directory.policies import Permission
from saduak.directory.presenters import reasons_in_words
from saduak.directory.rules import likeness
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import LARGEST
from saduak.machines.words import gettext_lazy

router = Router(tags=["Directory"])

Code = Field(..., min_length=1, max_length=20, description="A centre's code.")
Version = Field(..., ge=0, le=LARGEST, description="The record's version as it was compared.")


class PairTold(Schema):
    """Two records that may be one centre."""

    one: str
    other: str
    score: int = Field(..., description="Likeness out of 100.")
    why: list[str]


class ComparedPairTold(PairTold):
    """Two records side by side."""

    version_of_one: int
    version_of_other: int
    against: list[str] = Field(..., description="Why they cannot be merged now; empty when they can.")


class MergeTold(Schema):
    """One record became part of another's."""

    id: int
    merged: str
    surviving: str
    reason: str
    at: datetime
    undone_at: datetime | None
    moved: int = Field(..., description="How many things were moved.")


class MergeInFullTold(MergeTold):
    """A merge, and why it cannot be undone any more."""

    against_undoing: list[str]


class TwoCodesAsked(Schema):
    """Two records."""

    one: str = Code
    other: str = Code


class MergeAsked(Schema):
    """Which record becomes part of which, and why; both histories keep it."""

    merged: str = Code
    into: str = Code
    reason: str = Field(..., min_length=1, max_length=2000)
    version_of_merged: int = Version
    version_of_into: int = Version


class ApartAsked(TwoCodesAsked):
    """Why two records are two centres."""

    reason: str = Field(..., min_length=1, max_length=2000)


class UndoAsked(Schema):
    """Why a merge is undone."""

    reason: str = Field(..., min_length=1, max_length=2000)


@router.get(
    "/likely-duplicates",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("Records that may be one centre and wait for a person, the likest first."),
    response=page_of(PairTold),
)
def list_likely_duplicates(request: HttpRequest, asked: Query[Paging]) -> Any:
    may(request, Permission.EDIT_DIRECTORY)
    found = LikelyPair.objects.filter(verdict=Verdict.OPEN).select_related("one", "other")
    return paged(request, asked, found, _pair)


@router.get(
    "/likely-duplicates/compare",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("Two records side by side, with their versions and what stands against merging them."),
    response=ComparedPairTold,
)
def compare_records(request: HttpRequest, asked: Query[TwoCodesAsked]) -> Any:
    may(request, Permission.EDIT_DIRECTORY)
    one, other = _record(asked.one, parameter="one"), _record(asked.other, parameter="other")
    found = likeness(described(one), described(other))
    return {
        "one": one.code,
        "other": other.code,
        "score": found.score,
        "why": list(reasons_in_words(found.reasons)),
        "version_of_one": one.version,
        "version_of_other": other.version,
        "against": merging.what_stands_against(one, other),
    }


@router.post(
    "/likely-duplicates/apart",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Say that two records are two centres."),
    response={204: None},
)
def keep_records_apart(request: HttpRequest, asked: ApartAsked) -> Any:
    person = may(request, Permission.EDIT_DIRECTORY)
    one, other = _record(asked.one, pointer="/one"), _record(asked.other, pointer="/other")
    if one == other:
        raise wrong(_("This is one and the same record."), pointer="/other")
    duplicates.keep_apart(one, other, by=person, reason=asked.reason)
    return Status(204, None)


@router.get(
    "/merges",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The merges of records so far, the latest first."),
    response=page_of(MergeTold),
)
def list_merges(request: HttpRequest, asked: Query[Paging]) -> Any:
    may(request, Permission.SEE_MERGES)
    found = Merge.objects.select_related("merged", "surviving__merged_into")
    return paged(request, asked, found, _merge)


@router.post(
    "/merges",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Merge two records of one centre; the old code leads to the record that stays."),
    response={201: MergeInFullTold},
)
def merge_records(request: HttpRequest, asked: MergeAsked) -> Any:
    person = may(request, Permission.EDIT_DIRECTORY)
    gone, kept = _record(asked.merged, pointer="/merged"), _record(asked.into, pointer="/into")
    seen = (asked.version_of_merged, asked.version_of_into)
    made = merging.merge(gone, into=kept, by=person, reason=asked.reason, seen=seen)
    return Status(201, _in_full(request, made))


def _record(code: str, **where: str) -> Centre:
    """The record of that code, which is not merged yet. Raises Problem."""
    found = Centre.objects.with_names().filter(code=code, merged_into=None).first()
    if found is None:
        raise wrong(_("No centre has this code."), **where)
    return found


def _merge_for(request: HttpRequest, merge: int) -> Merge:
    may(request, Permission.SEE_MERGES)
    return get_object_or_404(Merge.objects.select_related("merged", "surviving__merged_into"), pk=merge)


def _pair(pair: LikelyPair) -> dict[str, Any]:
    why = list(reasons_in_words(pair.reasons))
    return {"one": pair.one.code, "other": pair.other.code, "score": pair.score, "why": why}


def _merge(made: Merge) -> dict[str, Any]:
    return {
        "id": made.pk,
        "merged": made.merged.code,
        "surviving": made.surviving.code,
        "reason": made.reason,
        "at": made.at,
        "undone_at": made.undone_at,
        "moved": len(made.moved),
    }


def _in_full(_request: HttpRequest, made: Merge) -> dict[str, Any]:
    return {**_merge(made), "against_undoing": merging.what_stands_against_undoing(made)}


MERGES = Cases(router, "/merges/{merge}", _merge_for, _in_full, MergeInFullTold)

MERGES.shows("show_merge", "", gettext_lazy("One merge, and whether it can still be undone."))
MERGES.step(
    "undo_merge",
    "undo",
    merging.undo,
    UndoAsked,
    gettext_lazy("Part two records again: everything that was moved goes back."),
    permission=Permission.EDIT_DIRECTORY,
)
