"""The plan by which slots are made, and the terms on which they are given."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Avg
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import QueueGroup, Service
from saduak.frontdesk.hours import Span, minute_of_day, opening_on
from saduak.frontdesk.models import BookingTerms, Counter, Desk, Slot, SlotPlan
from saduak.frontdesk.models.appointments import WEEKDAYS, address_of_a_feed
from saduak.frontdesk.operations.booking import PLAN_LOCK
from saduak.frontdesk.queries.booking import line_of
from saduak.frontdesk.queries.hours import openings, weekly_hours
from saduak.frontdesk.rules.booking import overlapping, places_by_capacity, slots_of_day
from saduak.journal.steps import record
from saduak.procedure.kit import Reason

ANY_SUNDAY = date(1970, 1, 4)
"""A week without holidays and special days follows it."""

MINUTES = 30
"""Length of the slots that are proposed."""

SENTENCES: dict[str, object] = {
    "overlapping": _("Another line of this group has slots on the same weekday at the same time."),
    "no_slot_fits": _("No whole slot fits between these times."),
    "changed_meanwhile": _("Somebody else changed this in the meantime. Please look at it again."),
}


class PlanRefused(Exception):
    """The plan was not changed; `reasons` say why. Pages answer 422."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.reasons = (Reason(code, SENTENCES[code]),)
        super().__init__(str(SENTENCES[code]))


def terms_for(desk: Desk) -> BookingTerms:
    """The desk's terms; those of a desk that has said nothing yet offer nothing."""
    return BookingTerms.objects.get_or_create(desk=desk)[0]


@transaction.atomic
def change_terms(desk: Desk, *, by: Any, at: datetime | None = None, seen: int, **terms: Any) -> BookingTerms:
    """Change on what terms visitors may book. Raises PlanRefused when somebody was faster."""
    kept = BookingTerms.objects.select_for_update(of=("self",)).get(desk=desk)
    if kept.version != seen:
        raise PlanRefused("changed_meanwhile")
    for name, value in terms.items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save()
    _note(desk, "change_terms", by=by, at=at, **terms)
    return kept


@transaction.atomic
def new_feed(desk: Desk, *, by: Any, at: datetime | None = None) -> BookingTerms:
    """Give the desk's calendar another address; who has the old one no longer sees anything."""
    kept = BookingTerms.objects.select_for_update(of=("self",)).get(desk=desk)
    kept.feed = address_of_a_feed()
    kept.version += 1
    kept.save(update_fields=["feed", "version"])
    _note(desk, "new_feed", by=by, at=at)
    return kept


@transaction.atomic
def add_line(
    desk: Desk,
    group: QueueGroup,
    *,
    weekdays: Collection[int],
    opens: time,
    closes: time,
    minutes: int,
    places: int,
    by: Any,
    at: datetime | None = None,
) -> SlotPlan:
    """Plan slots. Raises PlanRefused when no slot fits, or another line of the group has the same time."""
    hold_alone(desk.pk)
    line = SlotPlan(
        desk=desk,
        group=group,
        weekdays=sorted(weekdays),
        opens=opens,
        closes=closes,
        minutes=minutes,
        places=places,
    )
    others = [line_of(one) for one in SlotPlan.objects.filter(group=group)]
    if overlapping([*others, line_of(line)]):
        raise PlanRefused("overlapping")
    if (closes.hour - opens.hour) * 60 + closes.minute - opens.minute < minutes:
        raise PlanRefused("no_slot_fits")
    line.save(force_insert=True)
    fit_made_slots(desk, group, at=at)
    _note(desk, "plan_slots", by=by, at=at, **_told(line))
    return line


@transaction.atomic
def remove_line(line: SlotPlan, *, by: Any, at: datetime | None = None) -> None:
    """Plan these slots no longer. Who has booked keeps the appointment; nobody else can."""
    hold_alone(line.desk_id)
    told = _told(line)
    line.delete()
    fit_made_slots(line.desk, line.group, at=at)
    _note(line.desk, "unplan_slots", by=by, at=at, **told)


@transaction.atomic
def propose_plan(desk: Desk, *, by: Any, at: datetime | None = None) -> list[SlotPlan]:
    """Plan half of what the counters can do in the desk's hours, for groups of which nothing is planned yet."""
    made = []
    planned = set(SlotPlan.objects.filter(desk=desk).values_list("group", flat=True))
    for group in QueueGroup.objects.filter(centre=desk.centre).exclude(pk__in=planned):
        services = Service.objects.of(desk.centre).offered().filter(group=group)
        counters = Counter.objects.filter(desk=desk, is_active=True, skills__in=services).distinct().count()
        if not counters:
            continue
        expected = services.aggregate(mean=Avg("expected_minutes"))["mean"] or MINUTES
        places = places_by_capacity(counters, MINUTES, expected)
        for span, weekdays in _weekly_spans(desk).items():
            if minute_of_day(span.closes) - minute_of_day(span.opens) >= MINUTES:
                made.append(
                    add_line(
                        desk,
                        group,
                        weekdays=weekdays,
                        opens=span.opens,
                        closes=span.closes,
                        minutes=MINUTES,
                        places=places,
                        by=by,
                        at=at,
                    )
                )
    return made


def fit_made_slots(desk: Desk, group: QueueGroup, *, at: datetime | None = None) -> None:
    """Give the slots that already have bookings the places that the plan has now, but never fewer than are taken."""
    today = timezone.localdate(at)
    lines = [line_of(one) for one in SlotPlan.objects.filter(group=group)]
    made = list(Slot.objects.filter(group=group, day__gte=today).select_for_update().order_by("pk"))
    days = {one.day: one for one in openings(desk, sorted({slot.day for slot in made}))}
    for slot in made:
        planned = {each.opens: each.places for each in slots_of_day(lines, slot.day, days[slot.day].spans)}
        slot.capacity = max(slot.taken, planned.get(timezone.localtime(slot.begins_at).time(), 0))
    Slot.objects.bulk_update(made, ["capacity"])


def hold_alone(centre: int) -> None:
    """Let no booking at this centre go on until this transaction ends."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PLAN_LOCK, centre])


def _weekly_spans(desk: Desk) -> dict[Span, list[int]]:
    """Each span of the week's hours with its weekdays."""
    found: dict[Span, list[int]] = {}
    for weekday in WEEKDAYS:
        for span in opening_on(ANY_SUNDAY + timedelta(days=weekday), weekly_hours(desk), holidays={}, special={}).spans:
            found.setdefault(span, []).append(weekday)
    return found


def _told(line: SlotPlan) -> dict[str, Any]:
    return {
        "group": line.group_id,
        "weekdays": list(line.weekdays),
        "opens": f"{line.opens:%H:%M}",
        "closes": f"{line.closes:%H:%M}",
        "minutes": line.minutes,
        "places": line.places,
    }


def _note(desk: Desk, step: str, *, by: Any, at: datetime | None, **facts: Any) -> None:
    record(terms_for(desk), step=step, by=by, at=at or timezone.now(), facts=facts)
