"""The officer's console: who may open it, what its buttons do, what it says when they cannot."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from saduak.audit.models import Record
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.frontdesk.models import Call, Sitting, Ticket
from saduak.frontdesk.operations import calling, serving, sittings
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = DeskWorld()
    world.stand()
    return world


class Officer:
    """An officer with a browser."""

    def __init__(self, world, person):
        self.world, self.client = world, Client()
        self.client.force_login(person)
        self.code = world.centre.code

    def sees(self, name="show_console", *more, **query):
        return self.client.get(reverse(name, args=[self.code, *more]), query)

    def presses(self, deed, about=None, **typed):
        if about is not None:
            typed["ticket"] = f"{about.reference}:{about.version}"
        typed.setdefault("key", str(uuid4()))
        return self.client.post(reverse("press_button", args=[self.code, deed]), typed)


@pytest.fixture
def officer(world):
    world.seated()
    return Officer(world, world.officers[0])


def said(answer):
    return answer.content.decode()


def test_who_does_not_sit_yet_chooses_a_free_counter(world):
    officer = Officer(world, world.officers[1])
    world.seated(1)

    page = said(officer.sees())
    assert page.count('name="counter"') == 2
    assert world.officers[0].name in page

    url = reverse("sit_down", args=[officer.code])
    assert officer.client.post(url, {"counter": world.counters[0].pk}).status_code == 422
    assert officer.client.post(url, {}).status_code == 422
    assert officer.client.post(url, {"counter": world.counters[1].pk}).status_code == 302
    assert Sitting.objects.going_on().filter(officer=world.officers[1], counter=world.counters[1]).exists()


def test_who_looks_on_only_has_no_console(world):
    assert Officer(world, person_of(Office.AUDITOR)).sees().status_code == 403


def test_a_visit_by_pressing_buttons(world, officer):
    world.issue(priority=world.elderly, visitor_name="นางคำ ดีใจ")
    assert "นางคำ" not in said(officer.sees())

    assert officer.presses("next").status_code == 302
    ticket = Ticket.objects.get()
    page = said(officer.sees())
    assert "นางคำ ดีใจ" in page
    assert "A001" in page

    officer.presses("start", ticket)
    officer.presses("note", world.fresh(ticket), note="ขาดสำเนาบัตร")
    officer.presses("finish", world.fresh(ticket), outcome="papers_missing")
    assert (world.fresh(ticket).stage, world.fresh(ticket).outcome) == ("finished", "papers_missing")
    assert world.fresh(ticket).note == "ขาดสำเนาบัตร"


def test_finish_and_call_the_next_in_one_press(world, officer):
    first, second = world.issue(), world.issue()
    officer.presses("next")
    officer.presses("start", world.fresh(first))
    key = str(uuid4())

    for _ in range(2):
        officer.presses("finish-next", world.fresh(first), outcome="done", key=key)

    assert [world.fresh(ticket).stage for ticket in (first, second)] == ["finished", "called"]
    assert Call.objects.count() == 2


def test_a_button_pressed_twice_does_its_deed_once(world, officer):
    world.issue()
    world.issue()
    key = str(uuid4())

    assert [officer.presses("next", key=key).status_code for _ in range(2)] == [302, 302]
    assert Call.objects.count() == 1


def test_a_refusal_says_why_and_keeps_what_was_typed(world, officer):
    world.issue()

    page = officer.presses("out-of-order", number="A099", reason="รถรับส่งจะออก")

    assert page.status_code == 422
    assert "รถรับส่งจะออก" in said(page)
    assert "A099" in said(page)
    assert officer.presses("out-of-order", number="a 1", reason="รถรับส่งจะออก").status_code == 302
    assert Call.objects.get().reason == "รถรับส่งจะออก"


def test_whoever_was_overtaken_sees_how_it_stands(world, officer):
    ticket = world.called()
    serving.start(world.seated(), ticket)

    page = officer.presses("hold", ticket)

    assert page.status_code == 422 if world.fresh(ticket).version == ticket.version else 409
    assert "A001" in said(page)


def test_no_show_is_offered_after_the_calls_that_the_desk_demands(world, officer):
    ticket = world.called()
    assert 'id="why-not-no-show"' in said(officer.sees())

    for _ in range(2):
        officer.presses("recall", world.fresh(ticket))
    assert 'id="why-not-no-show"' not in said(officer.sees())
    officer.presses("no-show", world.fresh(ticket))
    officer.presses("bring-back", world.fresh(ticket))

    assert world.fresh(ticket).stage == "waiting"
    assert world.fresh(ticket).not_before is not None


def test_what_an_officer_is_told_when_nobody_waits(world, officer):
    officer.presses("next")
    assert "ไม่มีผู้รอที่เรียกมาช่องนี้ได้" in said(officer.sees())

    ticket = world.serve()
    assert officer.presses("another", ticket).status_code == 422
    officer.presses("finish-next", ticket, outcome="done", key="")
    assert "เสร็จสิ้นแล้ว ไม่มีผู้รอ" in said(officer.sees())


def test_a_held_visitor_is_called_by_number_without_a_reason(world, officer):
    ticket = world.issue()
    officer.presses("out-of-order", number=ticket.shown, reason="นัดไว้")
    officer.presses("hold", world.fresh(ticket))

    officer.presses("out-of-order", number=Ticket.objects.get().shown, reason="")

    assert world.fresh(ticket).stage == "called"
    officer.presses("undo")
    assert "ย้อนขั้นตอน: " in said(officer.sees("show_desk_ticket", ticket.reference))


def test_hold_pass_on_and_take_back(world, officer):
    ticket = world.called()
    officer.presses("hold", world.fresh(ticket))
    assert "resume-held" in said(officer.sees())
    officer.presses("resume-held", world.fresh(ticket))
    officer.presses("start", world.fresh(ticket))
    officer.presses("another", world.fresh(ticket), service=world.advice.pk)
    officer.presses("transfer", world.fresh(ticket), service=world.payment.pk)
    assert world.fresh(ticket).service == world.payment

    officer.presses("undo")
    assert (world.fresh(ticket).stage, world.fresh(ticket).service) == ("serving", world.advice)
    assert officer.presses("undo").status_code == 422


def test_pausing_asking_for_help_and_leaving(world, officer):
    officer.presses("help")
    officer.presses("pause", reason="พักกลางวัน")
    sitting = Sitting.objects.get()
    assert (sitting.pause_reason, sitting.needs_help_since is not None) == ("พักกลางวัน", True)
    assert officer.presses("next").status_code == 422

    for deed in ("resume", "help-came", "leave"):
        assert officer.presses(deed).status_code == 302
    assert Sitting.objects.get().closed_at is not None
    assert officer.presses("next").status_code == 422


@pytest.mark.parametrize(
    ("deed", "typed", "status"),
    [
        pytest.param("dance", {}, 404, id="no such button"),
        pytest.param("recall", {}, 422, id="nobody named"),
        pytest.param("next", {"key": "no key"}, 422, id="key that is none"),
        pytest.param("pause", {"reason": " "}, 422, id="pause without a reason"),
        pytest.param("start", {"ticket": "0" * 32}, 404, id="ticket that does not exist"),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(world, officer, deed, typed, status):
    assert officer.presses(deed, **typed).status_code == status


def test_the_state_is_told_once_and_is_304_until_something_changes(world, officer):
    world.issue()
    first = officer.sees("console_state")
    tag = first["ETag"]

    def again():
        return officer.client.get(reverse("console_state", args=[officer.code]), headers={"If-None-Match": tag})

    assert "A001" in first.json()["others"]
    assert again().status_code == 304
    assert officer.sees("console_state", since=first.json()["version"]).status_code == 304
    world.issue()
    assert again().status_code == 200


def test_the_console_asks_the_database_as_often_for_many_as_for_few(world, officer, django_assert_max_num_queries):
    def ask():
        with django_assert_max_num_queries(30) as asked:
            officer.sees()
        return len(asked)

    ask()
    [world.issue() for _ in range(2)]
    few = ask()
    for number in range(20):
        world.issue(world.services[number % 3], priority=world.elderly if number % 4 else world.ordinary)

    assert ask() == few


def test_a_ticket_shows_its_life_and_the_name_only_after_the_call(world, officer):
    ticket = world.issue(visitor_name="นายใจ กล้า")
    assert "นายใจ" not in said(officer.sees("show_desk_ticket", ticket.reference))
    assert not Record.objects.filter(kind="ticket").exists()

    world.serve(world.call())
    page = said(officer.sees("show_desk_ticket", ticket.reference))
    assert "นายใจ กล้า" in page
    assert page.count('class="slice"') == 6
    assert Record.objects.get(kind="ticket").reference == ticket.reference

    auditor = Officer(world, person_of(Office.AUDITOR))
    assert "นายใจ" not in said(auditor.sees("show_desk_ticket", ticket.reference))


def test_the_page_of_a_ticket_explains_who_was_called_before(world, officer):
    mine = world.issue()
    world.minute(5)
    world.issue(priority=world.elderly)
    world.minute(20)
    world.call()

    page = said(officer.sees("show_desk_ticket", mine.reference, other="A002"))

    assert "A002" in page
    assert '<td class="number">3</td>' in page
    assert "วันนี้ไม่มีบัตรคิวหมายเลข" in said(officer.sees("show_desk_ticket", mine.reference, other="A077"))


def test_a_ticket_is_given_found_and_cancelled(world, officer):
    url = reverse("give_ticket", args=[officer.code])
    facts = {"service": world.advice.pk, "priority": world.elderly.pk, "language": "my", "key": str(uuid4())}
    assert officer.client.post(url, {}).status_code == 422
    assert officer.client.post(url, facts).status_code == 302
    assert officer.client.post(url, facts).status_code == 302
    ticket = Ticket.objects.get()
    assert (ticket.shown, ticket.channel, ticket.language) == ("B001", "officer", "my")

    assert officer.sees("list_desk_tickets", number="b1").status_code == 302
    assert officer.sees("list_desk_tickets", number="b2").status_code == 404
    step = reverse("step_desk_ticket", args=[officer.code, ticket.reference])
    typed = {"step": "cancel", "seen": ticket.version, "reason": "ขอกลับ", "key": str(uuid4())}
    assert officer.client.post(step, typed | {"step": "x"}).status_code == 422
    assert officer.client.post(step, typed).status_code == 302
    assert officer.client.post(step, typed | {"seen": 1, "key": str(uuid4())}).status_code == 422
    assert world.fresh(ticket).stage == "cancelled"


def test_a_ticket_that_the_desk_does_not_give_is_refused_in_words(world, officer):
    world.desk.daily_limit = 0
    world.desk.save()

    facts = {"service": world.advice.pk, "priority": world.elderly.pk, "language": "th", "key": str(uuid4())}
    page = officer.client.post(reverse("give_ticket", args=[officer.code]), facts)

    assert page.status_code == 422
    assert "บัตรคิวสำหรับวันนี้หมดแล้ว" in said(page)


def test_a_missed_visitor_waits_again_from_the_tickets_own_page(world, officer):
    ticket = world.called()
    for _ in range(2):
        calling.recall(world.seated(), ticket, at=world.minute())
    ticket = calling.no_show(world.seated(), ticket, at=world.minute())

    typed = {"step": "bring_back", "seen": ticket.version, "key": str(uuid4())}
    officer.client.post(reverse("step_desk_ticket", args=[officer.code, ticket.reference]), typed)

    assert world.fresh(ticket).stage == "waiting"


def test_a_visitor_is_sent_on_to_another_centre(world, officer):
    other = DeskWorld(world.now)
    other.stand()
    ticket = world.serve()
    url = reverse("send_on", args=[officer.code, ticket.reference])
    assert other.centre.name in said(officer.client.get(url))

    typed = {"service": other.registration.pk, "seen": ticket.version, "key": str(uuid4())}
    assert officer.client.post(url, {}).status_code == 422
    assert officer.client.post(url, typed).status_code == 302

    new = Ticket.objects.get(centre=other.centre)
    assert new.arrived_at == ticket.arrived_at
    assert other.centre.name in said(officer.sees("show_desk_ticket", ticket.reference))
    assert officer.client.post(url, typed | {"key": str(uuid4())}).status_code == 409
    again = typed | {"key": str(uuid4()), "seen": world.fresh(ticket).version}
    assert officer.client.post(url, again).status_code == 422
    sittings.leave(world.seated())
    assert officer.client.post(url, typed | {"key": str(uuid4())}).status_code == 422
    supervised = Officer(world, person_of(Office.AUDITOR))
    assert supervised.client.get(reverse("give_ticket", args=[supervised.code])).status_code == 403


def test_unchanged_the_state_costs_one_question_beside_knowing_the_officer(world, officer, django_assert_num_queries):
    world.issue()
    tag = officer.sees("console_state")["ETag"]
    url = reverse("console_state", args=[officer.code])

    with django_assert_num_queries(4):  # The session, the person, the offices, the versions.
        assert officer.client.get(url, headers={"If-None-Match": tag}).status_code == 304
    with django_assert_num_queries(4):
        assert officer.client.get(url).status_code == 200


def test_whose_office_has_ended_is_told_nothing_though_nothing_has_changed(world, officer):
    tag = officer.sees("console_state")["ETag"]
    world.officers[0].memberships.all().delete()

    answer = officer.client.get(reverse("console_state", args=[officer.code]), headers={"If-None-Match": tag})

    assert answer.status_code == 403


def test_the_state_names_the_own_counter_as_the_page_does(world, officer):
    for _ in range(2):
        page = said(officer.sees())
        assert f'data-mine="{officer.sees("console_state").json()["mine"]}"' in page
        world.issue()
        officer.presses("next")
    assert Officer(world, world.officers[1]).sees("console_state").json()["mine"] == ""


def test_a_press_of_next_asks_little(world, officer, django_assert_num_queries):
    world.issue()
    officer.sees()

    # The session, the person, the offices, the seat; all that Next asks and what it writes, in a savepoint of the test.
    with django_assert_num_queries(8):
        assert officer.presses("next").status_code == 302


def test_a_press_by_htmx_is_answered_with_the_console_as_it_is_now(world, officer):
    world.issue()
    url = reverse("press_button", args=[officer.code, "next"])

    answer = officer.client.post(url, {"key": str(uuid4())}, headers={"HX-Request": "true", "HX-Target": "console"})

    assert answer.status_code == 200
    page = said(answer)
    assert page.lstrip().startswith('<div id="console"')
    assert "A001" in page
    assert f'data-mine="{officer.sees("console_state").json()["mine"]}"' in page
    again = officer.client.post(url, {"key": str(uuid4())}, headers={"HX-Request": "true", "HX-Target": "console"})
    assert again.status_code == 422


def test_the_console_after_a_change_asks_little(world, officer, django_assert_max_num_queries):
    world.issue()
    officer.sees()
    world.call()

    with django_assert_max_num_queries(18):
        assert "A001" in said(officer.sees())
    with django_assert_max_num_queries(8):
        officer.sees()
