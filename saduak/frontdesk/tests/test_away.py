"""The console without the server: the same order, shares that do not overlap, steps taken in with their own time."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.frontdesk.models import Call, Ticket, Undecided
from saduak.frontdesk.operations import sittings
from saduak.frontdesk.operations.away import take_in
from saduak.frontdesk.presenters.undecided import matters
from saduak.frontdesk.queries.known import known_to
from saduak.frontdesk.queries.recount import recount
from saduak.frontdesk.rules.order import Priority, Waiting, in_order
from saduak.frontdesk.tests.world import DeskWorld
from tests.support import node

ORDER = """
    const { inOrder, nextOf, shareOf } = await import(`${site}/frontdesk/away/order.js`);
    const asked = await given();
    const told = asked.map(({ waiting, at, seats }) => ({
        order: inOrder(waiting, at).map((ticket) => ticket.reference),
        shares: seats.map((seat) => [...shareOf({ waiting, at, seats, counter: seat.counter })]),
        next: seats.map((seat) => {
            const mine = shareOf({ waiting, at, seats, counter: seat.counter });
            return nextOf(waiting.filter((ticket) => mine.has(ticket.reference)), at)?.reference;
        }),
    }));
    console.log(JSON.stringify(told));
"""

MINUTE = 60_000
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "arrived": st.integers(-90, 20).map(lambda minutes: minutes * MINUTE),
            "service": st.integers(1, 3),
            "slope": st.sampled_from([100, 300]),
            "start": st.sampled_from([0, 15 * MINUTE * 100]),
            "notBefore": st.sampled_from([0, 0, 0, 3 * MINUTE]),
            "asksFor": st.sampled_from([0, 0, 0, 1, 2]),
        }
    ),
    max_size=12,
)
SEATS = [{"counter": 1, "skills": [1, 2]}, {"counter": 2, "skills": [1, 2]}, {"counter": 3, "skills": [1, 2, 3]}]


def test_the_computer_of_an_officer_finds_the_servers_order_and_nobody_is_called_twice():
    days = []

    @given(LINES)
    @settings(max_examples=60, database=None)
    def make(line):
        waiting = [ticket | {"reference": f"t{n:02d}", "sequence": n + 1} for n, ticket in enumerate(line)]
        days.append({"waiting": waiting, "at": 0, "seats": SEATS})

    make()
    for day, told in zip(days, node.run(ORDER, days), strict=True):
        tickets = [
            Waiting(
                one["reference"],
                one["sequence"],
                one["arrived"],
                str(one["service"]),
                Priority("x", b=3 if one["slope"] == 300 else 1, credit=one["start"] // MINUTE // 100),
                one["notBefore"],
            )
            for one in day["waiting"]
        ]
        assert told["order"] == [ticket.key for ticket in in_order(tickets, 0)]
        shared = [reference for share in told["shares"] for reference in share]
        assert sorted(shared) == sorted(told["order"])  # Everybody once, at one counter.
        assert all(first is None or first in share for first, share in zip(told["next"], told["shares"], strict=True))


@pytest.mark.django_db
class TestTakingIn:
    """What was done in between keeps its own time; what cannot be decided is left to a person."""

    @pytest.fixture
    def world(self):
        world = DeskWorld()
        world.stand()
        return world

    def known(self, world, number=1):
        return known_to(world.seated(number), world.desk, world.now)

    def test_a_computer_keeps_what_the_order_asks_and_nothing_of_the_person(self, world):
        world.serve(world.called(visitor_name="นางคำ ดีใจ"))
        world.issue(visitor_name="นายใจ กล้า")

        known = self.known(world)

        assert "นาง" not in json.dumps(known, ensure_ascii=False).replace("งานบริการ", "")
        assert (known["here"]["number"], [ticket["number"] for ticket in known["waiting"]]) == ("A001", ["A002"])
        assert known["seats"] == [
            {"counter": world.counters[0].pk, "skills": sorted([world.registration.pk, world.advice.pk])}
        ]

    def test_a_visit_without_the_server_is_taken_in_with_its_own_moments(self, world):
        ticket, sitting = world.issue(), world.seated()
        cut = world.now
        moments = {"call": 5, "recall": 6, "start": 8, "finish": 20}
        key = {step: uuid4() for step in moments}

        for _ in range(2):  # The answer to the first sending was lost.
            for step, minute in moments.items():
                how = {"outcome": "done"} if step == "finish" else {}
                at = cut + timedelta(minutes=60)
                take_in(sitting, ticket, step, happened_at=cut + timedelta(minutes=minute), key=key[step], at=at, **how)

        ended = [(one.stage, one.ended_at - cut) for one in ticket.slices.order_by("pk")]
        assert ended == [
            ("waiting", timedelta(minutes=5)),
            ("called", timedelta(minutes=8)),
            ("serving", timedelta(minutes=20)),
        ]
        assert Call.objects.count() == 2
        assert ticket.history.get(step="call").facts["away"] is True
        assert recount(Ticket.objects.all()).differing == ()
        assert not Undecided.objects.exists()

    def test_a_wrong_moment_is_bounded_by_the_sitting_and_the_present(self, world):
        ticket, sitting = world.issue(), world.seated()
        long_ago, later = world.now - timedelta(days=9), world.now + timedelta(days=9)

        take_in(sitting, ticket, "call", happened_at=long_ago, key=uuid4(), at=world.now)
        moved = take_in(sitting, ticket, "start", happened_at=later, key=uuid4(), at=world.now)

        assert ticket.history.get(step="call").at == sitting.opened_at
        assert moved.stage_since == world.now

    def test_who_was_called_elsewhere_meanwhile_is_left_to_the_supervisor(self, world):
        ticket, sitting = world.issue(), world.seated()
        world.seated(2)
        world.call(2)
        key = uuid4()

        for _ in range(2):
            take_in(sitting, ticket, "call", happened_at=world.now, key=key, at=world.minute())
        take_in(sitting, ticket, "start", happened_at=world.now, key=uuid4(), at=world.minute())

        first, second = Undecided.objects.order_by("pk")
        assert "A001" in matters([first])[0].story
        assert matters([second])[0].advice
        assert (first.kind, first.facts["number"], first.facts["counter"]) == ("already_called", "A001", "1")
        assert (second.kind, second.facts["reasons"]) == ("other", ["not_at_this_counter"])
        assert world.fresh(ticket).counter == world.counters[1]

    def test_an_hour_without_the_server_is_taken_in_with_its_holds_and_pauses(self, world):
        held, missed, sitting = world.issue(), world.issue(), world.seated()
        cut, keys = world.now, iter([uuid4() for _ in range(20)])
        hour = [
            (held, "call", 1, {}),
            (held, "start", 2, {}),
            (held, "hold", 4, {}),
            (missed, "call", 5, {}),
            *[(missed, "recall", 6 + n, {}) for n in range(world.desk.calls_before_no_show - 1)],
            (missed, "no_show", 10, {}),
            (missed, "undo", 11, {"undoes": "no_show"}),
            (missed, "no_show", 12, {}),
            (None, "pause", 13, {"reason": "พักสั้น"}),
            (None, "resume", 20, {}),
            (held, "resume_held", 21, {}),
            (held, "start", 22, {}),
            (missed, "bring_back", 23, {}),
            (held, "next_service", 24, {"service": world.advice}),
            (held, "finish", 30, {"outcome": "done"}),
        ]
        hour = [(next(keys), *one) for one in hour]
        for _twice in range(2):  # The answers to the first sending were lost.
            for key, ticket, step, minute, how in hour:
                moment = cut + timedelta(minutes=minute)
                take_in(sitting, ticket, step, happened_at=moment, key=key, at=cut + timedelta(minutes=60), **how)

        held, missed = world.fresh(held), world.fresh(missed)
        assert (held.stage, held.service, missed.stage) == ("finished", world.advice, "waiting")
        assert missed.not_before == cut + timedelta(minutes=23 + world.desk.hold_off_minutes)
        assert [(one.began_at - cut, one.pause_reason) for one in sitting.slices.order_by("pk")][1:] == [
            (timedelta(minutes=13), "พักสั้น")
        ]
        assert recount(Ticket.objects.all()).differing == ()
        assert not Undecided.objects.exists()

    def test_only_the_step_that_was_meant_is_taken_back(self, world):
        ticket, sitting = world.issue(), world.seated()
        world.seated(2)
        taken_in = uuid4()
        take_in(sitting, ticket, "call", happened_at=world.now, key=taken_in, at=world.minute())

        take_in(sitting, ticket, "undo", undoes="finish", happened_at=world.now, key=uuid4(), at=world.minute())

        assert world.fresh(ticket).stage == "called"
        assert Undecided.objects.get().facts["reasons"] == ["nothing_to_undo"]

    def test_what_was_done_before_the_officer_left_or_by_another_officer_is_left_to_the_supervisor(self, world):
        ticket, sitting = world.issue(), world.seated()
        sittings.leave(sitting, at=world.minute())

        how = {"happened_at": world.now, "at": world.minute()}
        take_in(sitting, ticket, "call", key=uuid4(), **how)
        take_in(sitting, ticket, "call", by=world.officers[1], key=uuid4(), **how)
        take_in(sitting, None, "pause", reason="ประชุม", key=uuid4(), **how)

        reasons = [one.facts["reasons"] for one in Undecided.objects.order_by("pk")]
        assert reasons == [["has_left"], ["another_officer"], ["has_left"]]
        assert all(one.story for one in matters(Undecided.objects.all()))
        assert world.fresh(ticket).stage == "waiting"

    def test_the_address_takes_in_what_the_page_sends(self, world):
        world.seated()
        ticket = world.issue()
        client = Client()
        client.force_login(world.officers[0])
        url = reverse("take_in", args=[world.centre.code])

        def send(**said):
            return client.post(url, json.dumps(said), content_type="application/json")

        known = client.get(reverse("console_known", args=[world.centre.code])).json()
        assert known["csrf"]
        step = {"sitting": known["sitting"], "reference": ticket.reference, "age_ms": 1000}
        assert send(step="call", key=str(uuid4()), **step).json() == {"undecided": False}
        assert send(step="finish", key=str(uuid4()), outcome="done", **step).json() == {"undecided": True}
        pause = {"sitting": known["sitting"], "age_ms": 500}
        assert send(step="pause", reason="พัก", key=str(uuid4()), **pause).json() == {"undecided": False}
        assert send(step="dance", key=str(uuid4()), **step).status_code == 422
        assert send(step="call", key=str(uuid4()), **step | {"sitting": 0}).status_code == 404
        assert Call.objects.count() == 1
        client.force_login(world.officers[1])
        assert client.get(reverse("console_known", args=[world.centre.code])).json().keys() == {"csrf"}


COUNTER = """
    const { counterAfter } = await import(`${site}/frontdesk/away/counter.js`);
    const { known, steps } = await given();
    const seen = steps.map((_, n) => counterAfter(known, steps.slice(0, n + 1)));
    const shown = ({ here, held, missed, waiting, paused, last }) => [
        here && `${here.reference} ${here.stage} ${here.calls}`,
        held.map((one) => one.reference),
        missed.map((one) => one.reference),
        waiting.map((one) => one.reference + (one.notBefore ? "*" : "")),
        paused,
        last?.step ?? "",
    ];
    console.log(JSON.stringify(seen.map(shown)));
"""


def test_what_stands_at_the_counter_is_what_was_known_and_every_step_since():
    ticket = {
        "arrived": 0,
        "service": 1,
        "slope": 100,
        "start": 0,
        "notBefore": 0,
        "asksFor": 0,
        "calls": 0,
        "missed": 0,
    }
    waiting = [ticket | {"reference": name, "sequence": n} for n, name in enumerate("ab", 1)]
    known = {
        "at": 0,
        "counter": 1,
        "holdOff": 5,
        "seats": SEATS[:1],
        "here": None,
        "held": [],
        "missed": [],
        "waiting": waiting,
        "paused": "",
    }

    def seen(*steps):
        told = [dict(zip(["step", "reference"], step.split(), strict=False), at=10) for step in steps]
        return node.run(COUNTER, {"known": known, "steps": told})

    assert seen("call a", "recall a", "hold a", "call b", "no_show b", "undo b", "undo b", "no_show b") == [
        ["a called 1", [], [], ["b"], "", "call"],
        ["a called 2", [], [], ["b"], "", "recall"],
        [None, ["a"], [], ["b"], "", "hold"],
        ["b called 1", ["a"], [], [], "", "call"],
        [None, ["a"], ["b"], [], "", "no_show"],
        ["b called 1", ["a"], [], [], "", ""],
        ["b called 1", ["a"], [], [], "", ""],
        [None, ["a"], ["b"], [], "", "no_show"],
    ]
    assert seen("call a", "no_show a", "bring_back a", "call nobody")[-2:] == [
        [None, [], [], ["b", "a*"], "", "bring_back"],
        [None, [], [], ["b", "a*"], "", "call"],
    ]
