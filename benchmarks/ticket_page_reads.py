"""Telephones that follow their tickets: reads a second from memory, and how soon they tell what has happened.

Readers ask for the states of many tickets again and again. After each acknowledged deed at a busy desk, a ticket there
is read until its tag is another: that is how late a read can be. The reference is the same answer made by Django each
time (another question each time), in the same run.
Run: python -m benchmarks.ticket_page_reads [readers] [seconds] [tickets]
"""

import multiprocessing
import time
from uuid import uuid4

from benchmarks.desks import Running, alone, p99, tell, verdict
from tests.support.lines import Line

AIM, LATE = 2000, 300


def measure(platform: Running, readers: int = 4, seconds: int = 8, tickets: int = 60) -> None:
    """From memory while things happen, then made each time."""
    desk, quiet = platform.furnish(2, 1, 1)
    states = [state for one in (quiet, desk) for state in taken(platform, one, tickets)]
    quietly, busily = states[:tickets], states[tickets:]
    late = freshness(platform, desk, busily[0], deeds=20)
    print(f"after an acknowledged deed a read told it within p50 {sorted(late)[len(late) // 2] * 1000:.1f} ms,")
    print(f"  p99 {p99(late):.1f} ms, at most {max(late) * 1000:.1f} ms")
    rate = tell_of("the states of tickets, from memory", platform.port, readers, seconds, quietly, False)
    reference = tell_of("the same, made each time", platform.port, readers, max(seconds // 2, 1), quietly, True)
    print(f"  {rate / reference:.1f} times as many")
    verdict(f"at least {AIM} reads/s", rate >= AIM)
    verdict(f"p99 of the lateness under {LATE} ms", p99(late) < LATE)


def taken(platform: Running, desk: dict, tickets: int) -> list[str]:
    """The addresses of the states of new tickets."""
    line = platform.line(desk["kiosk"])
    addresses = [
        line.post("/api/v1/desk/tickets", {"service": desk["services"][0]}).json()["address"] for _ in range(tickets)
    ]
    line.close()
    return ["/" + address.split("/", 3)[3] + "/state" for address in addresses]


def freshness(platform: Running, desk: dict, state: str, *, deeds: int) -> list[float]:
    """Seconds from each acknowledged deed until reads over fresh connections, to any process, tell it."""
    kiosk, late = platform.line(desk["kiosk"]), []
    for _deed in range(deeds):
        line = platform.line()
        tag = line.get(state).headers[b"etag"]
        kiosk.post("/api/v1/desk/tickets", {"service": desk["services"][0]}, key=uuid4())
        began = time.perf_counter()
        for _process in range(4):
            while line.get(state).headers[b"etag"] == tag:
                time.sleep(0.001)
            line.close()
        late.append(time.perf_counter() - began)
    kiosk.close()
    return late


def tell_of(what: str, port: int, readers: int, seconds: int, states: list[str], is_other: bool) -> float:
    """Read in processes of their own, for Python reads in one at a time."""
    with multiprocessing.get_context("spawn").Pool(readers) as pool:
        found = pool.starmap(read, [(port, seconds, states, is_other)] * readers)
    return tell(what, [one for each in found for one in each], seconds)


def read(port: int, seconds: int, states: list[str], is_other: bool) -> list[float]:
    """Read one state after the other over a kept connection."""
    line, spent, number = Line(port), [], 0
    until = time.perf_counter() + seconds
    while (began := time.perf_counter()) < until:
        number += 1
        path = states[number % len(states)]
        answer = line.get(f"{path}?in=th&other={uuid4()}" if is_other else path)
        assert answer.status == 200, answer
        spent.append(time.perf_counter() - began)
    line.close()
    return spent


if __name__ == "__main__":
    alone(measure, 4, 8, 60)
