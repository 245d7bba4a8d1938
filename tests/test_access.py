"""Every address × every kind of person, and no view without a word about who it is for.

New address? Say in the package's `tests/addresses.py` who gets what; see `tests/support/addresses.py`.
"""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from saduak.access.grants import all_grants
from tests.support.addresses import collected
from tests.support.asking import Asking, asking, look_at
from tests.support.beginning import Beginning
from tests.support.remembering import stands
from tests.support.world import Kind, build

ADDRESSES = collected()


def patterns(resolver=None) -> Iterator[URLPattern]:
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


ALL = list(patterns())
OURS = [pattern for pattern in ALL if pattern.callback.__module__.startswith("saduak.")]
MACHINES = [pattern for pattern in ALL if getattr(pattern.callback, "open_to", "") == "machines"]
"""Asked one by one, with every kind of token, in `test_interface.py`."""
BROUGHT_ALONG = [
    pattern for pattern in ALL if pattern not in OURS + MACHINES
]  # Our urls say who they are open to, as for ours.


@pytest.fixture(scope="module")
def grounds(django_db_setup, django_db_blocker):
    """A world, and everybody in it with a browser, signed in, for all tests of this module.

    It is taken back at the end. No test here may ask for `db`, which would close the connection that holds them.
    """
    with django_db_blocker.unblock(), transaction.atomic(), asking():
        world = build()
        yield world, {kind: Asking(person) for kind, person in world.people.items()}
        transaction.set_rollback(True)


@pytest.fixture
def world(grounds):
    """A world of one's own: whatever a test does to it is taken back."""
    world, clients = grounds
    with transaction.atomic():
        world = deepcopy(world)
        world.clients = clients
        stands(__name__, world.centre.pk)
        yield world
        transaction.set_rollback(True)


def test_no_view_is_silent():
    silent = [str(pattern.pattern) for pattern in ALL if not hasattr(pattern.callback, "open_to")]

    assert not silent, "Say who they are open to: saduak/access/doors.py"


def test_every_permission_that_a_view_needs_is_granted():
    needed = {pattern.callback.open_to for pattern in ALL if hasattr(pattern.callback, "open_to")} - {
        "everyone",
        "machines",
        "signed in",
    }

    assert needed <= all_grants().keys()


def test_every_address_has_a_name_of_its_own():
    names = [pattern.name for pattern in OURS]

    assert None not in names
    assert sorted(names) == sorted(set(names))


def test_every_address_is_in_the_table():
    names = {pattern.name for pattern in OURS}

    assert sorted(names - ADDRESSES.keys()) == [], "Say in tests/addresses.py who gets what."
    assert sorted(ADDRESSES.keys() - names) == []


@pytest.mark.parametrize("pattern", BROUGHT_ALONG, ids=lambda pattern: pattern.name)
def test_who_has_not_signed_in_is_turned_away_from_views_that_others_bring(world, client, pattern):
    arguments = dict.fromkeys(pattern.pattern.regex.groupindex, 1)

    response = client.get(reverse(pattern.name, kwargs=arguments))

    if pattern.callback.open_to == "signed in":
        assert (response.status_code, response.url.split("?")[0]) == (302, str(resolve_url(settings.LOGIN_URL)))
    else:
        assert response.status_code < 500


LINES = [
    pytest.param(name, address, id=f"{name} {number}" if number else name)
    for name in sorted(ADDRESSES)
    for number, address in enumerate(ADDRESSES[name])
]


@pytest.mark.parametrize(("name", "address"), LINES)
def test_everybody_gets_the_answer_of_the_table(world, name, address):
    path = reverse(name, kwargs=address.at(world))
    look_at(world.people.values())

    beginning = Beginning()

    got = {kind: _answer(world, path, address, kind, beginning) for kind in Kind}

    beginning.end()

    wrong = {
        kind: f"{got[kind]} instead of {expected}"
        for kind, expected in address.expected.items()
        if got[kind] != expected
    }
    assert not wrong


def _answer(world, path, address, kind, beginning):
    """The status that one kind of person gets; whatever was done is taken back."""
    client = world.clients[kind]
    client.forget()
    with beginning.again():
        ask = client.get if address.post is None else client.post
        return ask(path, address.query if address.post is None else address.post).status_code
