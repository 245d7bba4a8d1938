"""Every measurement of the front desk at its full size, one after another, each on a platform of its own; then a table.

About half an hour on two idle processors, see docs/measurements.md; `small` takes some minutes and shows only that
everything runs.
Run: python -m benchmarks.front_desk [small]
"""

import sys
import time

from benchmarks import (
    calls_at_once,
    day_of_centres,
    desks,
    event_to_board,
    growth_of_desks,
    staff_list,
    ticket_page_reads,
    tickets_at_once,
)

SIZES = (
    (tickets_at_once, (8, 400), (8, 4000)),
    (tickets_at_once, (32, 640), (32, 10_000)),
    (calls_at_once, (16, 4), (16, 50)),
    (staff_list, (240, 60), (240, 400)),
    (event_to_board, (100, 10, 15), (2000, 200, 200)),
    (ticket_page_reads, (2, 3, 30), (4, 15, 200)),
    (growth_of_desks, (2000, 10), (100_000, 250)),
    (day_of_centres, (20, 20, 2, 8), (1000, 200, 2, 8)),
)
"""Measurements with their sizes when small, and when whole."""


def main(is_small: bool) -> None:
    """One after the other; what breaks is told, and the others go on."""
    table = []
    for place, (measurement, small, whole) in enumerate(SIZES, start=1):
        size = small if is_small else whole
        name = f"{measurement.__name__.removeprefix('benchmarks.')} {' '.join(map(str, size))}"
        print(f"\n{place}/{len(SIZES)} {name}, {time.strftime('%H:%M:%S')}", flush=True)
        began, broke = time.perf_counter(), ""
        desks.VERDICTS.clear()
        try:
            with desks.running() as platform:
                measurement.measure(platform, *size)
        except Exception as error:
            broke = f"{type(error).__name__}: {error}"[:200]
            print(f"  broke: {broke}")
        table.append((name, (time.perf_counter() - began) / 60, list(desks.VERDICTS), broke))
    print(f"\n{'measurement':<32} {'minutes':>7}  aims")
    for name, minutes, verdicts, broke in table:
        said = [f"{sentence}: {'reached' if is_reached else 'not reached'}" for sentence, is_reached in verdicts]
        first, *more = ([f"broke: {broke}"] if broke else []) + said or ["no aim: figures above"]
        print(f"{name:<32} {minutes:>7.1f}  {first}")
        for one in more:
            print(f"{'':<41} {one}")


if __name__ == "__main__":
    main(sys.argv[1:] == ["small"])
