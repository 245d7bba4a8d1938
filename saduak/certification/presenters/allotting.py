"""A proposal of assignments in words and numbers (ข้อเสนอการมอบหมาย)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saduak.certification.allotting import Allotment, Cost, Weights, read
from saduak.certification.models import AllotmentProposal, Application, Panel
from saduak.certification.models.allotments import AllotmentState
from saduak.certification.procedure.applications import Stage
from saduak.design.progress import Progress, State

TOGETHER = 150
"""Up to so many units stand on one page; of more, one sub-committee at a time."""

_STATES = {
    AllotmentState.WAITING: State.WAITING,
    AllotmentState.RUNNING: State.RUNNING,
    AllotmentState.FINISHED: State.FINISHED,
    AllotmentState.STOPPED: State.CANCELLED,
    AllotmentState.FAILED: State.FAILED,
}


@dataclass(frozen=True)
class Alternative:
    """Another sub-committee for a unit: barred, or how many kilometres it would cost more, part by part."""

    key: str
    name: str
    more: int | None
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def is_barred(self) -> bool:
        """Whether it is never proposed for the unit."""
        return self.more is None

    @property
    def sentence(self) -> str:
        """In one line, such as `Sub-committee 6 would cost 312 km more: travel +280, load +32`."""
        if self.more is None:
            return _("%(panel)s: barred") % {"panel": self.name}
        words = _("%(panel)s would cost %(more)s km more") % {"panel": self.name, "more": f"{self.more:,}"}
        parts = ", ".join(f"{name} {km:+,}" for name, km in self.parts)
        return f"{words}: {parts}" if parts else words


@dataclass(frozen=True)
class Line:
    """One unit: the sub-committee that is proposed, what has become of it, and what the others would have cost."""

    application: Application
    version: int
    panel: str
    name: str
    alternatives: tuple[Alternative, ...]

    @property
    def waits(self) -> bool:
        """Whether it can still be assigned as it was looked at."""
        return self.application.stage == Stage.SCREENED and self.application.version == self.version

    @property
    def became(self) -> str:
        """What has become of it since; "" while it waits."""
        assignment = getattr(self.application, "assignment", None)
        if assignment is not None:
            if assignment.panel.body.reference == self.panel:
                return _("Assigned as proposed")
            return _("Assigned to %(panel)s") % {"panel": name_of(assignment.panel)}
        return "" if self.waits else _("Changed since; propose anew")

    @property
    def nearest(self) -> Alternative | None:
        """The alternative that would cost the least more; None when all others are barred."""
        return next((one for one in self.alternatives if not one.is_barred), None)

    @property
    def why(self) -> str:
        """Why it is proposed, in a sentence."""
        if not self.panel:
            return _("In every sub-committee a hard conflict bars a member, or too few could assess.")
        if self.nearest is None:
            return _("Every other sub-committee is barred by a hard conflict.")
        return self.nearest.sentence


@dataclass(frozen=True)
class Column:
    """A sub-committee with its bars, and the units that are proposed for it."""

    key: str
    name: str
    lines: tuple[Line, ...]
    units: int
    share: float
    km: int
    most_units: float
    most_km: int
    new: int

    @property
    def in_words(self) -> str:
        """How near it is to its even share."""
        return _("even share %(share)s") % {"share": f"{self.share:.1f}"}


class Shown:
    """A calculated proposal as the page draws it."""

    def __init__(self, proposal: AllotmentProposal, panels: Sequence[Panel], chosen: str = "") -> None:
        self.proposal = proposal
        self.allotment = Allotment(read(proposal.task), proposal.given)
        self.names = {panel.body.reference: name_of(panel) for panel in panels}
        self.chosen = chosen if chosen in self.names else ""
        if not self.chosen and len(self.allotment.task.units) > TOGETHER:
            self.chosen = next(iter(self.names), "")

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The place of each unit in the task, by reference."""
        return {unit.key: number for number, unit in enumerate(self.allotment.task.units)}

    @cached_property
    def applications(self) -> dict[str, Application]:
        """The units that are drawn, by reference."""
        drawn = [key for key in self.numbers if not self.chosen or self.proposal.panel_of(key) in (self.chosen, "")]
        found = Application.objects.filter(round=self.proposal.round_id, reference__in=drawn).for_page()
        in_order = ("centre__province__code", "centre__sort_key", "reference")
        return {one.reference: one for one in found.select_related("assignment__panel__body").order_by(*in_order)}

    @cached_property
    def columns(self) -> list[Column]:
        """The sub-committees, in order of their numbers."""
        loads = self.allotment.loads
        most_units = max((max(load.units, load.share) for load in loads.values()), default=1) or 1
        most_km = round(max((load.km for load in loads.values()), default=1)) or 1
        of_panel: dict[str, list[Line]] = {}
        for reference in self.applications:
            line = self.line_of(reference)
            of_panel.setdefault(line.panel, []).append(line)
        return [
            Column(
                key,
                self.names.get(key, key),
                tuple(of_panel.get(key, ())) if self.chosen in ("", key) else (),
                load.units,
                load.share,
                round(load.km),
                most_units,
                most_km,
                sum(panel == key for panel in self.proposal.given.values()),
            )
            for key, load in loads.items()
        ]

    @property
    def unplaced(self) -> list[Line]:
        """Units for which no sub-committee is proposed."""
        return [self.line_of(reference) for reference in self.applications if not self.proposal.panel_of(reference)]

    @property
    def open(self) -> int:
        """How many of the drawn units can still be assigned as proposed."""
        return sum(line.waits for column in self.columns for line in column.lines)

    def line_of(self, reference: str) -> Line:
        """One unit with its alternatives, the cheapest first and the barred last."""
        panel = self.proposal.panel_of(reference)
        others = [
            Alternative(key, self.names.get(key, key), None if cost is None else round(cost.total), parts_of(cost))
            for key, cost in self.allotment.alternatives(self.numbers[reference]).items()
        ]
        others.sort(key=lambda one: (one.is_barred, one.more or 0))
        return Line(
            self.applications[reference],
            self.proposal.versions[reference],
            panel,
            self.names.get(panel, ""),
            tuple(others),
        )

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The whole in figures, as (caption, value)."""
        quality = self.allotment.quality
        units = ngettext("%(number)s unit", "%(number)s units", quality.placed) % {"number": f"{quality.placed:,}"}
        return [
            (_("Units with a proposal"), units),
            (_("Between two units of one sub-committee, on average"), _("%(km)s km") % {"km": round(quality.travel)}),
            (_("Units for each member, fewest and most"), f"{quality.fewest:.1f} – {quality.most:.1f}"),
            (_("Members with a tie that is weighed"), f"{quality.ties:,}"),
            (_("Units outside the provinces in charge"), f"{quality.outside:,}"),
            (_("Units with the sub-committee of the round before"), f"{quality.again:,}"),
        ]

    @property
    def weights(self) -> list[tuple[str, int]]:
        """What each thing counts, in kilometres."""
        weights: Weights = self.allotment.task.weights
        return [
            (_("each member with a soft conflict of interest"), weights.tie),
            (_("a province outside the charge of the sub-committee"), weights.outside),
            (_("the same sub-committee as in the round before"), weights.again),
            (_("each unit above the even share"), weights.load),
        ]


def name_of(panel: Panel) -> str:
    """A sub-committee by its number."""
    return _("Sub-committee %(number)s") % {"number": panel.body.number}


def parts_of(cost: Cost | None) -> tuple[tuple[str, int], ...]:
    """The parts of a difference that are not nothing, in whole kilometres."""
    if cost is None:
        return ()
    parts = (
        (_("travel"), cost.travel),
        (_("conflicts of interest"), cost.ties),
        (_("charge"), cost.outside),
        (_("rotation"), cost.again),
        (_("load"), cost.load),
    )
    return tuple((name, round(km)) for name, km in parts if round(km))


def progress_of(proposal: AllotmentProposal) -> Progress:
    """How far the calculation is."""
    here = reverse("show_allotment", args=[proposal.pk])
    return Progress(
        name="allotment-progress",
        label=_("Calculating a proposal"),
        state=_STATES[AllotmentState(proposal.state)],
        done=proposal.done,
        total=proposal.total,
        url=here,
        cancel_url=reverse("stop_allotment", args=[proposal.pk]) if proposal.goes_on else "",
        result_url=here if proposal.is_finished else "",
        result_label=_("See the proposal"),
    )
