"""The interface for machines, collected from the packages (ส่วนต่อประสานโปรแกรม).

One version stands in the address. What is taken away or told otherwise needs another one; what is added does not.
"""

from functools import cache
from typing import Any

from django.utils.translation import get_language

from saduak.certification.api import (
    acting,
    agendas,
    applying,
    assigning,
    cases,
    drawing,
    judging,
    keeping,
    matters,
    meeting,
    misusing,
    past,
    reconsidering,
    register,
    renewing,
    reviewing,
    rounds,
    running,
    scoring,
    surveying,
    visiting,
)
from saduak.certification.api.problems import PROBLEMS as OF_CERTIFICATION
from saduak.directory.api import calendar, centres, merging, places
from saduak.frontdesk.api import deeds
from saduak.frontdesk.api import desk as devices
from saduak.frontdesk.api.answering import answered_to_devices
from saduak.machines import api as webhooks
from saduak.machines.interface import Interface
from saduak.standards.api import drafting, published
from saduak.standards.api.drafting import PROBLEMS as OF_CRITERIA

PREFIX = "/api/v1/"

DEVICES = {
    "type": "http",
    "scheme": "bearer",
    "description": "The token of a paired device of a front desk. What it may do follows from the kind of device.",
}

ABOUT = """The register of certified centres, the directory, the criteria, and the cases of the programme, for machines.

What anybody may read needs no token. Everything else needs a token of a connected system, in the header
`Authorization: Bearer …`, with the scope that each operation names.

Texts come in the language of `Accept-Language`: `th` or `en`. Moments are ISO 8601 with their zone, days are ISO dates
of the Gregorian calendar. Lists come in pages, with the neighbours in the header `Link`. Answers to GET carry an
`ETag`. Refusals are problem documents of RFC 9457. Writing requests take an `Idempotency-Key`."""

api = Interface(
    register.router,
    rounds.router,
    published.router,
    drafting.router,
    places.router,
    calendar.router,
    centres.router,
    merging.router,
    cases.router,
    applying.router,
    assigning.router,
    visiting.router,
    scoring.router,
    judging.router,
    acting.router,
    meeting.router,
    matters.router,  # Before the units: its addresses lie below theirs.
    agendas.router,
    reconsidering.router,
    reviewing.router,
    surveying.router,
    keeping.router,
    misusing.router,
    renewing.router,
    running.router,
    drawing.router,
    past.router,
    webhooks.router,
    problems={**OF_CERTIFICATION, **OF_CRITERIA},
    title="saduak",
    version="1.0.0",
    description=ABOUT,
    urls_namespace="api",
)


desk = Interface(
    deeds.router,
    devices.router,
    problems={},
    answering=answered_to_devices,
    title="saduak",
    version="1.0.0",
    urls_namespace="desk",
)
"""For paired devices of front desks, each with a token of its own; below the same address."""


def description() -> dict[str, Any]:
    """The OpenAPI document in the reader's language."""
    return _described_in(get_language())


@cache
def _described_in(language: str | None) -> dict[str, Any]:
    """Made once in each language; it takes a tenth of a second, and says the same to everybody."""
    return described()


def described() -> dict[str, Any]:
    """The OpenAPI document made anew: what connected systems may ask, and what devices of front desks may."""
    document = api.described(PREFIX)
    of_devices = desk.described(PREFIX)
    for told in (told for methods in of_devices["paths"].values() for told in methods.values()):
        told["security"] = [{"device": [told["x-scope"]]}]
    document["paths"] |= of_devices["paths"]
    schemas = document["components"]["schemas"] | of_devices["components"]["schemas"]
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    document["components"]["securitySchemes"]["device"] = DEVICES
    return document
