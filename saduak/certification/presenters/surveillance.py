"""Surveillances in words: where one stands, what was found and answered, which terms run, what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from saduak.certification import oversight
from saduak.certification.models import Certificate, FindingTurn, Surveillance, SurveillanceFinding
from saduak.certification.models.surveillance import Severity, Verified
from saduak.certification.presenters import history
from saduak.certification.presenters.actions import Action, Way
from saduak.certification.presenters.cases import stream_of
from saduak.certification.presenters.clocks import days_left, tone_on
from saduak.certification.presenters.clocks_of_surveillance import clocks_of
from saduak.certification.presenters.conflicts import worded
from saduak.certification.procedure.roles import Role
from saduak.certification.procedure.surveillance import (
    BEFORE_CHECK,
    ENDED,
    SURVEILLANCE,
    TRACK,
    Origin,
    SurveillanceStage,
)
from saduak.certification.queries.surveillance import conflicts_with, who_can_be_sent
from saduak.certification.rules import ANSWER_WORKING_DAYS
from saduak.design.components import Clock, Crumb, Moment, Stop
from saduak.design.tables import Column
from saduak.design.templatetags.saduak import badge
from saduak.directory.models import Office
from saduak.thai import dates

LABEL = gettext_lazy("Surveillance")

DEEDS: dict[str, object] = {"close": gettext_lazy("Closed the surveillance")}
"""Step → what its history says, where other cases have a step of that name."""

TONES: dict[str, str] = {
    SurveillanceStage.PLANNED: "plain",
    SurveillanceStage.NOTIFIED: "info",
    SurveillanceStage.CHECKED: "info",
    SurveillanceStage.AWAITING: "attention",
    SurveillanceStage.ANSWERED: "info",
    SurveillanceStage.ESCALATED: "danger",
    SurveillanceStage.CLOSED: "success",
    SurveillanceStage.CANCELLED: "plain",
}
"""Stage → tone of its badge."""

SEVERITY_TONES: dict[str, str] = {
    Severity.MINOR: "plain",
    Severity.MAJOR: "warning",
    Severity.CRITICAL: "danger",
}
"""Severity → tone of its badge."""

VERDICT_TONES: dict[str, str] = {Verified.MENDED: "success", Verified.NOT_MENDED: "warning"}
"""Verdict → tone of its badge."""

PAGES: dict[str, str] = {
    "send": "send_assessor",
    "check": "check_centre",
}
"""Step with a page of its own → the name of its address; the others are taken at `take_surveillance_step`."""

ASIDE = frozenset({"call_off", "stand_back", "bring_before_committee", "repeat"})
"""Steps whose buttons stand back."""

AWAITED: dict[str, object] = {
    SurveillanceStage.PLANNED: gettext_lazy("The secretariat assigns who checks and announces it"),
    SurveillanceStage.NOTIFIED: gettext_lazy("The centre is checked"),
    SurveillanceStage.CHECKED: gettext_lazy("Who checked writes down what was found"),
    SurveillanceStage.AWAITING: gettext_lazy("The centre answers what was found"),
    SurveillanceStage.ANSWERED: gettext_lazy("Somebody else verifies the answers"),
    SurveillanceStage.ESCALATED: gettext_lazy("The steering committee resolves"),
}
"""Stage → what is awaited."""


@dataclass(frozen=True)
class TurnLine:
    """One time that the centre was asked about a finding, with what the reader can do about it."""

    turn: FindingTurn
    answer_url: str
    verify_url: str

    @property
    def files(self) -> list[tuple[Any, str]]:
        """The evidence, each with its address."""
        at = [self.turn.finding.surveillance.reference, self.turn.pk]
        return [(file, reverse("open_answer_file", args=[*at, file.pk])) for file in self.turn.files.all()]

    @property
    def tone(self) -> str:
        """The tone of the verdict."""
        return VERDICT_TONES[self.turn.verdict]


@dataclass(frozen=True)
class FindingLine:
    """One finding with its criterion, and every time that the centre was asked."""

    finding: SurveillanceFinding
    criterion: Any
    turns: list[TurnLine]

    @property
    def tone(self) -> str:
        """The tone of its severity."""
        return SEVERITY_TONES[self.finding.severity]


@dataclass(frozen=True)
class Page:
    """The case page of a surveillance."""

    stage: object
    tone: str
    awaited: object
    opened: object
    trail: list[Crumb]
    track: list[Stop]
    actions: list[Action]
    ways: list[Way]
    findings: list[FindingLine]
    reads_reason: bool
    clocks: list[Clock]
    moments: list[Moment]
    stream: str
    certificate_url: str
    """Its officers' page, or the register's to those who may not read that."""


def page_of(surveillance: Surveillance, user: Any, *, at: datetime) -> Page:
    """Everything that the case page prints, as far as the person may read it."""
    today = timezone.localdate(at)
    entries = list(surveillance.history)
    inside = not oversight.reads_from_outside(user, surveillance)
    return Page(
        stage=SurveillanceStage(surveillance.stage).label,
        tone=TONES[surveillance.stage],
        awaited=AWAITED.get(surveillance.stage, ""),
        opened=Origin(surveillance.origin).label,
        trail=trail_of(surveillance),
        track=_track(surveillance, {entry.to_stage: entry.at for entry in entries}),
        actions=actions_for(surveillance, user, at),
        ways=ways_for(surveillance, user),
        findings=findings_for(surveillance, user),
        reads_reason=not inside,
        clocks=clocks_of(surveillance, today),
        moments=[
            history.moment_of(entry, DEEDS)
            for entry in reversed(entries)
            if not inside or entry.step not in NOT_FOR_CENTRES
        ],
        stream=stream_of(surveillance, entries),
        certificate_url=_certificate_url(surveillance.certificate, user),
    )


def _certificate_url(certificate: Certificate, user: Any) -> str:
    sees_it = Certificate.objects.visible_to(user).filter(pk=certificate.pk).exists()
    return reverse("show_certificate" if sees_it else "check_certificate_number", args=[certificate.reference])


NOT_FOR_CENTRES = frozenset({"open_surveillance", "send", "declare_free", "stand_back"})
"""Entries of the history that the centre does not read."""


def actions_for(surveillance: Surveillance, user: Any, at: datetime) -> list[Action]:
    """The steps of this stage that belong to the person, with the reasons of those not open."""
    roles = oversight.roles_in(user, surveillance) - {Role.STEERING_SECRETARY}
    return [
        Action(decision, page_for(decision.step.name, surveillance), _kind(decision.step.name))
        for decision in SURVEILLANCE.decisions(surveillance, roles=roles, at=at)
    ]


def ways_for(surveillance: Surveillance, user: Any) -> list[Way]:
    """The pages on which no step is taken."""
    ways = []
    if oversight.may_record_findings(user, surveillance):
        url = reverse("record_finding", args=[surveillance.reference])
        ways.append(Way(_("Write down what was found"), url, "primary", "edit"))
    return ways


def page_for(step: str, surveillance: Surveillance) -> str:
    """The address of the page where the step is taken."""
    if step in PAGES:
        return reverse(PAGES[step], args=[surveillance.reference])
    return reverse("take_surveillance_step", args=[surveillance.reference, step])


def findings_for(surveillance: Surveillance, user: Any) -> list[FindingLine]:
    """What was found, as far as the person may read it."""
    if not oversight.may_read_findings(user, surveillance):
        return []
    answers, verifies = oversight.may_answer(user, surveillance), oversight.may_verify(user, surveillance)
    found = surveillance.findings.select_related("recorded_by").prefetch_related(
        "turns__files", "turns__answered_by", "turns__verified_by"
    )
    return [
        FindingLine(
            finding,
            criterion_of(surveillance, finding.code),
            [_turn(surveillance, finding, turn, answers=answers, verifies=verifies) for turn in finding.turns.all()],
        )
        for finding in found
    ]


def criterion_of(surveillance: Surveillance, code: str) -> Any:
    """The criterion of that code."""
    return surveillance.library.criterion(code)


def _turn(
    surveillance: Surveillance, finding: SurveillanceFinding, turn: FindingTurn, *, answers: bool, verifies: bool
) -> TurnLine:
    finding.surveillance = surveillance
    turn.finding = finding
    at = [surveillance.reference, turn.pk]
    is_current = turn.number == surveillance.turns
    return TurnLine(
        turn,
        reverse("answer_finding", args=at) if answers and is_current else "",
        reverse("verify_finding", args=at) if verifies and is_current else "",
    )


def people_to_send(surveillance: Surveillance, on: date) -> list[tuple[Any, str]]:
    """Whom no hard conflict bars, each with office and softer ties in words."""
    held = who_can_be_sent(on)
    found = conflicts_with(surveillance.certificate, [one.person for one in held], on=on)
    people = []
    for one in held:
        ties = found[one.person_id]
        if any(tie.is_hard for tie in ties):
            continue
        told = ", ".join(str(tie.words) for tie in worded(ties))
        words = f"{one.person} – {Office(one.office).label}" + (f" ({told})" if told else "")
        people.append((one.person, words))
    return people


def weights() -> list[tuple[Severity, str]]:
    """The severities, each with the days in which it is answered."""
    return [
        (
            severity,
            ngettext(
                "%(severity)s: to be answered within %(days)s working day",
                "%(severity)s: to be answered within %(days)s working days",
                ANSWER_WORKING_DAYS[severity],
            )
            % {"severity": severity.label, "days": ANSWER_WORKING_DAYS[severity]},
        )
        for severity in Severity
    ]


def criteria_of(surveillance: Surveillance) -> list[tuple[str, str]]:
    """Every criterion by which the centre was certified."""
    language = get_language() or "th"
    return [(one.code, f"{one.code} {one.title(language)}") for one in surveillance.library.criteria()]


def trail_of(surveillance: Surveillance, *below: object) -> list[Crumb]:
    """The pages above a page of the surveillance; `below` are the words of those below it."""
    trail = [Crumb(LABEL, reverse("list_surveillances"))]
    if not below:
        return [*trail, Crumb(surveillance.reference)]
    here = Crumb(surveillance.reference, surveillance.get_absolute_url())
    return [*trail, here, *(Crumb(words) for words in below)]


def columns(today: date) -> list[Column]:
    """The columns of the list."""
    return [
        Column("reference", _("Reference"), shown=_reference, sort=("reference",)),
        Column(
            "centre",
            _("Centre"),
            value=lambda s: str(s.certificate.centre),
            shown=_centre,
            sort=("certificate__centre__sort_key",),
        ),
        Column("province", _("Province"), value=lambda s: str(s.certificate.centre.province)),
        Column(
            "origin", _("What opened it"), value=lambda s: str(Origin(s.origin).label), sort=("origin",), aside=True
        ),
        Column("stage", _("Stage"), value=lambda s: str(_label(s)), shown=_stage, sort=("stage",)),
        Column("assessor", _("Who checks"), value=lambda s: str(s.assessor or ""), aside=True),
        Column("due", _("By"), value=due_of, shown=lambda s: _due(due_of(s), today), sort=("due_on",)),
    ]


def due_of(surveillance: Surveillance) -> date | None:
    """The day that runs now; None where none does."""
    if surveillance.stage in BEFORE_CHECK:
        return surveillance.due_on
    return surveillance.answer_due if surveillance.stage == SurveillanceStage.AWAITING else None


def lines_about(surveillances: Iterable[Surveillance]) -> list[tuple[Surveillance, object, str]]:
    """Surveillances of one certificate with their stages in words."""
    return [(one, _label(one), TONES[one.stage]) for one in surveillances]


def _origin(surveillance: Surveillance) -> str:
    return str(Origin(surveillance.origin).label)


def _label(surveillance: Surveillance) -> object:
    return SurveillanceStage(surveillance.stage).label


def _track(surveillance: Surveillance, reached: dict[str, datetime]) -> list[Stop]:
    stage = SurveillanceStage(surveillance.stage)
    if stage not in TRACK:
        passed = [Stop(each.label, "done", reached[each]) for each in TRACK if each in reached]
        return [*passed, Stop(stage.label, "left", surveillance.stage_since)]
    here = TRACK.index(stage)
    states = ["done" if place < here or stage in ENDED else "now" for place in range(here + 1)]
    states += ["ahead"] * (len(TRACK) - here - 1)
    return [Stop(each.label, state, reached.get(each)) for each, state in zip(TRACK, states, strict=True)]


def _kind(step: str) -> str:
    return "quiet" if step in ASIDE else "primary"


def _reference(surveillance: Surveillance) -> SafeString:
    url = surveillance.get_absolute_url()
    return format_html('<a class="nowrap" href="{}">{}</a>', url, surveillance.reference)


def _centre(surveillance: Surveillance) -> SafeString:
    example = badge(_("Example"), tone="attention") if surveillance.is_example else ""
    return format_html("{} {}", surveillance.certificate.centre, example)


def _stage(surveillance: Surveillance) -> SafeString:
    return badge(_label(surveillance), tone=TONES[surveillance.stage])


def _due(due: date | None, today: date) -> SafeString | str:
    if due is None:
        return ""
    return format_html(
        '<span class="nowrap">{}</span><br>{}',
        dates.short(due, get_language() or "th"),
        badge(days_left(due, today), tone=tone_on(due, today), icon="clock"),
    )
