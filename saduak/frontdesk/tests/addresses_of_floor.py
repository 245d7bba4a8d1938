"""Who opens what of the supervisor's floor and of the reports."""

from functools import partial

from saduak.frontdesk.models import Desk
from saduak.frontdesk.operations import estimating
from saduak.frontdesk.tests.addresses_of_console import LOOK_ON, desk, see
from tests.support.addresses import only
from tests.support.world import Kind

read = partial(only, LOOK_ON | {Kind.CENTRE_HEAD}, at=desk)


def estimated(world):
    """The code of a desk for which waits and advice have just been found."""
    found = desk(world)
    there = Desk.objects.with_places().get(centre__code=found["code"])
    estimating.refresh(there)
    estimating.advise(there)
    return found


FLOOR = {
    "show_floor": see(at=estimated),
    "floor_state": see(at=estimated),
    "do_on_the_floor": only(
        {Kind.CENTRE_HEAD}, at=lambda world: {**desk(world), "deed": "stop"}, post={"reason": "ไฟดับ"}, answer=302
    ),
    "show_period_report": read(),
    "show_day_report": read(),
    "show_fairness_report": read(),
    "show_waits_report": read(),
    "show_load_report": read(),
}
