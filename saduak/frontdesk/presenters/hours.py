"""Opening hours and closed days in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.directory.rules import hours_in_words
from saduak.frontdesk.hours import Opening, Span, Why
from saduak.frontdesk.models import Desk
from saduak.frontdesk.queries.hours import weekly_hours
from saduak.thai.dates import WEEKDAYS_EN, WEEKDAYS_TH


@dataclass(frozen=True)
class DayInWords:
    """One day: its weekday, the hours in words, and why they are not those of every week."""

    day: date
    weekday: str
    hours: str
    why: str
    is_closed: bool
    is_unusual: bool


def day_in_words(opening: Opening) -> DayInWords:
    """How a day of the desk is told."""
    weekdays = WEEKDAYS_EN if get_language() == "en" else WEEKDAYS_TH
    hours = spans_in_words(opening.spans) or _("Closed all day")
    return DayInWords(
        day=opening.day,
        weekday=weekdays[opening.day.weekday()],
        hours=hours,
        why=_why(opening),
        is_closed=opening.is_closed,
        is_unusual=opening.why != Why.WEEKLY,
    )


def days_in_words(openings: Iterable[Opening]) -> list[DayInWords]:
    """Several days in a row."""
    return [day_in_words(opening) for opening in openings]


def spans_in_words(spans: Iterable[Span]) -> str:
    """08.30–12.00, 13.00–16.30 น.; empty without any."""
    words = ", ".join(f"{_clock(span.opens)}–{_clock(span.closes)}" for span in spans)
    return f"{words} น." if words and get_language() != "en" else words


def week_in_words(desk: Desk) -> list[str]:
    """The hours of every week, a line for each part."""
    return hours_in_words(weekly_hours(desk), "en" if get_language() == "en" else "th").split("; ")


def _why(opening: Opening) -> str:
    names = ", ".join(opening.names)
    match opening.why:
        case Why.HOLIDAY:
            return _("Holiday: %(names)s") % {"names": names}
        case Why.SPECIAL:
            return _("Special day: %(names)s") % {"names": names}
        case Why.WEEKLY:
            return _("No service on this weekday") if opening.is_closed else ""


def _clock(at: time) -> str:
    return "24.00" if at == time.max else f"{at:%H.%M}"
