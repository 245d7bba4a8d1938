"""Every address × every kind of person, and no view without a word about who it is for.

New address? Say in the package's `tests/addresses.py` who gets what; see `tests/support/addresses.py`.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from saduak.access.grants import all_grants
from tests.support.addresses import collected
from tests.support.world import Kind, build

ADDRESSES = collected()

# Views that other packages bring: who may come, as their own documentation and our settings say.
BROUGHT_ALONG: dict[str, str] = {}


def patterns(resolver=None) -> Iterator[URLPattern]:
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


def is_ours(pattern):
    return pattern.callback.__module__.startswith("saduak.")


OURS = [pattern for pattern in patterns() if is_ours(pattern)]
OTHERS = [pattern for pattern in patterns() if not is_ours(pattern)]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def test_no_view_is_silent():
    silent = [str(pattern.pattern) for pattern in OURS if not hasattr(pattern.callback, "open_to")]

    assert not silent, "Say who they are open to: saduak/access/doors.py"


def test_every_permission_that_a_view_needs_is_granted():
    needed = {pattern.callback.open_to for pattern in OURS} - {"everyone", "signed in"}

    assert needed <= all_grants().keys()


def test_every_address_has_a_name_of_its_own():
    names = [pattern.name for pattern in OURS]

    assert None not in names
    assert sorted(names) == sorted(set(names))


def test_every_address_is_in_the_table():
    assert {pattern.name for pattern in OURS} == ADDRESSES.keys()


def test_views_that_others_bring_are_known():
    assert {pattern.name for pattern in OTHERS} == BROUGHT_ALONG.keys()


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_everybody_gets_the_answer_of_the_table(world, name):
    address = ADDRESSES[name]

    got = {kind: _answer(world, name, kind) for kind in Kind}

    wrong = {
        kind: f"{got[kind]} instead of {expected}"
        for kind, expected in address.expected.items()
        if got[kind] != expected
    }
    assert not wrong


def _answer(world, name, kind):
    """The status that one kind of person gets; whatever was done is taken back."""
    address = ADDRESSES[name]
    client = Client(raise_request_exception=True)
    with transaction.atomic():
        if person := world.people[kind]:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        path = reverse(name, kwargs=address.at(world))
        ask = client.get if address.post is None else client.post
        response = ask(path, address.query if address.post is None else address.post)
        transaction.set_rollback(True)
    return response.status_code
