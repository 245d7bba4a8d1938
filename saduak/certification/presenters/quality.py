"""How far assessors agree and who leans to one side, in charts and tables (คุณภาพการตรวจประเมิน)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.certification.agreement import MIN_VISITS, Agreement, Side
from saduak.certification.presenters.allotting import name_of
from saduak.certification.presenters.quality_words import (
    SIDES,
    STRENGTHS,
    alpha,
    flag,
    interval,
    leads,
    percent,
    signed,
    title,
)
from saduak.certification.queries.quality import OfAssessor, Quality
from saduak.design.charts import Chart, Series
from saduak.design.tables import Column, Table
from saduak.thai.text import sort_key

DRAWN = 8
"""Lines that a chart shows."""


class Shown:
    """The figures of a round as charts and tables, each number leading to the cases behind it."""

    def __init__(self, request: HttpRequest, quality: Quality) -> None:
        self.request = request
        self.quality = quality

    # Agreement.

    @property
    def whole(self) -> list[tuple[str, str, str]]:
        """(caption, value, unit) of the round as a whole."""
        whole = self.quality.whole
        return [
            (_("Visits with signed scores"), f"{len(self.quality.scored):,}", ""),
            (_("Marks that are equal"), percent(whole.share_equal), "%"),
            (_("Mean difference of two assessors"), percent(whole.difference), _("per cent of the points")),
            (_("Krippendorff's alpha"), alpha(whole), ""),
        ]

    @property
    def furthest(self) -> Chart | None:
        """The lines on which assessors differ most."""
        apart = sorted(
            ((leaf, found) for leaf, found in self.quality.lines if found.apart),
            key=lambda one: -(one[1].difference or 0),
        )[:DRAWN]
        if not apart:
            return None
        leaf, found = apart[0]
        return Chart(
            finding=_("Assessors differ most on %(code)s: by %(percent)s %% of the points on average")
            % {"code": leaf.code, "percent": percent(found.difference)},
            labels=[f"{leaf.code} {title(leaf)}" for leaf, _found in apart],
            series=[Series(_("Mean difference"), [100 * (found.difference or 0) for _leaf, found in apart])],
            unit=_("per cent of the points"),
            source=_("Signed agreements of the round"),
            name="furthest",
            digits=1,
        )

    @property
    def lines(self) -> Table:
        """Every line of the criteria."""
        columns = [
            Column(
                "code",
                gettext_lazy("Criterion"),
                value=lambda one: f"{one[0].code} {title(one[0])}",
                shown=lambda one: leads(self.quality, f"{one[0].code} {title(one[0])}", code=one[0].code),
            ),
            *self._of_agreement(lambda one: one[1]),
        ]
        return Table(
            self.request,
            self.quality.lines,
            columns,
            label=_("Agreement by criterion"),
            name="lines",
            sorted_by="-difference",
            per_page=100,
        )

    @property
    def panels(self) -> Table:
        """Every sub-committee, with its work."""
        columns = [
            Column(
                "panel",
                gettext_lazy("Sub-committee"),
                value=lambda one: name_of(one.panel),
                shown=lambda one: leads(self.quality, name_of(one.panel), panel=one.panel.pk),
                sort=lambda one: one.panel.body.number,
            ),
            *self._of_agreement(lambda one: one.agreement),
        ]
        return Table(
            self.request, self.quality.of_panels, columns, label=_("Agreement by sub-committee"), name="panels"
        )

    def _of_agreement(self, found: Callable[[Any], Agreement]) -> list[Column]:
        def number(what: Callable[[Agreement], float | None]) -> Callable[[Any], float | None]:
            return lambda one: what(found(one))

        return [
            Column(
                "visits",
                gettext_lazy("Visits"),
                value=number(lambda a: a.visits),
                sort=number(lambda a: a.visits),
                number=True,
            ),
            Column(
                "equal",
                gettext_lazy("Equal marks (%)"),
                value=lambda one: percent(found(one).share_equal),
                sort=number(lambda a: a.share_equal),
                number=True,
            ),
            Column(
                "difference",
                gettext_lazy("Mean difference (%)"),
                value=lambda one: percent(found(one).difference),
                sort=number(lambda a: a.difference),
                number=True,
            ),
            Column(
                "alpha",
                gettext_lazy("Alpha"),
                value=lambda one: alpha(found(one)),
                sort=number(lambda a: a.alpha),
                number=True,
            ),
            Column(
                "strength", gettext_lazy("What this allows to say"), value=lambda one: STRENGTHS[found(one).strength]
            ),
        ]

    # Assessors.

    @property
    def leaning(self) -> Chart | None:
        """How far each assessor marks above or below the others, of those with enough visits."""
        told = [one for one in self.quality.of_assessors if one.to_others.visits >= MIN_VISITS]
        told = sorted(told, key=lambda one: -abs(one.to_others.mean or 0))[: 2 * DRAWN]
        if not told:
            return None
        flagged = len(self.flagged)
        finding = (
            _("Of %(all)s assessors, %(number)s mark notably lower or higher than the others")
            % {"all": len(self.quality.of_assessors), "number": flagged}
            if flagged
            else _("No assessor marks notably lower or higher than the others")
        )
        means = [100 * (one.to_others.mean or 0) for one in told]
        return Chart(
            finding=finding,
            labels=[str(one.person) for one in told],
            series=[
                Series(_("lower"), [-mean if mean < 0 else None for mean in means]),
                Series(_("higher"), [mean if mean >= 0 else None for mean in means]),
            ],
            unit=_("per cent of the points"),
            source=_("Signed agreements of the round"),
            name="leaning",
            digits=1,
        )

    @property
    def flagged(self) -> list[OfAssessor]:
        """Assessors who lean to one side, beyond chance."""
        return [one for one in self.quality.of_assessors if one.to_others.side in (Side.HARSH, Side.LENIENT)]

    @property
    def assessors(self) -> Table:
        """Every assessor with leaning and work."""
        columns = [
            Column(
                "name",
                gettext_lazy("Assessor"),
                value=lambda one: str(one.person),
                shown=lambda one: leads(self.quality, str(one.person), assessor=one.person.pk),
                sort=lambda one: sort_key(one.person.name),
            ),
            Column("panels", gettext_lazy("Sub-committee"), value=lambda one: ", ".join(map(name_of, one.panels))),
            Column(
                "side",
                gettext_lazy("Beside the others"),
                value=lambda one: SIDES[one.to_others.side],
                shown=lambda one: flag(one.to_others),
            ),
            Column(
                "others",
                gettext_lazy("Difference to the others (%)"),
                value=lambda one: signed(one.to_others.mean),
                sort=lambda one: one.to_others.mean,
                number=True,
            ),
            Column(
                "interval", gettext_lazy("95 per cent interval"), value=lambda one: interval(one.to_others), number=True
            ),
            Column(
                "agreed",
                gettext_lazy("Difference to the agreed value (%)"),
                value=lambda one: signed(one.to_agreed.mean),
                sort=lambda one: one.to_agreed.mean,
                number=True,
            ),
            Column(
                "visits",
                gettext_lazy("Visits compared"),
                value=lambda one: one.to_others.visits,
                sort=lambda one: one.to_others.visits,
                number=True,
            ),
            Column(
                "marks",
                gettext_lazy("Marks"),
                value=lambda one: one.to_others.marks,
                sort=lambda one: one.to_others.marks,
                number=True,
                aside=True,
            ),
        ]
        return Table(
            self.request, self.quality.of_assessors, columns, label=_("Assessors beside each other"), name="assessors"
        )
