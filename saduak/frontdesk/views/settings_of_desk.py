"""Pages about a desk as a whole: hours and closed days, limits, texts, supervisors."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.access.doors import needs
from saduak.frontdesk.forms.furnishing import SpecialDayForm
from saduak.frontdesk.forms.setting_up import HoursForm, LimitsForm, SupervisorsForm, TextsForm
from saduak.frontdesk.hours import days_from
from saduak.frontdesk.models import Desk
from saduak.frontdesk.operations import furnishing, setting_up
from saduak.frontdesk.policies import Permission
from saduak.frontdesk.presenters.hours import days_in_words
from saduak.frontdesk.presenters.tickets import sample_of
from saduak.frontdesk.queries.hours import openings
from saduak.frontdesk.queries.setting_up import people_of
from saduak.frontdesk.views.fetching import desk_to_set_up
from saduak.frontdesk.views.saving import Page, show_or_save

WEEKS_AHEAD = 8


@needs(Permission.SET_UP)
def set_desk_hours_view(request: HttpRequest, code: str) -> HttpResponse:
    """The hours of every week, and the coming weeks with every day that is unlike the others."""
    desk = desk_to_set_up(request, code)
    form = HoursForm(request.POST or None, instance=desk)
    days = days_in_words(openings(desk, days_from(timezone.localdate(), 7 * WEEKS_AHEAD)))
    page = Page(
        part="hours",
        heading=_("Hours"),
        save=_("Save the hours"),
        back=reverse("set_desk_hours", args=[code]),
        done=_("The hours are saved."),
        template="frontdesk/settings/hours.html",
        also={
            "unusual": [day for day in days if day.is_unusual],
            "weeks": WEEKS_AHEAD,
            "special_days": desk.special_days.filter(day__gte=timezone.localdate()),
        },
    )
    return show_or_save(
        request, desk, form, lambda **how: setting_up.write_settings(desk, **form.cleaned_data, **how), page
    )


@needs(Permission.SET_UP)
def write_special_day_view(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the desk keeps other hours on a day, or is closed."""
    desk = desk_to_set_up(request, code)
    form = SpecialDayForm(request.POST or None)
    page = Page(
        part="hours",
        heading=_("Special day"),
        lead=_("It outweighs the hours of the week and holidays: the desk can be closed, or open on a holiday."),
        save=_("Save the special day"),
        back=reverse("set_desk_hours", args=[code]),
        done=_("The special day is saved."),
    )
    return show_or_save(
        request, desk, form, lambda **how: furnishing.write_special_day(desk, **form.cleaned_data, **how), page
    )


@needs(Permission.SET_UP)
def set_desk_limits_view(request: HttpRequest, code: str) -> HttpResponse:
    """How many tickets, until when, and how people are called."""
    desk = desk_to_set_up(request, code)
    form = LimitsForm(request.POST or None, instance=desk)
    page = _page(desk, "limits", _("Limits and calls"), _("The limits are saved."))
    return show_or_save(
        request, desk, form, lambda **how: setting_up.write_settings(desk, **form.cleaned_data, **how), page
    )


@needs(Permission.SET_UP)
def set_desk_texts_view(request: HttpRequest, code: str) -> HttpResponse:
    """What the centre says itself in several languages, with a ticket as it will look."""
    desk = desk_to_set_up(request, code)
    form = TextsForm(request.POST or None, desk=desk)
    page = Page(
        part="texts",
        heading=_("Texts and languages"),
        save=_("Save"),
        back=reverse("set_desk_texts", args=[code]),
        done=_("The texts are saved."),
        template="frontdesk/settings/texts.html",
        also={"samples": [sample_of(desk, language) for language in desk.languages]},
    )
    return show_or_save(request, desk, form, lambda **how: setting_up.write_settings(desk, **form.facts(), **how), page)


@needs(Permission.SET_UP)
def name_supervisors_view(request: HttpRequest, code: str) -> HttpResponse:
    """Say who supervises the desk beside the head of the centre."""
    desk = desk_to_set_up(request, code)
    form = SupervisorsForm(request.POST or None, desk=desk, people=people_of(desk))
    page = Page(
        part="people",
        heading=_("Supervisors"),
        lead=_("The head of the centre supervises its desk. You can name others who work here."),
        save=_("Save"),
        back=reverse("name_supervisors", args=[code]),
        done=_("The supervisors are named."),
    )
    return show_or_save(
        request,
        desk,
        form,
        lambda **how: setting_up.name_supervisors(desk, list(form.cleaned_data["people"]), **how),
        page,
    )


def _page(desk: Desk, part: str, heading: str, done: str) -> Page:
    there = reverse(f"set_desk_{part}", args=[desk.centre.code])
    return Page(part=part, heading=heading, save=_("Save"), back=there, done=done)
