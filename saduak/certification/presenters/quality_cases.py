"""The visits behind one figure of the quality of assessment."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.certification.presenters.allotting import name_of
from saduak.certification.presenters.quality_words import case, mean, percent, signed, title
from saduak.certification.queries.quality import Quality, Scored
from saduak.design.tables import Column, Table


class Cases:
    """The visits behind one figure."""

    def __init__(
        self, request: HttpRequest, quality: Quality, *, code: str, panel: int | None, assessor: list[int]
    ) -> None:
        self.request, self.quality = request, quality
        self.code, self.panel, self.assessor = code, panel, assessor

    @property
    def rows(self) -> list[Scored]:
        """Visits with signed scores that fit what was asked."""
        return [
            one
            for one in self.quality.scored
            if (self.panel is None or one.panel.pk == self.panel) and one.of_assessor.keys() >= set(self.assessor)
        ]

    @property
    def title(self) -> str:
        """What the visits have in common."""
        if self.code:
            return f"{self.code} {title(self.quality.library.leaves[self.code])}"
        if self.assessor:
            return " – ".join(str(self.quality.people[one]) for one in self.assessor)
        return (
            name_of(self.quality.panels[self.panel]) if self.panel is not None else _("Every visit with signed scores")
        )

    @property
    def table(self) -> Table:
        """The visits, with what the figure is made from."""
        columns = [
            Column(
                "reference",
                gettext_lazy("Application"),
                value=lambda one: one.visit.application.reference,
                shown=lambda one: case(one.visit.application),
                sort=lambda one: one.visit.application.reference,
            ),
            Column("centre", gettext_lazy("Centre"), value=lambda one: str(one.visit.application.centre)),
            Column("panel", gettext_lazy("Sub-committee"), value=lambda one: name_of(one.panel)),
        ]
        if self.code:
            columns += [
                Column(
                    "marks",
                    gettext_lazy("Marks of the assessors (%)"),
                    value=self._marks,
                    number=True,
                ),
                Column("agreed", gettext_lazy("Agreed (%)"), value=self._agreed, number=True),
            ]
        elif len(self.assessor) == 1:
            columns += [
                Column(
                    "others",
                    gettext_lazy("Difference to the others (%)"),
                    value=lambda one: signed(mean(one.to_others(self.assessor[0]))),
                    sort=lambda one: mean(one.to_others(self.assessor[0])),
                    number=True,
                ),
                Column(
                    "agreed",
                    gettext_lazy("Difference to the agreed value (%)"),
                    value=lambda one: signed(mean(one.to_agreed(self.assessor[0]))),
                    number=True,
                ),
            ]
        else:
            columns += [Column("equal", gettext_lazy("Equal marks"), value=self._equal, number=True)]
        return Table(self.request, self.rows, columns, label=_("The cases behind the figure"), sorted_by="reference")

    def _marks(self, one: Scored) -> str:
        told = [percent(value) if value is not None else _("does not apply") for value in one.row(self.code)]
        return " · ".join(told) or "–"

    def _agreed(self, one: Scored) -> str:
        value = one.agreed.get(self.code)
        return percent(value) if value is not None else "–"

    def _equal(self, one: Scored) -> str:
        rows = [row for code in self.quality.library.leaves if len(row := one.row(code)) > 1]
        return f"{sum(len(set(row)) == 1 for row in rows)}/{len(rows)}"
