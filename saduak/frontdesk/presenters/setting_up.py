"""How the set-up of a desk is worded: its parts, its doors, its history."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from saduak.design.components import Crumb, Moment, Tab
from saduak.frontdesk.models import Counter, Desk, PriorityClass
from saduak.frontdesk.procedure import STAFF, Role
from saduak.journal.models import Entry
from saduak.thai.dates import short

SUPERVISES = frozenset({Role.SUPERVISOR})
READS = frozenset({Role.SUPERVISOR, Role.SECRETARIAT, Role.AUDITOR})
EVERYBODY = frozenset(Role)

PARTS: dict[str, tuple[object, str]] = {
    "overview": (gettext_lazy("Overview"), "show_desk_settings"),
    "services": (gettext_lazy("Services"), "list_desk_services"),
    "counters": (gettext_lazy("Counters"), "list_counters"),
    "visitors": (pgettext_lazy("part of the settings", "Who goes sooner"), "list_visitor_classes"),
    "hours": (gettext_lazy("Hours"), "set_desk_hours"),
    "limits": (pgettext_lazy("part of the settings", "Limits and calls"), "set_desk_limits"),
    "texts": (pgettext_lazy("part of the settings", "Texts and languages"), "set_desk_texts"),
    "boards": (pgettext_lazy("part of the settings", "Boards and voice"), "list_boards"),
    "people": (pgettext_lazy("part of the settings", "Supervisors"), "name_supervisors"),
}
"""Part of the settings → what its tab says, and the name of its address."""


@dataclass(frozen=True)
class DoorOfDesk:
    """A page of one desk, for the list of desks: whom it is `open_to`; the address takes the centre's code."""

    label: object
    url_name: str
    open_to: frozenset[Role]


CONSOLE = DoorOfDesk(gettext_lazy("Counter console"), "show_console", STAFF)
DOORS_TODAY = (
    DoorOfDesk(gettext_lazy("The floor now"), "show_floor", EVERYBODY),
    DoorOfDesk(gettext_lazy("Give out a ticket"), "give_ticket", STAFF),
    DoorOfDesk(gettext_lazy("Appointments"), "list_appointments", STAFF),
    DoorOfDesk(gettext_lazy("Undecided after a cut"), "list_undecided", SUPERVISES),
    DoorOfDesk(gettext_lazy("Reports"), "show_day_report", READS),
    DoorOfDesk(gettext_lazy("Satisfaction"), "show_ratings", EVERYBODY),
    DoorOfDesk(gettext_lazy("Public queue page"), "show_queue", EVERYBODY),
)
DOORS_OF_THE_SET_UP = (
    DoorOfDesk(gettext_lazy("Settings"), "show_desk_settings", SUPERVISES),
    DoorOfDesk(gettext_lazy("Slots and terms of appointments"), "show_slot_plan", SUPERVISES),
    DoorOfDesk(gettext_lazy("Boards"), "list_boards", SUPERVISES),
    DoorOfDesk(gettext_lazy("The office's own voice"), "show_voice", SUPERVISES),
    DoorOfDesk(gettext_lazy("Devices"), "list_devices_of_desk", SUPERVISES),
    DoorOfDesk(gettext_lazy("Poster for the door"), "door_poster", STAFF),
)
"""Pages of a desk, in the order of the list of desks: what one does on a day, and what one sets up now and then."""


@dataclass(frozen=True)
class Doors:
    """What opens to one person at one desk: the console's address (empty: not theirs), and labels with addresses."""

    console: str
    today: list[tuple[object, str]]
    set_up: list[tuple[object, str]]


def frame_of(desk: Desk, part: str) -> dict[str, Any]:
    """What every page of the settings prints around its content."""
    code = desk.centre.code
    tabs = [Tab(label, reverse(name, args=[code]), part == key) for key, (label, name) in PARTS.items()]
    trail = [Crumb(_("Front desks"), reverse("list_desks")), Crumb(desk.centre.name)]
    return {"desk": desk, "centre": desk.centre, "tabs": tabs, "trail": trail}


def doors_of(desk: Desk, roles: Collection[Role]) -> Doors:
    """The pages of a desk that somebody in these roles may open."""
    console = _open([CONSOLE], desk, roles)
    return Doors(
        console[0][1] if console else "", _open(DOORS_TODAY, desk, roles), _open(DOORS_OF_THE_SET_UP, desk, roles)
    )


def _open(doors: Iterable[DoorOfDesk], desk: Desk, roles: Collection[Role]) -> list[tuple[object, str]]:
    found = [(door.label, existing(door.url_name, desk.centre.code)) for door in doors if door.open_to & set(roles)]
    return [(label, url) for label, url in found if url]


def existing(name: str, *arguments: object) -> str:
    """The address of that name; empty where this installation has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def told(case: Any, person: Any, since: Sequence[Entry]) -> list[Moment]:
    """What changed at a desk, newest first."""
    return history_in_words(since)


def history_in_words(entries: Iterable[Entry]) -> list[Moment]:
    """The history of a desk's set-up, newest first."""
    return [
        Moment(at=entry.at, what=_what(entry), who=entry.by_name, note=entry.note) for entry in reversed([*entries])
    ]


def _day_in_words(entry: Entry) -> str:
    return short(date.fromisoformat(entry.facts["day"]), get_language() or "th") if entry.facts.get("day") else ""


def _what(entry: Entry) -> str:
    name = {"name": entry.facts.get("name", "")}
    words = {
        "begun": _("Front desk begun"),
        "begun_with": _("Usual services entered"),
        "opened": _("Gives out tickets"),
        "closed": _("Gives out no more tickets"),
        "service_entered": _("Service entered: %(name)s") % name,
        "service_corrected": _("Service corrected: %(name)s") % name,
        "group_entered": _("Queue group entered: %(name)s") % name,
        "group_corrected": _("Queue group corrected: %(name)s") % name,
        "counter_entered": _("Counter entered: %(name)s") % name,
        "counter_corrected": _("Counter corrected: %(name)s") % name,
        "class_entered": _("Class of visitors entered: %(name)s") % name,
        "class_corrected": _("Class of visitors corrected: %(name)s") % name,
        "special_day_written": _("Special day: %(day)s") % {"day": _day_in_words(entry)},
        "removed": pgettext("of a desk", "Removed: %(name)s") % name,
        "moved": _("Order changed: %(name)s") % name,
        "supervisors_named": _("Supervisors named"),
        "board_put_up": _("Board put up: %(name)s") % name,
        "board_corrected": _("Board changed: %(name)s") % name,
        "board_readdressed": _("Board with a new address: %(name)s") % name,
        "word_recorded": _("Word recorded: %(word)s") % {"word": entry.facts.get("said", "")},
        "word_removed": _("Recorded word removed"),
        "manner_chosen": _("How calls begin and end"),
        "voice_brought": _("Words taken from another centre"),
        "comment_removed": _("Comment of a visitor deleted"),
        "tickets_stopped": _("No more tickets given out that day"),
        "tickets_again": _("Tickets given out again"),
    }
    if entry.step in words:
        return words[entry.step]
    labels = [_label(field) for field in entry.facts.get("changes", {})]
    return _("Corrected: %(fields)s") % {"fields": ", ".join(labels)}


def _label(name: str) -> str:
    """What the models call a field."""
    for model in (Desk, Counter, PriorityClass):
        for field in model._meta.get_fields():
            if field.name == name:
                return str(getattr(field, "verbose_name", name))
    return name
