"""Every measurement of the front desk, one after another on one platform; `small` takes a minute or two.

Run: python -m benchmarks.front_desk [small]
"""

import sys

from benchmarks import (
    calls_at_once,
    day_of_centres,
    event_to_board,
    growth_of_desks,
    staff_list,
    ticket_page_reads,
    tickets_at_once,
)
from benchmarks.desks import running

SIZES = {
    tickets_at_once: ((8, 400), (8, 4000)),
    calls_at_once: ((16, 4), (16, 50)),
    staff_list: ((240, 60), (240, 400)),
    event_to_board: ((100, 10, 15), (2000, 200, 200)),
    ticket_page_reads: ((2, 3, 30), (4, 15, 200)),
    day_of_centres: ((20, 3, 8), (1000, 200, 8)),
    growth_of_desks: ((2000,), (100_000,)),
}
"""Measurement → its sizes when small, and when whole."""


def main(is_small: bool) -> None:
    """One after the other."""
    with running() as platform:
        for measurement, (small, whole) in SIZES.items():
            print(f"\n{measurement.__name__.removeprefix('benchmarks.')}", flush=True)
            measurement.measure(platform, *(small if is_small else whole))


if __name__ == "__main__":
    main(sys.argv[1:] == ["small"])
