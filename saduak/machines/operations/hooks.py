"""Webhooks are made, told of what happened, and sent what they missed."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.credentials.vault import VaultLocked, seal, unseal
from saduak.journal.models import Entry
from saduak.machines import events as known
from saduak.machines.models import Client, Delivery, State, Webhook
from saduak.machines.queries import news_for, news_since
from saduak.machines.rules import STOPPED_AFTER, new_secret, signature, wait_after
from saduak.machines.sending import Unreachable, post, target_of
from saduak.notices import operations as notices

MOST = 20
"""Webhooks of one system."""

FORGOTTEN_AFTER = timedelta(days=30)
LEASE = timedelta(minutes=2)
"""While one worker sends, no other does; longer than any sending takes. A killed worker's event goes on after it."""


@transaction.atomic
def subscribe(client: Client, *, url: str, events: Collection[str], at: datetime | None = None) -> tuple[Webhook, str]:
    """A new webhook that hears of what happens from now on, and its secret, shown once. Raises ValidationError."""
    if client.webhooks.count() >= MOST:
        raise ValidationError(_("A system has at most %(most)d webhooks.") % {"most": MOST})
    _check(url, events)
    newest = Entry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    webhook = Webhook(client=client, url=url, events=sorted(set(events)), made_at=at or timezone.now(), position=newest)
    secret = new_secret()
    webhook.secret = seal(secret.encode(), about=webhook.about)
    webhook.save(force_insert=True)
    return webhook, secret


@transaction.atomic
def change(webhook: Webhook, *, url: str, events: Collection[str]) -> Webhook:
    """Another address, or other events. Raises ValidationError."""
    _check(url, events)
    locked = _locked(webhook)
    locked.url, locked.events = url, sorted(set(events))
    locked.save(update_fields=["url", "events"])
    return locked


@transaction.atomic
def renew_secret(webhook: Webhook) -> str:
    """Another secret, shown once; the one before signs nothing more."""
    locked = _locked(webhook)
    secret = new_secret()
    locked.secret = seal(secret.encode(), about=locked.about)
    locked.save(update_fields=["secret"])
    return secret


def drop(webhook: Webhook) -> None:
    """Take a webhook away, with what waits for it."""
    webhook.delete()


@transaction.atomic
def resume(webhook: Webhook, *, at: datetime | None = None) -> Webhook:
    """Send again to an address that was stopped, also what was given up since it failed."""
    at = at or timezone.now()
    locked = _locked(webhook)
    since = locked.failing_since
    locked.stopped_at = locked.failing_since = None
    locked.save(update_fields=["stopped_at", "failing_since"])
    left = locked.deliveries.filter(state=State.GIVEN_UP, made_at__gte=since) if since else locked.deliveries.none()
    left.update(state=State.WAITING, attempts=0, next_at=at, ended_at=None)
    locked.deliveries.filter(state=State.WAITING).update(next_at=at)
    return locked


@transaction.atomic
def replay(webhook: Webhook, *, sequence: int, at: datetime | None = None) -> int:
    """Send every event from that entry of the journal on once more, also those forgotten here; returns how many."""
    at = at or timezone.now()
    locked = _locked(webhook)
    entries = news_since(locked, sequence)
    _put(locked, entries, at=at)
    again = locked.deliveries.filter(sequence__in=[entry.sequence for entry in entries])
    return again.update(state=State.WAITING, attempts=0, next_at=at, ended_at=None)


@transaction.atomic
def replay_since(webhook: Webhook, moment: datetime, *, at: datetime | None = None) -> int:
    """Send every event once more that was recorded from a moment on; returns how many."""
    first = Entry.objects.filter(recorded_at__gte=moment).order_by("sequence").values_list("sequence", flat=True)[:1]
    number = first.first()
    return 0 if number is None else replay(webhook, sequence=number, at=at)


@transaction.atomic
def gather(webhook: Webhook, *, at: datetime | None = None) -> int:
    """Put on their way what happened since the last time, none left out and none twice; returns how many.

    When another worker is at it, nothing is done.
    """
    locked = Webhook.objects.running().select_for_update(skip_locked=True, of=("self",)).filter(pk=webhook.pk).first()
    if locked is None:
        return 0
    entries, position = news_for(locked)
    _put(locked, entries, at=at or timezone.now())
    if position != locked.position:
        locked.position = position
        locked.save(update_fields=["position"])
    return len(entries)


def deliver_due(webhook: Webhook, *, at: datetime | None = None, most: int = 100) -> int:
    """Try everything that is due for one webhook, the oldest event first; returns how many were taken.

    The first failure ends the turn: an address that does not answer is not asked a hundred times in a row.
    """
    taken = 0
    for _turn in range(most):
        delivery = _take(webhook, at or timezone.now())
        if delivery is None or not deliver(delivery, at=at):
            break
        taken += 1
    return taken


def deliver(delivery: Delivery, *, at: datetime | None = None) -> bool:
    """Try once to send one event; whether it was taken. Any answer from 200 to 299 takes it."""
    webhook = delivery.webhook
    now = at or timezone.now()
    stamp = int(now.timestamp())
    try:
        secret = unseal(bytes(webhook.secret), about=webhook.about).decode()
    except VaultLocked:
        return _settle(delivery, None, _("Its secret does not open any more; renew it."), at=now)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "saduak-webhooks/1",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(stamp),
        "webhook-signature": signature(secret, message_id=delivery.message_id, timestamp=stamp, body=delivery.body),
    }
    try:
        status, error = post(webhook.url, delivery.body.encode(), headers), ""
    except Unreachable as unreachable:
        status, error = None, str(unreachable)
    return _settle(delivery, status, error, at=now)


def forget_old(*, at: datetime | None = None) -> int:
    """Drop deliveries that ended long ago; a replay makes them anew from the journal. Returns how many."""
    before = (at or timezone.now()) - FORGOTTEN_AFTER
    return Delivery.objects.filter(made_at__lt=before).exclude(state=State.WAITING).delete()[0]


@transaction.atomic
def _take(webhook: Webhook, at: datetime) -> Delivery | None:
    """The next event that is due, kept from other workers for a while, and counted as tried before it is sent."""
    running = Webhook.objects.running().filter(pk=webhook.pk).exists()
    due = (
        webhook.deliveries.due(at)
        .select_related("webhook__client__owner")
        .select_for_update(of=("self",), skip_locked=True)
    )
    delivery = due.first() if running else None
    if delivery is not None:
        delivery.attempts += 1
        delivery.next_at = at + LEASE
        delivery.save(update_fields=["attempts", "next_at"])
    return delivery


@transaction.atomic
def _settle(delivery: Delivery, status: int | None, error: object, *, at: datetime) -> bool:
    """Write down what became of an attempt."""
    delivery.status, delivery.error = status, str(error)
    webhook = _locked(delivery.webhook)
    if status is not None and 200 <= status < 300:
        delivery.state, delivery.ended_at = State.DELIVERED, at
        webhook.failing_since = None
    else:
        wait = wait_after(delivery.attempts)
        if wait is None:
            delivery.state, delivery.ended_at = State.GIVEN_UP, at
        else:
            delivery.next_at = at + wait
        webhook.failing_since = webhook.failing_since or at
        if webhook.stopped_at is None and at - webhook.failing_since >= STOPPED_AFTER:
            webhook.stopped_at = at
            _tell_the_owner(webhook, at=at)
    delivery.save()
    webhook.save(update_fields=["failing_since", "stopped_at"])
    return delivery.state == State.DELIVERED


def _tell_the_owner(webhook: Webhook, *, at: datetime) -> None:
    address = settings.PUBLIC_URL + webhook.get_absolute_url()
    facts = {"webhook": webhook, "client": webhook.client, "address": address}
    drafts = [
        notices.draft(to_user=webhook.client.owner, template="machines/webhook_stopped", context=facts, at=at),
        notices.draft(to_email=webhook.client.contact, template="machines/webhook_stopped", context=facts, at=at),
    ]
    notices.release(drafts, by=None, at=at)


def _put(webhook: Webhook, entries: Iterable[Entry], *, at: datetime) -> None:
    Delivery.objects.bulk_create(
        (
            Delivery(
                webhook=webhook,
                sequence=entry.sequence,
                event=(told := known.told(entry))["type"],
                body=json.dumps(told, ensure_ascii=False, separators=(",", ":")),
                next_at=at,
                made_at=at,
            )
            for entry in entries
        ),
        ignore_conflicts=True,
    )


def _locked(webhook: Webhook) -> Webhook:
    return Webhook.objects.select_related("client__owner").select_for_update(of=("self",)).get(pk=webhook.pk)


def _check(url: str, events: Collection[str]) -> None:
    try:
        target_of(url)
    except Unreachable as unreachable:
        raise ValidationError({"url": str(unreachable)}) from None
    if not events:
        raise ValidationError({"events": _("Choose at least one event.")})
    if unknown := known.unknown_among(events):
        raise ValidationError({"events": _("There is no event %(names)s.") % {"names": ", ".join(unknown)}})
