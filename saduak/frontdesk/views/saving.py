"""One way to save a form of the set-up: what was typed stays, whatever happens to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.frontdesk.models import Desk
from saduak.frontdesk.presenters.setting_up import frame_of, told
from saduak.journal.steps import StepOvertaken


@dataclass(frozen=True)
class Page:
    """What stands around a form: its part of the settings, heading, button, and where it leads afterwards."""

    part: str
    heading: object
    save: object
    back: str
    done: object
    lead: object = ""
    kind: str = "primary"
    template: str = "frontdesk/settings/form.html"
    also: Mapping[str, Any] = field(default_factory=dict)


def show_or_save(request: HttpRequest, desk: Desk, form: Any, deed: Callable[..., Any], page: Page) -> HttpResponse:
    """Show the form, or let the deed do what it says: `deed(by=…, seen=…)` is called once the form is valid.

    Refused: 422 with the reasons. Somebody was faster: 409 with what they changed; sent again, the form then goes
    through. Either way what was typed stands there still.
    """
    overtaken: StepOvertaken | None = None
    seen: int | str = desk.version
    if request.method == "POST":
        seen = seen_version(request)
        if form.is_valid():
            try:
                deed(by=request.user, seen=seen)
            except ValidationError as refused:
                refuse(form, refused)
            except StepOvertaken as error:
                overtaken, seen = error, error.case.version
            else:
                messages.success(request, str(page.done))
                return redirect(page.back)
    context = {
        **frame_of(desk, page.part),
        "form": form,
        "page": page,
        "seen": seen,
        "overtaken": told(overtaken.case, request.user, overtaken.since) if overtaken else None,
        **page.also,
    }
    return render(request, page.template, context, status=409 if overtaken else 422 if form.errors else 200)


def refuse(form: Any, refused: ValidationError) -> None:
    """Say each complaint at its field, and above the form what belongs to no field of it."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
