"""Who opens what of boards, voices and ratings."""

from datetime import timedelta

from django.utils import timezone

from saduak.catalogue.tests.factories import ServiceFactory
from saduak.frontdesk.models import Desk, RatingComment
from saduak.frontdesk.operations import estimating
from saduak.frontdesk.tests.addresses_of_settings import other_desk
from saduak.frontdesk.tests.addresses_of_tickets import ticket
from saduak.frontdesk.tests.factories import BoardFactory
from tests.support.addresses import everybody, only
from tests.support.world import OWN_CENTRE, Kind


def desk_of(world):
    """The front desk of the world's centre."""
    return Desk.objects.get_or_create(centre=world.centre, defaults={"is_open": True})[0]


def board(world):
    """A public board of the world's centre, whose waits have just been estimated."""
    desk = desk_of(world)
    estimating.refresh(desk)
    return {"address": BoardFactory(desk=desk).address}


def own_board(world):
    """The board, for who supervises the desk."""
    made = BoardFactory(desk=desk_of(world))
    return {"code": world.centre.code, "pk": made.pk}


def code(world):
    """The desk of the world's centre."""
    return {"code": desk_of(world).centre.code}


def a_comment(world):
    """A comment of yesterday, as supervisors read it."""
    day = timezone.localdate() - timedelta(days=1)
    service = ServiceFactory(group__centre=world.centre)
    made = RatingComment.objects.create(centre=world.centre, day=day, service=service, words="ดี")
    return {**code(world), "pk": made.pk}


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
    "rate_visit": (everybody(at=ticket), everybody(at=ticket, post={"score": "5"}, answer=302)),
    "tablet": everybody(),
    "tablet_worker": everybody(),
    "tablet_manifest": everybody(),
    # Devices speak by their token; people have none.
    "tablet_state": everybody(answer=401),
    "visits_to_rate": everybody(answer=401),
    "rate_by_device": everybody(post={}, answer=401),
    "show_ratings": only(
        OWN_CENTRE | {Kind.SECRETARIAT, Kind.AUDITOR}, at=code, answers={Kind.OTHER_CENTRE_OFFICER: 404}
    ),
    "list_comments": only(HEAD, at=code),
    "remove_comment": only(HEAD, at=a_comment, post={}, answer=302),
}
