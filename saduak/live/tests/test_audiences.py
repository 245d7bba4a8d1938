"""Who may hear about what."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from saduak.live import audiences
from saduak.live.audiences import Topic, everyone, may_hear, readers_of
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


class Letters:
    """Stands in for a model's manager: `insider` reads the case A1."""

    def visible_to(self, person):
        self.person = person
        return self

    def filter(self, *, reference):
        self.reference = reference
        return self

    def exists(self):
        return self.person.username == "insider" and self.reference == "A1"


@pytest.mark.parametrize(
    ("person", "topic", "allowed"),
    [
        pytest.param(INSIDER, Topic("letter", "A1"), True, id="a reader of the case"),
        pytest.param(INSIDER, Topic("letter", "A1", 4), True, id="under its centre too"),
        pytest.param(INSIDER, Topic("letter", "A2"), False, id="not of another case"),
        pytest.param(INSIDER, Topic("letter"), False, id="nor of all cases at once"),
        pytest.param(PERSON, Topic("letter", "A1"), False, id="somebody else"),
    ],
)
def test_the_readers_of_a_case_hear_about_it(person, topic, allowed):
    assert readers_of(SimpleNamespace(objects=Letters()))(person, topic) is allowed


def test_the_platforms_tables_fit_together(monkeypatch):
    monkeypatch.undo()
    audiences.all_audiences.cache_clear()
    assert {"certification.application", "certification.meeting"} <= audiences.all_audiences().keys()
    assert "certification.score_sheet" not in audiences.all_audiences()  # Blind until submitted.


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
