"""Kiosks give out tickets with the server and without; nothing is lost, doubled or reordered on the way."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from saduak.frontdesk.models import NumberSeries, Ticket, Undecided
from saduak.frontdesk.models.undecided import UndecidedKind
from saduak.frontdesk.operations import devices, issuing, kiosks, undecided
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.queries.floor import floor
from saduak.frontdesk.queries.undecided import lately_settled, unsettled
from saduak.frontdesk.tests.kiosks import ask, body_of, paired, wanted
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return DeskWorld().stand()


@pytest.fixture
def kiosk(world):
    device, token = paired(world.desk, by=world.head, at=world.now)
    device.token = token
    devices.heard(device, at=world.now, clock=world.now)
    return device


@pytest.fixture
def block(world, kiosk):
    return next(one for one in kiosks.stock(kiosk, {"A": 0}, at=world.now) if one.prefix == "A")


def on_paper(world, block, place=0, **facts):
    """A ticket that was given out without the server."""
    return wanted(world, number=block.first + place, **facts)


def test_a_ticket_asked_for_twice_is_given_once(world, kiosk):
    asked = wanted(world, language="my")

    first = kiosks.take(kiosk, asked, at=world.minute())
    second = kiosks.take(kiosk, asked, at=world.minute())

    assert (first.pk, first.shown, first.secret, first.language) == (second.pk, "A001", asked.secret, "my")
    assert Ticket.objects.count() == 1


def test_what_was_taken_without_us_comes_in_with_its_own_times(world, kiosk, block):
    minute = timedelta(minutes=1)
    late, early = (on_paper(world, block, place, age=age * minute) for place, age in ((0, 10), (1, 40)))
    walk_in = world.issue(at=world.minute(30))
    world.minute(30)

    for asked in (late, early, late):
        kiosks.take(kiosk, asked, at=world.now)

    shown = [one.ticket.shown for one in floor(world.centre, timezone.localdate(world.now), world.now).waiting]
    assert shown == [f"A{block.first + 1:03d}", walk_in.shown, f"A{block.first:03d}"]
    assert Ticket.objects.get(reference=early.reference.hex).came_at == world.now - 40 * minute


def test_a_wrong_clock_moves_nobody_out_of_the_cut(world, kiosk, block):
    devices.heard(kiosk, at=world.now, clock=world.now - timedelta(days=300))
    before, began = world.issue(), kiosk.last_seen_at

    taken = kiosks.take(kiosk, on_paper(world, block, age=timedelta(days=3)), at=world.minute(20))

    assert taken.came_at == began
    assert before.arrived_at > began


def test_two_kiosks_without_us_never_give_the_same_number(world, kiosk, block):
    other, _token = paired(world.desk, by=world.head, at=world.now, name="ตู้ที่สอง")
    other_block = next(one for one in kiosks.stock(other, {"A": 0}, at=world.now) if one.prefix == "A")
    devices.heard(other, at=world.now, clock=world.now)

    taken = [
        kiosks.take(device, on_paper(world, own, place), at=world.minute())
        for place in range(3)
        for device, own in ((kiosk, block), (other, other_block))
    ]

    assert len({ticket.shown for ticket in taken}) == 6


def test_the_number_on_paper_holds_when_the_answer_was_lost(world, kiosk, block):
    asked = wanted(world)
    ghost = kiosks.take(kiosk, asked, at=world.minute())
    held = on_paper(world, block, reference=asked.reference, secret=asked.secret)

    ticket = kiosks.take(kiosk, held, at=world.minute())
    again = kiosks.take(kiosk, held, at=world.minute())

    assert (ticket.pk, again.pk) == (ghost.pk, ghost.pk)
    assert again.shown == f"A{block.first:03d}"
    assert again.history.get(step="renumber").facts["before"] == {"number": ghost.number}
    assert not Undecided.objects.exists()


def test_a_lost_answer_whose_number_was_called_is_a_matter_for_the_supervisor(world, kiosk, block):
    asked = wanted(world)
    ghost = kiosks.take(kiosk, asked, at=world.minute())
    world.call()

    matter = kiosks.take(kiosk, on_paper(world, block, reference=asked.reference), at=world.minute())

    assert (matter.kind, matter.ticket) == (UndecidedKind.TWO_NUMBERS, ghost)
    assert matter.facts["called_as"] == ghost.shown
    assert world.fresh(ghost).shown == ghost.shown


def test_a_ticket_for_a_service_that_closed_meanwhile_is_listed_once(world, kiosk, block):
    world.registration.is_offered = False
    world.registration.save()
    asked = on_paper(world, block, age=timedelta(minutes=5))

    first = kiosks.take(kiosk, asked, at=world.minute())
    second = kiosks.take(kiosk, asked, at=world.minute())

    assert first == second
    assert (first.kind, first.facts["reasons"]) == (UndecidedKind.NOT_TAKEN_IN, ["service_not_offered"])
    assert list(unsettled(world.desk)) == [first]
    undecided.settle(first, "ออกบัตรคิวใบใหม่ให้แล้ว", by=world.head)
    assert (list(unsettled(world.desk)), list(lately_settled(world.desk))) == ([], [first])


def test_the_hours_do_not_turn_away_what_is_on_paper_and_turn_away_whoever_asks_now(world, kiosk, block):
    world.desk.hours = [{"days": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": "00:01"}]
    world.desk.save()

    assert kiosks.take(kiosk, on_paper(world, block), at=world.minute()).pk
    with pytest.raises(Refused):
        kiosks.take(kiosk, wanted(world), at=world.minute())


def test_a_reference_of_another_centre_and_a_service_that_is_none_are_refused(world, kiosk):
    others = DeskWorld().issue()

    for asked in (
        wanted(world, reference=UUID(others.reference)),
        wanted(world, service=0),
        wanted(world, priority="x"),
    ):
        with pytest.raises(Refused):
            kiosks.take(kiosk, asked, at=world.minute())


def test_a_number_that_nobody_set_aside_is_listed(world, kiosk, block):
    matter = kiosks.take(kiosk, wanted(world, number=block.last + 500), at=world.minute())

    assert matter.facts["reasons"] == ["number_not_reserved"]


def test_a_number_used_twice_by_a_device_gone_wild_is_listed(world, kiosk, block):
    kiosks.take(kiosk, on_paper(world, block), at=world.minute())

    matter = kiosks.take(kiosk, on_paper(world, block), at=world.minute())

    assert matter.facts["reasons"] == ["number_taken"]


def test_numbers_are_set_aside_only_where_they_are_missing(world, kiosk):
    first = kiosks.stock(kiosk, {"A": 0, "B": kiosks.ENOUGH, "Z": 0}, at=world.now)
    second = kiosks.stock(kiosk, {"A": kiosks.BLOCK}, at=world.now)

    assert [one.prefix for one in first] == ["A"]
    assert second == first
    assert (first[0].first, first[0].last) == (701, 700 + kiosks.BLOCK)


def test_numbers_set_aside_leave_the_first_numbers_of_the_day_to_everybody(world, kiosk, block):
    assert (world.issue().shown, block.first) == ("A001", 701)


def test_a_long_day_goes_on_behind_the_numbers_that_were_set_aside(world, kiosk, block):
    NumberSeries.objects.filter(prefix="A").update(last=block.first - 2)

    shown = [world.issue().number for _ticket in range(2)]
    more = kiosks.reserve_block(kiosk, "A", 3, world.now)

    assert shown == [block.first - 1, block.last + 1]
    assert (more.first, more.last) == (block.last + 2, block.last + 4)
    assert world.issue().number == block.last + 5


def test_a_kiosk_paired_anew_knows_of_no_earlier_numbers(world, kiosk, block):
    devices.pair(devices.new_code(kiosk, by=world.head, at=world.minute()), at=world.minute())
    kiosk.refresh_from_db()

    assert kiosks.blocks_of(kiosk, at=world.now) == []


def test_over_the_line_a_ticket_is_taken_and_the_state_tells_of_it(world, kiosk, client):
    answer = ask(client, kiosk.token, "kiosk_tickets", body_of(wanted(world)))
    state = ask(client, kiosk.token, "kiosk_state")

    assert (answer.json()["number"], answer.json()["ahead"]) == ("A001", 0)
    assert {one["names"]["th"]: one["waiting"] for one in state.json()["services"]}["ขึ้นทะเบียนว่างงาน"] == 1
    again = ask(client, kiosk.token, "kiosk_state", **{"If-None-Match": state["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_over_the_line_a_refusal_is_told_in_the_language_of_the_visitor(world, kiosk, client):
    world.desk.daily_limit = 0
    world.desk.save()

    answer = ask(client, kiosk.token, "kiosk_tickets", body_of(wanted(world, language="en")))

    assert (answer.status_code, answer.json()["problem"]) == (422, "All tickets of today have been given out.")


NONSENSE = [
    {"secret": "short"},
    {"reference": "x"},
    {"service": "1"},
    {"number": 0},
    {"language": "de"},
    {"age_ms": -1},
]


@pytest.mark.parametrize("wrong", NONSENSE)
def test_over_the_line_nonsense_is_refused(world, kiosk, client, wrong):
    answer = ask(client, kiosk.token, "kiosk_tickets", body_of(wanted(world)) | wrong)

    assert answer.status_code == 400
    assert not Ticket.objects.exists()


def test_more_services_cost_no_more_questions(world, kiosk, client, django_assert_max_num_queries):
    from saduak.catalogue.tests.factories import ServiceFactory

    ask(client, kiosk.token, "kiosk_state")  # The waits are estimated now, and not again within two seconds.
    with django_assert_max_num_queries(17):
        ask(client, kiosk.token, "kiosk_state")
    for number in range(8):
        ServiceFactory(centre=world.centre, group=world.groups[0], name_th=f"งานที่ {number}")
    with django_assert_max_num_queries(17):
        ask(client, kiosk.token, "kiosk_state")


def test_a_visitor_who_leaves_takes_the_ticket_of_the_kiosk_out(world, kiosk):
    ticket = kiosks.take(kiosk, wanted(world), at=world.minute())

    assert issuing.cancel(ticket, at=world.minute()).stage == "cancelled"
