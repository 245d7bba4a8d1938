"""Meetings in words: where one stands, its agenda line by line, and the draft of its resolution (การประชุม)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saduak.certification import policies
from saduak.certification.models import AgendaItem, Application, Attendance, Meeting, Reconsideration
from saduak.certification.models.meetings import Decision
from saduak.certification.presenters.conflicts import worded
from saduak.certification.presenters.decisions import Consequence
from saduak.certification.procedure.meetings import MEETING, MeetingStage
from saduak.certification.procedure.roles import Role
from saduak.certification.queries.meetings import Counts, Ties
from saduak.certification.rules import Conflict
from saduak.design.components import Crumb, Stop, Tab
from saduak.directory.models import Office
from saduak.procedure.kit import Decision as StepDecision
from saduak.standards.criteria import Library

TONES: dict[str, str] = {
    MeetingStage.CALLED: "info",
    MeetingStage.IN_SESSION: "attention",
    MeetingStage.RESOLVED: "success",
    MeetingStage.CANCELLED: "danger",
}
"""Stage → tone of its badge."""

PAGES: dict[str, str] = {"convene": "convene_meeting", "resolve": "resolve_meeting", "cancel": "cancel_meeting"}
"""Step → name of the address where it is taken; its argument is the reference."""

CONSEQUENCES: dict[str, Consequence] = {
    "convene": Consequence(
        gettext_lazy("Open the meeting"),
        (
            gettext_lazy("The agenda keeps its numbers from now on; units can still be taken off or added at its end."),
            gettext_lazy("Attendance, recusals and decisions are written down while the meeting lasts."),
            gettext_lazy("Nothing takes effect before the resolution is recorded."),
        ),
        gettext_lazy("Open the meeting"),
        "",
    ),
    "cancel": Consequence(
        gettext_lazy("Cancel the meeting"),
        (
            gettext_lazy("The meeting ends without a resolution. It cannot be taken up again."),
            gettext_lazy("Every unit on its agenda stays proposed and waits for another meeting."),
            gettext_lazy("The number of the meeting can be used again."),
        ),
        gettext_lazy("Cancel the meeting for good"),
        gettext_lazy("Why is the meeting cancelled?"),
        "danger",
    ),
}
"""Step → its page."""

TRACK = (MeetingStage.CALLED, MeetingStage.IN_SESSION, MeetingStage.RESOLVED)


@dataclass(frozen=True)
class Action:
    """A step that belongs to this stage and person, with its page."""

    decision: StepDecision[Any]
    url: str
    kind: str


@dataclass(frozen=True)
class Quorum:
    """How many members who vote sit, how many must, and the sentence that says so."""

    present: int
    needed: int
    voters: int
    sits: bool
    words: str

    @property
    def tone(self) -> str:
        """The tone of the sentence."""
        return "success" if self.sits else "warning"


@dataclass(frozen=True)
class Page:
    """The frame around every view of a meeting."""

    stage: object
    tone: str
    trail: list[Crumb]
    track: list[Stop]
    actions: list[Action]
    tabs: list[Tab]
    quorum: Quorum
    counts: Counts
    level_counts: list[tuple[str, int]]
    is_run_by_reader: bool
    is_open: bool
    can_be_arranged: bool


@dataclass(frozen=True)
class Seat:
    """A member's seat with the office in words."""

    seat: Attendance
    office: object


@dataclass(frozen=True)
class Suggestion:
    """A member with a tie to a unit: who, and which ties."""

    seat: Attendance
    ties: str
    is_hard: bool


@dataclass(frozen=True)
class Line:
    """One item of the agenda."""

    item: AgendaItem
    decision: object
    tone: str
    departs: bool
    suggestions: list[Suggestion]

    @property
    def unit_number(self) -> str:
        """The number of the sub-committee and the unit's running number there, such as 5/12; "" without one."""
        return unit_number(self.item.application)

    @property
    def hash(self) -> str:
        """The first letters of the dossier's hash."""
        return self.item.dossier_sha256[:12]


def page_of(meeting: Meeting, user: Any, counts: Counts, *, at: datetime, tab: str) -> Page:
    """The frame around every view of the meeting."""
    roles = policies.roles_at(user, meeting)
    runs = Role.STEERING_SECRETARY in roles
    is_open = meeting.stage in (MeetingStage.CALLED, MeetingStage.IN_SESSION)
    return Page(
        stage=MeetingStage(meeting.stage).label,
        tone=TONES[meeting.stage],
        trail=trail_of(meeting),
        track=_track(meeting),
        actions=[
            Action(decision, reverse(PAGES[decision.step.name], args=[meeting.reference]), _kind(decision.step.name))
            for decision in MEETING.decisions(meeting, roles=roles, at=at)
        ],
        tabs=_tabs(meeting, tab, counts),
        quorum=quorum_of(meeting),
        counts=counts,
        level_counts=level_counts(meeting, counts),
        is_run_by_reader=runs and is_open,
        is_open=is_open,
        can_be_arranged=runs and meeting.stage == MeetingStage.CALLED and counts.units > 1,
    )


def trail_of(meeting: Meeting, *below: object) -> list[Crumb]:
    """The pages above a page of the meeting; `below` are the words of those below it."""
    trail = [Crumb(_("Meetings"), reverse("list_meetings"))]
    if not below:
        return [*trail, Crumb(title_of(meeting))]
    return [*trail, Crumb(title_of(meeting), meeting.get_absolute_url()), *(Crumb(words) for words in below)]


def trail_of_call() -> list[Crumb]:
    """The pages above the one that calls a meeting."""
    return [Crumb(_("Meetings"), reverse("list_meetings")), Crumb(_("Call a meeting"))]


def stage_of(meeting: Meeting) -> object:
    """The stage in words."""
    return MeetingStage(meeting.stage).label


def seats_of(meeting: Meeting) -> list[Seat]:
    """The seats with their offices in words."""
    return [Seat(seat, Office(seat.office).label) for seat in meeting.seats]


def title_of(meeting: Meeting) -> str:
    """The meeting as it is called in a heading."""
    return _("Meeting %(number)s") % {"number": meeting.number}


def quorum_of(meeting: Meeting) -> Quorum:
    """The quorum in a sentence."""
    present, needed, voters = meeting.present, meeting.quorum, len(meeting.voters)
    values = {"present": present, "voters": voters, "needed": needed, "missing": needed - present}
    if meeting.has_quorum:
        words = _("%(present)d of %(voters)d members sit; the quorum of %(needed)d is there.") % values
    else:
        words = _("%(present)d of %(voters)d members sit; %(missing)d more are needed for the quorum.") % values
    return Quorum(present, needed, voters, meeting.has_quorum, words)


def level_counts(meeting: Meeting, counts: Counts) -> list[tuple[str, int]]:
    """Each level with how many units get it, the highest first."""
    levels = reversed(meeting.round.criteria.library.levels)
    return [(level.code, counts.levels.get(level.code, 0)) for level in levels]


def lines_of(items: Iterable[AgendaItem], library: Library, ties: dict[int, Ties]) -> list[Line]:
    """The items as lines."""
    return [line_of(item, library, ties.get(item.pk, [])) for item in items]


def line_of(item: AgendaItem, library: Library, ties: Ties) -> Line:
    """One item as a line."""
    request = item.reconsideration
    if request is not None and item.decision and not item.changes:
        words, tone = _("First decision upheld"), "plain"
    elif item.decision == Decision.CONTINUE:
        words, tone = _("Goes on"), "success"
    elif item.decision == Decision.CERTIFY:
        level = library.level(item.level)
        words, tone = level.title(get_language() or "th") if level else item.level, "success"
    elif item.decision == Decision.DECLINE:
        words, tone = _("Not certified"), "danger"
    else:
        words, tone = _("Not decided yet"), "plain"
    return Line(item, words, tone, item.departs, suggestions_of(ties))


def suggestions_of(ties: Ties) -> list[Suggestion]:
    """Who had better step aside, and why."""
    return [Suggestion(seat, ties_in_words(found), any(tie.is_hard for tie in found)) for seat, found in ties]


def ties_in_words(ties: Iterable[Conflict]) -> str:
    """The ties of a member in one sentence, those that weigh most first, each with its fact."""
    found = (f"{tie.words} ({tie.fact})" if tie.fact else str(tie.words) for tie in worded(ties))
    return ", ".join(dict.fromkeys(found))


def unit_number(application: Application) -> str:
    """The number of the sub-committee and the unit's running number there, such as 5/12; "" without one."""
    assignment = getattr(application, "assignment", None)
    return f"{assignment.panel.body.number}/{assignment.unit_number}" if assignment else ""


def choices_for(item: AgendaItem, library: Library) -> list[tuple[str, object]]:
    """What the committee can decide: the proposal first, then every other level, then to decline."""
    language = get_language() or "th"
    if item.reconsideration is not None:
        return _answers_to(item.reconsideration, item, library)
    proposed = library.level(item.proposed_level)
    follow = proposed.title(language) if proposed else _("not to certify")
    others = [
        (level.code, _("Certify at another level: %(level)s") % {"level": level.title(language)})
        for level in reversed(library.levels)
        if level.code != item.proposed_level
    ]
    decline = [("decline", _("Do not certify in this round"))] if proposed else []
    return [("follow", _("Follow the proposal: %(level)s") % {"level": follow}), *others, *decline]


def _answers_to(request: Reconsideration, item: AgendaItem, library: Library) -> list[tuple[str, object]]:
    """The answers to a request to reconsider; none of them is worse than the first decision."""
    language = get_language() or "th"
    if request.is_about_screening:
        answers: dict[str, object] = {
            "continue": _("Let the application go on"),
            "decline": _("Uphold: it stays screened out"),
        }
    else:
        codes = [level.code for level in library.levels]
        allowed = codes[codes.index(request.first_level) :] if request.first_level else codes
        answers = {
            level.code: _("Uphold the first decision: %(level)s") % {"level": level.title(language)}
            if level.code == request.first_level
            else _("Certify: %(level)s") % {"level": level.title(language)}
            for level in reversed(library.levels)
            if level.code in allowed
        }
        if not request.first_level:
            answers["decline"] = _("Uphold: not certified")
    follow = item.proposed_level or item.proposed.value
    proposal = _("Follow the proposal: %(level)s") % {"level": answers.pop(follow)}
    return [("follow", proposal), *answers.items()]


def choice_of(item: AgendaItem) -> str:
    """The choice that stands; "" while nothing is decided."""
    if not item.decision:
        return ""
    return (item.level or item.decision) if item.departs else "follow"


def _track(meeting: Meeting) -> list[Stop]:
    reached = {entry.to_stage: entry.at for entry in meeting.history}
    if meeting.stage == MeetingStage.CANCELLED:
        passed = [Stop(stage.label, "done", reached[stage]) for stage in TRACK if stage in reached]
        return [*passed, Stop(MeetingStage.CANCELLED.label, "left", meeting.stage_since)]
    here = TRACK.index(MeetingStage(meeting.stage))
    states = ["done" if place < here or here == len(TRACK) - 1 else "now" for place in range(here + 1)]
    states += ["ahead"] * (len(TRACK) - here - 1)
    return [Stop(stage.label, state, reached.get(stage)) for stage, state in zip(TRACK, states, strict=True)]


def _tabs(meeting: Meeting, current: str, counts: Counts) -> list[Tab]:
    tabs = [
        ("show_meeting", _("Agenda"), counts.units + counts.certificates),
        ("show_attendance", _("Attendance"), None),
    ]
    if meeting.stage == MeetingStage.RESOLVED:
        tabs.append(("show_resolution", _("The resolution"), None))
    tabs.append(("show_meeting_history", _("History"), None))
    return [
        Tab(label, reverse(name, args=[meeting.reference]), current=name == current, count=count)
        for name, label, count in tabs
    ]


def _kind(step: str) -> str:
    return "quiet" if step == "cancel" else "primary"
