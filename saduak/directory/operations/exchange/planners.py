"""How the rows of each kind of spreadsheet are read against the directory."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from saduak.directory.models import Agency, AgencyKind, Body, Centre, Membership, Ministry, Office, Province
from saduak.directory.operations.exchange import cells
from saduak.directory.operations.exchange.cells import CellRefused, by_code_or_name, known_as
from saduak.directory.operations.exchange.plans import CHANGE, CREATE, SAME, Deed
from saduak.directory.operations.memberships import offices_of
from saduak.people.models import User
from saduak.thai.numerals import from_thai_digits


class Planner(ABC):
    """How the rows of one kind are read against the directory."""

    key = "code"

    @abstractmethod
    def read(self, name: str, cell: str) -> Mapping[str, Any]:
        """The facts in a cell. Raises CellRefused."""

    @abstractmethod
    def deed(self, row: int, facts: dict[str, Any]) -> Deed:
        """What the row does. Raises CellRefused and ValidationError."""


class CentresPlanner(Planner):
    """Centres: found by their code, and never entered twice under one name."""

    def __init__(self) -> None:
        self.agencies = by_code_or_name(Agency.objects.all())
        self.provinces = by_code_or_name(Province.objects.all())
        self.centres = {centre.code: centre for centre in Centre.objects.all()}
        self.named = {(c.name_th, c.agency_id, c.province_id): c.code for c in self.centres.values()}
        self.rows_of: dict[Any, int] = {}

    def read(self, name: str, cell: str) -> Mapping[str, Any]:
        if name == "agency":
            return {"agency_id": known_as(self.agencies, cell, _("No agency has this code or name.")).pk}
        if name == "province":
            return {"province_id": known_as(self.provinces, cell, _("No province has this name or code.")).pk}
        if name == "opening_hours":
            return {name: cells.hours(cell)}
        if name == "phone":
            return {name: cells.phone(cell)}
        if name in ("latitude", "longitude"):
            return {name: cells.degrees(cell)}
        if name == "postcode":
            return {name: from_thai_digits(cell)}
        if name == "website" and cell and "://" not in cell:
            return {name: f"https://{cell}"}
        return {name: cell}

    def deed(self, row: int, facts: dict[str, Any]) -> Deed:
        code = facts.pop("code", "")
        named = (facts["name_th"], facts["agency_id"], facts["province_id"])
        _only_once(self.rows_of, row, code or named)
        known = self.centres.get(code)
        if code and known is None:
            raise CellRefused(_("No centre has this code. Leave it empty for a new centre."))
        if known is not None and known.merged_into_id is not None:
            raise CellRefused(_("The centre was merged into another one."))
        if known is None and named in self.named:
            raise CellRefused(_("The centre is there already. Write its code: %(code)s.") % {"code": self.named[named]})
        thing = known or Centre(code="-")
        changes = _differences(thing, facts)
        words = f"{code} {facts['name_th']}".strip()
        if known is not None and not changes:
            return Deed(row, SAME, known.pk, {}, words)
        for name, value in facts.items():
            setattr(thing, name, value)
        thing.clean_fields(exclude=["agency", "province", "search_text", "sort_key"])
        _position_is_whole(thing)
        return Deed(row, CHANGE if known else CREATE, known.pk if known else None, changes if known else facts, words)


class AgenciesPlanner(Planner):
    """Agencies and their parts, which may come in the same sheet."""

    def __init__(self) -> None:
        self.agencies = {agency.code: agency for agency in Agency.objects.all()}
        self.ministries = by_code_or_name(Ministry.objects.all())
        self.ministry_of = {code: agency.ministry_id for code, agency in self.agencies.items()}
        self.rows_of: dict[Any, int] = {}

    def read(self, name: str, cell: str) -> Mapping[str, Any]:
        if name == "ministry":
            return {
                "ministry_id": known_as(self.ministries, cell, _("No ministry has this code or name.")).pk
                if cell
                else None
            }
        if name == "parent":
            return {"parent_code": cell}
        if name == "kind":
            return {name: cells.choice(AgencyKind, cell) if cell else AgencyKind.DEPARTMENT.value}
        if name == "is_active":
            return {name: cells.yes_or_no(cell) if cell else True}
        return {name: cell}

    def deed(self, row: int, facts: dict[str, Any]) -> Deed:
        code = facts["code"]
        _only_once(self.rows_of, row, code)
        known = self.agencies.get(code)
        above = facts.get("parent_code") or ""
        if above:
            if above == code or above not in self.ministry_of:
                raise ValidationError(
                    {"parent": _("No agency has this code. A part stands below the agency it belongs to.")}
                )
            if "ministry_id" in facts and self.ministry_of[above] != facts["ministry_id"]:
                raise ValidationError({"parent": _("The agency above it is under another ministry.")})
        self.ministry_of[code] = facts.get("ministry_id", self.ministry_of.get(code))
        plain = {name: value for name, value in facts.items() if name != "parent_code"}
        thing = known or Agency()
        changes = _differences(thing, plain)
        if "parent_code" in facts and known is not None:
            before = next((c for c, agency in self.agencies.items() if agency.pk == known.parent_id), "")
            if before != above:
                changes["parent_code"] = above
        words = f"{code} {facts['name_th']}"
        if known is not None and not changes:
            return Deed(row, SAME, known.pk, {}, words)
        for name, value in plain.items():
            setattr(thing, name, value)
        thing.clean_fields(exclude=["ministry", "parent"])
        return Deed(row, CHANGE if known else CREATE, known.pk if known else None, changes if known else facts, words)


class MembershipsPlanner(Planner):
    """Offices of people in centres, agencies and committees."""

    key = "person"

    def __init__(self) -> None:
        self.people = {user.username.casefold(): user for user in User.objects.filter(is_active=True)}
        self.places: dict[str, Any] = {
            **{one.code: one for one in Agency.objects.all()},
            **{one.code: one for one in Centre.objects.in_service()},
            **{one.reference: one for one in Body.objects.all()},
        }
        self.held: dict[Any, list[tuple[date, date | None, str, int | None]]] = {}
        for one in Membership.objects.select_related("body", "centre", "agency"):
            self._hold(one.person_id, one.place, one.office, one.from_day, one.until_day, one.pk)

    def read(self, name: str, cell: str) -> Mapping[str, Any]:
        if name in ("name", "place_name"):
            return {}
        if name == "person":
            return {"person_id": known_as(self.people, cell.casefold(), _("No open account has this user name.")).pk}
        if name == "place":
            return {name: known_as(self.places, cell.upper(), _("No centre, agency or committee has this code."))}
        if name == "office":
            return {name: cells.choice(Office, cell)}
        if name in ("from_day", "until_day"):
            return {name: cells.day(cell) if cell else None}
        return {name: cell}

    def deed(self, row: int, facts: dict[str, Any]) -> Deed:
        place, office, person = facts.pop("place"), facts["office"], facts["person_id"]
        from_day, until_day = facts["from_day"], facts.get("until_day")
        if Office(office) not in offices_of(place):
            raise ValidationError({"office": _("The place does not have this office.")})
        if until_day is not None and until_day < from_day:
            raise ValidationError({"until_day": _("The last day is before the first.")})
        if isinstance(place, Body) and not place.is_in_office(from_day):
            raise ValidationError({"from_day": _("The body is not in office on this day.")})
        if isinstance(place, Body) and until_day and place.term_until and until_day > place.term_until:
            raise ValidationError({"until_day": _("The body's term ends before this day.")})
        words = f"{Office(office).label}, {place}"
        facts |= {"place_kind": place.case_kind, "place_pk": place.pk}
        for began, ended, same_office, pk in self.held.get((person, place.case_kind, place.pk), []):
            if began == from_day and same_office == office and pk is not None:
                if "until_day" not in facts or ended == until_day:
                    return Deed(row, SAME, pk, {}, words)
                if until_day is None or (ended is not None and until_day > ended):
                    raise ValidationError(
                        {"until_day": _("An end can be brought forward, not put off. Add a new row from the next day.")}
                    )
                return Deed(row, CHANGE, pk, {"until_day": until_day}, words)
            if _overlap(began, ended, from_day, until_day):
                raise ValidationError({"from_day": _("The person holds an office there in these days.")})
        if office in (Office.CENTRE_HEAD, Office.CHAIR):
            for began, ended, _same, _pk in self.held.get((office, place.case_kind, place.pk), []):
                if _overlap(began, ended, from_day, until_day):
                    raise ValidationError({"office": _("Somebody else holds this office in these days.")})
        self._hold(person, place, office, from_day, until_day, None)
        return Deed(row, CREATE, None, facts, words)

    def _hold(self, person: int, place: Any, office: str, since: date, until: date | None, pk: int | None) -> None:
        for holder in (person, office):
            self.held.setdefault((holder, place.case_kind, place.pk), []).append((since, until, office, pk))


def _only_once(rows_of: dict[Any, int], row: int, key: Any) -> None:
    if key in rows_of:
        raise CellRefused(_("Row %(row)s says the same. Remove one.") % {"row": rows_of[key]})
    rows_of[key] = row


def _differences(thing: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if getattr(thing, name) != value}


def _position_is_whole(centre: Centre) -> None:
    if (centre.latitude is None) != (centre.longitude is None):
        raise ValidationError({"latitude": _("Give both latitude and longitude, or neither.")})
    if centre.latitude is not None and not (5 <= centre.latitude <= 21 and 97 <= (centre.longitude or 0) <= 106):
        raise ValidationError({"latitude": _("The position lies outside Thailand.")})
    if centre.postcode and not (
        centre.postcode.isdecimal() and len(centre.postcode) == 5 and centre.postcode[0] != "0"
    ):
        raise ValidationError({"postcode": _("A postcode has five digits.")})


def _overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    return (until is None or other_since <= until) and (other_until is None or since <= other_until)
