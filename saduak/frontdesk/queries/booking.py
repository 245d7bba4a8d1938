"""What can be booked at a desk, and what has been."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from saduak.catalogue.models import QueueGroup, Service
from saduak.directory.models import Centre
from saduak.frontdesk.hours import Opening, days_from
from saduak.frontdesk.models import Appointment, BookingTerms, Desk, Slot, SlotPlan
from saduak.frontdesk.procedure_of_appointments import AppointmentStage
from saduak.frontdesk.queries.hours import openings
from saduak.frontdesk.rules import booking as rules
from saduak.frontdesk.rules.booking import PlanLine, PlannedSlot


@dataclass(frozen=True)
class Offer:
    """A slot as somebody may book it: `left` of `places`."""

    begins_at: datetime
    ends_at: datetime
    places: int
    left: int


@dataclass(frozen=True)
class OpenDay:
    """A day on which places are left: how many, and the first slot that has one."""

    day: date
    left: int
    first: Offer


@dataclass(frozen=True)
class Diary:
    """The slots of one group as they stand, over the days that can be booked."""

    lines: tuple[PlanLine, ...]
    made: dict[datetime, Slot]
    openings: dict[date, Opening]
    window: rules.Window
    today: date

    def planned(self, day: date) -> list[PlannedSlot]:
        """What the plan has on a day, booked or not."""
        opening = self.openings.get(day)
        return rules.slots_of_day(self.lines, day, opening.spans) if opening else []

    def offers(self, day: date) -> list[Offer]:
        """The slots of a day that have a place left and can still be booked."""
        return [offer for offer in self.all_of(day) if offer.left and self.window.holds(offer.begins_at, day)]

    def all_of(self, day: date) -> Iterator[Offer]:
        """Every slot of a day, full and past ones too."""
        for planned in self.planned(day):
            begins_at = moment_of(day, planned)
            made = self.made.get(begins_at)
            places = made.capacity if made else planned.places
            ends_at = begins_at + (_length(planned))
            yield Offer(begins_at, ends_at, places, places - (made.taken if made else 0))

    def offer_at(self, begins_at: datetime) -> Offer | None:
        """The slot that begins then, full or not, if it can be booked."""
        day = timezone.localdate(begins_at)
        if not self.window.holds(begins_at, day):
            return None
        return next((offer for offer in self.all_of(day) if offer.begins_at == begins_at), None)

    def open_days(self) -> list[OpenDay]:
        """The days on which places are left, the nearest first."""
        found = []
        day = self.today
        while day <= self.window.last_day:
            if offers := self.offers(day):
                found.append(OpenDay(day, sum(offer.left for offer in offers), offers[0]))
            day += timedelta(days=1)
        return found


def diary_of(group: QueueGroup | int, terms: BookingTerms, *, at: datetime, is_staff: bool = False) -> Diary:
    """The slots of a group from now on; officers may give a slot until it begins."""
    desk = terms.desk
    today = timezone.localdate(at)
    window = rules.window(
        at, today, notice_minutes=0 if is_staff else terms.notice_minutes, days_ahead=terms.days_ahead
    )
    made = Slot.objects.filter(group=group, day__gte=today, day__lte=window.last_day)
    return Diary(
        lines=tuple(line_of(plan) for plan in SlotPlan.objects.filter(group=group)),
        made={slot.begins_at: slot for slot in made},
        openings={one.day: one for one in openings(desk, days_from(today, terms.days_ahead + 1))},
        window=window,
        today=today,
    )


def terms_of(code: str) -> BookingTerms | None:
    """On what terms the open desk of the centre of that code lets visitors book; None when it does not."""
    found = BookingTerms.objects.filter(desk__centre__code=code, desk__is_open=True, is_offered=True)
    return found.select_related("desk__centre__province").first()


def gives_appointments(desk: Desk) -> bool:
    """Whether people may come to the desk with an appointment."""
    return SlotPlan.objects.filter(desk=desk).exists()


def by_code(centre: Centre, day: date, code: str) -> Appointment | None:
    """The appointment of a day that has this code; None for a wrong one."""
    return Appointment.objects.on(centre, day).for_page().filter(code=code).first()


def bookable_services(desk: Desk) -> list[Service]:
    """The services that visitors can book: offered, and with slots planned for their group."""
    planned = SlotPlan.objects.filter(desk=desk).values("group")
    return list(Service.objects.of(desk.centre).offered().filter(group__in=planned))


def day_list(desk: Desk, day: date) -> list[Appointment]:
    """All appointments of a day in order, with their tickets."""
    return list(Appointment.objects.on(desk.centre, day).for_page().order_by("slot__begins_at", "service", "pk"))


def days_with_appointments(desk: Desk, since: date, *, days: int) -> dict[date, int]:
    """How many are awaited on each of the next days."""
    span = Q(day__gte=since, day__lt=since + timedelta(days=days), stage=AppointmentStage.BOOKED)
    counted = Appointment.objects.filter(span, centre=desk.centre).values_list("day").annotate(number=Count("pk"))
    return dict(counted.order_by("day"))


def slots_with_people(desk: Desk, *, since: date) -> list[Slot]:
    """The slots from that day on for which somebody has booked."""
    return list(Slot.objects.filter(centre=desk.centre, day__gte=since, taken__gt=0).select_related("group"))


def line_of(plan: SlotPlan) -> PlanLine:
    """A line of the plan as the rules read it."""
    return PlanLine(frozenset(plan.weekdays), plan.opens, plan.closes, plan.minutes, plan.places)


def moment_of(day: date, slot: PlannedSlot) -> datetime:
    """When a planned slot begins."""
    return timezone.make_aware(datetime.combine(day, slot.opens))


def _length(slot: PlannedSlot) -> timedelta:
    return timedelta(hours=slot.closes.hour - slot.opens.hour, minutes=slot.closes.minute - slot.opens.minute)
