"""The real reasons why somebody was called first, in sentences that an officer can read out (คำอธิบายลำดับการเรียก)."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.frontdesk.models import Ticket
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.explaining import Explanation
from saduak.frontdesk.rules.reasons import Answer, Why
from saduak.thai import dates


@dataclass(frozen=True)
class Explained:
    """The sentences, and both tickets in numbers for who wants to count again; `rows` are label, mine, the other's."""

    sentences: list[str]
    rows: list[tuple[str, str, str]]


def in_words(mine: Ticket, other: Ticket, found: Explanation | None) -> Explained:
    """Why `other` was called before `mine`, in the reader's language."""
    if found is None:
        return Explained([_("%(other)s has not been called yet.") % {"other": other}], [])
    said = {
        "other": other.shown,
        "mine": mine.shown,
        "counter": found.call.counter.label,
        "time": dates.clock(timezone.localtime(found.call.called_at), "th"),
    }
    first = _("%(other)s was called to counter %(counter)s at %(time)s.") % said
    if found.answer is None:
        stage = TicketStage(found.stage).label
        return Explained([first, _("%(mine)s did not wait then: %(stage)s.") % {**said, "stage": stage}], [])
    reasons = [sentence(why, found.answer, said) for why in found.answer.reasons]
    return Explained([first, *reasons], _rows(found.answer))


def sentence(why: Why, answer: Answer, said: dict[str, str]) -> str:
    """One reason as a sentence; `said` names the tickets as `mine` and `other`, and the `counter`."""
    facts = {
        **said,
        "reason": answer.note,
        "minutes": answer.mine.waited,
        "others_minutes": answer.other.waited,
        "b": _number(answer.other.b),
        "credit": answer.other.credit,
    }
    return _SENTENCES[why]() % facts


_SENTENCES = {
    Why.OUT_OF_ORDER: lambda: _("The officer called out of order and gave this reason: %(reason)s"),
    Why.NOT_YET_HERE: lambda: _("%(mine)s had not been taken yet."),
    Why.MY_HOLD_OFF: lambda: _("%(mine)s had missed a call and come back, and was held off for some minutes."),
    Why.MY_TIME_TO_COME: lambda: _("The booked time of %(mine)s had not come yet."),
    Why.OTHER_COUNTER: lambda: _("%(mine)s had been passed on to another counter."),
    Why.OTHER_SERVICE: lambda: _("Counter %(counter)s does not do the service of %(mine)s."),
    Why.WAITED_LONGER: lambda: _("%(other)s had waited longer: %(others_minutes)s minutes; %(mine)s %(minutes)s."),
    Why.BOOKED: lambda: _("The waiting of %(other)s counts from the booked time."),
    Why.TRANSFERRED: lambda: _("%(other)s had been passed on and kept the first arrival."),
    Why.RETURNED: lambda: _("%(other)s had come back after a missed call and kept the first arrival."),
    Why.MY_LATENESS: lambda: _("%(mine)s came too late for its booked time, so its waiting counts from the arrival."),
    Why.HIGHER_B: lambda: _("A minute of waiting of %(other)s counts as %(b)s, by the published rule."),
    Why.CREDIT: lambda: _("%(other)s began with %(credit)s minutes, by the published rule."),
    Why.EARLIER_TICKET: lambda: _("Both had gathered the same, and %(other)s was taken earlier."),
    Why.AGAINST_THE_ORDER: lambda: _("Nothing in the rule explains it. The supervisor should look at it."),
}


def _rows(answer: Answer) -> list[tuple[str, str, str]]:
    mine, other = answer.mine, answer.other
    return [
        (_("Minutes waited"), _number(mine.waited), _number(other.waited)),
        (_("A minute counts as"), _number(mine.b), _number(other.b)),
        (_("Minutes given at the start"), str(mine.credit), str(other.credit)),
        (_("Gathered until the call"), _number(mine.score), _number(other.score)),
    ]


def _number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
