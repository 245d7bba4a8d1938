"""The wait: by the real order, from real durations, told as a range, and not told where nobody knows it."""

from dataclasses import replace
from random import Random
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.frontdesk.estimation.durations import Durations, assumed
from saduak.frontdesk.estimation.estimates import Estimate, Unknown, estimate, quantile
from saduak.frontdesk.estimation.measuring import Accuracy, Outcome, accuracy
from saduak.frontdesk.estimation.rolling import ABSENT, AWAY, Rolling
from saduak.frontdesk.estimation.scene import HALF_HOUR, Counter, Scene, Stream
from saduak.frontdesk.estimation.telling import LEAST_LEFT, Shown, shown
from saduak.frontdesk.rules.order import ONE_MINUTE, Caller, in_order, next_of
from saduak.frontdesk.tests.tickets import ELDERLY, EVERYWHERE, at, ticket

TEN = 10 * ONE_MINUTE
JOBS = Caller("1", frozenset({"jobs"}))


class Steady(Durations):
    """Visits that take ten minutes each, measured often: what comes out can be counted on the fingers."""

    def __init__(self, minutes=10, measured=60):
        super().__init__([minutes * ONE_MINUTE] * max(measured, 15), minutes)
        self.measured = measured

    def leaning(self, number, chance):
        return [1.0] * number


ONE_COUNTER = (Counter(EVERYWHERE),)


def scene(*waiting, counters=ONE_COUNTER, durations=None, **of_scene):
    of_scene.setdefault("now", at(30))
    return Scene(
        waiting=waiting,
        counters=counters,
        durations=dict.fromkeys(("jobs", "benefits", "permits"), durations or Steady()),
        **of_scene,
    )


def means(of, plays=4, seed=1):
    """Ticket → mean wait in whole minutes."""
    return {key: round(one.mean / ONE_MINUTE) for key, one in estimate(of, seed, plays=plays).items()}


class TestDurations:
    def test_the_manual_fills_up_what_was_not_measured(self):
        nothing, some, enough = (Durations([TEN] * number, 20) for number in (0, 5, 15))

        assert [one.measured for one in (nothing, some, enough)] == [0, 5, 15]
        assert nothing.mean == pytest.approx(2 * TEN, rel=1e-6)
        assert some.mean == pytest.approx((5 * TEN + 10 * 2 * TEN) / 15, rel=1e-6)
        assert enough.mean == TEN

    def test_only_the_last_sixty_count(self):
        assert Durations([9 * TEN] * 40 + [TEN] * 60, 20).mean == TEN

    def test_a_visit_that_nobody_ended_counts_as_six_usual_ones(self):
        assert Durations([TEN] * 30 + [90 * TEN], 10).spans[-1] == 6 * TEN

    def test_what_is_assumed_has_the_manuals_mean_and_is_spread(self):
        spans = assumed(TEN, 15)

        assert fmean(spans) == pytest.approx(TEN, rel=1e-6)
        assert spans[0] < TEN / 2
        assert spans[-1] > 2 * TEN

    @given(st.lists(st.integers(1000, 10**7), max_size=70), st.integers(1, 40), st.integers(0, 10**7))
    def test_draws_are_from_what_was_measured_and_spread_over_all_of_it(self, spans, number, spent):
        durations, chance = Durations(spans, 10), Random(1)

        drawn = durations.draw(number, chance)
        assert len(drawn) == number
        assert set(drawn) | {durations.one(chance)} <= set(durations.spans)
        assert len(durations.rest(spent, number, chance)) == number
        assert min(durations.rest(spent, number, chance)) >= 0

    def test_every_part_is_drawn_once(self):
        durations = Durations([TEN + number for number in range(60)], 10)

        assert sorted(durations.draw(60, Random(1))) == durations.spans

    def test_what_is_left_depends_on_what_has_passed(self):
        durations = Durations([TEN] * 30 + [3 * TEN] * 30, 10)

        assert set(durations.rest(TEN // 2, 60, Random(1))) == {TEN // 2, TEN * 5 // 2}
        assert set(durations.rest(2 * TEN, 9, Random(1))) == {TEN}

    def test_of_a_visit_that_outlasts_all_half_a_usual_one_is_left(self):
        assert fmean(Durations([TEN] * 60, 10).rest(9 * TEN, 4000, Random(1))) == pytest.approx(TEN / 2, rel=0.05)

    def test_the_fewer_were_measured_the_less_sure_the_mean_is(self):
        chance = Random(1)
        few, many = (Durations([TEN, 3 * TEN] * number, 20).leaning(2000, chance) for number in (8, 30))

        assert fmean(abs(one - 1) for one in few) > fmean(abs(one - 1) for one in many) > 0.03


class TestPlays:
    def test_people_are_called_in_the_real_order(self):
        waiting = [ticket(1, 0), ticket(2, 5), ticket(3, 25, ELDERLY), ticket(4, 20, service="benefits")]

        # At 9:30 the first; at 9:40 the elderly visitor has 45 minutes, the second 35.
        assert means(scene(*waiting)) == {"T001": 0, "T003": 10, "T002": 20, "T004": 30}

    def test_counters_call_what_they_can(self):
        waiting = [ticket(1, 0), ticket(2, 1), ticket(3, 2, service="permits")]
        counters = [Counter(JOBS), Counter(Caller("2", frozenset({"permits"})))]

        assert means(scene(*waiting, counters=counters)) == {"T001": 0, "T002": 10, "T003": 0}

    def test_a_visit_in_progress_ends_first(self):
        busy = Counter(JOBS, busy_with="jobs", since=at(24))

        assert means(scene(ticket(1, 0), counters=[busy])) == {"T001": 4}

    def test_a_counter_opens_and_closes_as_planned(self):
        waiting = [ticket(1, 0), ticket(2, 1), ticket(3, 2)]
        counters = [Counter(JOBS, open_until=at(40)), Counter(Caller("2", JOBS.skills), open_from=at(45))]

        assert means(scene(*waiting, counters=counters)) == {"T001": 0, "T002": 15, "T003": 25}

    def test_nobody_is_called_in_a_break(self):
        waiting = [ticket(1, 0), ticket(2, 1)]

        assert means(scene(*waiting, breaks=[(at(35), at(60))])) == {"T001": 0, "T002": 30}

    def test_who_is_held_off_is_called_when_that_ends(self):
        assert means(scene(ticket(1, 0, not_before=33))) == {"T001": 3}

    def test_who_is_booked_comes_in_time(self):
        waiting = [ticket(number, 29) for number in range(1, 4)]
        booked = [ticket(9, 35, ELDERLY), ticket(8, 31, ELDERLY), ticket(7, 200)]

        # At 9:40 the elderly ones have 27 and 15 minutes, whoever came at 9:29 has 11; at 9:50 they have 45 and 21.
        assert means(scene(*waiting, booked=booked)) == {"T001": 0, "T002": 30, "T003": 40}
        assert means(scene(*waiting, booked=booked, absent=0.999)) == {"T001": 0, "T002": 2, "T003": 3}

    def test_who_has_come_early_is_called_by_an_idle_counter(self):
        assert means(scene(ticket(1, 50))) == {"T001": 0}

    def test_who_does_not_come_costs_three_calls(self):
        plays = Rolling(scene(ticket(1, 0), ticket(2, 1), absent=1.0), 1, plays=2).run()

        assert plays.calls == {"T001": [at(30)] * 2, "T002": [at(30) + ABSENT] * 2}

    def test_who_comes_back_after_a_missed_call_has_the_old_place(self):
        waiting = [ticket(number, number) for number in range(1, 5)]
        told = estimate(scene(*waiting, absent=0.5, coming_back=1.0), 1, plays=200)
        without = estimate(scene(*waiting, absent=0.5), 1, plays=200)

        assert told["T004"].mean > without["T004"].mean
        assert AWAY == 15 * ONE_MINUTE

    def test_priority_visitors_who_may_come_make_others_wait_longer(self):
        waiting = [ticket(number, 29) for number in range(1, 9)]
        streams = [Stream("jobs", ELDERLY, at(0), (3.0,) * 8)]
        alone, with_others = means(scene(*waiting)), means(scene(*waiting, streams=streams), plays=40)

        assert with_others["T001"] == alone["T001"]
        assert with_others["T008"] > alone["T008"] + 5

    def test_ordinary_visitors_who_may_come_change_nothing_for_who_waits(self):
        waiting = [ticket(number, 29) for number in range(1, 9)]
        streams = [Stream("jobs", ticket(1).priority, at(0), (9.0,) * 8)]

        assert means(scene(*waiting, streams=streams)) == means(scene(*waiting))

    def test_but_they_go_before_who_has_come_early_for_a_booked_time(self):
        busy = [Counter(EVERYWHERE, busy_with="jobs", since=at(24))]
        streams = [Stream("jobs", ticket(1).priority, at(0), (9.0, 9.0, 0.0, 9.0))]

        assert means(scene(ticket(1, 60), counters=busy)) == {"T001": 4}
        assert means(scene(ticket(1, 60), counters=busy, streams=streams), plays=20)["T001"] > 20

    def test_the_same_seed_gives_the_same(self):
        of = scene(*(ticket(number, number) for number in range(20)), durations=Durations([TEN] * 5, 10), absent=0.1)

        assert estimate(of, 7) == estimate(of, 7) != estimate(of, 8)

    def test_asking_what_a_new_ticket_would_get_changes_nothing_for_others(self):
        waiting = [ticket(1, 0), ticket(2, 1)]
        asking = [ticket(8, 30, service="permits"), ticket(9, 30)]
        told = estimate(scene(*waiting, asking=asking), 1, plays=4)

        assert means(scene(*waiting, asking=asking)) == {"T001": 0, "T002": 10, "T008": 20, "T009": 20}
        assert [told[one.key].ahead for one in (*waiting, *asking)] == [0, 1, 2, 2]

    @settings(max_examples=40)
    @given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=12))
    def test_with_steady_visits_the_plays_are_what_the_rule_does(self, people):
        waiting = [ticket(n, since, ELDERLY if old else ticket(0).priority) for n, (since, old) in enumerate(people)]
        left, moment, expected = list(waiting), at(30), {}
        while left:
            called = next_of(left, moment, EVERYWHERE)
            left.remove(called)
            expected[called.key], moment = [moment], moment + TEN

        assert Rolling(scene(*waiting), 1, plays=1).run().calls == expected


class TestUnknown:
    def test_without_a_counter(self):
        told = estimate(scene(ticket(1, 0), ticket(2, 1, service="permits"), counters=[Counter(JOBS)]), 1, plays=4)

        assert told["T001"].unknown is None
        assert told["T002"] == Estimate(1, measured=60, unknown=Unknown.NO_COUNTER)
        assert estimate(scene(ticket(1, 0), counters=[]), 1)["T001"].unknown is Unknown.NO_COUNTER

    def test_when_all_counters_close_before(self):
        counters = [Counter(EVERYWHERE, open_until=at(35))]
        told = estimate(scene(ticket(1, 0), ticket(2, 1), counters=counters), 1, plays=4)

        assert [told[key].unknown for key in ("T001", "T002")] == [None, Unknown.NO_COUNTER]

    @pytest.mark.parametrize(("measured", "unknown"), [(0, Unknown.TOO_FEW_VISITS), (1, None)])
    def test_below_three_measured_visits_of_the_services_that_share_counters(self, measured, unknown):
        """One of each of three services is three."""
        told = estimate(scene(ticket(1, 0), durations=Steady(measured=measured)), 1, plays=4)

        assert told["T001"].unknown is unknown
        assert told["T001"].measured == 3 * measured


@pytest.mark.parametrize(
    ("share", "value"), [(0.0, 10), (0.2, 12), (0.5, 30), (0.8, 48), (1.0, 50)], ids=lambda one: str(one)
)
def test_quantiles_lie_between_the_nearest(share, value):
    assert quantile([10, 20, 30, 40, 50], share) == value


def of(fast, slow, **more):
    """An estimate in minutes."""
    return Estimate(4, (fast + slow) * ONE_MINUTE // 2, int(fast * ONE_MINUTE), int(slow * ONE_MINUTE), 60, **more)


class TestTelling:
    @pytest.mark.parametrize(
        ("fast", "slow", "told"),
        [
            pytest.param(16, 24, (15, 25), id="rounded outwards"),
            pytest.param(15, 25, (15, 25), id="exact"),
            pytest.param(20, 20, (20, 25), id="never a single number"),
            pytest.param(0, 0, (0, 5), id="less than five minutes"),
            pytest.param(1, 6, (0, 10), id="soon"),
        ],
    )
    def test_it_is_a_range_in_fives(self, fast, slow, told):
        now = shown(of(fast, slow), at(0))

        assert ((now.low, now.high), now.ahead) == (told, 4)

    def test_it_is_never_shortened_by_more_than_thirty_per_cent_at_once(self):
        first = shown(of(40, 60), at(0))
        second = shown(of(2, 5), at(0), first)
        third = shown(of(2, 5), at(0), second)

        assert [(one.low, one.high) for one in (first, second, third)] == [(40, 60), (25, 45), (15, 30)]

    def test_what_has_passed_was_promised(self):
        first = shown(of(40, 60), at(0))

        assert shown(of(0, 1), at(50), first).high == 10
        assert shown(of(0, 1), at(70), first).high == 5

    def test_it_grows_as_it_must(self):
        assert shown(of(90, 120), at(1), shown(of(10, 20), at(0))).high == 120

    def test_without_a_number_it_says_why(self):
        unknown = shown(Estimate(3, unknown=Unknown.NO_COUNTER), at(0), shown(of(10, 20), at(0)))

        assert unknown == Shown(at(0), 3, unknown=Unknown.NO_COUNTER)
        assert shown(of(2, 5), at(0), unknown).high == 5

    @given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200), st.integers(0, 30)), min_size=2, max_size=9))
    def test_no_promise_is_broken_by_more(self, told):
        previous, moment = None, 0
        for one, other, minutes in told:
            moment += minutes
            now = shown(of(min(one, other), max(one, other)), at(moment), previous)
            assert 0 <= now.low < now.high
            assert now.low * ONE_MINUTE <= now.fast <= now.slow <= now.high * ONE_MINUTE
            if previous:
                assert now.slow >= round(LEAST_LEFT * (previous.slow - minutes * ONE_MINUTE))
            previous = now


def test_accuracy():
    outcomes = [Outcome(10, 12, 11), Outcome(10, 12, 13), Outcome(10, 12, 6), Outcome(10, 12, 12)]

    assert accuracy(outcomes) == Accuracy(4, 2.5, -0.5, 0.75)
    assert accuracy(outcomes).holds
    assert not accuracy(outcomes[:1]).holds
    assert accuracy([]) is None


def test_streams_tell_who_comes_between_two_moments():
    stream = Stream("jobs", ELDERLY, at(0), (3.0, 6.0))

    assert [stream.expected(moment) for moment in (at(-1), at(0), at(30), at(60))] == [0.0, 3.0, 6.0, 0.0]
    assert (stream.ends, stream.between(at(20), at(40))) == (at(0) + 2 * HALF_HOUR, 3.0)


def test_how_many_are_ahead_is_told_by_the_order():
    waiting = [ticket(1, 0), ticket(2, 5), ticket(3, 25, ELDERLY)]
    told = estimate(scene(*waiting), 1, plays=2)

    assert [told[one.key].ahead for one in in_order(waiting, at(30))] == [0, 1, 2]
    assert replace(told["T001"], ahead=0).unknown is None
