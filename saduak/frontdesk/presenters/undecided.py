"""What waits for the supervisor after a cut, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Undecided
from saduak.frontdesk.models.undecided import UndecidedKind
from saduak.frontdesk.procedure import TICKET, TicketStage

REASONS: dict[str, object] = {
    "service_not_offered": gettext_lazy("The service is not offered any more."),
    "desk_not_open": gettext_lazy("The desk gives out no tickets."),
    "number_not_reserved": gettext_lazy("The number was not set aside for this device."),
    "number_taken": gettext_lazy("Another ticket has this number."),
    "device_ended": gettext_lazy("The device was taken off the desk."),
    "another_centre": gettext_lazy("The ticket belongs to another centre."),
    "has_left": gettext_lazy("The officer had left the counter meanwhile."),
    "another_officer": gettext_lazy("Another officer was signed in when this was told."),
}

OF_THE_COUNTER: dict[str, object] = {
    "pause": gettext_lazy("Pause the counter"),
    "resume": gettext_lazy("Be ready again"),
}


@dataclass(frozen=True)
class Matter:
    """One matter: what happened, and what the supervisor can do about it."""

    undecided: Undecided
    title: object
    story: str
    advice: str


def matters(found: Iterable[Undecided]) -> list[Matter]:
    """Each in words; the services' names in one question to the database."""
    found = list(found)
    services = Service.objects.in_bulk({one.facts["service"] for one in found if one.facts.get("service")})
    return [_matter(one, one.facts, services) for one in found]


def _matter(one: Undecided, facts: dict[str, Any], services: dict[int, Service]) -> Matter:
    service = services.get(facts.get("service", 0))
    said = {"number": facts.get("number", ""), "service": service.name if service else _("unknown service")}
    if one.kind == UndecidedKind.TWO_NUMBERS:
        story = _("The visitor holds %(number)s on paper; the queue knows the same ticket as %(called_as)s.") % {
            **said,
            "called_as": facts.get("called_as", ""),
        }
        advice = _("Call the visitor by the number on the paper, and serve the ticket under its own.")
    elif one.kind == UndecidedKind.NOT_TAKEN_IN:
        reasons = " ".join(str(REASONS.get(code, code)) for code in facts.get("reasons", ()))
        story = _("Ticket %(number)s for %(service)s was given out without connection.") % said + f" {reasons}"
        advice = _("Find the visitor, and give a new ticket or serve at once.")
    elif "step" in facts:
        story, advice = _of_a_console(one, {**said, **facts})
    else:
        story, advice = str(facts.get("words", "")), _("Look into it, and write down what was done.")
    return Matter(one, one.get_kind_display(), story, advice)


def _of_a_console(one: Undecided, facts: dict[str, Any]) -> tuple[str, str]:
    why = " ".join(str(REASONS[code]) for code in facts.get("reasons", ()) if code in REASONS)
    if facts["step"] in OF_THE_COUNTER:
        said = {**facts, "step": OF_THE_COUNTER[facts["step"]]}
        story = _("Counter %(counter)s: “%(step)s” without connection.") % said
    else:
        said = {**facts, "step": TICKET.step(facts["step"]).label, "stage": TicketStage(facts["stage"]).label}
        told = _("Counter %(counter)s: “%(step)s” with %(number)s without connection. The queue had it as: %(stage)s.")
        story = told % said
    if one.kind == UndecidedKind.ALREADY_CALLED:
        advice = _("Ask both counters who served the visitor, and whether somebody was passed over.")
    else:
        advice = _("Look into it, and write down what was done.")
    return f"{story} {why}".rstrip(), advice
