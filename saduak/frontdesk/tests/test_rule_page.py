"""The published rule: in four languages, true to the order, with an example in minutes."""

from decimal import Decimal

import pytest

from saduak.catalogue.models import LANGUAGES
from saduak.frontdesk.beginnings import CLASSES
from saduak.frontdesk.models import Desk, PriorityClass
from saduak.frontdesk.presenters.rule import _words, rule_of

DESK = Desk(grace_minutes=15, hold_off_minutes=5, alarm_minutes=60)


def classes(**changes):
    return [PriorityClass(**{**facts, **(changes if facts.get("is_priority") else {})}) for facts in CLASSES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language):
    assert _words()[language].keys() == _words()["th"].keys()
    assert len(_words()[language]["rules"]) == len(_words()["th"]["rules"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_names_the_desks_own_minutes_in_every_language(language):
    rule = rule_of(DESK, classes(), language)

    said = " ".join(rule.further)
    assert all(minutes in said for minutes in ("15", "5", "60"))
    assert "{" not in said + rule.example.story
    assert [tab.current for tab in rule.tabs].count(True) == 1


def test_a_language_that_the_desk_does_not_speak_gives_the_readers():
    assert rule_of(Desk(languages=["th", "en"]), classes(), "my").language == "th"


def test_the_example_tells_when_the_second_visitor_passes_the_first():
    example = rule_of(DESK, classes(), "en").example

    told = [(moment.at, moment.ordinary, moment.special, moment.is_special) for moment in example.moments]
    assert told == [
        ("09.10", "10", "0", False),
        ("09.15", "15", "15", False),
        ("09.16", "16", "18", True),
        ("09.21", "21", "33", True),
    ]
    assert example.moments[1].called == "Equal points, the earlier ticket"


def test_minutes_given_at_the_start_are_told():
    rule = rule_of(DESK, classes(b=Decimal(1), credit_minutes=10), "en")

    assert (rule.lines[0].given, rule.lines[1].given) == ("nothing", "10 min")
    assert rule.example.moments[0].called == "Equal points, the earlier ticket"


def test_where_nobody_goes_sooner_there_is_no_example():
    assert rule_of(DESK, classes()[:1], "en").example is None
    assert rule_of(DESK, classes(b=Decimal(1)), "en").example is None
