"""What reading the floor costs with 240 people waiting: processor time of the web processes, whole and unchanged.

Read through HTTP one after another: an officer's console, signed in, and the floor of a device. The reference is the
platform's plainest answer that asks the database (`/health/ready`), in the same run.
Run: python -m benchmarks.staff_list [waiting] [reads]
"""

import time
from itertools import cycle

from benchmarks.desks import Running, alone, tell, verdict

WITHIN = 8.0
DEVICES = 16


def measure(platform: Running, waiting: int = 240, reads: int = 300) -> None:
    """Whole answers, unchanged answers, the plainest answer."""
    (desk,) = platform.furnish(1, DEVICES, 1)
    lines = [platform.line(kiosk) for kiosk in desk["kiosks"]]
    for line, turn in zip(cycle(lines), range(waiting), strict=False):
        given = line.post("/api/v1/desk/tickets", {"service": desk["services"][turn % 3]})
        assert given.status == 201, given
    asking = cycle(lines)  # In turn: one device alone may not ask as often as that.
    floor = "/api/v1/desk/floor"
    whole = cost(platform, f"the floor with {waiting} waiting", reads, lambda: next(asking).get(floor))
    known = f"If-None-Match: {next(asking).get(floor).headers[b'etag'].decode()}\r\n"
    cost(platform, "the same, unchanged", reads, lambda: next(asking).get(floor, headers=known))
    console = platform.line(session=desk["sessions"][0])
    state = f"/frontdesk/{desk['code']}/console/state"
    listed = cost(platform, "the console's state, signed in", reads, lambda: console.get(state))
    seen = f"If-None-Match: {console.get(state).headers[b'etag'].decode()}\r\n"
    cost(platform, "the same, unchanged", reads, lambda: console.get(state, headers=seen))
    console.close()
    cost(platform, "the plainest answer", reads, lambda: lines[0].get("/health/ready"))
    assert len(lines[0].get(floor).json()["waiting"]) == waiting
    for line in lines:
        line.close()
    verdict(f"under {WITHIN:.0f} ms of processor time", max(whole, listed) < WITHIN)


def cost(platform: Running, what: str, reads: int, read) -> float:
    """Milliseconds of processor time of the web processes for one read."""
    for _warm in range(20):
        read()
    before, began, spent = platform.web_cpu(), time.perf_counter(), []
    statuses = set[int]()
    for _read in range(reads):
        at = time.perf_counter()
        statuses.add(read().status)
        spent.append(time.perf_counter() - at)
    used = (platform.web_cpu() - before) / reads * 1000
    assert statuses <= {200, 304}, statuses
    tell(f"{what} ({', '.join(map(str, statuses))})", spent, time.perf_counter() - began)
    print(f"  {used:.2f} ms of processor time each")
    return used


if __name__ == "__main__":
    alone(measure, 240, 300)
