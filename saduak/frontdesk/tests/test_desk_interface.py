"""The interface for devices: scopes, deeds once, and calls that reach every board."""

import json
from itertools import product
from uuid import uuid4

import pytest
from django.utils import timezone

from saduak.config.api import desk as interface
from saduak.frontdesk.models import Call, Ticket
from saduak.frontdesk.models.devices import SCOPES, DeviceKind
from saduak.frontdesk.operations import furnishing, sittings
from saduak.frontdesk.queries.devices import digest_of
from saduak.frontdesk.tests.factories import DeviceFactory
from saduak.frontdesk.tests.world import DeskWorld
from saduak.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return DeskWorld().stand()


@pytest.fixture
def ask(client, world):
    """Ask as a device of the desk; `ask(world, "POST", "tickets", {...}, kind=…)`."""
    tokens = {}

    def asked(method, path, body=None, *, kind=DeviceKind.OTHER, counter=None, key=None, token=None, **headers):
        if token is None:
            token = tokens.setdefault((kind, counter and counter.pk), f"token-{uuid4()}")
            if not world.desk.devices.filter(token_digest=digest_of(token)).exists():
                DeviceFactory(desk=world.desk, kind=kind, counter=counter, token_digest=digest_of(token))
        headers = {"Authorization": f"Bearer {token}", **({"Idempotency-Key": str(key)} if key else {}), **headers}
        return client.generic(
            method,
            f"/api/v1/desk/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=headers,
        )

    return asked


OPERATIONS = [(method, route, operation) for route, operation in interface.operations() for method in operation.methods]


def test_every_operation_opens_to_devices_with_its_scope_and_to_no_others(ask):
    wrong = []
    for (method, route, operation), kind in product(OPERATIONS, [None, *DeviceKind.values]):
        path = route.removeprefix("desk/").replace("{reference}", "none").replace("{code}", "000000")
        body = {} if method == "POST" else None
        answer = ask(method, path, body, token="unknown") if kind is None else ask(method, path, body, kind=kind)
        may = kind is not None and operation.auth_callbacks[0].scope in SCOPES[kind]
        expected = 401 if kind is None else None if may else 403
        if (answer.status_code in (401, 403)) != (expected is not None) or (expected or answer.status_code) >= 500:
            wrong.append((route, kind, answer.status_code))

    assert wrong == []


def test_a_system_may_be_given_less_than_its_kind(world, ask):
    DeviceFactory(
        desk=world.desk, kind=DeviceKind.OTHER, token_digest=digest_of("small"), options={"scopes": ["desk:read"]}
    )

    assert ask("GET", "offers", token="small").status_code == 200
    assert ask("POST", "counter/next", token="small").status_code == 403


def test_a_device_that_was_taken_off_is_heard_no_more(world, ask):
    DeviceFactory(desk=world.desk, token_digest=digest_of("gone"), revoked_at=timezone.now())

    answer = ask("GET", "device", token="gone")

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_a_ticket_is_taken_once_for_a_key_and_only_its_taker_gets_its_address(world, ask):
    key, asked = uuid4(), {"service": world.registration.pk, "priority": world.elderly.code}

    first = ask("POST", "tickets", asked, key=key)
    again = ask("POST", "tickets", asked, key=key)
    seen = ask("GET", f"tickets/{first.json()['reference']}")

    ticket = Ticket.objects.get()
    assert (first.status_code, first.json()) == (201, again.json())
    assert first.json()["address"].endswith(f"/queue/t/{ticket.secret}")
    assert (seen.json()["ahead"], seen.json()["stage"]) == (0, "waiting")
    assert ticket.secret not in seen.content.decode()
    assert ticket.channel == "device"


def test_a_ticket_costs_two_questions_of_which_the_first_is_who_asks(world, ask, django_assert_num_queries):
    DeviceFactory(desk=world.desk, kind=DeviceKind.KIOSK, token_digest=digest_of("k"), last_seen_at=timezone.now())
    asked = {"service": world.registration.pk}
    ask("POST", "tickets", asked, token="k")

    with django_assert_num_queries(2 + 2):  # And a savepoint, where a test has begun a transaction.
        assert ask("POST", "tickets", asked, token="k", key=uuid4()).status_code == 201


def test_what_a_desk_offers_is_known_until_its_set_up_changes(world, ask):
    asked = {"service": world.registration.pk}
    first = ask("POST", "tickets", asked).status_code

    furnishing.write_service(world.desk, world.registration, by=world.head, is_offered=False)
    withdrawn = ask("POST", "tickets", asked)
    furnishing.write_special_day(world.desk, timezone.localdate(), by=world.head, reason="ไฟดับ")
    closed = ask("POST", "tickets", {"service": world.advice.pk})

    assert (first, withdrawn.status_code, closed.status_code) == (201, 422, 422)


def test_a_key_that_is_no_uuid_and_a_service_of_another_desk_are_refused(world, ask):
    other = DeskWorld().stand()

    assert ask("POST", "tickets", {"service": world.registration.pk}, key="again").status_code == 422
    assert ask("POST", "tickets", {"service": other.registration.pk}).status_code == 404
    assert not Ticket.objects.exists()


def test_a_button_at_the_counter_acts_for_the_officer_who_sits_there(world, ask):
    ticket = world.issue()
    counter = world.counters[0]
    nobody = ask("POST", "counter/next", counter=counter)
    sitting = world.sit()

    called = ask("POST", "counter/next", counter=counter, key=uuid4()).json()["ticket"]
    recalled = ask("POST", "counter/recall", {"ticket": called["reference"]}, counter=counter)
    ask("POST", "counter/start", {"ticket": called["reference"]}, counter=counter)
    finished = ask("POST", "counter/finish", {"ticket": called["reference"], "outcome": "advised"}, counter=counter)

    assert (nobody.status_code, recalled.status_code, finished.status_code) == (422, 200, 200)
    assert (called["reference"], called["counter"]) == (ticket.reference, counter.label)
    assert finished.json()["stage"] == "finished"
    assert {entry.by for entry in Entry.objects.of(ticket).exclude(step="issue")} == {sitting.officer}
    assert [call.kind for call in Call.objects.order_by("pk")] == ["next", "recall"]


def test_next_is_pressed_once_for_a_key(world, ask):
    world.issue()
    world.issue()
    world.sit()
    key = uuid4()

    answers = [ask("POST", "counter/next", counter=world.counters[0], key=key).json() for _press in range(3)]

    assert answers[0]["ticket"]["number"] == "A001"
    assert answers == [answers[0]] * 3
    assert Call.objects.count() == 1


def test_a_call_made_here_reaches_every_board(world, ask, client):
    board = world.desk.boards.create(name="จอหน้าห้อง")
    world.issue()
    world.sit()

    ask("POST", "counter/next", counter=world.counters[0])

    state = client.get(f"/queue/board/{board.address}/state").json()
    assert [call["number"] for call in state["calls"]] == ["A001"]
    assert [call["number"] for call in ask("GET", "calls").json()["calls"]] == ["A001"]


def test_calls_since_the_last_one_and_304_while_nothing_has_changed(world, ask):
    world.issue()
    world.issue()
    world.finish(world.serve(world.call()))
    world.call()
    first = ask("GET", "calls")
    ids = [call["id"] for call in first.json()["calls"]]

    later = ask("GET", f"calls?after={ids[0]}")
    same = ask("GET", "calls", **{"If-None-Match": first["ETag"]})
    world.issue()
    changed = ask("GET", "calls", **{"If-None-Match": first["ETag"]})

    assert [call["id"] for call in later.json()["calls"]] == ids[1:]
    assert (same.status_code, changed.status_code) == (304, 200)


def test_the_floor_tells_the_line_and_asks_as_much_for_many_as_for_few(world, ask, django_assert_max_num_queries):
    for _visitor in range(12):
        world.issue()
    world.issue(priority=world.elderly)
    world.call()
    ask("GET", "device")  # It is paired now.

    with django_assert_max_num_queries(9):
        floor = ask("GET", "floor")
    told = floor.json()

    assert [one["place"] for one in told["waiting"]] == list(range(1, 13))
    assert [one["counter"] for one in told["counters"]] == ["1"]
    assert told["counters"][0]["ticket"]["stage"] == "called"
    assert "visitor_name" not in floor.content.decode()
    assert ask("GET", "floor", **{"If-None-Match": floor["ETag"]}).status_code == 304


def test_transfer_hold_and_the_missed_come_back(world, ask):
    world.issue()
    world.sit(1)
    here = world.counters[0]
    called = ask("POST", "counter/next", counter=here).json()["ticket"]["reference"]
    ask("POST", "counter/start", {"ticket": called}, counter=here)

    held = ask("POST", "counter/hold", {"ticket": called}, counter=here).json()
    resumed = ask("POST", "counter/resume", {"ticket": called}, counter=here).json()
    passed = ask("POST", "counter/transfer", {"ticket": called, "service": world.payment.pk}, counter=here).json()
    without = ask("POST", "counter/transfer", {"ticket": called}, counter=here)

    assert (held["stage"], resumed["stage"], passed["stage"]) == ("on_hold", "called", "waiting")
    assert (passed["service"], without.status_code) == (world.payment.pk, 422)


def test_who_sits_down_elsewhere_is_not_served_by_this_button(world, ask):
    world.issue()
    sitting = world.sit(1)
    sittings.leave(sitting)

    answer = ask("POST", "counter/next", counter=world.counters[0])

    assert answer.status_code == 422
    assert not Call.objects.exists()
