"""A ticket as it will look, before there is one."""

from dataclasses import dataclass

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Desk


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
    number = f"{service.prefix if service else 'A'}012"
    return Sample(language, centre, number, service.name_in(language) if service else "", desk.text("ticket", language))
