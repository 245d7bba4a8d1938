"""What happens to people: the wrong number, two taps, the back button, another language in the middle, nonsense typed.

Each is told something and loses nothing; nothing is a mistake of ours.
"""

import json
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from saduak.frontdesk.models import Ticket
from saduak.frontdesk.queries.finding import code_of
from saduak.frontdesk.tests.kiosks import paired
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db

NONSENSE = ["", "\x00", "A\x00", "²", "9" * 40, "-1", "ก" * 300, "A01²", "๑", "A1\n"]
"""Of every kind: empty, cut off by a NUL, figures that are none, too long, of another script."""


@pytest.fixture
def world():
    cache.clear()
    return DeskWorld().stand()


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def address(name, *args):
    return reverse(name, args=args)


def text(answer):
    return answer.content.decode()


def form(world, **more):
    return {"service": world.registration.pk, "priority": world.ordinary.code, **more}


def test_nonsense_in_addresses_and_forms_is_never_our_mistake(world, visitor):
    ticket = world.issue()
    token = paired(world.desk, by=world.head, at=world.now)[1]
    mistakes = []

    def ask(method, *args, **how):
        cache.clear()  # Whoever asks so often is slowed down.
        answer = getattr(visitor, method)(*args, **how)
        if answer.status_code >= 500 or (answer.status_code >= 400 and not answer.content):
            mistakes.append((method, args, answer.status_code))

    for nonsense in NONSENSE:
        there = quote(nonsense, safe="") or "x"
        for path in ["{}/", "{}/take", "{}/rule", "{}/find", "t/{}", "t/{}/state", "t/{}/back", "b/{}", "board/{}"]:
            ask("get", f"/queue/{path.format(there)}")
        for name in ("wait_again", "cancel_ticket", "follow_by_email", "follow_by_push", "rate_visit"):
            fields = dict.fromkeys(["seen", "email", "score", "comment"], nonsense)
            ask("post", address(name, ticket.secret), fields)
        for name in ("take_ticket", "find_ticket"):
            ask("post", address(name, world.centre.code), dict.fromkeys(["service", "key", "number", "code"], nonsense))
        ask("get", address("why_before", ticket.secret), {"number": nonsense, "in": nonsense})
        ask("get", address("kiosk_print"), {"printout": nonsense}, headers={"X-Device-Token": token})
        for name in ("kiosk_tickets", "kiosk_numbers", "kiosk_check_in", "kiosk_back", "kiosk_print"):
            said = dict.fromkeys(["number", "code", "reference"], nonsense) | {"left": {nonsense: 1}}
            headers = {"X-Device-Token": token, "X-Device-Unsent": "9", "X-Device-Clock": "9999-99-99"}
            ask("post", address(name), json.dumps(said), content_type="application/json", headers=headers)

    assert mistakes == []


def test_a_number_of_another_centre_or_of_another_day_is_not_found_there(world, visitor):
    ticket, other = world.issue(), DeskWorld().stand()

    answer = visitor.post(
        address("find_ticket", other.centre.code), {"number": ticket.shown, "code": code_of(ticket.secret)}
    )

    assert answer.status_code == 422
    assert "ไม่พบบัตรคิวของวันนี้ที่มีหมายเลขและรหัสนี้" in text(answer)
    assert f'value="{ticket.shown}"' in text(answer)


def test_after_giving_back_a_ticket_the_back_button_leads_on(world, visitor):
    key = "8a1f3c2e-0000-4000-8000-000000000001"
    there = address("take_ticket", world.centre.code)
    first = visitor.post(there, form(world, key=key)).url
    assert visitor.post(there, form(world, key=key)).url == first  # Two taps.
    ticket = Ticket.objects.get()
    cancel = address("cancel_ticket", ticket.secret)
    for _twice in range(2):
        assert visitor.post(cancel, {"seen": ticket.version}).url == first

    again = visitor.post(there, form(world, key=key))  # The page of before, by the back button.

    assert again.url == first
    assert there in text(visitor.get(first))
    assert visitor.post(there, form(world, key=key.replace("1", "2"))).url != first


def test_a_form_that_came_to_pieces_is_given_anew(world, visitor):
    answer = visitor.post(address("take_ticket", world.centre.code), form(world, key="in pieces"))

    assert answer.status_code == 422
    assert "โปรดตรวจดูอีกครั้งแล้วกดใหม่" in text(answer)
    assert "in pieces" not in text(answer)
    assert f'value="{world.registration.pk}" checked' in text(answer)


@pytest.mark.parametrize("name", ["follow_by_email", "cancel_ticket"])
def test_another_language_in_the_middle_leads_back_to_the_ticket(world, visitor, name):
    ticket = world.issue()

    answer = visitor.get(address(name, ticket.secret), {"in": "my"})

    assert answer.url == address("show_ticket", ticket.secret) + "?in=my"
    assert world.fresh(ticket).stage == "waiting"


def test_a_desk_without_services_or_closed_says_so(world, visitor):
    there, queue = address("take_ticket", world.centre.code), address("show_queue", world.centre.code)
    world.centre.services.update(is_offered=False)

    assert "ขณะนี้ไม่มีงานบริการให้เลือก" in text(visitor.get(there))
    assert "ขณะนี้ไม่มีงานบริการให้เลือก" in text(visitor.get(queue))
    assert there not in text(visitor.get(queue))
    world.desk.is_open = False
    world.desk.save()
    assert 'role="alert"' in text(visitor.get(there))
    assert visitor.post(there, form(world, key="8a1f3c2e-0000-4000-8000-000000000001")).status_code == 422
    assert not Ticket.objects.exists()
