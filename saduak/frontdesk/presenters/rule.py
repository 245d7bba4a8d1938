"""The rule of the queue as it is published: in four languages, with an example in minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from ruamel.yaml import YAML

from saduak.catalogue.models import LANGUAGES
from saduak.design.components import Tab
from saduak.frontdesk.models import Desk, PriorityClass
from saduak.frontdesk.rules.order import Priority, Waiting, in_minutes, in_order, milliseconds, score

WORDS = Path(__file__).parents[1] / "data" / "rule.yaml"
NAMES_OF_LANGUAGES = {"th": "ไทย", "en": "English", "my": "မြန်မာ", "zh": "中文"}
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
LATER = 10
"""Minutes after the first visitor at which the second one of the example takes a ticket."""
LONGEST_EXAMPLE = 24 * 60


@dataclass(frozen=True)
class Line:
    """A class of visitors: how a minute counts, and the minutes given at the start."""

    name: str
    counts: str
    given: str


@dataclass(frozen=True)
class Moment:
    """One moment of the example: the points of both as minutes of ordinary waiting, and who would be called."""

    at: str
    ordinary: str
    special: str
    called: str
    is_special: bool


@dataclass(frozen=True)
class Example:
    """Two visitors in one line, and who would be called when."""

    story: str
    ordinary: str
    special: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Rule:
    """Everything the page of the rule says, in one language."""

    language: str
    words: dict[str, Any]
    lines: tuple[Line, ...]
    example: Example | None
    further: tuple[str, ...]
    tabs: tuple[Tab, ...]
    gives_minutes: bool


def rule_of(desk: Desk, classes: Sequence[PriorityClass], language: str = "") -> Rule:
    """The rule of a desk in a language of its visitors; in the reader's when none is wished."""
    language = language if language in desk.languages else "en" if get_language() == "en" else "th"
    words = _words()[language]
    minutes = {"grace": desk.grace_minutes, "hold_off": desk.hold_off_minutes, "alarm": desk.alarm_minutes}
    return Rule(
        language=language,
        words=words,
        lines=tuple(_line(one, language, words) for one in classes),
        example=_example(classes, language, words),
        gives_minutes=any(one.credit_minutes for one in classes),
        further=tuple(sentence.format(**minutes) for sentence in words["rules"]),
        tabs=tuple(
            Tab(NAMES_OF_LANGUAGES[code], f"?in={code}", code == language)
            for code in LANGUAGES
            if code in desk.languages
        ),
    )


@cache
def _words() -> dict[str, dict[str, Any]]:
    return dict(YAML(typ="safe").load(WORDS.read_text(encoding="utf-8")))


def _line(one: PriorityClass, language: str, words: dict[str, Any]) -> Line:
    given = words["minutes"].format(minutes=one.credit_minutes) if one.credit_minutes else words["nothing"]
    return Line(one.name_in(language), words["minutes"].format(minutes=_plain(one.b)), given)


def _example(classes: Sequence[PriorityClass], language: str, words: dict[str, Any]) -> Example | None:
    """The first class that goes sooner beside the first that does not, around the moment at which it passes."""
    ordinary = next((one for one in classes if not one.is_priority), None)
    special = next((one for one in classes if one.is_priority and (one.b > 1 or one.credit_minutes)), None)
    if ordinary is None or special is None:
        return None
    start = milliseconds(FIRST)
    first = Waiting("ordinary", 1, start, "", _priority(ordinary))
    second = Waiting("special", 2, start + LATER * 60_000, "", _priority(special))
    names = {"ordinary": ordinary.name_in(language), "special": special.name_in(language)}
    moments = []
    for minute in _telling_minutes(first, second):
        now = start + minute * 60_000
        called = in_order([first, second], now)[0].key
        same = score(first, now) == score(second, now)
        moments.append(
            Moment(
                _clock(minute),
                _plain(in_minutes(score(first, now))),
                _plain(in_minutes(score(second, now))),
                words["equal"] if same else names[called],
                called == "special",
            )
        )
    story = words["story"].format(**names, first=_clock(0), second=_clock(LATER))
    return Example(story, names["ordinary"], names["special"], tuple(moments))


def _telling_minutes(first: Waiting, second: Waiting) -> list[int]:
    """When the second one comes, five minutes later, and around the minute from which it is called first."""
    start = first.arrived
    passes = next(
        (
            minute
            for minute in range(LATER, LONGEST_EXAMPLE)
            if in_order([first, second], start + minute * 60_000)[0] is second
        ),
        None,
    )
    minutes = {LATER, LATER + 5}
    if passes is not None:
        minutes |= {passes, passes + 5}
    return sorted(minutes)


def _priority(one: PriorityClass) -> Priority:
    return Priority(one.code, one.b, one.credit_minutes)


def _clock(minute: int) -> str:
    return f"{FIRST + timedelta(minutes=minute):%H.%M}"


def _plain(number: Decimal) -> str:
    """3 rather than 3.00."""
    return f"{number.normalize():f}"
