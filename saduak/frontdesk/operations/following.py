"""Who follows a ticket is told when it is nearly time and when it is called (การแจ้งเตือนผู้ถือบัตรคิว)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parseaddr
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from saduak.credentials.vault import seal, unseal
from saduak.frontdesk.gateways import push
from saduak.frontdesk.gateways.push import PushFailed
from saduak.frontdesk.models import Follower, PushKey, Ticket
from saduak.frontdesk.procedure import ENDED, TicketStage
from saduak.frontdesk.queries.tickets import ahead_of, with_words
from saduak.notices.operations import NoticeRefused, draft, release

NEAR = 3
"""With so many people before it, or fewer, it is nearly the ticket's turn."""

MOST_FOLLOWERS = 4
"""Of one ticket: the family's phones."""

ABOUT_KEY = "frontdesk push key"
ONLY = 1


@dataclass(frozen=True)
class Words:
    """One message: for the phone's screen, and the name of the notice for who gave an e-mail address."""

    title: str
    body: str
    address: str
    notice: str


Worded = Callable[[Ticket, str, str], Words]
"""(ticket, "near" or "called", language) → the words."""


@transaction.atomic
def follow_by_email(ticket: Ticket, email: str, *, language: str, at: datetime | None = None) -> Follower | None:
    """Tell this address; None when the ticket has enough followers or its visit has ended."""
    return _follow(ticket, language, at, email=email)


@transaction.atomic
def follow_by_push(
    ticket: Ticket, endpoint: str, p256dh: str, auth: str, *, language: str, at: datetime | None = None
) -> Follower | None:
    """Tell this browser; None when the ticket has enough followers, its visit has ended, or the address is none."""
    if not push.is_push_service(endpoint):
        return None
    return _follow(ticket, language, at, endpoint=endpoint, p256dh=p256dh, auth=auth)


def public_key() -> str:
    """The key that browsers subscribe with; made at the first need."""
    return _key()[1]


def soon(centre_id: int, day: date) -> None:
    """Look, after this transaction, whether somebody is to be told; nothing is enqueued where nobody follows."""
    if Follower.objects.filter(ticket__centre=centre_id, ticket__day=day).exists():
        tell_soon(centre_id)


def tell_soon(centre_id: int) -> None:
    """Look at a centre's followers when this transaction is over; once a minute all centres are looked at anyway."""
    transaction.on_commit(lambda: app.configure_task("frontdesk.tell_followers").defer(centre=centre_id))


def tell(worded: Worded, *, centre: int | None = None, at: datetime | None = None) -> int:
    """Tell whoever is to be told now, each thing once; how many were told.

    That somebody is told is written down first: should the process die in between, a message is lost rather than sent
    again and again.
    """
    at = at or timezone.now()
    chosen = Follower.objects.filter(ticket__day=timezone.localdate(at)).exclude(ticket__stage__in=ENDED)
    if centre is not None:
        chosen = chosen.filter(ticket__centre=centre)
    tickets = with_words(Ticket.objects.filter(followers__in=chosen).distinct())
    told = 0
    for ticket in tickets:
        ahead = ahead_of(ticket, at)
        is_near = ahead is not None and ahead <= NEAR
        for follower in ticket.followers.all():
            if occasion := _due(follower, ticket, is_near=is_near, at=at):
                told += _told(follower, worded(ticket, occasion, follower.language), ticket)
    return told


def forget(*, at: datetime | None = None) -> int:
    """Forget who followed the tickets of earlier days; how many."""
    return Follower.objects.filter(ticket__day__lt=timezone.localdate(at)).delete()[0]


def _follow(ticket: Ticket, language: str, at: datetime | None, *, email: str = "", **browser: str) -> Follower | None:
    Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    known = ticket.followers.filter(email=email, endpoint=browser.get("endpoint", "")).first()
    if known is not None or ticket.stage in ENDED or ticket.followers.count() >= MOST_FOLLOWERS:
        return known
    return Follower.objects.create(ticket=ticket, email=email, language=language, since=at or timezone.now(), **browser)


def _due(follower: Follower, ticket: Ticket, *, is_near: bool, at: datetime) -> str:
    """What the follower is to be told and has not been; noted as told from here on. Empty: nothing."""
    mine = Follower.objects.filter(pk=follower.pk)
    if ticket.stage == TicketStage.CALLED and follower.called_told < ticket.times_called:
        taken = mine.filter(called_told=follower.called_told).update(called_told=ticket.times_called)
        return "called" if taken else ""
    if is_near and follower.near_told_at is None:
        return "near" if mine.filter(near_told_at=None).update(near_told_at=at) else ""
    return ""


def _told(follower: Follower, words: Words, ticket: Ticket) -> int:
    if follower.email:
        try:
            notice = draft(
                to_email=follower.email,
                template=words.notice,
                context={"title": words.title, "body": words.body, "address": words.address},
                language="th" if follower.language == "th" else "en",
                case=ticket,
            )
        except NoticeRefused:
            return 0
        release([notice], by=None)
        return 1
    try:
        push.send(
            {"title": words.title, "body": words.body, "address": words.address, "tag": ticket.reference},
            endpoint=follower.endpoint,
            p256dh=follower.p256dh,
            auth=follower.auth,
            key=_key()[0],
            about=f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
        )
    except PushFailed as failed:
        if failed.is_gone:
            follower.delete()
        return 0
    return 1


def _key() -> tuple[ec.EllipticCurvePrivateKey, str]:
    # Two that need the first key at once end with the same: there is one row.
    kept = PushKey.objects.filter(pk=ONLY).first() or PushKey.objects.get_or_create(pk=ONLY, defaults=_made())[0]
    key = load_der_private_key(unseal(bytes(kept.sealed), about=ABOUT_KEY), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101  Made below.
    return key, kept.public


def _made() -> dict[str, Any]:
    made = ec.generate_private_key(ec.SECP256R1())
    secret = made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return {"sealed": seal(secret, about=ABOUT_KEY), "public": push.public_key_of(made), "made_at": timezone.now()}
