"""The supervisor's floor in words: advice with its numbers, waits, and what can be done (หน้ากำกับดูแลหน้างาน)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.frontdesk.estimation.advising import Action
from saduak.frontdesk.models import Desk
from saduak.frontdesk.presenters.waits import in_words
from saduak.frontdesk.queries.console import Line, Place
from saduak.frontdesk.queries.supervising import Advised, Supervised, wait_at
from saduak.frontdesk.queries.waits import waits_of_groups

SHOWN = 40
"""Tickets of each line that the floor shows; the whole line has a page of its own."""


@dataclass(frozen=True)
class AdviceWords:
    """What to do, and why in numbers; `rows` are what is counted, without and with it."""

    title: str
    reason: str
    rows: Sequence[tuple[str, str, str]]
    action: str
    counter: int | None


@dataclass(frozen=True)
class PlaceWords:
    """One who waits, and the wait that is told."""

    place: Place
    wait: str


@dataclass(frozen=True)
class LineWords:
    """One line of people."""

    line: Line
    wait: str
    places: Sequence[PlaceWords]

    @property
    def more(self) -> int:
        """How many wait behind those that are shown."""
        return len(self.line.places) - len(self.places)


def lines_in_words(desk: Desk, seen: Supervised) -> list[LineWords]:
    """The lines with what everybody in them is told."""
    language = "en" if get_language() == "en" else "th"
    of_groups = waits_of_groups(desk, seen.waits)
    return [
        LineWords(
            line,
            in_words(of_groups[line.group.pk], language) if line.group.pk in of_groups else "",
            [PlaceWords(place, _short(place, seen, language)) for place in line.places[:SHOWN]],
        )
        for line in seen.others.lines
    ]


def advice_in_words(advised: Advised | None, desk: Desk, *, seats: int = 1) -> AdviceWords | None:
    """What is advised to a desk where so many officers sit; None where nothing is known yet."""
    if advised is None:
        return None
    if advised.action is Action.END:
        title = _("Nobody waits, and nobody more comes today.")
        reason = _("Counters may close as soon as their visits are finished.") if seats else ""
        return AdviceWords(title, reason, [], "end", None)
    counter = {"counter": str(advised.counter)}
    if advised.action is Action.STAY:
        title = _("The counters that are open are enough, and all are needed.")
        if advised.now["over"] or advised.now["stranded"]:
            title = _("No other counter would help noticeably.")
        return AdviceWords(title, _of_now(advised.now, desk), [], "stay", None)
    opens = advised.action is Action.OPEN
    title = _("Open counter %(counter)s") if opens else _("Counter %(counter)s could close")
    return AdviceWords(
        title % counter,
        _of_now(advised.now, desk),
        _rows(advised.now, advised.then, desk),
        advised.action.value,
        advised.counter.pk if advised.counter else None,
    )


def minutes_in_words(milliseconds: float) -> str:
    """12 min."""
    return _("%(minutes)s min") % {"minutes": f"{milliseconds / 60_000:.0f}"}


def _of_now(now: Mapping[str, Any], desk: Desk) -> str:
    if now["stranded"] >= 0.5:
        people = {"people": f"{now['stranded']:.0f}"}
        return (
            _("About %(people)s visitors wait, or will come within the hour, for what no open counter does.") % people
        )
    if now["visitors"] < 0.5:
        return _("Nobody waits, and hardly anybody is expected within the hour.")
    said = {
        "people": f"{now['visitors']:.0f}",
        "mean": f"{now['mean'] / 60_000:.0f}",
        "slow": f"{now['slow'] / 60_000:.0f}",
    }
    return (
        _(
            "Of about %(people)s visitors who wait or come within the hour, each waits %(mean)s minutes on average, "
            "and four in five less than %(slow)s minutes."
        )
        % said
    )


def _rows(now: Mapping[str, Any], then: Mapping[str, Any], desk: Desk) -> list[tuple[str, str, str]]:
    if not (_somebody_can_be_called(now) or _somebody_can_be_called(then)):
        return []
    limit = {"minutes": desk.alarm_minutes}
    rows = [
        (_("Mean wait"), _wait(now, "mean"), _wait(then, "mean")),
        (_("Four in five wait less than"), _wait(now, "slow"), _wait(then, "slow")),
        (_("Wait longer than %(minutes)s minutes") % limit, _over(now), _over(then)),
    ]
    if now["stranded"] or then["stranded"]:
        label = _("Whom no open counter can serve")
        rows.append((label, f"{now['stranded']:.0f}", f"{then['stranded']:.0f}"))
    return rows


def _wait(outlook: Mapping[str, Any], figure: str) -> str:
    return minutes_in_words(outlook[figure]) if _somebody_can_be_called(outlook) else "–"


def _over(outlook: Mapping[str, Any]) -> str:
    return f"{float(outlook['over']) * 100:.0f} %" if _somebody_can_be_called(outlook) else "–"


def _somebody_can_be_called(outlook: Mapping[str, Any]) -> bool:
    """Whether there is any wait to tell: nobody waits 0 minutes for a counter that nobody opens."""
    return bool(outlook["visitors"] > outlook["stranded"])


def _short(place: Place, seen: Supervised, language: str) -> str:
    wait = wait_at(seen.waits, place.reference, place.service.pk, place.priority)
    if wait is None or wait.high is None:
        return "–"
    return f"{wait.low}–{wait.high}" if wait.low else f"< {wait.high}"
