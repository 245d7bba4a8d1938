"""Who opens what of the supervisor's floor and of the reports."""

from functools import partial

from saduak.frontdesk.tests.addresses_of_console import LOOK_ON, desk, see
from tests.support.addresses import only
from tests.support.world import Kind

read = partial(only, LOOK_ON | {Kind.CENTRE_HEAD}, at=desk)

FLOOR = {
    "show_floor": see(at=desk),
    "floor_state": see(at=desk),
    "do_on_the_floor": only(
        {Kind.CENTRE_HEAD}, at=lambda world: {**desk(world), "deed": "stop"}, post={"reason": "ไฟดับ"}, answer=302
    ),
    "show_period_report": read(),
    "show_day_report": read(),
    "show_fairness_report": read(),
    "show_waits_report": read(),
    "show_load_report": read(),
}
