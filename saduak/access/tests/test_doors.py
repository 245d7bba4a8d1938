"""Doors let in whom they should, and send the others where they belong."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from saduak.access import grants
from saduak.access.grants import all_grants, holds
from saduak.access.tests.urls import Permission, open_view, reading_view, signed_in_view


class Somebody:
    """A person with an account."""

    is_authenticated = True

    def __init__(self, *, reads=False):
        self.reads = reads


def reads(user):
    """Reads letters."""
    return user.reads


def never(user):
    """Is somebody who does not exist."""
    return False


@pytest.fixture(autouse=True)
def _tables(monkeypatch):
    monkeypatch.setattr(grants, "_GRANTS", {Permission.READ: (never, reads)})


@pytest.fixture
def ask(rf):
    def ask(view, user, **arguments):
        request = rf.get("/letters/1/?page=2")
        request.user = user
        return view(request, **arguments)

    return ask


def test_everyone_passes_an_open_door(ask):
    assert ask(open_view, AnonymousUser()).content == b"open"


@pytest.mark.parametrize("view", [signed_in_view, reading_view])
def test_who_has_not_signed_in_is_sent_to_sign_in_and_back(ask, view):
    response = ask(view, AnonymousUser())

    assert response.status_code == 302
    assert response.url.endswith("?next=/letters/1/%3Fpage%3D2")


def test_people_with_an_account_pass(ask):
    assert ask(signed_in_view, Somebody(), word="hello").content == b"hello"


def test_people_with_the_permission_pass(ask):
    assert ask(reading_view, Somebody(reads=True), word="dear").content == b"dear"


def test_people_without_the_permission_are_refused(ask):
    with pytest.raises(PermissionDenied):
        ask(reading_view, Somebody())


def test_views_tell_who_they_are_open_to():
    assert (open_view.open_to, signed_in_view.open_to, reading_view.open_to) == (
        "everyone",
        "signed in",
        Permission.READ,
    )
    assert reading_view.__doc__ == "For readers."


def test_one_true_sentence_is_enough():
    assert holds(Somebody(reads=True), Permission.READ)
    assert not holds(Somebody(), Permission.READ)
    assert not holds(AnonymousUser(), Permission.READ)


def _packages(monkeypatch, *tables):
    configs = [SimpleNamespace(module=SimpleNamespace(policies=SimpleNamespace(GRANTS=table))) for table in tables] + [
        SimpleNamespace(module=SimpleNamespace())
    ]
    monkeypatch.setattr(grants.apps, "get_app_configs", lambda: configs)
    monkeypatch.setattr(grants, "autodiscover_modules", lambda name: None)


def test_the_tables_of_all_packages_are_put_together(monkeypatch):
    _packages(monkeypatch, {Permission.READ: (reads,)}, {})

    assert all_grants() == {Permission.READ: (reads,)}


def test_a_permission_is_granted_in_one_place(monkeypatch):
    _packages(monkeypatch, {Permission.READ: (reads,)}, {Permission.READ: (never,)})

    with pytest.raises(ValueError, match=r"two places: letters\.read"):
        all_grants()


def test_the_tables_are_read_at_the_first_question(monkeypatch):
    _packages(monkeypatch, {Permission.READ: (reads,)})
    monkeypatch.setattr(grants, "_GRANTS", grants._Lazily())

    assert holds(Somebody(reads=True), Permission.READ)
    assert holds(Somebody(reads=True), Permission.READ)


def test_a_permission_that_nobody_grants_is_a_mistake(monkeypatch):
    _packages(monkeypatch)
    monkeypatch.setattr(grants, "_GRANTS", grants._Lazily())

    with pytest.raises(KeyError):
        holds(Somebody(), Permission.READ)
