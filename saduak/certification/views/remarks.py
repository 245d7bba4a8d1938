"""What looks odd about dossiers, for those who screen and assess."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.access.grants import holds
from saduak.audit.operations import exported, looked_at
from saduak.certification.forms.remarks import DismissForm, RemarkTermsForm
from saduak.certification.models import Application, Remark, Round
from saduak.certification.models.remarks import RemarkKind
from saduak.certification.operations import remarks
from saduak.certification.policies import Permission
from saduak.certification.policies_of_quality import may_dismiss, may_read_remarks
from saduak.certification.presenters import remarks as shown
from saduak.certification.queries.remarks import remarks_in
from saduak.certification.queries.rounds import rounds_for
from saduak.certification.views.assignments import chosen_round
from saduak.design.components import Crumb
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.design.tables import Table
from saduak.journal.steps import StepRefused


@needs(Permission.LIST_REMARKS)
@require_safe
def list_remarks_view(request: HttpRequest) -> HttpResponse:
    """Every remark of a round, those that stand first."""
    return _list(request)


@needs(Permission.RUN_ROUNDS)
@require_POST
def set_remark_terms_view(request: HttpRequest, reference: str) -> HttpResponse:
    """From when on something is remarked in a round."""
    round_ = get_object_or_404(rounds_for(request.user), reference=reference)
    form = RemarkTermsForm(request.POST)
    if not form.is_valid():
        return _list(request, round_=round_, form=form)
    remarks.set_terms(round_, by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved. The worker looks at every dossier again."))
    return redirect(f"{reverse('list_remarks')}?round={round_.reference}")


@needs(Permission.SEE_REMARKS)
@require_http_methods(["GET", "HEAD", "POST"])
def show_remark_view(request: HttpRequest, pk: int) -> HttpResponse:
    """One remark with its facts; the secretariat may dismiss it with a reason."""
    visible = Application.objects.visible_to(request.user)
    remark = get_object_or_404(Remark.objects.for_page().filter(application__in=visible), pk=pk)
    if not may_read_remarks(request.user, remark.application):
        raise PermissionDenied
    form = DismissForm(request.POST or None) if may_dismiss(request.user, remark.application) else None
    status = 200
    if request.method == "POST":
        status = 422
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                remarks.dismiss(remark, by=request.user, seen=seen_version(request), **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The remark is dismissed."))
                return redirect(remark)
    looked_at(
        request.user, kind=remark.case_kind, reference=remark.reference, what=gettext_noop("remark"), request=request
    )
    others = [remark.other_id] if remark.other_id else []
    (one,) = shown.shown_to([remark], visible.filter(pk__in=others).values_list("pk", flat=True))
    application = remark.application
    context = {
        "remark": remark,
        "shown": one,
        "form": form,
        "trail": [Crumb(application.reference, application.get_absolute_url()), Crumb(one.title)],
    }
    return render(request, "certification/remarks/show.html", context, status=status)


def _list(request: HttpRequest, *, round_: Round | None = None, form: RemarkTermsForm | None = None) -> HttpResponse:
    rounds = list(rounds_for(request.user))
    round_ = round_ or chosen_round(request, rounds)
    if round_ is None:
        return render(request, "certification/remarks/list.html", {"round": None, "rounds": rounds})
    every = remarks_in(round_)
    kind = request.GET.get("kind", "")
    chosen = every.filter(kind=kind) if kind in RemarkKind else every
    table = Table(
        request,
        chosen.order_by("dismissed_at", "application__reference", "kind"),
        shown.columns(),
        label=_("Remarks on dossiers"),
        empty=_("Nothing was noticed."),
    )
    if table.wants_export:
        exported(
            request.user,
            kind=Remark.case_kind,
            reference=round_.reference,
            what=gettext_noop("list of remarks"),
            request=request,
            detail={"address": request.GET.urlencode(), "rows": table.page.paginator.count},
        )
        return table.export(f"remarks-{round_.reference}")
    sets = holds(request.user, Permission.RUN_ROUNDS)
    terms = {name: getattr(round_, name) for name in RemarkTermsForm.base_fields}
    context = {
        "round": round_,
        "rounds": rounds,
        "table": table,
        "counts": _counts(round_),
        "terms": (form or RemarkTermsForm(initial=terms)) if sets else None,
    }
    return render(request, "certification/remarks/list.html", context, status=422 if form else 200)


def _counts(round_: Round) -> list[tuple[object, int, str]]:
    """(words, number of those that stand, address) of each kind."""
    numbers: dict[str, int] = {}
    for kind in remarks_in(round_).open().values_list("kind", flat=True):
        numbers[kind] = numbers.get(kind, 0) + 1
    here = f"{reverse('list_remarks')}?round={round_.reference}"
    return [(kind.label, numbers[kind], f"{here}&kind={kind}") for kind in RemarkKind if kind in numbers]
