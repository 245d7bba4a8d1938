"""Many centres play one day: every ticket is taken, called, served and finished through HTTP, as fast as it goes.

Centres arrive in turn, so that all of them are at work at the same time. The reference is the same number of tickets at
a tenth of the centres (one for each client at least), in the same run: how cost grows with centres.
Run: python -m benchmarks.day_of_centres [centres] [tickets of each] [clients]
"""

import time
from itertools import islice
from uuid import uuid4

from benchmarks.desks import Running, alone, at_once, p95, tell

DEEDS = 4


def measure(platform: Running, centres: int = 100, tickets: int = 20, clients: int = 8) -> None:
    """A tenth of the centres with ten times the tickets each, then all."""
    few = max(centres // 10, min(clients, centres))
    costs = []
    for number, each in ((few, centres * tickets // few), (centres, tickets)):
        desks = platform.furnish(number, 1, 1)
        parts = [desks[n::clients] for n in range(clients)]
        seconds, spent = at_once([part for part in parts if part], lambda part, each=each: play(platform, part, each))
        rate = tell(f"{number} centres × {each} tickets: deeds", seconds, spent)
        memory = sum(process.memory_info().rss for process in platform.processes("saduak web")) / 2**20
        print(f"  {rate / DEEDS:.0f} tickets/s from taking to finishing, {spent:.0f} s in all,", end=" ")
        print(f"{memory:.0f} MiB in the web processes, p95 of a deed {p95(seconds):.1f} ms")
        done = platform.ask(
            "SELECT count(*) FROM frontdesk_ticket WHERE stage = 'finished' AND centre_id = ANY(%s)",
            [desk["centre"] for desk in desks],
        )[0]
        assert done == number * each, (done, number * each)
        costs.append(spent / (number * each))
    print(f"  a ticket costs {costs[1] / costs[0]:.2f} times as much at {centres / few:.0f} times the centres")


def play(platform: Running, desks: list[dict], tickets: int) -> list[float]:
    """A day at some desks, one deed after another, turning from desk to desk."""
    kiosks = [platform.line(desk["kiosk"]) for desk in desks]
    boxes = [platform.line(desk["boxes"][0]) for desk in desks]
    spent: list[float] = []

    def timed(line, path, said):
        began = time.perf_counter()
        answer = line.post(f"/api/v1/desk/{path}", said, key=uuid4())
        assert answer.status in (200, 201), answer
        spent.append(time.perf_counter() - began)
        return answer.json()

    for turn in range(tickets):
        for desk, kiosk, box in zip(desks, kiosks, boxes, strict=True):
            timed(kiosk, "tickets", {"service": next(islice(desk["services"], turn % 3, None))})
            ticket = timed(box, "counter/next", {})["ticket"]
            timed(box, "counter/start", {"ticket": ticket["reference"]})
            timed(box, "counter/finish", {"ticket": ticket["reference"]})
    for line in (*kiosks, *boxes):
        line.close()
    return spent


if __name__ == "__main__":
    alone(measure, 100, 20, 8)
