"""Reads about connected systems."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Q, QuerySet

from saduak.access.grants import holds
from saduak.journal.models import Entry
from saduak.machines.events import may_know, steps_wanted
from saduak.machines.models import Client, Delivery, Webhook
from saduak.machines.policies import Permission

AT_ONCE = 500


def clients_of(user: Any) -> QuerySet[Client]:
    """The systems that the person may see: the own, and all to whoever keeps or watches them."""
    seen = Client.objects.select_related("owner", "acts_for").annotate(
        number_of_tokens=Count("tokens", filter=Q(tokens__revoked_at=None), distinct=True),
        last_used_on=Max("tokens__last_used_on"),
    )
    return seen if holds(user, Permission.SEE_CLIENTS) else seen.filter(owner=user.pk)


def webhooks_of(user: Any) -> QuerySet[Webhook]:
    """The webhooks of the systems that the person may see."""
    return Webhook.objects.filter(client__in=clients_of(user).values("pk")).select_related("client__owner")


def news_for(webhook: Webhook) -> tuple[list[Entry], int]:
    """The entries that the webhook has yet to be told of, at most AT_ONCE new ones, and the position after them.

    Entries that appeared late, behind the position, are among them; what was gathered already is not.
    """
    wanted = _wanted(webhook)
    gathered = Delivery.objects.filter(webhook=webhook)
    late = Entry.objects.filter(wanted).missed_by(webhook.position).filter(sequence__lt=webhook.position)
    missed = list(late.exclude(sequence__in=gathered.values("sequence")).select_related("by"))
    passed = list(
        Entry.objects.filter(sequence__gt=webhook.position)
        .order_by("sequence")
        .values_list("sequence", flat=True)[: AT_ONCE * 10]
    )
    position = passed[-1] if passed else webhook.position
    fresh = Entry.objects.filter(wanted, sequence__gt=webhook.position, sequence__lte=position).order_by("sequence")
    return _known(webhook, [*missed, *fresh]), position


def news_since(webhook: Webhook, sequence: int) -> Sequence[Entry]:
    """Every entry from that sequence number on that the webhook may be told of, up to its position."""
    found = Entry.objects.filter(_wanted(webhook), sequence__gte=sequence, sequence__lte=webhook.position)
    return _known(webhook, list(found.order_by("sequence")[: AT_ONCE * 10]))


def _known(webhook: Webhook, entries: Sequence[Entry]) -> list[Entry]:
    person = webhook.client.acts_for or AnonymousUser()
    return [entry for entry in entries if may_know(person, entry)]


def _wanted(webhook: Webhook) -> Q:
    steps = steps_wanted(webhook.events)
    choices = [Q(case_kind=kind, step__in=names) for kind, names in steps.items()]
    return reduce(or_, choices, Q(pk__in=[]))
