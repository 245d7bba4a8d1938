"""The journal's entries about an application, in words (ประวัติ)."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saduak.certification import policies
from saduak.certification.models import Application
from saduak.certification.procedure.certificates import ActKind, Ground, Rule
from saduak.certification.procedure.roles import Role
from saduak.certification.procedure.standing import EFFECTIVE_ON
from saduak.certification.rules import number_alone
from saduak.design.components import Moment
from saduak.journal.models import Entry
from saduak.thai import dates

DEEDS: dict[str, object] = {
    "start": gettext_lazy("Began the application"),
    "submit": gettext_lazy("Submitted the application"),
    "withdraw": gettext_lazy("Withdrew the application"),
    "return": gettext_lazy("Returned the dossier for mending"),
    "resubmit": gettext_lazy("Submitted the mended dossier"),
    "pass_screening": gettext_lazy("Passed the screening"),
    "screen_out": gettext_lazy("Screened the application out"),
    "correct_screening": gettext_lazy("Took the screening up again"),
    "assign": gettext_lazy("Assigned the unit to a sub-committee"),
    "reassign": gettext_lazy("Assigned the unit to another sub-committee"),
    "declare": gettext_lazy("Declared interests"),
    "plan_visit": gettext_lazy("Fixed the visit"),
    "change_visit": gettext_lazy("Changed the visit"),
    "cancel_visit": gettext_lazy("Cancelled the visit"),
    "hold_visit": gettext_lazy("Recorded that the visit was held"),
    "correct_visit": gettext_lazy("Recorded that the visit was not held after all"),
    "sign_consensus": gettext_lazy("Signed the agreed scores"),
    "reopen_consensus": gettext_lazy("Opened the agreed scores again"),
    "propose": gettext_lazy("Proposed the unit to the steering committee"),
    "take_back_proposal": gettext_lazy("Took the proposal back"),
    "certify": gettext_lazy("Certified by resolution"),
    "decline": gettext_lazy("Declined by resolution"),
    "begin_renewal": gettext_lazy("Applied to renew the certificate"),
    "remind": gettext_lazy("Reminded the centre of the last day"),
    "pass_by_default": gettext_lazy("Counted as passed, because the secretariat missed its date"),
    "propose_by_default": gettext_lazy("Counted as proposed, because the sub-committee missed its date"),
    "stand_by_default": gettext_lazy("Comes onto the next agenda as proposed, because the committee missed its date"),
    "take_up_again": gettext_lazy("Let it go on after reconsideration"),
    "certify_after_all": gettext_lazy("Certified after reconsideration"),
    "raise_level": gettext_lazy("Raised the level after reconsideration"),
    "lapse": gettext_lazy("Lapsed because the time ran out"),
    "propose_assignments": gettext_lazy("Calculated a proposal of assignments"),
    "dismiss_remark": gettext_lazy("Dismissed a remark"),
    "set_remark_terms": gettext_lazy("Changed from when on something is remarked"),
    "prepare": gettext_lazy("Prepared the round"),
    "bring_in": gettext_lazy("Brought a sub-committee in"),
    "open": gettext_lazy("Opened the round"),
    "change_terms": gettext_lazy("Changed title, criteria or terms of the round"),
    "change_calendar": gettext_lazy("Changed the calendar"),
    "close": gettext_lazy("Closed the round"),
    "call": gettext_lazy("Called the meeting"),
    "convene": gettext_lazy("Opened the meeting"),
    "resolve": gettext_lazy("Recorded the resolution"),
    "cancel": gettext_lazy("Cancelled the meeting"),
    "issue": gettext_lazy("Issued the certificate"),
    "expire": gettext_lazy("The certificate expired"),
    "renew": gettext_lazy("Replaced by a newer certificate"),
    "propose_act": gettext_lazy("Brought the certificate before the committee"),
    "take_back_act": gettext_lazy("Took the proposal about the certificate back"),
    "state": gettext_lazy("The centre made a statement"),
    "suspend": gettext_lazy("Suspended the certificate"),
    "prolong": gettext_lazy("Upheld the suspension"),
    "restore": gettext_lazy("Restored the certificate"),
    "accept_terms": gettext_lazy("Accepted the terms of use of plaque and emblem"),
    "revoke": gettext_lazy("Revoked the certificate"),
    "return_voluntarily": gettext_lazy("The centre gave its certificate back"),
    "open_surveillance": gettext_lazy("Planned a surveillance"),
    "send": gettext_lazy("Assigned who checks"),
    "declare_free": gettext_lazy("Declared to be free of conflict"),
    "stand_back": gettext_lazy("Declared a conflict of interest and stood back"),
    "notify": gettext_lazy("Announced the surveillance to the centre"),
    "check": gettext_lazy("Checked the centre"),
    "close_clean": gettext_lazy("Closed the surveillance without findings"),
    "hand_over": gettext_lazy("Handed the findings over to the centre"),
    "answer": gettext_lazy("Sent the answers"),
    "repeat": gettext_lazy("Asked the centre once more"),
    "bring_before_committee": gettext_lazy("Brought it before the steering committee"),
    "escalate": gettext_lazy("The time for the answer ran out; it went to the steering committee"),
    "settle": gettext_lazy("The steering committee resolved"),
    "call_off": gettext_lazy("Cancelled the surveillance"),
    "stop": gettext_lazy("The surveillance ended with the certificate"),
    "announce_draw": gettext_lazy("Announced a draw"),
    "draw": gettext_lazy("Drew the sample"),
    "call_off_draw": gettext_lazy("Called the draw off"),
    "leave": gettext_lazy("The committee resolved to do nothing to the certificate"),
}
"""Step → what the history says; a step without words is shown by its name."""


def deed(step: str, deeds: Mapping[str, object] = MappingProxyType({})) -> str:
    """A step of the journal in words, as something done; `deeds` are the words of cases that say it otherwise."""
    return str(deeds.get(step) or DEEDS.get(step, step))


def history_of(application: Application, user: Any, entries: Iterable[Entry]) -> list[Moment]:
    """What the person may know of the case's history, the newest first."""
    readable = [entry for entry in entries if policies.may_read_entry(user, application, entry.step)]
    return [moment_of(entry) for entry in reversed(readable)]


def moment_of(entry: Entry, deeds: Mapping[str, object] = MappingProxyType({})) -> Moment:
    """One entry as a line of a history; `deeds` as in `deed`."""
    return Moment(
        at=entry.at,
        what=deed(entry.step, deeds),
        who=entry.by_name or _("the system, by time"),
        role=Role(entry.role).label if entry.by_id and entry.role in Role.values else "",
        note="\n".join(filter(None, [entry.note, *_facts(entry)])),
    )


def _facts(entry: Entry) -> list[str]:
    """What the entry tells besides its note."""
    told: list[str] = []
    facts = entry.facts
    if until := facts.get("mend_until"):
        told.append(_("To be mended by %(day)s.") % {"day": dates.short(date.fromisoformat(until), _language())})
    if missed := facts.get("missed"):
        told.append(_("The date was %(day)s.") % {"day": dates.short(date.fromisoformat(missed), _language())})
    for code, remark in {**facts.get("items", {}), **facts.get("failed", {})}.items():
        told.append(f"{code}: {remark}")
    if (proposed := facts.get("proposal")) in ActKind.values:
        told.append(_("Proposed: %(act)s.") % {"act": ActKind(proposed).label})
    if (ground := facts.get("ground")) in Ground.values:
        told.append(_("Ground: %(ground)s.") % {"ground": Ground(ground).label})
    if resolution := facts.get("resolution"):
        told.append(_("By resolution %(number)s.") % {"number": number_alone(resolution)})
    if (rule := facts.get("rule")) in Rule.values:
        told.append(_("By rule: %(rule)s.") % {"rule": Rule(rule).label})
    if since := facts.get(EFFECTIVE_ON):
        told.append(_("It holds from %(day)s.") % {"day": dates.short(date.fromisoformat(since), _language())})
    if last := facts.get("until_day"):
        told.append(_("Its last day is %(day)s.") % {"day": dates.short(date.fromisoformat(last), _language())})
    if mended := facts.get("mended"):
        told.append(_("Mended: %(codes)s.") % {"codes": ", ".join(mended)})
    return told


def _language() -> str:
    return get_language() or "th"
