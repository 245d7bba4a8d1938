"""Every operation of the machine interface × every scope, and what every one of them promises."""

from datetime import timedelta
from itertools import chain

import pytest
from django.utils import timezone, translation
from ninja import Schema

from saduak.config.api import api, described, description
from saduak.machines.answering import body_of, door_of
from saduak.machines.scopes import Scope
from saduak.machines.tests.factories import ClientFactory, token_of

OPERATIONS = [(method, route, operation) for route, operation in api.operations() for method in operation.methods]


def test_no_operation_is_silent():
    silent = [operation.view_func.__name__ for _method, _route, operation in OPERATIONS if door_of(operation) is None]

    assert not silent, "Say who it is open to: saduak/machines/doors.py"


def test_every_operation_has_a_name_of_its_own():
    names = [operation.view_func.__name__ for _method, _route, operation in OPERATIONS]

    assert sorted(names) == sorted(set(names))


def test_every_operation_says_what_it_is_for():
    assert [
        o.view_func.__name__
        for _m, _r, o in OPERATIONS
        if o.summary == o.view_func.__name__.title().replace("_", " ") or not o.tags
    ] == []


def test_every_schema_has_a_name_of_its_own():
    names = [schema.__name__ for schema in set(_below(Schema)) if schema.__module__.startswith("saduak.")]

    assert sorted(names) == sorted(set(names)), "Two schemas of one name: only one of them would be described."


def _below(schema):
    for each in schema.__subclasses__():
        yield each
        yield from _below(each)


def test_every_operation_tells_its_problems():
    for methods in description()["paths"].values():
        for told in methods.values():
            assert {"400", "401", "429"} <= told["responses"].keys()


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_description_is_in_the_language_of_its_reader(language):
    with translation.override(language):
        assert description() == described()


DEAD = ("unknown", "revoked", "expired", "switched off")
"""Tokens that are turned away before any operation is looked at: tried on every tenth."""


@pytest.fixture
def headers(db):
    """The header of each kind of caller."""
    yesterday = timezone.now() - timedelta(days=1)
    everything = Scope.values
    words = {
        "unknown": "saduak_nothing",
        "revoked": token_of(*everything, revoked_at=yesterday)[1],
        "expired": token_of(*everything, expires_at=yesterday)[1],
        "switched off": token_of(*everything, client=ClientFactory(is_active=False))[1],
    }
    person = ClientFactory().owner
    words |= {scope: token_of(scope, acts_for=person)[1] for scope in Scope.values}
    return {"nobody": {}} | {kind: {"Authorization": f"Bearer {words}"} for kind, words in words.items()}


def test_every_operation_opens_to_its_scope_and_to_no_other(client, headers):
    alive = {kind: header for kind, header in headers.items() if kind not in DEAD}
    asked = [(headers if number % 10 == 0 else alive, str(number), *one) for number, one in enumerate(OPERATIONS)]

    wrong = list(chain.from_iterable(_wrong(client, *one) for one in asked))

    assert wrong == []


def _wrong(client, headers, network, method, route, operation):
    """The callers that got past a door they may not pass, or were kept out where they may pass."""
    scope = door_of(operation).scope
    address = "/api/v1/" + _filled(route)
    for kind, header in headers.items():
        answer = client.generic(
            method,
            address,
            data="{}",
            content_type=body_of(operation) or "",
            headers=header,
            REMOTE_ADDR=network,  # Each asked from elsewhere: without a token the pace is that of the network.
        )
        kept_out = answer.status_code == 401 or (answer.status_code == 403 and "WWW-Authenticate" in answer)
        if kind in DEAD or (kind == "nobody" and scope):
            right = answer.status_code == 401 and "Bearer" in answer["WWW-Authenticate"]
        elif scope and kind != scope.value:
            right = answer.status_code == 403 and kept_out
        else:
            right = not kept_out and answer.status_code < 500
        if not right:
            yield f"{method} {route} as {kind}: {answer.status_code} {answer.content[:200]!r}"


def _filled(route):
    """The route with something at every place."""
    parts = (("1" if part.startswith("{") else part) for part in route.split("/"))
    return "/".join(parts)
