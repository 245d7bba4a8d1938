"""How the work of assessing is shared out, and who assesses with whom (ภาระงานและการหมุนเวียน)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.certification.agreement import Together
from saduak.certification.presenters.allotting import name_of
from saduak.certification.presenters.quality_words import (
    case,
    leads,
)
from saduak.certification.queries.quality import OfPanel, Quality
from saduak.design.charts import Chart, Series
from saduak.design.tables import Column, Table
from saduak.thai.text import sort_key


class Workload:
    """The work of a round as charts and tables, each number leading to the cases behind it."""

    def __init__(self, request: HttpRequest, quality: Quality) -> None:
        self.request = request
        self.quality = quality

    @property
    def work(self) -> Chart | None:
        """Units of each sub-committee."""
        told = [one for one in self.quality.of_panels if one.units]
        if not told:
            return None
        most = max(told, key=lambda one: one.units)
        return Chart(
            finding=_("%(panel)s has the most units: %(number)s")
            % {"panel": name_of(most.panel), "number": f"{most.units:,}"},
            labels=[name_of(one.panel) for one in told],
            series=[Series(_("Units"), [one.units for one in told])],
            name="work",
        )

    @property
    def loads(self) -> Table:
        """The work of each sub-committee."""

        def number(name: str, label: object, value: Callable[[OfPanel], float]) -> Column:
            return Column(name, label, value=value, sort=value, number=True)

        columns = [
            Column(
                "panel",
                gettext_lazy("Sub-committee"),
                value=lambda one: name_of(one.panel),
                shown=lambda one: leads(self.quality, name_of(one.panel), panel=one.panel.pk),
                sort=lambda one: one.panel.body.number,
            ),
            number("units", gettext_lazy("Units"), lambda one: one.units),
            number("held", gettext_lazy("Visits held"), lambda one: one.held),
            number("planned", gettext_lazy("Visits planned"), lambda one: one.planned),
            number("assessors", gettext_lazy("Assessors on visits"), lambda one: one.assessors),
        ]
        return Table(self.request, self.quality.of_panels, columns, label=_("Work by sub-committee"), name="loads")

    @property
    def visits(self) -> Table:
        """The work of each assessor."""
        columns = [
            Column(
                "name",
                gettext_lazy("Assessor"),
                value=lambda one: str(one.person),
                shown=lambda one: leads(self.quality, str(one.person), assessor=one.person.pk),
                sort=lambda one: sort_key(one.person.name),
            ),
            Column("panels", gettext_lazy("Sub-committee"), value=lambda one: ", ".join(map(name_of, one.panels))),
            Column("held", gettext_lazy("Visits held"), sort=lambda one: one.held, number=True),
            Column("planned", gettext_lazy("Visits planned"), sort=lambda one: one.planned, number=True),
        ]
        return Table(
            self.request,
            self.quality.of_assessors,
            columns,
            label=_("Work by assessor"),
            name="visits",
            sorted_by="-held",
        )

    @property
    def pairs(self) -> Table:
        """Who assesses with whom."""

        def shares(told: Together) -> str:
            return f"{100 * told.share_of_one:.0f} · {100 * told.share_of_other:.0f}"

        def both(one: Any) -> SafeString:
            return leads(self.quality, f"{one[0]} – {one[1]}", assessor=[one[0].pk, one[1].pk])

        columns = [
            Column("pair", gettext_lazy("Pair"), value=lambda one: f"{one[0]} – {one[1]}", shown=both),
            Column(
                "together",
                gettext_lazy("Visits together"),
                value=lambda one: one[2].visits,
                sort=lambda one: one[2].visits,
                number=True,
            ),
            Column("shares", gettext_lazy("Of each one's visits (%)"), value=lambda one: shares(one[2]), number=True),
            Column(
                "often",
                gettext_lazy("Rotation"),
                value=lambda one: _("hardly ever part") if one[2].is_often else _("change with others"),
            ),
        ]
        return Table(self.request, self.quality.pairs, columns, label=_("Who assesses with whom"), name="pairs")

    @property
    def often(self) -> int:
        """How many pairs hardly ever part."""
        return sum(together.is_often for _one, _other, together in self.quality.pairs)

    @property
    def returns(self) -> Table:
        """Who assesses the same centre as in the round before."""
        columns = [
            Column(
                "name", gettext_lazy("Assessor"), value=lambda one: str(one[0]), sort=lambda one: sort_key(one[0].name)
            ),
            Column("centre", gettext_lazy("Centre"), value=lambda one: str(one[1].application.centre)),
            Column(
                "reference",
                gettext_lazy("Application"),
                value=lambda one: one[1].application.reference,
                shown=lambda one: case(one[1].application),
            ),
        ]
        return Table(
            self.request,
            self.quality.returns,
            columns,
            label=_("The same assessor as in the round before"),
            name="again",
        )
