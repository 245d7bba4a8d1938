"""A visitor's own ticket: taken on the web, followed, found again, cancelled."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from saduak.frontdesk.models import Ticket
from saduak.frontdesk.queries.finding import code_of, found
from saduak.frontdesk.tests.world import DeskWorld
from tests.support.node import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    cache.clear()
    return DeskWorld().stand()


def take(client, world, service=None, *, name="take_ticket", **more):
    """What the platform answers who takes a ticket by the form."""
    address = reverse(name, args=[world.centre.code])
    key = re.search(r'name="key" value="([^"]+)"', client.get(address).content.decode())
    asked = {
        "service": (service or world.registration).pk,
        "priority": world.ordinary.code,
        "key": key[1] if key else "",
    }
    return client.post(address, asked | more)


def page(client, ticket, **query):
    return client.get(reverse("show_ticket", args=[ticket.secret]), query)


def state(client, ticket, **headers):
    return client.get(reverse("ticket_state", args=[ticket.secret]), headers=headers)


@pytest.mark.parametrize(("name", "channel"), [("take_ticket", "web"), ("take_ticket_at_the_door", "door")])
def test_a_ticket_taken_by_oneself_leads_to_its_page(client, world, name, channel):
    answer = take(client, world, name=name)

    ticket = Ticket.objects.get()
    assert answer.url == reverse("show_ticket", args=[ticket.secret])
    assert (ticket.channel, ticket.shown) == (channel, "A001")


def test_a_browser_holds_one_open_ticket_at_a_centre(client, world):
    first = take(client, world)

    assert take(client, world, world.advice).url == first.url
    assert Ticket.objects.count() == 1
    assert "ท่านมีบัตรคิวที่นี่อยู่แล้ว" in client.get(reverse("take_ticket", args=[world.centre.code])).content.decode()
    client.post(reverse("cancel_ticket", args=[Ticket.objects.get().secret]))
    assert take(client, world, world.advice).url != first.url


def test_a_second_press_gives_the_same_ticket_even_to_another_browser(client, world):
    key = "8c1d6a1e-1111-4222-8333-000000000001"
    first = take(client, world, key=key)
    client.cookies.clear()

    assert take(client, world, key=key).url == first.url
    assert Ticket.objects.count() == 1


def test_a_form_without_a_service_is_shown_again_with_what_was_chosen(client, world):
    answer = take(client, world, service=world.payment, priority="nobody")

    assert answer.status_code == 422
    assert "โปรดเลือกหนึ่งข้อ" in answer.content.decode()
    assert f'value="{world.payment.pk}" checked' in answer.content.decode()
    assert not Ticket.objects.exists()


def test_out_of_hours_the_page_says_why_and_gives_nothing(client, world):
    world.desk.hours = [{"days": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": "00:01"}]
    world.desk.save()

    answer = take(client, world)

    assert answer.status_code == 422
    assert "ปิดทำการ" in answer.content.decode() or "ปิด" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_a_service_that_gives_no_more_cannot_be_chosen(client, world):
    world.registration.daily_limit = 1
    world.registration.save()
    world.issue(at=timezone.now())

    assert (
        f'value="{world.registration.pk}" disabled'
        in client.get(reverse("take_ticket", args=[world.centre.code])).content.decode()
    )
    assert take(client, world).status_code == 422


def test_whoever_takes_too_many_is_sent_to_an_officer(client, world, monkeypatch):
    monkeypatch.setattr("saduak.frontdesk.views.holding.TICKETS_IN_TEN_MINUTES", 1)
    take(client, world)
    client.cookies.clear()

    answer = take(client, world)

    assert answer.status_code == 422
    assert "โปรดสอบถามเจ้าหน้าที่" in answer.content.decode()
    assert Ticket.objects.count() == 1


def test_the_page_tells_where_the_ticket_stands_in_four_languages(client, world):
    world.issue()
    ticket = world.issue(priority=world.ordinary, language="my")

    assert "သင့်ရှေ့တွင် တစ်ဦး ရှိသည်" in page(client, ticket).content.decode()
    assert 'lang="my-MM"' in page(client, ticket).content.decode()
    assert "您前面还有 1 人" in page(client, ticket, **{"in": "zh"}).content.decode()
    assert "One person before you" in page(client, ticket, **{"in": "en"}).content.decode()
    assert "มี 1 คนก่อนหน้าท่าน" in page(client, ticket, **{"in": "th"}).content.decode()


def test_a_call_shows_the_counter_and_says_nothing_about_others(client, world):
    ticket = world.called()

    shown = page(client, ticket).content.decode()

    assert "ถึงคิวของท่านแล้ว" in shown
    assert re.search(r"<strong>1</strong>", shown)
    assert str(world.officers[0]) not in shown


def test_nothing_is_sent_again_while_nothing_has_changed(client, world):
    ticket = world.issue()
    first = state(client, ticket)

    assert state(client, ticket, **{"If-None-Match": first["ETag"]}).status_code == 304
    assert page(client, ticket)["ETag"] != ""
    world.call()
    changed = state(client, ticket, **{"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed.json()["stage"], changed.json()["counter"]) == (200, "called", "1")


def test_what_has_not_changed_costs_three_questions(client, world, django_assert_max_num_queries):
    ticket = world.issue()
    for _ in range(3):
        world.issue()
    tag = state(client, ticket)["ETag"]

    with django_assert_max_num_queries(3):
        state(client, ticket, **{"If-None-Match": tag})


def test_an_unknown_ticket_may_still_come_in_from_a_kiosk(client, world):
    answer = client.get(reverse("show_ticket", args=["neverheardofit000"]))

    assert answer.status_code == 404
    assert "หน้านี้จะแสดงบัตรคิวเองเมื่อเชื่อมต่อได้" in answer.content.decode()
    assert client.get(reverse("ticket_state", args=["neverheardofit000"])).status_code == 404


def test_the_holder_cancels_a_waiting_ticket_and_not_one_that_was_called(client, world):
    waiting, called = world.issue(at=world.now), world.called()
    assert called == waiting
    other = world.issue()

    client.post(reverse("cancel_ticket", args=[called.secret]))
    client.post(reverse("cancel_ticket", args=[other.secret]), {"seen": other.version})

    assert (world.fresh(called).stage, world.fresh(other).stage) == ("called", "cancelled")


def test_a_page_that_was_overtaken_does_not_cancel(client, world):
    ticket = world.issue()

    client.post(reverse("cancel_ticket", args=[ticket.secret]), {"seen": ticket.version + 1})

    assert world.fresh(ticket).stage == "waiting"


@pytest.mark.parametrize("typed", ["A001", "a1", " a 001 "])
def test_a_lost_page_is_found_by_number_and_code(client, world, typed):
    ticket = world.issue(at=timezone.now())

    answer = client.post(
        reverse("find_ticket", args=[world.centre.code]), {"number": typed, "code": code_of(ticket.secret).lower()}
    )

    assert answer.url == reverse("show_ticket", args=[ticket.secret])


@pytest.mark.parametrize(("number", "code"), [("A001", "22222"), ("A999", ""), ("1", "x"), ("", ""), ("Aก", "x")])
def test_a_wrong_code_finds_nothing_and_keeps_what_was_typed(client, world, number, code):
    ticket = world.issue(at=timezone.now())
    code = code if code_of(ticket.secret) != code else "33333"

    answer = client.post(reverse("find_ticket", args=[world.centre.code]), {"number": number, "code": code})

    assert answer.status_code == 422
    assert f'value="{number}"' in answer.content.decode()


def test_guessing_codes_is_slowed_down(client, world, monkeypatch):
    monkeypatch.setattr("saduak.frontdesk.views.holding.SEARCHES_IN_TEN_MINUTES", 1)
    address = reverse("find_ticket", args=[world.centre.code])

    assert [client.post(address, {"number": "A1", "code": "X"}).status_code for _ in range(2)] == [422, 429]


def test_a_ticket_of_yesterday_is_not_found(world):
    ticket = world.issue()

    assert found(world.centre, ticket.day - timezone.timedelta(days=1), ticket.shown, code_of(ticket.secret)) is None


NUMBERS = """
    import { codeOf, dayOf, left, nextNumber, shown } from `${site}/frontdesk/kiosk/numbers.js`;
    const today = "2026-11-20";
    const blocks = [
        { day: today, prefix: "A", first: 721, last: 722 },
        { day: today, prefix: "A", first: 701, last: 702 },
        { day: today, prefix: "B", first: 701, last: 701 },
        { day: "2026-11-19", prefix: "A", first: 1, last: 99 },
    ];
    const used = [];
    const taken = [];
    for (let at = 0; at < 5; at += 1) {
        const number = nextNumber(blocks, used, "A", today);
        taken.push(number);
        if (number !== null) used.push({ day: today, prefix: "A", number });
    }
    console.log(JSON.stringify({
        taken,
        left: left(blocks, used, ["A", "B", "C"], today),
        other: nextNumber(blocks, used, "B", today),
        shown: [shown("A", 7), shown("A", 1234), shown("A", 7, 2)],
        days: [dayOf(Date.UTC(2026, 10, 20, 16, 59)), dayOf(Date.UTC(2026, 10, 20, 17, 0))],
        code: await codeOf("abcdefghijklmnop"),
    }));
"""


def test_a_kiosk_counts_its_numbers_as_the_platform_does():
    program = NUMBERS.replace("import {", "const {").replace("} from `", "} = await import(`").replace("`;", "`);", 1)

    assert run(program) == {
        "taken": [701, 702, 721, 722, None],
        "left": {"A": 0, "B": 1, "C": 0},
        "other": 701,
        "shown": ["A007", "A1234", "A07"],
        "days": ["2026-11-20", "2026-11-21"],
        "code": code_of("abcdefghijklmnop"),
    }
