"""What can be booked, as links from a service to a day to a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import get_language

from saduak.catalogue.models import Service
from saduak.frontdesk.queries.booking import Diary, Offer, OpenDay
from saduak.thai import dates

DAYS_SHOWN = 8
"""Open days that are shown at once; the rest follows behind a link."""


@dataclass(frozen=True)
class ServiceChoice:
    """A service as a link."""

    service: Service
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class DayChoice:
    """An open day as a link."""

    day: date
    weekday: str
    left: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class SlotChoice:
    """A slot with a place left as a link."""

    begins_at: datetime
    ends_at: datetime
    left: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """How far somebody has come with choosing: the first free slot at once, then days, times, and what was chosen."""

    services: list[ServiceChoice]
    service: Service | None
    first: SlotChoice | None
    days: list[DayChoice]
    more_days: str
    day: date | None
    slots: list[SlotChoice]
    chosen: Offer | None
    chosen_in_words: str
    back: str
    is_gone: bool


def choice(
    services: Sequence[Service],
    service: Service | None,
    diary: Diary | None,
    *,
    day: date | None,
    begins_at: datetime | None,
    all_days: bool = False,
    keeps: dict[str, str] | None = None,
) -> Choice:
    """What is shown to somebody who chose this service, day and time so far; `keeps` stays in every link."""
    keeps = keeps or {}
    open_days = diary.open_days() if diary else []
    if begins_at is not None:
        day = timezone.localdate(begins_at)
    days_with_places = {one.day for one in open_days}
    if day not in days_with_places:
        day = open_days[0].day if open_days else None
    offers = diary.offers(day) if diary and day else []
    chosen = next((offer for offer in offers if offer.begins_at == begins_at), None)
    base = {**keeps, **({"service": str(service.pk)} if service and len(services) > 1 else {})}
    shown = open_days if all_days else _enough(open_days, day)
    return Choice(
        services=[
            ServiceChoice(one, "?" + urlencode({**keeps, "service": one.pk}) + "#when", one == service)
            for one in services
        ],
        service=service,
        first=_slot(open_days[0].first, base, chosen) if open_days else None,
        days=[_day(one, base, day) for one in shown],
        more_days="?" + urlencode({**base, "days": "all"}) + "#days" if len(shown) < len(open_days) else "",
        day=day,
        slots=[_slot(offer, base, chosen) for offer in offers],
        chosen=chosen,
        chosen_in_words=in_words(chosen.begins_at) if chosen else "",
        back="?" + urlencode({**base, "day": day.isoformat()} if day else base) + "#times",
        is_gone=begins_at is not None and chosen is None,
    )


def read_slot(text: str) -> datetime | None:
    """The moment in an address, 2026-11-23T10:00 on Thai clocks; None for anything else."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return timezone.make_aware(read) if timezone.is_naive(read) else None


def read_day(text: str) -> date | None:
    """The day in an address, 2026-11-23; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def weekday_of(day: date) -> str:
    """Its name in the reader's language."""
    names = dates.WEEKDAYS_TH if (get_language() or "th") == "th" else dates.WEEKDAYS_EN
    return names[day.weekday()]


def with_weekday(day: date) -> str:
    """วันจันทร์ที่ 23 พฤศจิกายน พ.ศ. 2569, or as English writes it."""
    return dates.with_weekday(day, get_language() or "th")


def in_words(moment: datetime) -> str:
    """วันจันทร์ที่ 23 พฤศจิกายน พ.ศ. 2569 10.00 น., or as English writes it."""
    language = get_language() or "th"
    local = timezone.localtime(moment)
    return f"{dates.with_weekday(local.date(), language)} {dates.clock(local, language)}"


def _enough(open_days: list[OpenDay], day: date | None) -> list[OpenDay]:
    """The nearest days, and the chosen one with them."""
    shown = open_days[:DAYS_SHOWN]
    return [*shown, *(one for one in open_days[DAYS_SHOWN:] if one.day == day)]


def _day(one: OpenDay, base: dict[str, str], chosen: date | None) -> DayChoice:
    url = "?" + urlencode({**base, "day": one.day.isoformat()}) + "#times"
    return DayChoice(one.day, weekday_of(one.day), one.left, url, one.day == chosen)


def _slot(offer: Offer, base: dict[str, str], chosen: Offer | None) -> SlotChoice:
    local = timezone.localtime(offer.begins_at)
    url = "?" + urlencode({**base, "slot": f"{local:%Y-%m-%dT%H:%M}"}) + "#person"
    is_chosen = chosen is not None and chosen.begins_at == offer.begins_at
    return SlotChoice(local, timezone.localtime(offer.ends_at), offer.left, url, is_chosen)


def neighbours(day: date) -> tuple[date, date]:
    """The days before and after."""
    return day - timedelta(days=1), day + timedelta(days=1)
