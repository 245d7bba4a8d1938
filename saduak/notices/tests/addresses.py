"""Who may open which page about notices."""

from uuid import uuid4

from saduak.attachments.tests.factories import AttachmentFactory, pdf
from saduak.notices import operations
from tests.support.addresses import only, signed_in
from tests.support.world import Kind


def _notice(world, **facts):
    to = world.people[Kind.CENTRE_HEAD]
    return operations.Notice.objects.create(
        to_user=to,
        to_email="head@example.go.th",
        channel="inbox",
        subject="x",
        body="x",
        message_id=str(uuid4()),
        **facts,
    )


def _draft(world):
    return {"number": _notice(world, batch="results").pk}


def _sent(world):
    now = world.people[Kind.CENTRE_HEAD].joined_at
    return _notice(world, state="sent", released_at=now, sent_at=now)


def _failed(world):
    return {"number": _notice(world, state="failed", released_at=world.people[Kind.CENTRE_HEAD].joined_at).pk}


def _file(world):
    notice = _sent(world)
    notice.attachments.add(file := AttachmentFactory(content=pdf(), name="letter.pdf"))
    return {"number": notice.pk, "file": file.pk}


OUTBOX = {Kind.SECRETARIAT, Kind.STEERING_SECRETARY}

ADDRESSES = {
    "show_own_notices": signed_in(),
    "show_notice": only({Kind.CENTRE_HEAD, *OUTBOX}, others=404, at=lambda world: {"number": _sent(world).pk}),
    "open_notice_file": only({Kind.CENTRE_HEAD, *OUTBOX}, others=404, at=_file),
    "show_outbox": only(OUTBOX),
    "release_batch": only(OUTBOX, post={"batch": "none", "seen": 1}, answer=409),
    "release_notice": only(OUTBOX, post={}, answer=302, at=_draft),
    "cancel_notice": only(OUTBOX, post={}, answer=302, at=_draft),
    "retry_notice": only(OUTBOX, post={}, answer=302, at=_failed),
}
