"""How the directory's facts and deeds are worded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from saduak.design.components import Moment, Tab
from saduak.design.progress import Progress, State
from saduak.directory.models import Centre, Holiday, HolidayScope, Import, ImportStage, Office
from saduak.directory.rules import hours_in_words
from saduak.journal.models import Entry
from saduak.people.models import User
from saduak.thai.dates import moment, short


def hours_of(centre: Centre) -> list[str]:
    """The opening hours, a line for each part."""
    words = hours_in_words(centre.opening_hours, _language())
    return words.split("; ") if words else []


def unbroken(centre: Centre) -> SafeString:
    """The code of a centre, never parted at its hyphen."""
    return format_html('<span class="nowrap">{}</span>', centre.code)


def linked(thing: Any) -> SafeString:
    """The name of a centre, agency or body as a link to its page."""
    return format_html('<a href="{}">{}</a>', thing.get_absolute_url(), thing)


def address_of(person: User) -> str:
    """The page of a person in the directory."""
    return reverse("show_person", args=[person.pk])


def linked_person(person: User) -> SafeString:
    """The name of a person as a link to the page."""
    return format_html('<a href="{}">{}</a>', address_of(person), person)


def moment_of_last_sign_in(person: User) -> str:
    """When the person signed in last."""
    return _moment(person.last_login) if person.last_login else _("never")


def day_of(holiday: Holiday) -> SafeString:
    """The day, as one word."""
    return format_html('<span class="nowrap">{}</span>', short(holiday.day, _language()))


def where_of(holiday: Holiday) -> str:
    """Where a day is a holiday."""
    if holiday.scope == HolidayScope.REGION:
        return holiday.region_th
    if holiday.scope == HolidayScope.PROVINCES:
        return ", ".join(province.name for province in holiday.provinces.all())
    return str(HolidayScope.NATIONWIDE.label)


def source_of(holiday: Holiday) -> str:
    """Who told the day, and how surely it is known."""
    return f"{holiday.get_confidence_display()} ({holiday.source})"


def link_to_correct(holiday: Holiday) -> SafeString:
    """A link to the page that corrects a day."""
    return format_html('<a href="{}">{}</a>', reverse("correct_holiday", args=[holiday.pk]), _("Correct"))


def year_tabs(years: Iterable[int], chosen: int) -> list[Tab]:
    """The Buddhist years of the holiday table."""
    return [Tab(str(year), f"?year={year}", year == chosen) for year in years]


def _language() -> str:
    return "en" if get_language() == "en" else "th"


def _moment(at: datetime) -> str:
    return moment(localtime(at), _language())


def timeline_of(entries: Iterable[Entry], model: type[Model] | None = None) -> list[Moment]:
    """The history of a thing of the directory, newest first; fields are named as its model names them."""
    return [
        Moment(at=entry.at, what=_what(entry, model), who=entry.by_name, note=entry.note)
        for entry in reversed([*entries])
    ]


def _what(entry: Entry, model: type[Model] | None) -> str:
    facts = entry.facts
    words = {
        "opened": _("Entered in the directory"),
        "established": _("Established"),
        "closed": pgettext("a centre was", "Closed"),
        "reopened": _("In service again"),
        "imported": _("Entered from a spreadsheet"),
    }
    if entry.step in words:
        return words[entry.step]
    if entry.step == "corrected":
        return _("Corrected: %(fields)s") % {"fields": ", ".join(_label(model, name) for name in facts["changes"])}
    if entry.step == "province_joined":
        return _("%(province)s joined") % facts
    office = dict(Office.choices).get(facts.get("office", ""), "")
    if entry.step == "appointed":
        return _("%(person)s appointed %(office)s") % {"person": facts["person"], "office": office}
    if entry.step == "ended":
        return _("%(person)s no longer %(office)s") % {"person": facts["person"], "office": office}
    return entry.step


def _label(model: type[Model] | None, name: str) -> str:
    if model is None:
        return name
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


STATES = {
    ImportStage.WAITING: State.WAITING,
    ImportStage.CHECKING: State.RUNNING,
    ImportStage.QUEUED: State.WAITING,
    ImportStage.WRITING: State.RUNNING,
    ImportStage.WRITTEN: State.FINISHED,
    ImportStage.CANCELLED: State.CANCELLED,
}


def progress_of(sheet: Import) -> Progress:
    """How far a spreadsheet is, as the long-work component draws it."""
    address = reverse("show_import", args=[sheet.pk])
    return Progress(
        name="import-progress",
        label=sheet.get_state_display(),
        state=STATES.get(ImportStage(sheet.state), State.FAILED),
        done=sheet.done,
        total=sheet.total,
        url=address,
        cancel_url=reverse("stop_import", args=[sheet.pk]),
    )
