"""A ticket as it will look, before there is one."""

from collections.abc import Iterable
from dataclasses import dataclass

from saduak.catalogue.models import QueueGroup, Service
from saduak.frontdesk.models import Desk
from saduak.frontdesk.models.tickets import shown


@dataclass(frozen=True)
class Sample:
    """What a ticket says in one language."""

    language: str
    centre: str
    number: str
    service: str
    said: str


def sample_of(desk: Desk, language: str, service: Service | None = None) -> Sample:
    """A ticket of the desk's first service in that language; number 12 of the day."""
    service = service or Service.objects.offered().of(desk.centre).first()
    centre = desk.centre.name_th if language == "th" else desk.centre.name_en or desk.centre.name_th
    number = shown(service.prefix if service else "A", 12, desk.number_digits)
    return Sample(language, centre, number, service.name_in(language) if service else "", desk.text("ticket", language))


@dataclass(frozen=True)
class Letter:
    """A letter as it stands on tickets: a number, the services that have it, and whether several lines share it."""

    number: str
    services: tuple[str, ...]
    is_shared: bool


def letters_of(desk: Desk, groups: Iterable[QueueGroup]) -> list[Letter]:
    """The letters of the services that are offered, in the order of the alphabet; `groups` have theirs fetched."""
    digits = desk.number_digits
    found: dict[str, list[Service]] = {}
    for group in groups:
        for service in group.services.all():
            if service.is_offered:
                found.setdefault(service.prefix, []).append(service)
    return [
        Letter(shown(prefix, 12, digits), tuple(one.name for one in those), len({one.group_id for one in those}) > 1)
        for prefix, those in sorted(found.items())
    ]
