"""Pages on which records of one centre are found, compared, merged and parted again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from saduak.access.doors import needs
from saduak.design.pages import render
from saduak.design.tables import Column, Table
from saduak.directory import policies
from saduak.directory.forms.centres import ReasonForm
from saduak.directory.forms.merging import APART, TwoCodesForm, VerdictForm
from saduak.directory.models import Centre, LikelyPair, Merge, Verdict
from saduak.directory.operations import duplicates, merging
from saduak.directory.operations.duplicates import described
from saduak.directory.presenters import (
    beside,
    linked_pair,
    merged_line,
    moved_in_words,
    reasons_in_words,
    unbroken_score,
)
from saduak.directory.rules import likeness
from saduak.journal.steps import StepOvertaken

COLUMNS = (
    Column("score", gettext_lazy("Likeness"), shown=unbroken_score, sort=("score",), number=True),
    Column("pair", gettext_lazy("Two records"), shown=linked_pair, value=lambda pair: f"{pair.one} / {pair.other}"),
    Column("province", gettext_lazy("Province"), value=lambda pair: pair.one.province.name),
    Column("why", gettext_lazy("Why they may be one"), value=lambda pair: "; ".join(reasons_in_words(pair.reasons))),
)
MERGES = (
    Column("merge", gettext_lazy("Merge"), shown=merged_line, value=lambda made: f"{made.merged} → {made.surviving}"),
    Column("at", gettext_lazy("merged at"), sort=("at",)),
    Column("by", pgettext_lazy("person", "By"), value=lambda made: str(made.by or "")),
    Column("state", gettext_lazy("State"), value=lambda made: _("undone") if made.undone_at else _("stands")),
)


@needs(policies.Permission.EDIT_DIRECTORY)
def list_duplicates_view(request: HttpRequest) -> HttpResponse:
    """The pairs that wait for a person, two codes to compare by hand, and the merges so far."""
    form = TwoCodesForm(request.GET if "one" in request.GET else None)
    if form.is_valid():
        return redirect("compare_centres", one=form.cleaned_data["one"], other=form.cleaned_data["other"])
    waiting = LikelyPair.objects.filter(verdict=Verdict.OPEN).select_related("one__province", "other__province")
    made = Merge.objects.select_related("merged", "surviving", "by")
    context = {
        "form": form,
        "table": Table(request, waiting, COLUMNS, label=_("Records that may be one centre"), sorted_by="-score"),
        "merges": Table(request, made, MERGES, label=_("Merges so far"), name="merges", sorted_by="-at"),
    }
    return render(request, "directory/duplicates.html", context, status=422 if form.errors else 200)


@needs(policies.Permission.EDIT_DIRECTORY)
@require_POST
def look_for_duplicates_view(request: HttpRequest) -> HttpResponse:
    """Look through the directory now, in place of next night."""
    found = duplicates.look_for_duplicates()
    messages.success(request, _("%(number)s pairs wait to be looked at.") % {"number": f"{found:,}"})
    return redirect("list_duplicates")


@needs(policies.Permission.EDIT_DIRECTORY)
def compare_centres_view(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Two records side by side, and what a person makes of them."""
    both = [get_object_or_404(Centre.objects.with_names(), code=code, merged_into=None) for code in (one, other)]
    form = VerdictForm(request.POST or None, one=both[0], other=both[1])
    overtaken = False
    if request.method == "POST" and form.is_valid():
        try:
            return _decided(request, both, form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        except StepOvertaken:
            overtaken = True
    found = likeness(described(both[0]), described(both[1]))
    context = {
        "form": form,
        "both": both,
        "overtaken": overtaken,
        "rows": beside(*both),
        "score": found.score,
        "reasons": reasons_in_words(found.reasons),
        "against": merging.what_stands_against(both[0], both[1]),
    }
    return render(request, "directory/compare.html", context, status=409 if overtaken else 422 if form.errors else 200)


@needs(policies.Permission.SEE_MERGES)
def show_merge_view(request: HttpRequest, pk: int) -> HttpResponse:
    """A merge with all that was moved, and the way back as long as there is one."""
    made = get_object_or_404(Merge.objects.select_related("merged", "surviving__merged_into", "by", "undone_by"), pk=pk)
    may_undo = policies.may(request.user, policies.Permission.EDIT_DIRECTORY)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and may_undo and form.is_valid():
        try:
            merging.undo(made, by=request.user, reason=form.cleaned_data["note"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The two records stand apart again."))
            return redirect(made)
    context = {
        "made": made,
        "form": form,
        "moved": moved_in_words(made),
        "may_undo": may_undo,
        "against": merging.what_stands_against_undoing(made) if made.undone_at is None else [],
    }
    return render(request, "directory/merge.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, both: list[Centre], said: dict[str, Any]) -> HttpResponse:
    if said["verdict"] == APART:
        duplicates.keep_apart(*both, by=request.user, reason=said["note"])
        messages.success(request, _("They are kept as two centres."))
        return redirect("list_duplicates")
    kept, gone = both if said["verdict"] == both[0].code else both[::-1]
    seen = said["seen"] if gone is both[0] else said["seen"][::-1]
    made = merging.merge(gone, into=kept, by=request.user, reason=said["note"], seen=seen)
    messages.success(request, _("The two records are one. The old code leads to the one that stays."))
    return redirect(made)
