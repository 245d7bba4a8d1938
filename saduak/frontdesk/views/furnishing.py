"""Pages about what a desk consists of: services, queue groups, counters, classes of visitors."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from saduak.access.doors import needs
from saduak.catalogue.forms import QueueGroupForm
from saduak.catalogue.models import QueueGroup, Service
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.frontdesk.forms.furnishing import CounterForm, DeskServiceForm, VisitorClassForm
from saduak.frontdesk.models import Counter, Desk, PriorityClass, SpecialDay
from saduak.frontdesk.operations import furnishing
from saduak.frontdesk.policies import Permission
from saduak.frontdesk.presenters.rule import rule_of
from saduak.frontdesk.presenters.setting_up import PARTS, frame_of
from saduak.frontdesk.presenters.tickets import letters_of
from saduak.frontdesk.views.fetching import desk_to_set_up
from saduak.frontdesk.views.saving import Page, show_or_save

KINDS: Mapping[str, tuple[type[Any], str, str]] = {
    "service": (Service, "centre", "services"),
    "group": (QueueGroup, "centre", "services"),
    "counter": (Counter, "desk", "counters"),
    "class": (PriorityClass, "desk", "visitors"),
    "day": (SpecialDay, "desk", "hours"),
}
"""What can be removed → its model, whose it is, and the part of the settings that lists it."""


@needs(Permission.SET_UP)
def list_desk_services_view(request: HttpRequest, code: str) -> HttpResponse:
    """The services by queue group, those taken out of the offer among them."""
    desk = desk_to_set_up(request, code)
    services = Service.objects.order_by("position", "pk").prefetch_related("counters")
    groups = QueueGroup.objects.filter(centre=desk.centre_id).prefetch_related(Prefetch("services", services))
    context = {
        **frame_of(desk, "services"),
        "seen": desk.version,
        "groups": groups,
        "letters": letters_of(desk, groups),
    }
    return render(request, "frontdesk/settings/services.html", context)


@needs(Permission.SET_UP)
def write_desk_service_view(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Enter a service, or correct one."""
    desk = desk_to_set_up(request, code)
    service = _thing(desk, "service", pk) if pk else None
    form = DeskServiceForm(request.POST or None, instance=service or Service(centre=desk.centre), desk=desk)
    page = _page(desk, "service", service, _("New service"), _("The service is saved."))
    return show_or_save(
        request, desk, form, lambda **how: furnishing.write_service(desk, service, **form.cleaned_data, **how), page
    )


@needs(Permission.SET_UP)
def write_queue_group_view(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Enter a queue group, or correct one."""
    desk = desk_to_set_up(request, code)
    group = _thing(desk, "group", pk) if pk else None
    form = QueueGroupForm(request.POST or None, instance=group or QueueGroup(centre=desk.centre))
    page = _page(desk, "group", group, _("New queue group"), _("The queue group is saved."))
    return show_or_save(
        request, desk, form, lambda **how: furnishing.write_group(desk, group, **form.cleaned_data, **how), page
    )


@needs(Permission.SET_UP)
def list_counters_view(request: HttpRequest, code: str) -> HttpResponse:
    """The counters with what they do."""
    desk = desk_to_set_up(request, code)
    counters = desk.counters.prefetch_related(Prefetch("skills", Service.objects.order_by("position", "pk")))
    context = {**frame_of(desk, "counters"), "seen": desk.version, "counters": counters}
    return render(request, "frontdesk/settings/counters.html", context)


@needs(Permission.SET_UP)
def write_counter_view(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Enter a counter, or correct one."""
    desk = desk_to_set_up(request, code)
    counter = _thing(desk, "counter", pk) if pk else None
    form = CounterForm(request.POST or None, instance=counter or Counter(desk=desk), desk=desk)
    page = _page(desk, "counter", counter, _("New counter"), _("The counter is saved."))
    return show_or_save(
        request, desk, form, lambda **how: furnishing.write_counter(desk, counter, **form.cleaned_data, **how), page
    )


@needs(Permission.SET_UP)
def list_visitor_classes_view(request: HttpRequest, code: str) -> HttpResponse:
    """Who goes sooner and by how much, with what visitors read of it."""
    desk = desk_to_set_up(request, code)
    classes = list(desk.classes.all())
    rule = rule_of(desk, [one for one in classes if one.is_offered])
    context = {**frame_of(desk, "visitors"), "seen": desk.version, "classes": classes, "rule": rule}
    return render(request, "frontdesk/settings/visitors.html", context)


@needs(Permission.SET_UP)
def write_visitor_class_view(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Enter a class of visitors, or correct one."""
    desk = desk_to_set_up(request, code)
    found = _thing(desk, "class", pk) if pk else None
    form = VisitorClassForm(request.POST or None, instance=found or PriorityClass(desk=desk, is_priority=True))
    page = _page(desk, "class", found, _("New class of visitors"), _("The class of visitors is saved."))
    return show_or_save(
        request, desk, form, lambda **how: furnishing.write_class(desk, found, **form.cleaned_data, **how), page
    )


@needs(Permission.SET_UP)
@require_POST
def move_thing_view(request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """Move a thing one place up or down in its list (`to=up`)."""
    desk = desk_to_set_up(request, code)
    if kind == "day":
        raise Http404
    thing = _thing(desk, kind, pk)
    up = request.POST.get("to") == "up"
    furnishing.move(desk, thing, up=up, by=request.user, seen=seen_version(request))
    return redirect(_list_of(desk, kind))


@needs(Permission.SET_UP)
@require_POST
def remove_thing_view(request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """Remove what nobody has used; what was used stays, and the list says so."""
    desk = desk_to_set_up(request, code)
    thing = _thing(desk, kind, pk)
    try:
        furnishing.remove(desk, thing, by=request.user, seen=seen_version(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Removed."))
    return redirect(_list_of(desk, kind))


def _thing(desk: Desk, kind: str, pk: int) -> Any:
    if kind not in KINDS:
        raise Http404
    model, owner, _part = KINDS[kind]
    return get_object_or_404(model, **{"pk": pk, owner: desk.pk})


def _list_of(desk: Desk, kind: str) -> str:
    _label, name = PARTS[KINDS[kind][2]]
    return reverse(name, args=[desk.centre.code])


def _page(desk: Desk, kind: str, thing: Any, heading: str, done: str) -> Page:
    return Page(
        part=KINDS[kind][2],
        heading=str(thing) if thing else heading,
        save=_("Save"),
        back=_list_of(desk, kind),
        done=done,
        also={"kind": kind, "thing": thing},
    )
