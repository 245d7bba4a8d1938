"""How a board is worded: in Thai and English at once, and its state as a device gets it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override, pgettext_lazy

from saduak.frontdesk import voice
from saduak.frontdesk.models import Board, Desk, PriorityClass
from saduak.frontdesk.queries.boards import BoardState
from saduak.frontdesk.queries.waits import Wait
from saduak.thai import dates

LONG = 7
"""Letters from which a counter's name stands in smaller type, on several lines."""

WORDS = {
    "now": _("Now at the counters"),
    "number": pgettext_lazy("board", "Number"),
    "counter": pgettext_lazy("board", "Counter"),
    "recent": _("Called before"),
    "next": pgettext_lazy("board", "Next"),
    "waiting": pgettext_lazy("board", "Waiting"),
    "nobody_called": _("Nobody is being called now."),
    "nobody_waits": _("Nobody waits"),
    "wait": pgettext_lazy("board", "about {low}–{high} min"),
    "rule": _("Who is called first"),
    "rule_page": _("The whole rule"),
    "take": _("Take a ticket by phone"),
    "sound": _("Touch to let the board speak"),
    "connected": pgettext_lazy("board", "Connected"),
    "cut": _("No connection"),
    "as_of": _("As of {time}"),
    "stale": _("This board has heard nothing since {time}. Listen for the call, or ask an officer."),
    "closed": _("No tickets are given out now."),
}
"""Everything that a board says of its own; a date in `{time}`."""


def both(words: object) -> dict[str, str]:
    """A sentence of the catalogue in Thai and in English."""
    said = {}
    for language in ("th", "en"):
        with override(language):
            said[language] = str(words)
    return said


def words() -> dict[str, dict[str, str]]:
    """`WORDS` in both languages."""
    return {name: both(sentence) for name, sentence in WORDS.items()}


def words_of(at: datetime) -> dict[str, dict[str, str]]:
    """Those of `WORDS` that name a moment, with that moment."""
    named = {name: said for name, said in words().items() if "{time}" in said["th"]}
    return {
        name: {language: sentence.format(time=dates.clock(at, language)) for language, sentence in said.items()}
        for name, said in named.items()
    }


def messages_of(desk: Desk) -> dict[str, dict[str, str]]:
    """What the office says itself while nobody is called, open and closed; empty where it says nothing."""
    closed = {language: desk.text("closed", language) or said for language, said in both(WORDS["closed"]).items()}
    return {"open": {language: desk.text("board", language) for language in closed}, "closed": closed}


def state_as_facts(
    board: Board, state: BoardState, waits: Mapping[int, Wait], *, version: str, at: datetime, shell: str
) -> dict[str, Any]:
    """The state as a board in a browser gets it; moments in milliseconds. `shell` says which page it belongs to.

    `waits` are those of who takes a ticket now, by queue group.
    """
    return {
        "version": version,
        "shell": shell,
        "now": at.isoformat(),
        "seconds": board.desk.board_seconds,
        "is_open": board.desk.is_open,
        "calls": [
            {
                "id": call.id,
                "number": call.number,
                "counter": call.counter,
                "at": round(call.called_at.timestamp() * 1000),
                "stage": call.stage,
                "language": call.language,
            }
            for call in state.calls
        ],
        "lines": [
            {
                "th": line.group.name_in("th"),
                "en": line.group.name_en,
                "waiting": line.waiting,
                "next": line.next,
                "wait": _minutes(waits.get(line.group.pk)),
            }
            for line in state.lines
        ],
    }


def _minutes(wait: Wait | None) -> dict[str, int] | None:
    return {"low": wait.low or 0, "high": wait.high} if wait and wait.high is not None else None


def for_paper(facts: Mapping[str, Any], *, places: int, opening: str, ending: str) -> dict[str, Any]:
    """What the page says before, and without, any script: the large calls, those before, the last one as a sentence."""
    latest = {call["number"]: _on_paper(call) for call in facts["calls"]}
    here = [call for call in latest.values() if call["stage"] != "over"][-places:]
    before = [call for call in reversed(latest.values()) if call not in here]
    caption = None
    if facts["calls"]:
        last = facts["calls"][-1]
        caption = {
            "th": voice.in_thai(last["number"], last["counter"], opening=opening, ending=ending).caption,
            "en": voice.in_english(last["number"], last["counter"]).caption,
        }
    return {"here": here, "empty": range(places - len(here)), "before": before, "caption": caption}


def _on_paper(call: Mapping[str, Any]) -> dict[str, Any]:
    counter = voice.on_the_board(call["counter"])
    return {**call, "counter": counter, "is_long": len(counter) >= LONG}


def rule_in_short(classes: Sequence[PriorityClass]) -> dict[str, Sequence[str]]:
    """The calling rule in two sentences, Thai and English; the second only where somebody goes sooner."""
    return {language: _rule_in(language, classes) for language in ("th", "en")}


def _rule_in(language: str, classes: Sequence[PriorityClass]) -> list[str]:
    with override(language):
        said = [str(_("Who has waited longest is called first."))]
        alike: dict[Decimal, list[str]] = {}
        for one in classes:
            if one.is_priority and one.b > 1:
                alike.setdefault(one.b, []).append(one.name_in(language))
        for b, names in alike.items():
            count = f"{b.normalize():f}"
            said.append(
                ngettext(
                    "One minute of waiting counts as %(count)s for: %(names)s.",
                    "One minute of waiting counts as %(count)s for: %(names)s.",
                    len(names),
                )
                % {"count": count, "names": ", ".join(names)}
            )
    return said


def address_of(name: str, **arguments: str) -> str:
    """The whole address of a page, for a QR code."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse(name, kwargs=arguments)}"


def qr(address: str) -> SafeString:
    """The address as a drawing that a telephone reads from some metres away."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=2, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308  (drawn by us from an address of ours)


def digest(*facts: object) -> str:
    """A short name for a set of facts, which changes with them."""
    return sha256(json.dumps(facts, ensure_ascii=False, default=str).encode()).hexdigest()[:16]
