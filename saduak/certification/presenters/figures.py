"""How the register's numbers are worded and drawn (ถ้อยคำของสถิติ)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from saduak.certification.presenters.past import WORDS
from saduak.certification.queries.figures import Figures, OfPlace, OfYear
from saduak.certification.queries.past import DISPUTED
from saduak.design.charts import Chart, Series
from saduak.design.levels import LEVELS
from saduak.design.maps import Map, Place
from saduak.design.tables import Column, Table
from saduak.directory.models import Province
from saduak.thai.text import sort_key

OUTCOMES = ("excellent", "advanced", "basic", "certified", "declined", DISPUTED)
"""What older papers can tell, in the order of the columns."""


class Numbers:
    """The numbers of a day as charts, tables and a map, each number leading to the cases behind it.

    `asked` tells whether somebody asked for that day: then the links ask for it too.
    """

    def __init__(self, request: HttpRequest, figures: Figures, *, asked: bool) -> None:
        self.request = request
        self.figures = figures
        self.day = {"on": figures.day.isoformat()} if asked else {}

    @property
    def levels(self) -> Chart:
        """What is in force, by level."""
        numbers = {level: self.figures.of_level.get(level, 0) for level in LEVELS}
        largest = max(numbers, key=lambda level: numbers[level])
        words = {"level": LEVELS[largest], "number": f"{numbers[largest]:,}", "total": f"{self.figures.valid:,}"}
        return Chart(
            finding=_("The %(level)s is held most: by %(number)s of %(total)s centres") % words,
            labels=list(LEVELS.values()),
            series=[Series(_("Centres"), list(numbers.values()))],
            unit=pgettext("unit", "centres"),
            name="levels",
        )

    @property
    def rounds(self) -> Chart:
        """What each round issued, by level."""
        issued = self.figures.issued
        total = {cycle: sum(of_level.values()) for cycle, of_level in issued.items()}
        largest = max(total, key=lambda cycle: total[cycle])
        return Chart(
            finding=_("The round of %(year)s gave the most certificates: %(number)s")
            % {"year": largest, "number": f"{total[largest]:,}"},
            labels=[str(cycle) for cycle in total],
            series=[Series(words, [issued[cycle].get(level, 0) for cycle in total]) for level, words in LEVELS.items()],
            unit=_("certificates"),
            name="rounds",
        )

    @property
    def records(self) -> Chart:
        """What older papers tell, by year and outcome."""
        told = [one for one in self.figures.years if one.told]
        largest = max(told, key=lambda one: one.told)
        words = {"year": largest.cycle_be, "number": f"{largest.told:,}"}
        return Chart(
            finding=_("Older papers tell most of %(year)s: of %(number)s centres") % words,
            labels=[str(one.cycle_be) for one in told],
            series=[
                Series(WORDS[outcome], [one.from_records.get(outcome, 0) for one in told])
                for outcome in OUTCOMES
                if any(one.from_records.get(outcome) for one in told)
            ],
            unit=pgettext("unit", "centres"),
            source=_("From records: no certificates of this register"),
            name="records",
        )

    @property
    def map(self) -> Map:
        """What is in force, by province."""
        largest = max(self.figures.provinces, key=lambda one: one.total)
        without = sum(not one.total for one in self.figures.provinces)
        words = {"province": largest.place.name, "number": f"{largest.total:,}", "without": without}
        finding = _("%(province)s has the most certified centres: %(number)s; %(without)s provinces have none")
        return Map(
            finding=finding % words,
            places=[
                Place(
                    one.place.code,
                    one.place.name,
                    one.total,
                    _("%(number)s centres") % {"number": f"{one.total:,}"},
                    self._register(province=one.place.code, status="valid") if one.total else "",
                )
                for one in self.figures.provinces
            ],
            unit=pgettext("unit", "centres"),
        )

    @property
    def years(self) -> Table:
        """Every year, with what was issued by level and what older papers tell."""
        columns = [
            Column("cycle", gettext_lazy("Year"), value=lambda one: one.cycle_be, sort=lambda one: one.cycle_be),
            *(self._of_level(level, words, self._issued(level)) for level, words in LEVELS.items()),
            Column(
                "total",
                gettext_lazy("All levels together"),
                value=lambda one: one.total,
                shown=lambda one: _linked(one.total, self._register(year=one.cycle_be)),
                sort=lambda one: one.total,
                number=True,
            ),
            Column(
                "records",
                gettext_lazy("Centres from records"),
                value=lambda one: one.told,
                shown=lambda one: _linked(one.told, self._records(year=one.cycle_be)),
                sort=lambda one: one.told,
                number=True,
            ),
        ]
        label = _("Certificates given, by round")
        return Table(self.request, self.figures.years, columns, label=label, name="years", sorted_by="-cycle")

    @property
    def provinces(self) -> Table:
        """What is in force, by province."""
        label = _("Centres with a valid certificate, by province")
        return self._places(self.figures.provinces, gettext_lazy("Province"), "province", label)

    @property
    def agencies(self) -> Table:
        """What is in force, by agency."""
        label = _("Centres with a valid certificate, by agency")
        return self._places(self.figures.agencies, gettext_lazy("Agency"), "agency", label)

    def _places(self, places: tuple[OfPlace, ...], heading: Any, kind: str, label: str) -> Table:
        def linked(one: OfPlace) -> SafeString | str:
            address = self._register(**{kind: one.place.code}, status="valid")
            return format_html('<a href="{}">{}</a>', address, one.place.name) if one.total else one.place.name

        def leads_to(level: str) -> Callable[[Any], str]:
            return lambda one: self._register(**{kind: one.place.code}, level=level, status="valid")

        columns = [
            Column(
                kind,
                heading,
                value=lambda one: one.place.name,
                shown=linked,
                sort=lambda one: sort_key(one.place.name),
            ),
            *(self._of_level(level, words, leads_to(level)) for level, words in LEVELS.items()),
            Column("total", gettext_lazy("All levels together"), sort=lambda one: one.total, number=True),
        ]
        name = "provinces" if places and isinstance(places[0].place, Province) else "agencies"
        return Table(self.request, places, columns, label=label, name=name, sorted_by="-total", per_page=100)

    def _of_level(self, level: str, words: object, address: Callable[[Any], str]) -> Column:
        def number(one: OfPlace | OfYear) -> int:
            return one.of_level.get(level, 0)

        def shown(one: OfPlace | OfYear) -> SafeString | int:
            return _linked(number(one), address(one))

        return Column(level, words, value=number, shown=shown, sort=number, number=True)

    def _issued(self, level: str) -> Callable[[Any], str]:
        return lambda one: self._register(year=one.cycle_be, level=level)

    def _register(self, **wish: Any) -> str:
        return f"{reverse('find_centres')}?{urlencode({**wish, **self.day})}"

    def _records(self, **wish: Any) -> str:
        return f"{reverse('public_records')}?{urlencode(wish)}"


def _linked(number: int, address: str) -> SafeString | int:
    return format_html('<a href="{}">{}</a>', address, f"{number:,}") if number else number
