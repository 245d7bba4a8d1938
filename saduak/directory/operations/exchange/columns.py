"""The columns of each spreadsheet, the same for template, export and import."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from saduak.directory.models import Agency, Centre, Membership, SheetKind
from saduak.directory.rules import hours_in_words
from saduak.thai.text import search_key


@dataclass(frozen=True)
class SheetColumn:
    """One column: what it is called, what is typed in it, and what an export writes in it."""

    name: str
    label: object
    value: Callable[[Any], object]
    required: bool = False
    hint: object = ""

    def is_called(self, heading: str) -> bool:
        """Whether a heading means this column: its Thai or English label, or its name, with or without a star."""
        with override("th"):
            thai = str(self.label)
        with override("en"):
            english = str(self.label)
        wanted = search_key(heading.replace("*", ""))
        return wanted in {search_key(thai), search_key(english), search_key(self.name)}


def _yes(value: bool) -> str:
    return "ใช่" if value else "ไม่ใช่"


YES_OR_NO = _("ใช่ or ไม่ใช่")
COLUMNS: dict[SheetKind, tuple[SheetColumn, ...]] = {
    SheetKind.CENTRES: (
        SheetColumn("code", _("Centre code"), lambda c: c.code, hint=_("Empty for a new centre")),
        SheetColumn("name_th", _("Name in Thai"), lambda c: c.name_th, required=True),
        SheetColumn("name_en", _("Name in English"), lambda c: c.name_en),
        SheetColumn(
            "agency",
            _("Agency code"),
            lambda c: c.agency.code,
            required=True,
            hint=_("The code, or the full Thai name"),
        ),
        SheetColumn(
            "province",
            _("Province"),
            lambda c: c.province.name_th,
            required=True,
            hint=_("The name, or the two-digit code"),
        ),
        SheetColumn("district", _("District"), lambda c: c.district),
        SheetColumn("address", _("Address"), lambda c: c.address),
        SheetColumn("postcode", _("Postcode"), lambda c: c.postcode, hint=_("Five digits")),
        SheetColumn(
            "opening_hours",
            _("Opening hours"),
            lambda c: hours_in_words(c.opening_hours),
            hint=_("Like จ.-ศ. 08.30-16.30; ส. 09.00-12.00"),
        ),
        SheetColumn("opening_note", _("Remark on opening hours"), lambda c: c.opening_note),
        SheetColumn("phone", _("Telephone"), lambda c: c.phone),
        SheetColumn("email", _("E-mail"), lambda c: c.email),
        SheetColumn("website", _("Website"), lambda c: c.website),
        SheetColumn("line_id", _("LINE account"), lambda c: c.line_id),
        SheetColumn("latitude", _("Latitude"), lambda c: c.latitude, hint=_("In degrees, for example 18.58072")),
        SheetColumn("longitude", _("Longitude"), lambda c: c.longitude, hint=_("In degrees, for example 99.00886")),
    ),
    SheetKind.AGENCIES: (
        SheetColumn("code", _("Agency code"), lambda a: a.code, required=True),
        SheetColumn("name_th", _("Name in Thai"), lambda a: a.name_th, required=True),
        SheetColumn("name_en", _("Name in English"), lambda a: a.name_en),
        SheetColumn("kind", _("Kind"), lambda a: a.get_kind_display(), hint=_("Empty: a department")),
        SheetColumn(
            "ministry",
            _("Ministry code"),
            lambda a: a.ministry.code if a.ministry else "",
            hint=_("Empty: outside every ministry"),
        ),
        SheetColumn("parent", _("Code of the agency above"), lambda a: a.parent.code if a.parent else ""),
        SheetColumn("is_active", _("Exists today"), lambda a: _yes(a.is_active), hint=YES_OR_NO),
    ),
    SheetKind.MEMBERSHIPS: (
        SheetColumn("person", _("User name"), lambda m: m.person.username, required=True),
        SheetColumn("name", _("Name"), lambda m: str(m.person), hint=_("Only for reading; it is not taken over")),
        SheetColumn("office", _("Office"), lambda m: m.get_office_display(), required=True),
        SheetColumn(
            "place",
            _("Code of the place"),
            lambda m: m.place.reference,
            required=True,
            hint=_("Of a centre, an agency, or a committee such as B00005"),
        ),
        SheetColumn(
            "place_name",
            _("Name of the place"),
            lambda m: str(m.place),
            hint=_("Only for reading; it is not taken over"),
        ),
        SheetColumn("from_day", _("From"), lambda m: _day(m.from_day), required=True, hint=_("Like 15/1/2569")),
        SheetColumn("until_day", _("Until"), lambda m: _day(m.until_day), hint=_("Empty: until further notice")),
        SheetColumn("order_no", _("Order number"), lambda m: m.order_no),
        SheetColumn("represents", _("Represents"), lambda m: m.represents),
    ),
}


def headings(kind: SheetKind) -> list[str]:
    """The first row of a spreadsheet of the directory."""
    return headings_of(COLUMNS[kind])


def headings_of(columns: Iterable[SheetColumn]) -> list[str]:
    """The first row of a spreadsheet, with a star at what must be filled in."""
    return [f"{column.label}{' *' if column.required else ''}" for column in columns]


def export_rows(kind: SheetKind) -> Iterator[list[object]]:
    """Everything the directory has of a kind, as rows that can be brought in again."""
    things: Any
    if kind == SheetKind.CENTRES:
        things = Centre.objects.in_service().with_names().order_by("code")
    elif kind == SheetKind.AGENCIES:
        things = Agency.objects.select_related("ministry", "parent").order_by("code")
    else:
        things = Membership.objects.with_people().with_places().order_by("person__username", "from_day")
    for thing in things.iterator(2000):
        yield [column.value(thing) for column in COLUMNS[kind]]


def _day(day: Any) -> str:
    return f"{day.day}/{day.month}/{day.year + 543}" if day else ""
