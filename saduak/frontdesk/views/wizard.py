"""From nothing to the first ticket: a few questions, one page each, which can be left and found again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.access.doors import needs
from saduak.catalogue.library import beginnings
from saduak.catalogue.models import Service
from saduak.design.forms import Form
from saduak.design.pages import render
from saduak.directory.models import Centre
from saduak.frontdesk.forms.wizard import CountersForm, KindForm, ServicesForm, WeekForm, WelcomeForm
from saduak.frontdesk.models import Desk
from saduak.frontdesk.operations import furnishing, setting_up, trying
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.policies import Permission, desk_roles_of
from saduak.frontdesk.presenters.setting_up import doors_of
from saduak.frontdesk.presenters.tickets import sample_of
from saduak.frontdesk.presenters.wizard import HEADINGS, LEADS, stops_of, week_of
from saduak.frontdesk.queries.hours import weekly_hours
from saduak.frontdesk.queries.setting_up import QUESTIONS, progress_of, what_is_missing
from saduak.frontdesk.views.fetching import centre_to_set_up
from saduak.frontdesk.views.saving import refuse


@needs(Permission.SET_UP)
def continue_wizard_view(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the first question that has no answer yet."""
    centre = centre_to_set_up(request, code)
    return redirect("answer_wizard", code=code, question=progress_of(_desk_of(centre)).next)


@needs(Permission.SET_UP)
def answer_wizard_view(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """Ask one question, keep its answer, and go on to the next."""
    centre = centre_to_set_up(request, code)
    desk = _desk_of(centre)
    if question not in QUESTIONS:
        raise Http404
    if desk is None and question != "kind":
        return redirect("continue_wizard", code=code)
    form, save = _ASKING[question](request, centre, desk)
    if request.method == "POST" and form.is_valid():
        try:
            there = save()
        except ValidationError as refused:
            refuse(form, refused)
        except Refused as refused:
            form.refuse(refused.decision.reasons)
        else:
            return redirect(there)
    context = {
        "centre": centre,
        "desk": desk,
        "question": question,
        "heading": HEADINGS[question],
        "lead": LEADS[question],
        "form": form,
        "stops": stops_of(progress_of(desk), question),
        "progress": progress_of(desk),
        "before": _neighbour(code, question, -1),
        **(_end(request, desk) if question == "ready" and desk else {}),
    }
    template = f"frontdesk/wizard/{question}.html" if question in {"services", "ready"} else "frontdesk/wizard/ask.html"
    return render(request, template, context, status=422 if form.errors else 200)


Asked = tuple[Any, Callable[[], str]]
"""The form of a question, and what keeps its answer and tells where to go on."""


def _kind(request: HttpRequest, centre: Centre, desk: Desk | None) -> Asked:
    form = KindForm(request.POST or None, language="en" if get_language() == "en" else "th")

    def save() -> str:
        desk = setting_up.begin(centre, by=request.user)
        furnishing.begin_anew_with(desk, beginnings()[form.cleaned_data["kind"]], by=request.user)
        return _answered(request, desk, "kind")

    return form, save


def _services(request: HttpRequest, centre: Centre, desk: Desk | None) -> Asked:
    assert desk is not None  # noqa: S101 – only the first question is asked without one.
    form = ServicesForm(request.POST or None, services=list(Service.objects.of(centre)))

    def save() -> str:
        furnishing.keep_services(desk, form.answers(), by=request.user)
        return _answered(request, desk, "services")

    return form, save


def _counters(request: HttpRequest, centre: Centre, desk: Desk | None) -> Asked:
    assert desk is not None  # noqa: S101
    there = desk.counters.filter(is_active=True).count()
    form = CountersForm(request.POST or None, initial={"number": there or 3})

    def save() -> str:
        furnishing.write_counters(desk, form.cleaned_data["number"], by=request.user)
        return _answered(request, desk, "counters")

    return form, save


def _hours(request: HttpRequest, centre: Centre, desk: Desk | None) -> Asked:
    assert desk is not None  # noqa: S101
    form = WeekForm(
        request.POST or None, initial={**week_of(weekly_hours(desk)), "keeps_holidays": desk.keeps_holidays}
    )

    def save() -> str:
        setting_up.write_settings(desk, by=request.user, **form.facts())
        return _answered(request, desk, "hours")

    return form, save


def _languages(request: HttpRequest, centre: Centre, desk: Desk | None) -> Asked:
    assert desk is not None  # noqa: S101
    initial = {"languages": desk.languages, "welcome": desk.text("welcome", "th")}
    form = WelcomeForm(request.POST or None, initial=initial)

    def save() -> str:
        setting_up.write_settings(desk, by=request.user, **form.facts(desk))
        return _answered(request, desk, "languages")

    return form, save


def _ready(request: HttpRequest, centre: Centre, desk: Desk | None) -> Asked:
    assert desk is not None  # noqa: S101
    there = reverse("answer_wizard", args=[centre.code, "ready"])

    def save() -> str:
        if request.POST.get("do") == "take_back":
            trying.take_back(desk, by=request.user)
            messages.success(request, _("The test ticket is taken back. The desk is ready for visitors."))
        else:
            setting_up.open_desk(desk, by=request.user)
            trying.give(desk, by=request.user)
        return there

    return Form(request.POST or None), save


_ASKING: dict[str, Callable[[HttpRequest, Centre, Desk | None], Asked]] = {
    "kind": _kind,
    "services": _services,
    "counters": _counters,
    "hours": _hours,
    "languages": _languages,
    "ready": _ready,
}


def _end(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """What stands beside the last question: what is missing, a ticket, and where to go from here."""
    return {
        "missing": what_is_missing(desk),
        "samples": [sample_of(desk, language) for language in desk.languages],
        "ticket": trying.ticket_of(desk, by=request.user),
        "doors": doors_of(desk, desk_roles_of(request.user, desk.centre)),
    }


def _answered(request: HttpRequest, desk: Desk, question: str) -> str:
    setting_up.answer(desk, question, by=request.user)
    return _neighbour(desk.centre.code, question, +1)


def _neighbour(code: str, question: str, step: int) -> str:
    """The address of the question before or after; empty where there is none."""
    place = QUESTIONS.index(question) + step
    return reverse("answer_wizard", args=[code, QUESTIONS[place]]) if 0 <= place < len(QUESTIONS) else ""


def _desk_of(centre: Centre) -> Desk | None:
    return Desk.objects.with_places().filter(centre=centre).first()
