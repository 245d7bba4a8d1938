"""Who opens what of boards, voices and ratings."""

from saduak.frontdesk.models import Desk
from saduak.frontdesk.tests.factories import BoardFactory
from tests.support.addresses import everybody


def desk_of(world):
    """The front desk of the world's centre."""
    return Desk.objects.get_or_create(centre=world.centre, defaults={"is_open": True})[0]


def board(world):
    """A public board of the world's centre."""
    return {"address": BoardFactory(desk=desk_of(world)).address}


BOARDS = {
    "show_board": everybody(at=board),
    "board_state": everybody(at=board),
    "board_voice": everybody(at=board),
    "board_clip": everybody(answer=404, at=lambda world: {**board(world), "code": "th_01"}),
    "board_worker": everybody(at=board),
    "board_manifest": everybody(at=board),
}
