"""Certificates as cases, in words: where one stands, what was done and proposed, and what a person can do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saduak.access.grants import holds
from saduak.certification import oversight, policies
from saduak.certification.models import Certificate, CertificateAct, Proposal, Surveillance
from saduak.certification.models.proposals import NOTHING
from saduak.certification.presenters import history
from saduak.certification.presenters.actions import Way
from saduak.certification.presenters.cases import stream_of
from saduak.certification.presenters.clocks import days_left, tone_on
from saduak.certification.presenters.register import Line
from saduak.certification.presenters.surveillance import lines_about
from saduak.certification.procedure.certificates import CERTIFICATE, ActKind, CertificateStage
from saduak.certification.queries.certificates import acts_on, proposals_about
from saduak.certification.queries.renewals import renewal_of, rounds_to_renew_in
from saduak.design.components import Clock, Crumb, Moment
from saduak.design.tables import Column
from saduak.design.templatetags.saduak import badge, level
from saduak.procedure.kit import Step
from saduak.thai import dates

LABEL = gettext_lazy("Certificates")

ACT_TONES: dict[str, str] = {
    ActKind.SUSPEND: "attention",
    ActKind.PROLONG: "attention",
    ActKind.RESTORE: "success",
    ActKind.REVOKE: "danger",
    ActKind.RETURN: "plain",
    NOTHING: "plain",
}
"""Kind of act → tone of its badge."""


@dataclass(frozen=True)
class Page:
    """The case page of a certificate."""

    line: Line
    trail: list[Crumb]
    ways: list[Way]
    acts: list["ActLine"]
    proposals: list["ProposalLine"]
    surveillances: list[tuple[Surveillance, object, str]]
    clocks: list[Clock]
    moments: list[Moment]
    stream: str


@dataclass(frozen=True)
class ActLine:
    """One act on a certificate."""

    act: CertificateAct
    may_see_meeting: bool = False

    @property
    def meeting(self) -> str:
        """The meeting that resolved it, for readers who may open it; empty for others."""
        resolution = self.act.resolution
        return resolution.meeting.reference if resolution and self.may_see_meeting else ""

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return ACT_TONES[self.act.kind]


@dataclass(frozen=True)
class ProposalLine:
    """One proposal, or one item of an agenda about a certificate."""

    proposal: Proposal

    @property
    def proposed_by(self) -> object:
        """Who proposed it."""
        return self.proposal.proposed_by or _("the system, by time")

    @property
    def state(self) -> object:
        """Where it stands, in words."""
        one = self.proposal
        if one.settled_at is not None:
            return _("Resolved: %(act)s") % {"act": self.decision} if one.decision else _("Taken back")
        if one.meeting is not None:
            return _("On the agenda of meeting %(number)s") % {"number": one.meeting.number}
        return _("Waits for the agenda of a meeting")

    @property
    def standing(self) -> object:
        """Where the certificate stands, in words."""
        return CertificateStage(self.proposal.certificate.stage).label

    @property
    def decision(self) -> object:
        """What is decided, in words."""
        if not self.proposal.decision:
            return _("Not decided yet")
        return self.proposal.get_decision_display()

    @property
    def tone(self) -> str:
        """The tone of the decision."""
        return ACT_TONES.get(self.proposal.decision, "plain")


def columns(today: date) -> list[Column]:
    """The columns of the list."""
    return [
        Column("reference", _("Certificate number"), shown=_reference, sort=("reference",)),
        Column("centre", _("Centre"), value=lambda c: str(c.centre), shown=_centre, sort=("centre__sort_key",)),
        Column("province", _("Province"), value=lambda c: str(c.centre.province), sort=("centre__province__name_th",)),
        Column("level", _("Level"), value=lambda c: c.level, shown=lambda c: level(c.level), sort=("level",)),
        Column(
            "stage",
            _("Status"),
            value=lambda c: str(c.standing_on(today).label),
            shown=lambda c: _status(Line(c, c.standing_on(today))),
            sort=("stage",),
        ),
        Column("expires_on", _("Valid until"), shown=lambda c: _day(c.expires_on), sort=("expires_on",)),
    ]


def page_of(certificate: Certificate, user: Any, *, at: datetime) -> Page:
    """Everything that the case page of a certificate prints."""
    today, entries = timezone.localdate(at), list(certificate.history)
    sees_meetings = holds(user, policies.Permission.SEE_MEETINGS)
    return Page(
        line=Line(certificate, certificate.standing_on(today)),
        trail=trail_of(certificate),
        ways=ways_for(user, certificate, today),
        acts=[ActLine(act, sees_meetings) for act in acts_on(certificate)],
        proposals=[ProposalLine(one) for one in proposals_about(certificate)],
        surveillances=lines_about(Surveillance.objects.visible_to(user).filter(certificate=certificate)),
        clocks=clocks_of(certificate, today),
        moments=[history.moment_of(entry) for entry in reversed(entries)],
        stream=stream_of(certificate, entries),
    )


def ways_for(user: Any, certificate: Certificate, today: date) -> list[Way]:
    """What the person can do about the certificate now."""
    number = certificate.reference
    ways = []
    if oversight.may_order(user, certificate, today):
        ways.append(
            Way(_("Suspend at once by order"), reverse("order_suspension", args=[number]), "secondary", "warning")
        )
    if oversight.may_lift(user, certificate, today):
        ways.append(Way(_("Lift the order"), reverse("lift_order", args=[number]), "primary", "check"))
    if oversight.may_propose_act(user, certificate, today):
        ways += [
            Way(PROPOSE[kind], reverse("propose_act", args=[number, kind]), "secondary", "")
            for kind in kinds_for(certificate)
        ]
    if oversight.may_open_surveillance(user, certificate, today):
        ways.append(Way(_("Follow this centre up"), reverse("open_surveillance", args=[number]), "secondary", "search"))
    if oversight.may_state(user, certificate):
        url = reverse("state_on_certificate", args=[number])
        ways.append(Way(_("Speak for the centre before the committee resolves"), url, "primary", "edit"))
    if policies.role_in_centre(user, certificate.centre) is not None and (
        renewal_of(certificate) is not None or rounds_to_renew_in(certificate, today)
    ):
        ways.append(Way(_("Renew the certificate"), reverse("start_renewal", args=[number]), "primary", "edit"))
    if oversight.may_take_back_act(user, certificate):
        ways.append(Way(_("Take the proposal back"), reverse("take_back_act", args=[number]), "quiet", ""))
    if oversight.may_give_back(user, certificate, today):
        ways.append(Way(_("Give the certificate back"), reverse("give_back", args=[number]), "quiet", ""))
    return ways


PROPOSE: dict[str, object] = {
    ActKind.SUSPEND: gettext_lazy("Propose to suspend"),
    ActKind.PROLONG: gettext_lazy("Propose to uphold the suspension"),
    ActKind.RESTORE: gettext_lazy("Propose to restore"),
    ActKind.REVOKE: gettext_lazy("Propose to revoke"),
}
"""Kind of act → what the way to its proposal says."""


def kinds_for(certificate: Certificate) -> list[ActKind]:
    """The acts of the committee that begin where the certificate stands."""
    return [kind for kind in ActKind if kind in PROPOSE and certificate.stage in CERTIFICATE.step(kind).moves]


def kinds_to_decide(proposal: Proposal) -> list[ActKind]:
    """What the committee can decide: the proposal first, then every other act that begins there."""
    own = ActKind(proposal.kind)
    return [own, *(kind for kind in kinds_for(proposal.certificate) if kind != own)]


def step_of(kind: str) -> Step[Any]:
    """The step of an act, for the words of its page."""
    return CERTIFICATE.step(kind)


def clocks_of(certificate: Certificate, today: date) -> list[Clock]:
    """The days that run for a certificate: the last day of its term, and of a suspension."""
    if not certificate.is_alive_on(today):
        return []
    language = get_language() or "th"
    clocks = []
    if certificate.stage == CertificateStage.SUSPENDED and certificate.suspended_until:
        until = certificate.suspended_until
        clocks.append(
            Clock(
                label=_("Suspended until"),
                due=until,
                remaining=days_left(until, today),
                tone=tone_on(until, today),
                lines=[
                    _("The suspension ends by itself on the day after, unless the committee has resolved otherwise."),
                    _("Calendar days are counted; the last day is included."),
                ],
            )
        )
    issued, expires = certificate.issued_on, certificate.expires_on
    clocks.append(
        Clock(
            label=_("Last day of the certificate"),
            due=expires,
            remaining=days_left(expires, today),
            tone=tone_on(expires, today),
            lines=[
                _("Issued on %(day)s for the term of its round; the last day is the eve of the anniversary.")
                % {"day": dates.short(issued, language)},
                _("A suspension does not make the term longer."),
            ],
        )
    )
    return clocks


def trail_of(certificate: Certificate, *below: object) -> list[Crumb]:
    """The pages above a page of the certificate; `below` are the words of those below it."""
    trail = [Crumb(LABEL, reverse("list_certificates"))]
    if not below:
        return [*trail, Crumb(certificate.reference)]
    here = Crumb(certificate.reference, reverse("show_certificate", args=[certificate.reference]))
    return [*trail, here, *(Crumb(words) for words in below)]


def matters_in_lines(proposals: Iterable[Proposal]) -> list[ProposalLine]:
    """The certificates of an agenda as lines."""
    return [ProposalLine(one) for one in proposals]


def _reference(certificate: Certificate) -> SafeString:
    url = reverse("show_certificate", args=[certificate.reference])
    return format_html('<a class="nowrap" href="{}">{}</a>', url, certificate.reference)


def _centre(certificate: Certificate) -> SafeString:
    example = badge(_("Example"), tone="attention") if certificate.is_example else ""
    return format_html("{} {}", certificate.centre, example)


def _status(line: Line) -> SafeString:
    return badge(line.status, tone=line.tone, icon=line.icon)


def _day(day: date) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', dates.short(day, get_language() or "th"))
