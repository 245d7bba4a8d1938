"""Who gets what at the addresses of connected systems."""

from django.utils import timezone

from saduak.machines.models import Webhook
from saduak.machines.tests.factories import ClientFactory, token_of
from tests.support.addresses import everybody, only, signed_in
from tests.support.world import Kind

KEEPERS = {Kind.ADMINISTRATOR}
WATCHERS = {Kind.ADMINISTRATOR, Kind.AUDITOR}


def a_client(world):
    return {"pk": ClientFactory().pk}


def a_token(world):
    return {"pk": token_of()[0].pk}


def a_webhook(world):
    facts = {"url": "https://example.go.th/", "events": ["round.*"], "secret": b"", "position": 0}
    return {"key": Webhook.objects.create(client=ClientFactory(), made_at=timezone.now(), **facts).pk}


FORM = {
    "name": "ระบบใหม่",
    "purpose": "ทดสอบ",
    "owner": "stranger",
    "contact": "it@example.go.th",
    "per_minute": "60",
}

ADDRESSES = {
    "show_interface": everybody(),
    "show_description": everybody(),
    "list_clients": signed_in(),
    "add_client": (only(KEEPERS), only(KEEPERS, post=FORM, answer=302)),
    "show_client": only(WATCHERS, others=404, at=a_client),
    "correct_client": (only(KEEPERS, at=a_client), only(KEEPERS, at=a_client, post=FORM, answer=302)),
    "turn_client": only(KEEPERS, at=a_client, post={}, answer=302),
    "give_token": only(KEEPERS, at=a_client, answer=302),  # To show once more who one is.
    "revoke_token": only(KEEPERS, others=404, at=a_token, post={}, answer=302, answers={Kind.AUDITOR: 403}),
    "show_webhook": only(WATCHERS, others=404, at=a_webhook),
    "resume_webhook": only(KEEPERS, others=404, at=a_webhook, post={}, answer=302, answers={Kind.AUDITOR: 403}),
    "replay_webhook": only(
        KEEPERS, others=404, at=a_webhook, post={"since": "1/1/2563"}, answer=302, answers={Kind.AUDITOR: 403}
    ),
}
