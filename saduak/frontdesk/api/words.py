"""Models of the front desk as the facts that devices are told."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from saduak.catalogue.models import LANGUAGES, NamedInLanguages
from saduak.frontdesk.models import Call, Ticket
from saduak.frontdesk.queries.floor import AtACounter, InLine


def names(named: NamedInLanguages) -> dict[str, str]:
    """The name in every language."""
    return {language: named.name_in(language) for language in LANGUAGES}


def ticket(one: Ticket, labels: Mapping[int, str] | None = None) -> dict[str, Any]:
    """A ticket, without its secret and its person. `labels` are the desk's counters, where many tickets are told of."""
    if one.counter_id is None:
        counter = ""
    else:
        counter = labels.get(one.counter_id, "") if labels is not None else str(one.counter)
    return {
        "reference": one.reference,
        "number": one.shown,
        "service": one.service_id,
        "priority": one.priority.code,
        "stage": one.stage,
        "stage_since": one.stage_since,
        "version": one.version,
        "counter": counter,
        "times_called": one.times_called,
    }


def taken(one: Ticket) -> dict[str, Any]:
    """A ticket for the device that hands it to its visitor."""
    return {**ticket(one), "address": f"{settings.PUBLIC_URL}/queue/t/{one.secret}"}


def call(one: Call) -> dict[str, Any]:
    """A call."""
    return {
        "id": one.pk,
        "number": one.ticket.shown,
        "counter": one.counter.label,
        "zone": one.counter.zone,
        "kind": one.kind,
        "called_at": one.called_at,
        "is_undone": one.undone_at is not None,
    }


def in_line(one: InLine, labels: Mapping[int, str]) -> dict[str, Any]:
    """A waiting ticket."""
    place = {"group": one.ticket.group_id, "place": one.place, "score": round(one.score, 1), "waited": one.waited}
    return {**ticket(one.ticket, labels), **place}


def at_counter(one: AtACounter, labels: Mapping[int, str]) -> dict[str, Any]:
    """An open counter."""
    return {
        "counter": one.sitting.counter.label,
        "is_paused": one.sitting.paused_since is not None,
        "needs_help": one.sitting.needs_help_since is not None,
        "ticket": ticket(one.ticket, labels) if one.ticket else None,
    }
