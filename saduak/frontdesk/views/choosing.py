"""How somebody chooses a slot: by links, so that it works on any telephone."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from saduak.catalogue.models import Service
from saduak.frontdesk.models import BookingTerms
from saduak.frontdesk.presenters.booking import Choice, choice, read_day, read_slot
from saduak.frontdesk.queries.booking import bookable_services, diary_of


def choice_for(
    request: HttpRequest,
    terms: BookingTerms,
    *,
    at: datetime,
    service: Service | None = None,
    is_staff: bool = False,
    keeps: dict[str, str] | None = None,
) -> Choice:
    """How far the address says that somebody has come: `?service=3&slot=2026-11-23T10:00`.

    A service that is given is not asked for; where there is only one, it is chosen.
    """
    said: Any = {**request.GET.dict(), **request.POST.dict()}
    services = [service] if service else bookable_services(terms.desk)
    chosen = service or next((one for one in services if str(one.pk) == said.get("service")), None)
    if chosen is None and len(services) == 1:
        chosen = services[0]
    return choice(
        services,
        chosen,
        diary_of(chosen.group_id, terms, at=at, is_staff=is_staff) if chosen else None,
        day=read_day(said.get("day", "")),
        begins_at=read_slot(said.get("slot", "")),
        all_days=said.get("days") == "all",
        keeps=keeps,
    )
