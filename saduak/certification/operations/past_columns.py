"""The columns of a spreadsheet of past results, and how its rows are read against what is there."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.certification.models import Outcome, PastResult
from saduak.certification.queries.past import subject_of
from saduak.directory.models import Agency, Centre, Province
from saduak.directory.operations.exchange.cells import CellRefused, by_code_or_name, known_as
from saduak.directory.operations.exchange.columns import SheetColumn
from saduak.directory.operations.exchange.planners import Planner
from saduak.directory.operations.exchange.plans import CREATE, SAME, Deed
from saduak.thai.numerals import from_thai_digits
from saduak.thai.text import normalised, search_key

FIRST_CYCLE = 2550
"""Years before this are taken for slips; the programme began later."""


COLUMNS = (
    SheetColumn("cycle_be", gettext_lazy("Year"), str, True, gettext_lazy("Of the Buddhist era, like 2563")),
    SheetColumn("centre_name", gettext_lazy("Centre"), str, True, gettext_lazy("As the source has it")),
    SheetColumn("code", gettext_lazy("Centre code"), str, False, gettext_lazy("Only where it is known for sure")),
    SheetColumn("agency_name", gettext_lazy("Agency"), str, False, gettext_lazy("As the source has it")),
    SheetColumn("province", gettext_lazy("Province"), str, True, gettext_lazy("The name, or the two-digit code")),
    SheetColumn("outcome", gettext_lazy("Result"), str, True, gettext_lazy("เป็นเลิศ, ก้าวหน้า, พื้นฐาน, ผ่าน or ไม่ผ่าน")),
    SheetColumn("source", gettext_lazy("Source"), str, True, gettext_lazy("The paper or page that says so")),
    SheetColumn("page", gettext_lazy("Page"), str, False, gettext_lazy("Or the number in the list")),
)


class PastPlanner(Planner):
    """Rows of past results, against the centres and the lines that are there."""

    key = "centre_name"

    def __init__(self, latest_cycle: int) -> None:
        self.latest_cycle = latest_cycle
        self.provinces = by_code_or_name(Province.objects.all())
        self.agencies = by_code_or_name(Agency.objects.all())
        self.centres = {one.code: one for one in Centre.objects.filter(merged_into=None)}
        self.named: dict[tuple[str, int], list[Centre]] = {}
        for one in self.centres.values():
            self.named.setdefault((search_key(one.name_th), one.province_id), []).append(one)
        self.there = set(PastResult.objects.values_list(*_LINE))
        self.rows_of: dict[tuple[Any, ...], int] = {}

    def read(self, name: str, cell: str) -> Mapping[str, Any]:
        """The facts in a cell. Raises CellRefused."""
        if name == "cycle_be":
            return {name: self._cycle(cell)}
        if name == "province":
            return {"province_id": known_as(self.provinces, cell, _("No province has this name or code.")).pk}
        if name == "outcome":
            return {name: _outcome(cell)}
        if name == "code":
            return {"code": known_as(self.centres, cell, _("No centre has this code.")).code if cell else ""}
        if len(cell) > LONGEST.get(name, 300):
            raise CellRefused(_("This is too long."))
        if name == "agency_name":
            known = self.agencies.get(normalised(cell)) if cell else None
            return {name: cell, "agency_id": known.pk if known else None}
        return {name: cell}

    def deed(self, row: int, facts: dict[str, Any]) -> Deed:
        """What the row does. Raises CellRefused."""
        facts = {"agency_name": "", "agency_id": None, "page": "", "code": "", **facts}
        line = tuple(facts[name] for name in _LINE)
        if line in self.rows_of:
            raise CellRefused(_("Row %(row)s says the same. Remove one.") % {"row": self.rows_of[line]})
        self.rows_of[line] = row
        words = f"{facts['cycle_be']} {facts['centre_name']}: {Outcome(facts['outcome']).label}"
        if line in self.there:
            return Deed(row, SAME, None, {}, words)
        centre = self.centres.get(facts.pop("code"))
        if centre is not None and centre.province_id != facts["province_id"]:
            raise CellRefused(_("The centre of this code is in another province."))
        province = next(one for one in self.provinces.values() if one.pk == facts["province_id"])
        facts["centre_id"] = centre.pk if centre else None
        facts["subject"] = subject_of(facts["centre_name"], province.code)
        return Deed(row, CREATE, None, facts, words)

    def match_of(self, deed: Deed) -> str:
        """What a new line is matched to, or may be about: for the preview."""
        if deed.facts["centre_id"]:
            code = next(one.code for one in self.centres.values() if one.pk == deed.facts["centre_id"])
            return _("matched to %(code)s") % {"code": code}
        alike = self.named.get((search_key(deed.facts["centre_name"]), deed.facts["province_id"]), [])
        if len(alike) == 1:
            return _("perhaps %(code)s, to be confirmed") % {"code": alike[0].code}
        return _("to be matched by a person")

    def _cycle(self, cell: str) -> int:
        plain = from_thai_digits(cell).replace("พ.ศ.", "").strip()
        if not (plain.isdecimal() and len(plain) == 4):
            raise CellRefused(_("Write the year like 2563."))
        if not FIRST_CYCLE <= int(plain) <= self.latest_cycle:
            raise CellRefused(
                _("Write a year from %(first)s to %(latest)s.") % {"first": FIRST_CYCLE, "latest": self.latest_cycle}
            )
        return int(plain)


_LINE = ("cycle_be", "centre_name", "province_id", "agency_name", "source", "page")
LONGEST = {"page": 60}


def _outcome(cell: str) -> str:
    key = search_key(cell).replace(" ", "")
    for word in ("ระดับ", "ได"):
        key = key.removeprefix(search_key(word).replace(" ", ""))
    found = _OUTCOME_OF_KEY.get(key)
    if found is None:
        raise CellRefused(_("Write เป็นเลิศ, ก้าวหน้า, พื้นฐาน, ผ่าน or ไม่ผ่าน."))
    return str(found)


_OUTCOME_OF_KEY = {
    search_key(words).replace(" ", ""): outcome
    for words, outcome in {
        "พื้นฐาน": Outcome.BASIC,
        "ก้าวหน้า": Outcome.ADVANCED,
        "เป็นเลิศ": Outcome.EXCELLENT,
        "ผ่าน": Outcome.CERTIFIED,
        "รับการรับรอง": Outcome.CERTIFIED,
        "ไม่ผ่าน": Outcome.DECLINED,
        "ไม่ได้รับการรับรอง": Outcome.DECLINED,
        **{str(outcome.value): outcome for outcome in Outcome},
    }.items()
}
"""What a cell may say, as its search key without spaces."""
