"""Who opens what at the front desk."""

from saduak.frontdesk.models import Desk
from saduak.frontdesk.operations import estimating
from saduak.frontdesk.tests.addresses_of_appointments import APPOINTMENTS
from saduak.frontdesk.tests.addresses_of_boards import BOARDS
from saduak.frontdesk.tests.addresses_of_console import CONSOLE
from saduak.frontdesk.tests.addresses_of_floor import FLOOR
from saduak.frontdesk.tests.addresses_of_settings import SETTINGS
from saduak.frontdesk.tests.addresses_of_tickets import TICKETS
from tests.support.addresses import everybody


def desk(world):
    """The code of a desk whose waits have just been estimated."""
    made = Desk.objects.get_or_create(centre=world.centre, defaults={"is_open": True})[0]
    estimating.refresh(made)
    return {"code": made.centre.code}


ADDRESSES = {
    **APPOINTMENTS,
    "show_queue": everybody(at=desk),
    "show_rule": everybody(at=desk),
    **BOARDS,
    **CONSOLE,
    **FLOOR,
    **SETTINGS,
    **TICKETS,
}
