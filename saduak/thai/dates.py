"""Buddhist-era dates (วันที่แบบพุทธศักราช): how they are written, and how a typed one is understood.

The era is said or it is Buddhist. A year without an era is a Buddhist one, in Thai and in English; a Gregorian year is
understood where the text says so: in the ISO form 2026-01-15, or with ค.ศ., CE or AD. Anything else is refused with a
code, never guessed: two-digit years, a Gregorian year where a Buddhist one belongs, and a Buddhist year in ISO form,
which Python would take for a day five centuries ahead.
"""

import re
from datetime import date, datetime, time, timedelta, timezone

from saduak.thai.numerals import from_thai_digits

ERA_OFFSET = 543
"""Buddhist year less Gregorian year, for every day since 1 January 2484."""

FIRST_YEAR_BE = 2484
"""The first Buddhist year that began in January. Before it a year ran from April, so that a day from January to March
written in the old way belongs to another Gregorian year. (Calendar Year Act 2483; unchecked against the text.)"""

LAST_YEAR_BE = 2643
"""Gregorian 2100: later years in a form are typing mistakes."""

BANGKOK = timezone(timedelta(hours=7), "ICT")
"""Thai time (เวลาประเทศไทย): seven hours ahead of UTC all year."""

MONTHS_TH = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT_MONTHS_TH = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS_TH = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DateRefused(ValueError):
    """The text is not taken for a date; `code` says why, for the form that words it."""

    code = "not_a_date"


class NotADate(DateRefused):
    """Nothing in the text looks like day, month and year in an order that is known here."""


class NoSuchDay(DateRefused):
    """The month has no such day, or the year no such month."""

    code = "no_such_day"


class TwoDigitYear(DateRefused):
    """69 may be 2569, 2469 or 1969."""

    code = "two_digit_year"


class GregorianYear(DateRefused):
    """A Gregorian year stands where a Buddhist one belongs, and no era is said."""

    code = "gregorian_year"


class BuddhistYearInIso(DateRefused):
    """The ISO form is for Gregorian years; 2569-01-15 would be a day in the year 3112 of the Buddhist era."""

    code = "buddhist_year_in_iso"


class YearOutOfRange(DateRefused):
    """The year is a year, but not one that belongs here."""

    code = "year_out_of_range"


class WrongWeekday(DateRefused):
    """The weekday that is written is not the weekday of that day."""

    code = "wrong_weekday"


class NotATime(DateRefused):
    """The text is no time of day."""

    code = "not_a_time"


def day_of(moment: date) -> date:
    """The day in Thailand: of a moment with a time zone the Thai day, of all else the day it names."""
    if isinstance(moment, datetime):
        return (moment.astimezone(BANGKOK) if moment.tzinfo else moment).date()
    return moment


def be_year(day: date) -> int:
    """The Buddhist year: 2569 for a day in 2026."""
    return day_of(day).year + ERA_OFFSET


def short(day: date, lang: str = "th") -> str:
    """As lists show a day: `15 ม.ค. 2569`, in English `15 Jan 2569 BE`."""
    day = day_of(day)
    if lang == "th":
        return f"{day.day} {SHORT_MONTHS_TH[day.month - 1]} {be_year(day)}"
    return f"{day.day} {MONTHS_EN[day.month - 1][:3]} {be_year(day)} BE"


def full(day: date, lang: str = "th") -> str:
    """As letters show a day: `15 มกราคม พ.ศ. 2569`, in English `15 January 2569 BE`."""
    day = day_of(day)
    if lang == "th":
        return f"{day.day} {MONTHS_TH[day.month - 1]} พ.ศ. {be_year(day)}"
    return f"{day.day} {MONTHS_EN[day.month - 1]} {be_year(day)} BE"


def with_weekday(day: date, lang: str = "th") -> str:
    """As invitations show a day: `วันพฤหัสบดีที่ 15 มกราคม พ.ศ. 2569`, in English `Thursday 15 January 2569 BE`."""
    day = day_of(day)
    if lang == "th":
        return f"วัน{WEEKDAYS_TH[day.weekday()]}ที่ {full(day)}"
    return f"{WEEKDAYS_EN[day.weekday()]} {full(day, lang)}"


def month_and_year(day: date, lang: str = "th") -> str:
    """As reports show a month: `มกราคม 2569`, in English `January 2569 BE`."""
    day = day_of(day)
    if lang == "th":
        return f"{MONTHS_TH[day.month - 1]} {be_year(day)}"
    return f"{MONTHS_EN[day.month - 1]} {be_year(day)} BE"


def clock(moment: datetime | time, lang: str = "th") -> str:
    """A time of day in Thailand: `09.30 น.`, in English `09:30`."""
    if isinstance(moment, datetime) and moment.tzinfo:
        moment = moment.astimezone(BANGKOK)
    return f"{moment:%H.%M} น." if lang == "th" else f"{moment:%H:%M}"


def moment(at: datetime, lang: str = "th") -> str:
    """A moment in Thailand: `15 ม.ค. 2569 09.30 น.`, in English `15 Jan 2569 BE, 09:30`."""
    return f"{short(at, lang)}{' ' if lang == 'th' else ', '}{clock(at, lang)}"


def period(first: date, last: date, lang: str = "th") -> str:
    """From the first day to the last, both meant, without repeating what they share: `15–17 ม.ค. 2569`."""
    first, last = day_of(first), day_of(last)
    if first == last:
        return short(last, lang)
    if first.year != last.year:
        return f"{short(first, lang)} – {short(last, lang)}"
    if first.month != last.month:
        month = SHORT_MONTHS_TH[first.month - 1] if lang == "th" else MONTHS_EN[first.month - 1][:3]
        return f"{first.day} {month} – {short(last, lang)}"
    return f"{first.day}–{short(last, lang)}"


def fiscal_year_be(day: date) -> int:
    """The fiscal year (ปีงบประมาณ) in Buddhist years: it begins on 1 October and is named after the year it ends in.

    Source: Budget Procedures Act; unchecked against the text.
    """
    return be_year(day) + (day_of(day).month >= 10)


def fiscal_year_bounds(year_be: int) -> tuple[date, date]:
    """The first and the last day of a fiscal year: of 2569, 1 October 2568 and 30 September 2569."""
    year = year_be - ERA_OFFSET
    return date(year - 1, 10, 1), date(year, 9, 30)


def _alternatives(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_MONTHS = {
    spelling.lower(): number
    for names in (
        MONTHS_TH,
        SHORT_MONTHS_TH,
        tuple(name.replace(".", "") for name in SHORT_MONTHS_TH),
        tuple(name.rstrip(".") for name in SHORT_MONTHS_TH),
        # People leave out the ending that tells the length of the month: มกรา, เมษา, กุมภา.
        tuple(re.sub(r"(คม|ยน|พันธ์)$", "", name) for name in MONTHS_TH),
        MONTHS_EN,
        tuple(name[:3] for name in MONTHS_EN),
        tuple(f"{name[:3]}." for name in MONTHS_EN),
    )
    for number, spelling in enumerate(names, start=1)
} | {"sept": 9, "sept.": 9}
_WEEKDAYS = {
    spelling.lower(): number
    for names in (WEEKDAYS_TH, WEEKDAYS_EN, tuple(name[:3] for name in WEEKDAYS_EN))
    for number, spelling in enumerate(names)
} | {"พฤหัส": 3}
_BUDDHIST = r"พ\.?\s?ศ\.?|b\.?e\.?"
_GREGORIAN = r"ค\.?\s?ศ\.?|c\.?e\.?|a\.?d\.?"
_YEAR = (
    rf"(?:(?P<buddhist>{_BUDDHIST})|(?P<gregorian>{_GREGORIAN}))?\s*(?P<year>\d+)"
    rf"\s*(?:(?P<buddhist_after>{_BUDDHIST})|(?P<gregorian_after>{_GREGORIAN}))?"
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
_NUMERIC = re.compile(rf"(?P<day>\d{{1,2}})\s*(?P<mark>[/.\-])\s*(?P<month>\d{{1,2}})\s*(?P=mark)\s*{_YEAR}", re.ASCII)
_WORDED = re.compile(
    rf"(?:(?:วัน)?(?P<weekday>{_alternatives(_WEEKDAYS)}),?\s*)?(?:วัน)?(?:ที่)?\s*"
    rf"(?P<day>\d{{1,2}})\s*[-/]?\s*(?:เดือน\s*)?(?P<month>{_alternatives(_MONTHS)})\s*[-/,]?\s*{_YEAR}",
    re.ASCII,
)
_CLOCK = re.compile(r"(?:เวลา\s*)?(?P<hour>\d{1,2})\s*[.:]\s*(?P<minute>\d{2})\s*(?:น\.?|นาฬิกา)?", re.ASCII)
_MOMENT = re.compile(rf"(?P<day_text>.*?\S)(?:\s*,\s*|\s+|T)(?P<clock_text>{_CLOCK.pattern})", re.ASCII)


def parse(text: str, *, first_year_be: int = FIRST_YEAR_BE, last_year_be: int = LAST_YEAR_BE) -> date:
    """The day that a person has typed, in any notation that leaves no doubt.

    15/1/2569, 15-1-2569, 15.1.2569, 15 ม.ค. 2569, 15 มกราคม พ.ศ. 2569, วันพฤหัสบดีที่ 15 มกราคม 2569, Thai digits,
    15 Jan 2569 BE; Gregorian where it is said: 2026-01-15, 15 ม.ค. ค.ศ. 2026, 15 Jan 2026 CE. The day comes before
    the month. Years outside first_year_be..last_year_be are refused. Raises a DateRefused, whose `code` tells why.
    """
    cleaned = _cleaned(text)
    if iso := _ISO.fullmatch(cleaned):
        year = int(iso["year"])
        if FIRST_YEAR_BE <= year <= LAST_YEAR_BE:
            raise BuddhistYearInIso(text)
        return _day(text, year, int(iso["month"]), int(iso["day"]), first_year_be, last_year_be)
    if numeric := _NUMERIC.fullmatch(cleaned):
        year = _gregorian_year(text, numeric)
        return _day(text, year, int(numeric["month"]), int(numeric["day"]), first_year_be, last_year_be)
    if worded := _WORDED.fullmatch(cleaned):
        year = _gregorian_year(text, worded)
        day = _day(text, year, _MONTHS[worded["month"]], int(worded["day"]), first_year_be, last_year_be)
        if worded["weekday"] and _WEEKDAYS[worded["weekday"]] != day.weekday():
            raise WrongWeekday(text)
        return day
    raise NotADate(text)


def parse_clock(text: str) -> time:
    """The time of day that a person has typed: 09.30, 9:30, 09.30 น., Thai digits. Raises NotATime."""
    typed = _CLOCK.fullmatch(_cleaned(text))
    if not typed or int(typed["hour"]) > 23 or int(typed["minute"]) > 59:
        raise NotATime(text)
    return time(int(typed["hour"]), int(typed["minute"]))


def parse_moment(text: str, *, first_year_be: int = FIRST_YEAR_BE, last_year_be: int = LAST_YEAR_BE) -> datetime:
    """The moment that a person has typed, a day and a time of day, in Thai time. Raises a DateRefused."""
    typed = _MOMENT.fullmatch(_cleaned(text, keep_case=True))
    if not typed:
        raise NotATime(text)
    day = parse(typed["day_text"], first_year_be=first_year_be, last_year_be=last_year_be)
    return datetime.combine(day, parse_clock(typed["clock_text"]), BANGKOK)


def _cleaned(text: str, *, keep_case: bool = False) -> str:
    seen = re.sub("[\u200b-\u200d\u2060\ufeff]", "", from_thai_digits(text)).replace("\u2013", "-")
    seen = " ".join(seen.split())
    return seen if keep_case else seen.lower()


def _gregorian_year(text: str, typed: re.Match[str]) -> int:
    year = int(typed["year"])
    said_gregorian = bool(typed["gregorian"] or typed["gregorian_after"])
    said_buddhist = bool(typed["buddhist"] or typed["buddhist_after"])
    if len(typed["year"]) < 4:
        raise TwoDigitYear(text)
    if said_gregorian and said_buddhist:
        raise NotADate(text)
    if said_gregorian:
        return year
    if FIRST_YEAR_BE <= year + ERA_OFFSET <= LAST_YEAR_BE:
        raise GregorianYear(text)
    return year - ERA_OFFSET


def _day(text: str, year: int, month: int, day: int, first_year_be: int, last_year_be: int) -> date:
    if not first_year_be <= year + ERA_OFFSET <= last_year_be:
        raise YearOutOfRange(text)
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay(text) from None
