"""Who opens what of appointments."""

from datetime import timedelta

from django.utils import timezone

from saduak.frontdesk.models import Desk
from saduak.frontdesk.tests.bookings import BookingDesk
from tests.support.addresses import everybody, only
from tests.support.world import OWN_CENTRE, Kind

IN_A_CENTRE = OWN_CENTRE | {Kind.OTHER_CENTRE_OFFICER}
ELSEWHERE = {Kind.OTHER_CENTRE_OFFICER: 404}


def desk(world):
    """A desk of the world's centre at which one can book."""
    Desk.objects.filter(centre=world.centre).delete()
    return BookingDesk.open(centre=world.centre)


def at_desk(world):
    """The desk's code."""
    return {"code": desk(world).centre.code}


def appointment(world):
    """One on the next working day."""
    made = desk(world)
    day = timezone.localdate() + timedelta(days=1)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return made.booked("10:00", day=day, at=timezone.now())


def its_secret(world):
    """What the person has."""
    return {"secret": appointment(world).secret}


def its_reference(world):
    """What officers have."""
    made = appointment(world)
    return {"code": made.centre.code, "reference": made.reference}


def its_line(world):
    """A line of the plan."""
    made = desk(world)
    return {"code": made.centre.code, "line": made.desk.slot_plans.get().pk}


def officers(**how):
    """For those who serve at the desk; officers of another centre do not find it."""
    return only(OWN_CENTRE, answers=ELSEWHERE, **how)


def head(**how):
    """For whoever supervises the desk."""
    return only({Kind.CENTRE_HEAD}, **how)


SLOTS = {"weekdays": ["6"], "opens": "09.00", "closes": "12.00", "minutes": "30", "places": "2"}

APPOINTMENTS = {
    "book_appointment": everybody(at=at_desk),
    "show_appointment": everybody(at=its_secret),
    "move_appointment": everybody(at=its_secret),
    "cancel_appointment": everybody(at=its_secret, post={"seen": "0"}, answer=302),
    "check_in": everybody(at=its_secret, post={}, answer=422),  # It is not the day.
    "appointment_calendar": everybody(at=its_secret),
    "desk_calendar": everybody(at=lambda world: {"feed": desk(world).terms.feed}),
    "list_appointments": officers(at=at_desk),
    "book_at_desk": officers(at=at_desk),
    "check_in_at_desk": officers(at=its_reference, post={}, answer=422),
    "cancel_at_desk": officers(at=its_reference, post={"seen": "0", "reason": "ปิดทำการ"}, answer=302),
    "show_slot_plan": head(at=at_desk),
    "add_slots": head(at=at_desk, post=SLOTS, answer=422),  # No group was chosen.
    "propose_slots": head(at=at_desk, post={}, answer=302),
    "remove_slots": head(at=its_line, post={}, answer=302),
    "renew_feed": head(at=at_desk, post={}, answer=302),
}
