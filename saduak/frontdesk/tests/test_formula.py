"""The order in the long run: Kleinrock's formula for accumulating priority, and the conservation law.

One counter, arrivals by chance, three classes, 150,000 visits called by the very lanes that the estimator uses. To come
within two per cent cheaply, waits are measured against the same visitors called by arrival, whose mean wait is known.
"""

from decimal import Decimal
from itertools import accumulate
from random import Random

import pytest

from saduak.frontdesk.rules.lanes import Lanes
from saduak.frontdesk.rules.order import ORDINARY, Caller, Priority, Waiting

COUNTER = Caller("1", frozenset({"jobs"}))
CLASSES = [ORDINARY, Priority("booked", Decimal(2)), Priority("elderly", Decimal(3))]


def kleinrock(loads, rest, bs):
    """Mean waits of classes in growing b: `loads` are ρ of each, `rest` is W0, the mean rest of a visit in progress."""
    whole = sum(loads)
    waits = []
    for k, b in enumerate(bs):
        passed = sum(loads[i] * waits[i] * (1 - bs[i] / b) for i in range(k))
        passing = sum(loads[i] * (1 - b / bs[i]) for i in range(k + 1, len(bs)))
        waits.append((rest / (1 - whole) - passed) / (1 - passing))
    return waits


def called_in_order(visitors, spans):
    """The moments at which one counter calls these visitors, by their sequence."""
    lanes, called, free, coming = Lanes(), {}, 0, 0
    while len(called) < len(visitors):
        while coming < len(visitors) and visitors[coming].arrived <= free:
            lanes.enter(visitors[coming])
            coming += 1
        one = lanes.take(free, COUNTER)
        if one is None:
            free = visitors[coming].arrived
        else:
            called[one.sequence] = free
            free += spans[one.sequence]
    return called


def world(load, shares, number, seed, *, steady=False):
    """Visitors of the three classes at this load, in milliseconds; a visit takes ten minutes on average."""
    chance = Random(seed)
    mean = 600_000
    gaps = accumulate(chance.expovariate(load / mean) for _ in range(number))
    classes = chance.choices(range(len(CLASSES)), shares, k=number)
    visitors = [
        Waiting(f"{n}", n, int(arrived), "jobs", CLASSES[kind])
        for n, (arrived, kind) in enumerate(zip(gaps, classes, strict=True))
    ]
    spans = [mean if steady else int(chance.expovariate(1 / mean)) for _ in visitors]
    return visitors, spans, mean


def waits_by_arrival(visitors, spans):
    free, waits = 0, []
    for one in visitors:
        free = max(free, one.arrived)
        waits.append(free - one.arrived)
        free += spans[one.sequence]
    return waits


@pytest.mark.parametrize(
    ("load", "shares", "steady"),
    [
        pytest.param(0.7, [70, 10, 20], False, id="a usual day"),
        pytest.param(0.85, [50, 20, 30], True, id="a busy day, all visits alike"),
    ],
)
def test_mean_waits_are_kleinrocks(load, shares, steady):
    visitors, spans, mean = world(load, shares, 150_000, 2569, steady=steady)
    loads = [load * share / sum(shares) for share in shares]
    rest = load * mean / 2 * (1 if steady else 2)
    called, plain = called_in_order(visitors, spans), waits_by_arrival(visitors, spans)
    measured_against = rest / (1 - load) / (sum(plain) / len(plain))

    for number, expected in enumerate(kleinrock(loads, rest, [float(one.b) for one in CLASSES])):
        waits = [called[one.sequence] - one.arrived for one in visitors if one.priority is CLASSES[number]]
        assert sum(waits) / len(waits) * measured_against == pytest.approx(expected, rel=0.02)

    by_class = sum(called[one.sequence] - one.arrived for one in visitors) / len(visitors)
    assert load * by_class * measured_against == pytest.approx(load * rest / (1 - load), rel=0.02)


def test_the_work_waited_for_is_the_same_under_every_order():
    """The conservation law, to the millisecond: the sum of wait × visit does not depend on who is called first."""
    visitors, spans, _ = world(0.9, [60, 10, 30], 5_000, 1)
    called, plain = called_in_order(visitors, spans), waits_by_arrival(visitors, spans)

    ordered = sum((called[one.sequence] - one.arrived) * spans[one.sequence] for one in visitors)
    assert ordered == sum(wait * span for wait, span in zip(plain, spans, strict=True))
    assert called != [one.arrived + wait for one, wait in zip(visitors, plain, strict=True)]
