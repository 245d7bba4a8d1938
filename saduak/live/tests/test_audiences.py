"""Who may hear about what."""

import pytest
from django.contrib.auth.models import AnonymousUser

from saduak.live import audiences
from saduak.live.audiences import Topic, everyone, may_hear
from saduak.people.models import User

STRANGER, PERSON, INSIDER = AnonymousUser(), User(username="p"), User(username="insider")


@pytest.fixture(autouse=True)
def _tables(monkeypatch):
    monkeypatch.setattr(
        audiences,
        "all_audiences",
        lambda: {
            "ticket": everyone,
            "application": lambda person, topic: person.username == "insider" and topic.reference is not None,
            "careless": lambda person, topic: True,
        },
    )


@pytest.mark.parametrize(
    ("person", "topic", "allowed"),
    [
        pytest.param(STRANGER, Topic("ticket"), True, id="anybody hears a public kind"),
        pytest.param(PERSON, Topic("ticket"), True, id="a person too"),
        pytest.param(INSIDER, Topic("application", "A1"), True, id="the audience of a case"),
        pytest.param(INSIDER, Topic("application"), False, id="but not of all cases"),
        pytest.param(PERSON, Topic("application", "A1"), False, id="others do not"),
        pytest.param(STRANGER, Topic("careless"), False, id="a stranger hears no kind that is not public"),
        pytest.param(INSIDER, Topic("unknown"), False, id="a kind that no table names is silent"),
    ],
)
def test_may_hear(person, topic, allowed):
    assert may_hear(person, topic) is allowed


def test_no_kind_has_two_audiences(monkeypatch):
    monkeypatch.undo()
    audiences.all_audiences.cache_clear()
    assert audiences.all_audiences() is not None  # Putting the platform's tables together raises nothing.


def test_a_kind_named_twice_is_refused(monkeypatch):
    monkeypatch.undo()
    audiences.all_audiences.cache_clear()

    class Package:
        class module:
            class policies:
                AUDIENCES = {"ticket": everyone}

    monkeypatch.setattr(audiences.apps, "get_app_configs", lambda: [Package, Package])
    with pytest.raises(ValueError, match="ticket"):
        audiences.all_audiences()
    audiences.all_audiences.cache_clear()
