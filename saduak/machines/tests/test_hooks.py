"""Events on their way to other systems."""

import base64
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.journal.models import Entry
from saduak.machines import events
from saduak.machines.events import Events
from saduak.machines.models import Delivery, State, Webhook
from saduak.machines.operations import hooks
from saduak.machines.rules import STOPPED_AFTER, WAITS
from saduak.machines.scopes import Scope
from saduak.machines.tasks import forget_task, tell_all_task, tell_task
from saduak.machines.tests.factories import ClientFactory, token_of, with_token
from saduak.machines.tests.receiver import receiving
from saduak.notices.models import Notice

pytestmark = pytest.mark.django_db

LOOPBACK = "127.0.0.0/8"


@pytest.fixture(autouse=True)
def _this_machine_may_be_told(settings):
    from ipaddress import ip_network

    settings.WEBHOOK_NETWORKS = (ip_network(LOOPBACK),)


@pytest.fixture(autouse=True)
def _letters_are_told_of(monkeypatch):
    """Letters that are sent are public; those that are written are for whoever works in centre 7."""
    letters = Events(
        "letter",
        "letter",
        "Letters",
        ("write", "send"),
        frozenset({"send"}),
        lambda person, entry: entry.centre_id in {m.centre_id for m in person.memberships.all()},
        "/letters/{}",
    )
    monkeypatch.setattr(events, "_KNOWN", {"letter": letters})


@pytest.fixture
def received():
    with receiving() as found:
        yield found


@pytest.fixture
def webhook(received):
    return hooks.subscribe(ClientFactory(), url=received.url, events=["letter.*"])[0]


def happened(step="send", reference="L1", **facts):
    return Entry.objects.create(at=timezone.now(), case_kind="letter", case_reference=reference, step=step, **facts)


def tell(webhook, at=None):
    hooks.gather(webhook, at=at)
    return hooks.deliver_due(webhook, at=at)


class TestTelling:
    """From the journal to the address."""

    def test_a_turn_ends_after_so_many_events(self, webhook, received):
        happened(reference="L1"), happened(reference="L2"), happened(reference="L3")
        hooks.gather(webhook)

        assert [hooks.deliver_due(webhook, most=2) for _turn in range(2)] == [2, 1]

    def test_an_event_arrives_signed(self, received):
        webhook, secret = hooks.subscribe(ClientFactory(), url=received.url, events=["letter.send"])
        entry = happened()

        assert tell(webhook) == 1

        ((headers, body),) = received.requests
        told = json.loads(body)
        assert (told["type"], told["data"]["reference"], told["data"]["sequence"]) == ("letter.send", "L1", entry.pk)
        said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
        key = base64.b64decode(secret.removeprefix("whsec_"))
        expected = base64.b64encode(hmac.digest(key, said, hashlib.sha256)).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"

    def test_what_happened_before_is_not_told(self, received):
        happened()
        webhook, _secret = hooks.subscribe(ClientFactory(), url=received.url, events=["letter.*"])

        assert tell(webhook) == 0

    def test_only_what_was_asked_for_is_told(self, webhook, received):
        hooks.change(webhook, url=webhook.url, events=["letter.write"])
        happened("send")

        assert tell(webhook) == 0

    def test_a_case_is_told_only_for_a_person_who_reads_it(self, received):
        centre = CentreFactory()
        reader = person_of(Office.CENTRE_HEAD, centre=centre)
        own = hooks.subscribe(ClientFactory(acts_for=reader), url=received.url, events=["letter.write"])[0]
        others = [
            hooks.subscribe(client, url=received.url, events=["letter.write"])[0]
            for client in (ClientFactory(), ClientFactory(acts_for=person_of(Office.CENTRE_HEAD)))
        ]
        happened("write", centre_id=centre.pk)

        assert tell(own) == 1
        assert [tell(other) for other in others] == [0, 0]

    def test_what_was_told_is_not_told_again(self, webhook, received):
        happened()
        tell(webhook)

        assert tell(webhook) == 0
        assert len(received.requests) == 1

    def test_nothing_is_told_to_a_system_that_is_switched_off(self, webhook, received):
        webhook.client.is_active = False
        webhook.client.save()
        happened()

        tell_task(str(webhook.pk))

        assert received.requests == []


class TestFailing:
    """When the address does not take it."""

    def test_it_is_tried_again_later_and_later(self, webhook, received):
        received.answers = [(500, {}), (500, {})]
        happened()
        now = timezone.now()

        assert tell(webhook, at=now) == 0
        assert tell(webhook, at=now + WAITS[0] - timedelta(seconds=1)) == 0
        assert len(received.requests) == 1
        assert tell(webhook, at=now + WAITS[0]) == 0
        assert tell(webhook, at=now + WAITS[0] + WAITS[1]) == 1
        assert len(set(received.ids)) == 1
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.attempts, delivery.status) == (State.DELIVERED, 3, 204)

    def test_a_redirection_is_not_followed(self, webhook, received):
        received.answers = [(302, {"Location": received.url})]
        happened()

        assert tell(webhook) == 0
        assert Delivery.objects.get().status == 302

    def test_after_enough_attempts_it_is_given_up(self, webhook, received):
        received.answers = [(503, {})] * 20
        happened()
        now = timezone.now()
        hooks.gather(webhook, at=now)
        for _ in range(len(WAITS) + 1):
            hooks.deliver_due(webhook, at=now)
            Delivery.objects.update(next_at=now)

        assert Delivery.objects.get().state == State.GIVEN_UP

    def test_an_address_that_took_nothing_for_days_is_stopped_and_its_owner_is_told(self, webhook, received):
        received.answers = [(500, {})] * 3
        happened()
        now = timezone.now()
        tell(webhook, at=now)
        tell(webhook, at=now + STOPPED_AFTER)

        webhook.refresh_from_db()
        assert webhook.stopped_at is not None
        assert Notice.objects.filter(template="machines/webhook_stopped").count() == 2
        assert tell(webhook, at=now + STOPPED_AFTER * 2) == 0

    def test_who_resumes_it_gets_what_was_missed(self, webhook, received):
        received.answers = [(500, {})] * 2
        happened()
        now = timezone.now()
        tell(webhook, at=now)
        tell(webhook, at=now + STOPPED_AFTER)
        happened(reference="L2")

        hooks.resume(webhook)

        assert tell(webhook) == 2
        assert [json.loads(body)["data"]["reference"] for _h, body in received.requests[-2:]] == ["L1", "L2"]

    def test_a_worker_that_was_killed_while_sending_leaves_the_event_to_the_next(self, webhook, received, monkeypatch):
        happened()
        now = timezone.now()
        hooks.gather(webhook, at=now)
        monkeypatch.setattr(hooks, "post", _killed)
        with pytest.raises(SystemExit):
            hooks.deliver_due(webhook, at=now)
        monkeypatch.undo()

        assert hooks.deliver_due(webhook, at=now) == 0
        assert hooks.deliver_due(webhook, at=now + hooks.LEASE) == 1
        assert len(received.requests) == 1


def _killed(*given):
    raise SystemExit


class TestReplay:
    """Everything once more."""

    def test_from_an_entry_on_with_the_same_ids(self, webhook, received):
        entries = [happened(reference=f"L{n}") for n in range(3)]
        tell(webhook)

        assert hooks.replay(webhook, sequence=entries[1].pk) == 2
        assert tell(webhook) == 2
        assert received.ids[3:] == received.ids[1:3]

    def test_also_what_was_forgotten_here(self, webhook, received):
        entry = happened()
        tell(webhook)
        assert hooks.forget_old(at=timezone.now() + timedelta(days=40)) == 1

        assert hooks.replay(webhook, sequence=entry.pk) == 1

    def test_from_a_moment_on(self, webhook, received):
        happened()
        tell(webhook)

        assert hooks.replay_since(webhook, timezone.now() + timedelta(days=1)) == 0
        assert hooks.replay_since(webhook, timezone.now() - timedelta(days=1)) == 1


class TestAddresses:
    """Where nothing is sent."""

    @pytest.mark.parametrize(
        "url",
        [
            pytest.param("https://10.0.0.1/x", id="private"),
            pytest.param("https://169.254.169.254/latest", id="of the cloud itself"),
            pytest.param("https://[::1]/", id="this machine"),
            pytest.param("https://[::ffff:10.0.0.1]/", id="private, carried in IPv6"),
            pytest.param("https://[64:ff9b::a00:1]/", id="private, translated"),
            pytest.param("https://[2002:a00:1::]/", id="private, in a tunnel"),
            pytest.param("https://0.0.0.0/", id="nowhere"),
            pytest.param("https://224.0.0.1/", id="everybody"),
            pytest.param("http://1.1.1.1/", id="in the clear"),
            pytest.param("ftp://1.1.1.1/", id="another way"),
            pytest.param("https://user@1.1.1.1/", id="with a name"),
            pytest.param("https://1.1.1.1:x/", id="no port"),
            pytest.param("https:///x", id="no host"),
            pytest.param("https://no-such-host.invalid/", id="unknown"),
        ],
    )
    def test_it_is_refused(self, url):
        with pytest.raises(ValidationError):
            hooks.subscribe(ClientFactory(), url=url, events=["letter.*"])

    def test_a_name_that_leads_elsewhere_later_is_refused_then(self, webhook, received, settings):
        settings.WEBHOOK_NETWORKS = ()
        happened()

        assert tell(webhook) == 0
        assert received.requests == []
        assert "ภายใน" in Delivery.objects.get().error or "private" in Delivery.objects.get().error

    def test_unknown_events_are_refused(self, received):
        with pytest.raises(ValidationError, match="bird"):
            hooks.subscribe(ClientFactory(), url=received.url, events=["bird.sing"])

    def test_no_events_are_refused(self, received):
        with pytest.raises(ValidationError) as refused:
            hooks.subscribe(ClientFactory(), url=received.url, events=[])

        assert list(refused.value.message_dict) == ["events"]

    def test_a_system_has_so_many_and_no_more(self, webhook, received, monkeypatch):
        monkeypatch.setattr(hooks, "MOST", 1)

        with pytest.raises(ValidationError, match="1"):
            hooks.subscribe(webhook.client, url=received.url, events=["letter.*"])


class TestInterface:
    """Webhooks as their systems keep them."""

    @pytest.fixture
    def ask(self, client):
        token, words = token_of(Scope.WEBHOOKS_MANAGE)

        def ask(method, path, body=None):
            return client.generic(
                method,
                f"/api/v1/{path}",
                json.dumps(body) if body is not None else "",
                content_type="application/json",
                **with_token(words),
            )

        ask.client = token.client
        return ask

    def test_from_the_first_to_the_last(self, ask, received):
        made = ask("POST", "webhooks", {"url": received.url, "events": ["letter.*"]})
        assert made.status_code == 201
        one = f"webhooks/{made.json()['id']}"
        assert "secret" not in ask("GET", one).json()
        happened()
        tell(Webhook.objects.get())
        (delivery,) = ask("GET", f"{one}/deliveries").json()["items"]
        assert delivery["state"] == "delivered"
        assert ask("POST", f"{one}/replay", {"sequence": delivery["sequence"]}).json() == {"events": 1}
        assert ask("POST", f"{one}/replay", {"since": "2020-01-01T00:00:00+07:00"}).json() == {"events": 1}
        assert ask("POST", f"{one}/secret").json()["secret"] != made.json()["secret"]
        assert ask("POST", f"{one}/resume").json()["stopped_at"] is None
        changed = ask("PUT", one, {"url": received.url, "events": ["letter.send"]})
        assert changed.json()["events"] == ["letter.send"]
        assert ask("DELETE", one).status_code == 204
        assert ask("GET", "webhooks").json() == []

    @pytest.mark.parametrize(
        "body", [{}, {"sequence": 1, "since": "2020-01-01T00:00:00Z"}, {"since": "2020-01-01T00:00:00"}]
    )
    def test_a_replay_begins_somewhere(self, ask, webhook, body):
        Webhook.objects.update(client=ask.client)

        assert ask("POST", f"webhooks/{webhook.pk}/replay", body).status_code == 422

    def test_another_system_s_webhook_is_not_there(self, ask, webhook):
        assert ask("GET", f"webhooks/{webhook.pk}").status_code == 404

    def test_a_wrong_address_is_pointed_to(self, ask):
        answer = ask("POST", "webhooks", {"url": "https://10.0.0.1/", "events": ["letter.*"]})

        assert answer.json()["errors"][0]["pointer"] == "/url"

    def test_events_are_listed(self, client):
        assert {one["name"]: one["is_public"] for one in client.get("/api/v1/events").json()} == {
            "letter.send": True,
            "letter.write": False,
        }


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_committed_late_is_told_too(received):
    webhook = hooks.subscribe(ClientFactory(), url=received.url, events=["letter.*"])[0]
    written, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            happened(reference="late")
            written.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    happened(reference="early")
    tell(webhook)
    go_on.set()
    thread.join()

    tell(webhook)

    assert [json.loads(body)["data"]["reference"] for _h, body in received.requests] == ["early", "late"]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_event_once(received):
    from tests.support.together import together

    webhook = hooks.subscribe(ClientFactory(), url=received.url, events=["letter.*"])[0]
    for number in range(5):
        happened(reference=f"L{number}")

    together(lambda: tell(webhook), lambda: tell(webhook), lambda: tell(webhook))
    tell(webhook)

    assert sorted(received.ids) == sorted(set(received.ids))
    assert len(received.requests) == 5


A_WORKER = """
import tests.support.program
from saduak.machines.models import Webhook
from saduak.machines.operations import hooks

hooks.deliver_due(Webhook.objects.get())
"""


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_between_sending_and_writing_it_down_leaves_the_event(received):
    webhook = hooks.subscribe(ClientFactory(), url=received.url, events=["letter.*"])[0]
    happened()
    hooks.gather(webhook)
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": address.geturl(),
        "SADUAK_WEBHOOK_NETWORKS": LOOPBACK,
    }
    worker = subprocess.Popen([sys.executable, "-c", A_WORKER], env=environment)  # noqa: S603  Our own words.
    received.heard = worker.kill  # It has sent, and waits for the answer.
    try:
        worker.wait(60)
    finally:
        worker.kill()

    assert (worker.returncode, len(received.requests)) == (-signal.SIGKILL, 1)
    delivery = webhook.deliveries.get()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    received.heard = lambda: None
    assert hooks.deliver_due(webhook, at=timezone.now() + hooks.LEASE) == 1
    assert len(set(received.ids)) == 1  # Sent twice under one id, by which the other side knows it.


def test_each_running_webhook_gets_one_job_and_no_second_while_it_waits(webhook):
    other = hooks.subscribe(ClientFactory(), url=webhook.url, events=["letter.*"])[0]
    Webhook.objects.filter(pk=other.pk).update(stopped_at=timezone.now())

    tell_all_task(0)
    tell_all_task(0)

    waiting = ProcrastinateJob.objects.filter(task_name="machines.tell")
    assert [job.args for job in waiting] == [{"webhook": str(webhook.pk)}]


def test_what_is_old_is_forgotten(webhook):
    entry = happened()
    hooks.gather(webhook)
    Delivery.objects.update(state=State.DELIVERED, made_at=timezone.now() - timedelta(days=40))

    forget_task(0)

    assert not Delivery.objects.filter(sequence=entry.pk).exists()


def test_events_wait_while_the_secret_does_not_open(webhook, received, settings):
    happened()
    settings.CREDENTIAL_SECRET = "other words than before"

    assert tell(webhook) == 0

    assert received.requests == []
    assert Delivery.objects.get().state == State.WAITING
