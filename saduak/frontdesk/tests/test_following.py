"""Whoever follows a ticket is told once when it is nearly time, and once for each call."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from saduak.frontdesk.gateways import push
from saduak.frontdesk.gateways.push import is_push_service
from saduak.frontdesk.models import Follower, PushKey
from saduak.frontdesk.operations import calling, following
from saduak.frontdesk.presenters.turns import turn_in_words
from saduak.frontdesk.tasks import forget_followers, tell_all_followers, tell_followers
from saduak.frontdesk.tests.world import DeskWorld
from saduak.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return DeskWorld().stand()


@pytest.fixture
def push_service(monkeypatch):
    """A push service of our own, with a browser behind it that reads what comes; `answers` are its statuses."""
    browser, secret = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
    received, answers = [], []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            plain = http_ece.decrypt(body, private_key=browser, auth_secret=secret)
            received.append((json.loads(plain), {name.lower(): value for name, value in self.headers.items()}))
            self.send_response(answers.pop(0) if answers else 201)
            self.end_headers()

        def log_message(self, *said):
            pass

    server = HTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    point = browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    server.subscription = {
        "endpoint": f"http://127.0.0.1:{server.server_port}/one",
        "p256dh": urlsafe_b64encode(point).decode(),
        "auth": urlsafe_b64encode(secret).decode(),
    }
    server.received, server.answers = received, answers
    monkeypatch.setattr(push, "is_push_service", lambda endpoint: True)
    yield server
    server.shutdown()
    server.server_close()


def tell(world):
    return following.tell(turn_in_words, centre=world.centre.pk, at=world.now)


def test_a_browser_is_told_in_secret_and_in_our_name(world, push_service):
    ticket = world.issue()
    following.follow_by_push(ticket, **push_service.subscription, language="en")

    assert tell(world) == 1

    said, headers = push_service.received[0]
    assert said["title"] == "Nearly your turn: A001"
    assert said["address"].endswith(f"/queue/t/{ticket.secret}?in=en")
    assert following.public_key() in headers["authorization"]
    assert (headers["ttl"], headers["urgency"]) == ("600", "high")


def test_each_thing_is_told_once_and_each_call_anew(world, push_service):
    ticket = world.issue()
    following.follow_by_push(ticket, **push_service.subscription, language="th")
    assert [tell(world), tell(world)] == [1, 0]
    called = world.call()
    assert [tell(world), tell(world)] == [1, 0]
    calling.recall(world.seated(), called, at=world.minute())
    assert [tell(world), tell(world)] == [1, 0]

    titles = [said["title"] for said, _headers in push_service.received]
    assert titles == ["ใกล้ถึงคิวของท่านแล้ว: A001", *["หมายเลข A001 เชิญที่ช่อง 1"] * 2]


def test_nobody_is_told_while_many_wait_before(world, push_service):
    for _ in range(following.NEAR + 1):
        world.issue()
    following.follow_by_push(world.issue(), **push_service.subscription, language="th")

    assert tell(world) == 0
    world.call()
    assert tell(world) == 1


def test_a_browser_that_does_not_want_any_more_is_forgotten(world, push_service):
    push_service.answers += [410]
    following.follow_by_push(world.issue(), **push_service.subscription, language="th")

    assert tell(world) == 0
    assert not Follower.objects.exists()


def test_a_push_service_that_fails_fails_nobody_else(world, push_service):
    push_service.answers += [500]
    ticket = world.issue()
    following.follow_by_push(ticket, **push_service.subscription, language="th")
    following.follow_by_email(ticket, "visitor@example.com", language="th")

    assert tell(world) == 1
    assert Follower.objects.count() == 2


def test_who_gave_an_address_gets_the_same_words_by_the_outbox(world):
    ticket = world.issue()
    following.follow_by_email(ticket, "visitor@example.com", language="th")

    tell(world)
    world.call()
    tell(world)

    first, second = Notice.objects.order_by("drafted_at", "pk")
    assert {first.subject, second.subject} == {"ใกล้ถึงคิวของท่านแล้ว: A001", "หมายเลข A001 เชิญที่ช่อง 1"}
    assert f"/queue/t/{ticket.secret}" in first.body
    assert {first.state, second.state} == {"released"}


def test_an_address_that_is_none_and_a_minute_that_comes_round(world):
    following.follow_by_email(world.issue(), "nobody", language="th")

    tell_all_followers(0)

    assert not Notice.objects.exists()


def test_a_call_enqueues_the_telling_only_where_somebody_follows(world, django_capture_on_commit_callbacks):
    jobs = ProcrastinateJob.objects.filter(task_name="frontdesk.tell_followers")
    world.issue()
    with django_capture_on_commit_callbacks(execute=True):
        world.called()
    assert not jobs.exists()

    following.follow_by_email(world.issue(), "visitor@example.com", language="th")
    with django_capture_on_commit_callbacks(execute=True):
        world.call(2)
    assert jobs.get().args == {"centre": world.centre.pk}
    tell_followers(world.centre.pk)


def test_followers_are_few_each_once_and_forgotten_the_next_day(world):
    ticket = world.issue()
    for number in range(following.MOST_FOLLOWERS + 2):
        following.follow_by_email(ticket, f"visitor{number}@example.com", language="th")
    again = following.follow_by_email(ticket, "visitor0@example.com", language="th")

    assert Follower.objects.count() == following.MOST_FOLLOWERS
    assert again == Follower.objects.earliest("pk")
    forget_followers(0)
    assert Follower.objects.exists()
    assert following.forget(at=world.now + timedelta(days=1)) == following.MOST_FOLLOWERS


def test_an_ended_visit_has_no_followers(world):
    assert following.follow_by_email(world.finish(), "visitor@example.com", language="th") is None


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("https://wns2-sg2p.notify.windows.com/w/?token=abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com.example.com/", False),
        ("https://127.0.0.1/", False),
        ("nonsense", False),
    ],
)
def test_nothing_is_sent_but_to_push_services(endpoint, expected):
    assert is_push_service(endpoint) is expected


def test_the_key_is_made_once_and_lies_encrypted(world):
    first = following.public_key()

    assert following.public_key() == first
    assert len(urlsafe_b64decode(first + "==")) == 65
    assert PushKey.objects.count() == 1


def test_the_page_takes_a_subscription_and_refuses_other_addresses(world, client):
    ticket = world.issue(at=timezone.now())
    address = reverse("follow_by_push", args=[ticket.secret])
    keys = {"p256dh": "BPk", "auth": "c2Vj"}

    def send(endpoint):
        body = json.dumps({"endpoint": endpoint, "keys": keys})
        return client.post(address, body, content_type="application/json").status_code

    assert [send("https://fcm.googleapis.com/fcm/send/a"), send("https://example.com/a")] == [200, 422]
    assert Follower.objects.count() == 1


def test_the_page_takes_an_address_and_keeps_a_wrong_one_to_be_mended(world, client):
    ticket = world.issue(at=timezone.now())
    address = reverse("follow_by_email", args=[ticket.secret])

    wrong = client.post(address, {"email": "visitor@"})
    right = client.post(address, {"email": "visitor@example.com"})

    assert (wrong.status_code, 'value="visitor@"' in wrong.content.decode()) == (422, True)
    assert "visitor@example.com" in right.content.decode()
    assert Follower.objects.get().email == "visitor@example.com"
