"""How the directory's facts and deeds are worded."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from saduak.design.components import Moment, Tab
from saduak.design.progress import Progress, State
from saduak.directory.events import centre_shown
from saduak.directory.models import Centre, Holiday, HolidayScope, Import, ImportStage, LikelyPair, Merge, Office
from saduak.directory.models.holidays import Confidence
from saduak.directory.rules import hours_in_words
from saduak.journal.models import Entry
from saduak.people.models import User
from saduak.thai.dates import moment, short


def hours_of(centre: Centre) -> list[str]:
    """The opening hours, a line for each part."""
    words = hours_in_words(centre.opening_hours, _language())
    return words.split("; ") if words else []


def doors_of(centre: Centre) -> list[tuple[object, str]]:
    """What others offer to visitors of a centre: label and address of each."""
    answers: list[tuple[Any, Any]] = centre_shown.send(Centre, centre=centre)
    return [door for _receiver, doors in answers for door in doors]


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


def source_in_words(holiday: Holiday) -> str:
    """How surely the day is known; who told it, where an officer wrote that. The research notes of the calendar that
    the platform brings along are in English, and go with the export."""
    return source_of(holiday) if holiday.confidence == Confidence.ENTERED else str(holiday.get_confidence_display())


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
        "merged": _("Merged into %(code)s") % {"code": facts.get("into", "")},
        "absorbed": _("Took over the record %(code)s") % {"code": facts.get("record", "")},
        "parted": _("Parted again from %(code)s") % {"code": facts.get("from", "")},
        "released": _("Gave the record %(code)s back") % {"code": facts.get("record", "")},
        "followed": _("What came late followed to %(code)s") % {"code": facts.get("into", "")},
        "told_apart": _("Told apart from %(code)s") % {"code": facts.get("record", "")},
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


REASONS: dict[str, Any] = {
    "same_name": gettext_lazy("the same name"),
    "similar_name": gettext_lazy("similar names"),
    "same_agency": gettext_lazy("the same agency"),
    "same_ministry": gettext_lazy("the same ministry"),
    "same_phone": gettext_lazy("the same telephone"),
    "same_email": gettext_lazy("the same e-mail"),
    "same_district": gettext_lazy("the same district"),
    "other_district": gettext_lazy("different districts"),
    "near": gettext_lazy("metres apart"),
    "far": gettext_lazy("metres apart"),
    "other_branch": gettext_lazy("different branches"),
    "other_number": gettext_lazy("different numbers in the names"),
}


def reasons_in_words(reasons: Iterable[Sequence[Any]]) -> list[str]:
    """Why two records look alike or not, each reason with its points."""
    worded = []
    for code, points, detail in reasons:
        words = f"{detail} {REASONS[code]}" if code in ("near", "far") else f"{REASONS[code]} {detail}".strip()
        worded.append(f"{words} ({points:+d})")
    return worded


def unbroken_score(pair: LikelyPair) -> SafeString:
    """The likeness of a pair out of 100."""
    return format_html('<span class="nowrap">{}</span>', pair.score)


def linked_pair(pair: LikelyPair) -> SafeString:
    """Both names as one link to where they stand side by side."""
    return format_html(
        '<a href="{}">{} <span class="nowrap">({})</span><br>{} <span class="nowrap">({})</span></a>',
        pair.get_absolute_url(),
        pair.one.name,
        pair.one.code,
        pair.other.name,
        pair.other.code,
    )


def merged_line(made: Merge) -> SafeString:
    """A merge as a link to its page."""
    return format_html('<a href="{}">{} → {}</a>', made.get_absolute_url(), made.merged, made.surviving)


def beside(one: Centre, other: Centre) -> list[tuple[str, Any, Any, bool]]:
    """What two records say, fact by fact: its label, both values, and whether they differ."""
    rows = [
        (_("Code"), one.code, other.code),
        (_("Name in Thai"), one.name_th, other.name_th),
        (_("Name in English"), one.name_en, other.name_en),
        (_("Agency"), one.agency.name, other.agency.name),
        (_("Province"), one.province.name, other.province.name),
        (_("District"), one.district, other.district),
        (_("Address"), one.address, other.address),
        (_("Opening hours"), "; ".join(hours_of(one)), "; ".join(hours_of(other))),
        (_("Telephone"), one.phone, other.phone),
        (_("E-mail"), one.email, other.email),
        (_("Coordinates"), _position(one), _position(other)),
        (_("Service"), _service(one), _service(other)),
    ]
    return [(label, first or "–", second or "–", first != second) for label, first, second in rows if first or second]


def moved_in_words(made: Merge) -> list[tuple[str, int]]:
    """What a merge moved: the things by name, and how many of each."""
    counted = Counter(str(label) for label, _column, _key, _version in made.moved)
    return [(str(apps.get_model(label)._meta.verbose_name_plural), number) for label, number in counted.items()]


def _position(centre: Centre) -> str:
    return f"{centre.latitude}, {centre.longitude}" if centre.latitude is not None else ""


def _service(centre: Centre) -> str:
    return _("In service") if centre.is_open else _("Closed")
