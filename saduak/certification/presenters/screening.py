"""The dossier as the secretariat looks through it (การกลั่นกรอง)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saduak.certification import policies
from saduak.certification.forms.screening import FindingForm
from saduak.certification.models import Application, ScreeningMark
from saduak.certification.models.screening import Finding
from saduak.certification.operations.screening import mending_term
from saduak.certification.presenters import actions, answers, dossiers, files
from saduak.certification.procedure.applications import APPLICATION, Stage
from saduak.design.components import Clock
from saduak.journal.models import Entry
from saduak.procedure.kit import Decision
from saduak.standards.criteria import Criterion, Kind, Strand
from saduak.thai import dates

DECISIONS = ("pass_screening", "return", "screen_out")
"""How a screening ends."""

_ICONS = {Finding.ACCEPTED: "check", Finding.TO_MEND: "edit", Finding.FAILED: "cross"}
_STATES = {Finding.ACCEPTED: "done", Finding.TO_MEND: "to_mend", Finding.FAILED: "not_met"}
_ACTS = {
    Finding.ACCEPTED: gettext_lazy("In order"),
    Finding.TO_MEND: gettext_lazy("To be mended"),
    Finding.FAILED: gettext_lazy("Not met"),
}


@dataclass(frozen=True)
class Choice:
    """One finding that can be chosen."""

    value: str
    label: object
    icon: str
    chosen: bool


@dataclass(frozen=True)
class Item:
    """One criterion: what the centre says and shows, what was found, and what may be found."""

    criterion: Criterion
    said: list[answers.Spoken]
    files: list[files.ShownFile]
    is_unproven: bool
    mark: ScreeningMark | None
    asked_before: str
    choices: tuple[Choice, ...]
    form: FindingForm

    @property
    def anchor(self) -> str:
        """The id of its place on the page."""
        return anchor_of(self.criterion.code)

    @property
    def heading(self) -> str:
        """The element of its heading: below a group one level deeper."""
        return "h4" if self.criterion.group else "h3"

    @property
    def state(self) -> str:
        """The state of its line in the outline."""
        return _STATES[Finding(self.mark.finding)] if self.mark else "empty"

    @property
    def icon(self) -> str:
        """The sign of its line in the outline; "" while nobody has looked."""
        return _ICONS[Finding(self.mark.finding)] if self.mark else ""

    @property
    def words(self) -> object:
        """The finding in words."""
        return Finding(self.mark.finding).label if self.mark else _("Not looked at")


@dataclass(frozen=True)
class Section:
    """Criteria under one heading of a strand."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Part:
    """A strand with its sections."""

    strand: Strand
    sections: tuple[Section, ...]

    @property
    def looked_at(self) -> str:
        """How many of its criteria have a finding."""
        items = [item for section in self.sections for item in section.items]
        return f"{sum(item.mark is not None for item in items)}/{len(items)}"


@dataclass(frozen=True)
class Screening:
    """A dossier under screening: everything in it, how far it is, and how it may end."""

    application: Application
    parts: tuple[Part, ...]
    is_open: bool
    actions: tuple[actions.Action, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every criterion, in order."""
        return tuple(item for part in self.parts for section in part.sections for item in section.items)

    @property
    def looked_at(self) -> int:
        """How many criteria have a finding."""
        return sum(item.mark is not None for item in self.items)

    @property
    def to_mend(self) -> tuple[Item, ...]:
        """What the centre has to mend."""
        return tuple(item for item in self.items if item.mark is not None and item.mark.is_to_mend)

    @property
    def failed(self) -> tuple[Item, ...]:
        """Gates that were found not met."""
        return tuple(item for item in self.items if item.mark is not None and item.mark.is_failed)

    @property
    def rest(self) -> int:
        """How many criteria nobody has looked at."""
        return len(self.items) - self.looked_at

    @property
    def next_item(self) -> Item | None:
        """The first criterion that nobody has looked at."""
        return next((item for item in self.items if item.mark is None), None)

    def item(self, code: str) -> Item:
        """One criterion. Raises KeyError."""
        for item in self.items:
            if item.criterion.code == code:
                return item
        raise KeyError(code)

    def part_of(self, code: str) -> Part:
        """The strand of a criterion. Raises KeyError."""
        strand = self.item(code).criterion.strand
        return next(part for part in self.parts if part.strand.code == strand)


def anchor_of(code: str) -> str:
    """The id of a criterion's place on the page, which a selector can hold."""
    return "c-" + code.replace(".", "-")


def screening_of(
    application: Application, user: Any, *, at: datetime, typed: dict[str, FindingForm] | None = None
) -> Screening:
    """The whole dossier with the findings so far; `typed` are forms that were refused, by code."""
    before = _asked_before(application.history)
    parts: dict[str, tuple[Strand, list[Section]]] = {}
    for chapter in dossiers.chapters_of(application):
        items = tuple(_item(application, item, before, typed or {}) for item in chapter.items)
        heading = chapter.heading if chapter.strand.groups else ""
        parts.setdefault(chapter.strand.code, (chapter.strand, []))[1].append(Section(heading, items))
    roles = policies.roles_of(user, application)
    taken = (APPLICATION.consider(name, application, roles=roles, at=at) for name in DECISIONS)
    return Screening(
        application,
        tuple(Part(strand, tuple(sections)) for strand, sections in parts.values()),
        application.stage == Stage.SUBMITTED,
        tuple(
            actions.Action(decision, actions.page_of(decision.step.name, application), _kind(decision))
            for decision in taken
        ),
    )


def mending_clock(application: Application, today: date) -> Clock:
    """The day by which the dossier would have to be mended if it is returned today, with how it is counted."""
    language = get_language() or "th"
    term = mending_term(application, today)
    first, last = dates.short(term.counted[0], language), dates.short(term.day, language)
    lines = [
        _("%(days)s working days of offices in the centre's province are counted, from %(first)s to %(last)s.")
        % {"days": len(term.counted), "first": first, "last": last}
    ]
    if term.skipped:
        lines += [_("Not counted:"), *term.sentences(language)]
    if term.years_without_list:
        lines.append(_("For part of this time the official list of holidays is not yet known."))
    return Clock(label=_("To be mended by"), due=term.day, lines=lines)


def _asked_before(entries: Iterable[Entry]) -> dict[str, str]:
    """What the centre was asked to mend and has mended since, by code."""
    asked: dict[str, str] = {}
    mended: dict[str, str] = {}
    for entry in entries:
        if entry.step == "return":
            asked = entry.facts.get("items", {})
        elif entry.step == "resubmit":
            mended = {code: asked.get(code, "") for code in entry.facts.get("mended", [])}
    return mended


def _item(application: Application, item: dossiers.Item, before: dict[str, str], typed: dict[str, FindingForm]) -> Item:
    code = item.criterion.code
    mark = application.screening_by_code.get(code)
    known = {"finding": mark.finding, "remark": mark.remark} if mark else {}
    form = typed.get(code) or FindingForm(anchor=anchor_of(code), initial=known)
    choices = tuple(
        Choice(finding.value, _ACTS[finding], _ICONS[finding], chosen=mark is not None and mark.finding == finding)
        for finding in Finding
        if _may_be_found(application, item.criterion, finding)
    )
    return Item(
        item.criterion,
        item.said,
        item.files,
        code in application.unproven,
        mark,
        before.get(code, ""),
        choices,
        form,
    )


def _may_be_found(application: Application, criterion: Criterion, finding: Finding) -> bool:
    if finding == Finding.TO_MEND:
        return not application.was_returned
    return finding != Finding.FAILED or criterion.kind is Kind.GATE


def _kind(decision: Decision[Any]) -> str:
    return "danger" if decision.step.name == "screen_out" else "primary" if decision.allowed else "secondary"
