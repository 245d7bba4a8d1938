"""Who opens what of boards, voices and ratings."""

from saduak.frontdesk.models import Desk
from saduak.frontdesk.tests.addresses_of_settings import other_desk
from saduak.frontdesk.tests.factories import BoardFactory
from tests.support.addresses import everybody, only
from tests.support.world import Kind


def desk_of(world):
    """The front desk of the world's centre."""
    return Desk.objects.get_or_create(centre=world.centre, defaults={"is_open": True})[0]


def board(world):
    """A public board of the world's centre."""
    return {"address": BoardFactory(desk=desk_of(world)).address}


def own_board(world):
    """The board, for who supervises the desk."""
    made = BoardFactory(desk=desk_of(world))
    return {"code": world.centre.code, "pk": made.pk}


def code(world):
    """The desk of the world's centre."""
    return {"code": desk_of(world).centre.code}


HEAD = {Kind.CENTRE_HEAD}

BOARDS = {
    "list_boards": (only(HEAD, at=code), only(set(), at=other_desk, answers={Kind.CENTRE_HEAD: 404})),
    "put_up_board": only(HEAD, at=code),
    "correct_board": only(HEAD, at=own_board),
    "give_board_new_address": only(HEAD, at=own_board, post={"seen": "0"}, answer=302),
    "show_voice": only(HEAD, at=code),
    "record_word": only(HEAD, at=code, post={"word": "th_01"}, answer=422),
    "remove_word": only(HEAD, at=code, post={"word": "th_01"}, answer=302),
    "choose_manner": only(HEAD, at=code, post={"opening": "th_02", "ending": "th_07"}, answer=302),
    "bring_voice": only(HEAD, at=code, post={}, answer=422),
    "voice_sounds": only(HEAD, at=code),
    "voice_word": only(set(), at=lambda world: {**code(world), "word": "th_01"}, answers={Kind.CENTRE_HEAD: 404}),
    "download_voice": only(HEAD, at=code),
    "show_board": everybody(at=board),
    "board_state": everybody(at=board),
    "board_voice": everybody(at=board),
    "board_clip": everybody(answer=404, at=lambda world: {**board(world), "code": "th_01"}),
    "board_worker": everybody(at=board),
    "board_manifest": everybody(at=board),
}
