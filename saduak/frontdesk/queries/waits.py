"""How long people wait at a desk, as the latest estimate says: of a ticket, and of who would take one now (เวลารอ)."""

from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.utils import timezone

from saduak.catalogue.models import Service
from saduak.directory.models import Centre
from saduak.frontdesk.estimation.estimates import Unknown
from saduak.frontdesk.models import Desk, DeskWaits, PriorityClass, Ticket
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.scenes import asked_as, kind_of
from saduak.frontdesk.rules.order import Priority
from saduak.postgres.standing import Standing

TOO_OLD = timedelta(minutes=2)
"""An estimate that is older is not told any more; pages have it made anew long before."""


_ANY = 987_654_321
_WHO_COMES = Standing(lambda desk: DeskWaits.objects.filter(desk=desk).defer("tickets", "advice").order_by(), desk=_ANY)
_ORDINARY = Standing(
    lambda desk: PriorityClass.objects.filter(desk=desk, is_priority=False).order_by("position", "pk"), desk=_ANY
)
_OFFERED = Standing(lambda centre: Service.objects.offered().filter(centre=centre).order_by(), centre=_ANY)


@dataclass(frozen=True, slots=True)
class Told:
    """One estimate as it is kept, in this order: see `models.DeskWaits`. `visit` is the mean time at the counter."""

    ahead: int
    mean: int
    low: int | None
    high: int | None
    fast: int
    slow: int
    at: int
    why: str = ""
    visit: int = 0

    @classmethod
    def of(cls, kept: list[Any]) -> Self:
        """What was kept as a list."""
        return cls(*kept)

    def as_list(self) -> list[Any]:
        """What is kept."""
        return list(astuple(self))


@dataclass(frozen=True, slots=True)
class Wait:
    """About `low`–`high` minutes from `made_at`, both multiples of five, and `ahead` people before; `why` instead of
    minutes where nothing is known. `expected_end` is when the visit would end, on average."""

    ahead: int
    low: int | None
    high: int | None
    why: Unknown | None
    made_at: datetime
    expected_end: datetime | None

    @property
    def is_known(self) -> bool:
        """Whether there are minutes to tell."""
        return self.high is not None


class Waits:
    """The latest estimate of one desk, read once; nothing is known where there is none of the last minutes."""

    def __init__(self, kept: DeskWaits | None, at: datetime) -> None:
        is_good = kept is not None and kept.day == timezone.localdate(at) and at - kept.made_at < TOO_OLD
        self.kept = kept if is_good else None

    def of(self, ticket: Ticket) -> Wait | None:
        """The wait of a waiting ticket; of one that was taken since, what was told to who would take it."""
        if self.kept is None or ticket.stage != TicketStage.WAITING:
            return None
        if found := self.kept.tickets.get(ticket.reference):
            return self._wait(Told.of(found))
        return self.if_now(ticket.service_id, kind_of(ticket.priority))

    def of_reference(self, reference: str) -> Wait | None:
        """The wait of a ticket that is known by its reference alone; None where it was not there yet."""
        found = self.kept.tickets.get(reference) if self.kept else None
        return self._wait(Told.of(found)) if found else None

    def if_now(self, service: int, priority: Priority) -> Wait | None:
        """The wait of who would take a ticket for the service now, in a class of that kind."""
        found = self.kept.asking.get(asked_as(service, priority)) if self.kept else None
        return self._wait(Told.of(found)) if found else None

    def _wait(self, told: Told) -> Wait:
        assert self.kept is not None  # noqa: S101  Asked for by the two above.
        made_at = self.kept.made_at
        end = made_at + timedelta(milliseconds=told.mean + told.visit) if told.high is not None else None
        return Wait(told.ahead, told.low, told.high, Unknown(told.why) if told.why else None, made_at, end)


def waits_now(centre: Centre | int, at: datetime | None = None) -> Waits:
    """All waits at a centre's desk, in one question to the database."""
    pk = centre if isinstance(centre, int) else centre.pk
    return Waits(DeskWaits.objects.filter(pk=pk).first(), at or timezone.now())


def waits_of_who_comes(desk: Desk, at: datetime) -> Waits:
    """The waits of those only who would take a ticket now: less to read where nobody else is asked about.

    Nothing is read where the desk came with them.
    """
    if Desk.waits.is_cached(desk):
        return Waits(getattr(desk, "waits", None), at)
    return Waits(_WHO_COMES.first(desk=desk.pk), at)


def wait_of(ticket: Ticket, at: datetime | None = None) -> Wait | None:
    """The wait of one waiting ticket; None when it does not wait or nobody has estimated lately."""
    return waits_now(ticket.centre_id, at).of(ticket)


def wait_if_now(centre: Centre | int, service: Service, at: datetime | None = None) -> Wait | None:
    """The wait of an ordinary visitor who would take a ticket for the service now; None when nobody has estimated."""
    waits = waits_now(centre, at)
    ordinary = ordinary_of(waits.kept.pk) if waits.kept else None
    return waits.if_now(service.pk, ordinary) if ordinary else None


def ordinary_of(desk: int) -> Priority | None:
    """The class that most visitors of a desk are of."""
    found = next(iter(_ORDINARY.all(desk=desk)), None)
    return kind_of(found) if found else None


def waits_of_groups(desk: Desk, waits: Waits) -> dict[int, Wait]:
    """Queue group → the longest wait that an ordinary visitor would be told there who took a ticket now."""
    ordinary = ordinary_of(desk.pk)
    if ordinary is None or waits.kept is None:
        return {}
    found: dict[int, Wait] = {}
    for service in _OFFERED.all(centre=desk.pk):
        wait, group = waits.if_now(service.pk, ordinary), service.group_id
        if wait and wait.high is not None and wait.high > (found[group].high or 0 if group in found else 0):
            found[group] = wait
    return found
