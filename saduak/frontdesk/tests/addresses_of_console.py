"""Who opens what of the console and of tickets."""

from functools import partial

from saduak.frontdesk.models import Desk
from saduak.frontdesk.tests.world import DeskWorld
from tests.support.addresses import only
from tests.support.world import OWN_CENTRE, Kind

LOOK_ON = frozenset({Kind.SECRETARIAT, Kind.AUDITOR})
SERVE = {"answers": {Kind.SECRETARIAT: 403, Kind.AUDITOR: 403, Kind.OTHER_CENTRE_OFFICER: 404}}


def desk(world):
    """The front desk of the world's centre."""
    return {"code": Desk.objects.get_or_create(centre=world.centre, defaults={"is_open": True})[0].centre.code}


def ticket(world):
    """A ticket that waits there."""
    place = DeskWorld(centre=world.centre)
    desk(world)
    place.__dict__ |= {"desk": Desk.objects.get(centre=world.centre), "head": world.people[Kind.CENTRE_HEAD]}
    place.desk.hours = [{"days": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": "24:00"}]
    place.desk.keeps_holidays = False
    place.desk.save()
    return {**desk(world), "reference": place.issue().reference}


see = partial(only, OWN_CENTRE | LOOK_ON, answers={Kind.OTHER_CENTRE_OFFICER: 404})
serve = partial(only, OWN_CENTRE, **SERVE)

CONSOLE = {
    "show_console": serve(at=desk),
    "console_state": serve(at=desk),
    "sit_down": serve(at=desk, post={}, answer=422),
    "press_button": serve(at=lambda world: {**desk(world), "deed": "next"}, post={}, answer=422),
    "show_away": serve(at=desk),
    "away_worker": serve(at=desk),
    "console_known": serve(at=desk),
    "take_in": serve(at=desk, post={}, answer=422),
    "list_desk_tickets": see(at=desk),
    "show_desk_ticket": see(at=ticket),
    "give_ticket": serve(at=desk),
    "step_desk_ticket": serve(at=ticket, post={"step": "cancel", "seen": "0"}, answer=302),
    "send_on": serve(at=ticket, answer=422),
}
