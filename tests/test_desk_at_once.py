"""A desk on two web processes: many at once, and kills at the worst moment. Nothing acknowledged is lost or doubled.

The full size is `python -m benchmarks.tickets_at_once`.
"""

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from uuid import uuid4

import psycopg
import pytest

from saduak.config import embedded_postgres
from tests.runtime.platform import ROOT, Platform, begin, short_folder
from tests.support.lines import Line

pytestmark = pytest.mark.concurrency

CLIENTS, COUNTERS = 8, 4
TICKETS_EACH = 6
BETWEEN_DEEDS = 0.02


@pytest.fixture(scope="module")
def platform():
    """Two web processes, as on two processors."""
    with short_folder() as folder:
        begin(folder / "data")
        platform = Platform(folder / "data")
        platform.env["SADUAK_WEB_WORKERS"] = "2"
        platform.start()
        yield platform
        platform.stop()


@pytest.fixture(scope="module")
def desk(platform):
    made = subprocess.run(
        [sys.executable, "-m", "tests.support.desks", "1", str(COUNTERS), "1"],
        cwd=ROOT,
        env=platform.env | {"DJANGO_SETTINGS_MODULE": "saduak.config.settings"},
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(made.stdout)[0]


class Day:
    """Visitors who take tickets and counters that call, each trying again with the same key until acknowledged."""

    def __init__(self, platform, desk):
        self.platform, self.desk = platform, desk
        self.taken, self.called = {}, []
        self.troubles = []
        self._issued = threading.Event()
        self.threads = [threading.Thread(target=self._take, args=(n,)) for n in range(CLIENTS)]
        self.callers = [threading.Thread(target=self._call, args=(box,)) for box in desk["boxes"]]

    def __enter__(self):
        for thread in (*self.threads, *self.callers):
            thread.start()
        return self

    def __exit__(self, *_):
        for thread in self.threads:
            thread.join(120)
        self._issued.set()
        for thread in self.callers:
            thread.join(120)

    def wait_for(self, tickets):
        deadline = time.monotonic() + 60
        while len(self.taken) < tickets:
            assert time.monotonic() < deadline, (len(self.taken), self.troubles[-3:])
            time.sleep(0.01)

    def _take(self, number):
        line = Line(self.platform.port, token=self.desk["kiosk"], timeout=5)
        for turn in range(TICKETS_EACH):
            asked = {"service": self.desk["services"][(number + turn) % 3]}
            answer = self._surely(line, "/api/v1/desk/tickets", asked)
            self.taken[answer["reference"]] = answer["number"]
            time.sleep(BETWEEN_DEEDS)
        line.close()

    def _call(self, box):
        line = Line(self.platform.port, token=box, timeout=5)
        while True:
            was_over = self._issued.is_set()
            ticket = self._surely(line, "/api/v1/desk/counter/next", {})["ticket"]
            if ticket is None:
                if was_over:
                    break
                time.sleep(BETWEEN_DEEDS)
                continue
            self.called.append(ticket["reference"])
            for deed in ("start", "finish"):
                self._surely(line, f"/api/v1/desk/counter/{deed}", {"ticket": ticket["reference"]})
        line.close()

    def _surely(self, line, path, said):
        """The answer of a deed; whatever breaks, it is asked for again with the same key."""
        key = uuid4()
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                answer = line.post(path, said, key=key)
                if answer.status in (200, 201):
                    return answer.json()
                self.troubles.append((path, answer.status, answer.body[:200]))
                assert answer.status >= 500, (path, answer.status, answer.body)
            time.sleep(0.05)
        raise AssertionError((path, self.troubles[-3:]))


def rows(platform, words, *values):
    with psycopg.connect(embedded_postgres.address(platform.data / "postgres")) as connection:
        return connection.execute(words, values).fetchall()


def everything_is_there_once(platform, desk, day):
    """Every acknowledged ticket and call is there, with one entry each, and nothing is there twice."""
    tickets = dict(
        rows(
            platform,
            "SELECT reference, prefix || lpad(number::text, 3, '0') FROM frontdesk_ticket WHERE centre_id = %s",
            desk["centre"],
        )
    )
    assert day.taken.items() <= tickets.items()
    assert len(set(tickets.values())) == len(tickets)
    calls = Counter(
        reference
        for (reference,) in rows(
            platform,
            "SELECT reference FROM frontdesk_call JOIN frontdesk_ticket t ON t.id = ticket_id"
            " WHERE kind = 'next' AND t.centre_id = %s",
            desk["centre"],
        )
    )
    assert set(day.called) <= calls.keys()
    assert set(calls.values()) <= {1}
    entries = Counter(
        rows(
            platform,
            "SELECT case_reference, step FROM journal_entry WHERE case_kind = 'ticket' AND centre_id = %s",
            desk["centre"],
        )
    )
    assert set(entries.values()) == {1}
    assert {reference for reference, step in entries if step == "issue"} == tickets.keys()
    assert {reference for reference, step in entries if step == "call"} == calls.keys()


def test_many_at_once_get_each_their_own_and_counters_call_in_order(platform, desk):
    with Day(platform, desk) as day:
        pass

    everything_is_there_once(platform, desk, day)
    assert len(day.taken) == CLIENTS * TICKETS_EACH
    called_of_these = [reference for reference in day.called if reference in day.taken]
    assert sorted(called_of_these) == sorted(day.taken)
    assert day.troubles == []


@pytest.mark.parametrize("what", ["web", "postgres"])
def test_killed_in_the_middle_every_acknowledged_ticket_and_call_is_there_once(platform, desk, what):
    with Day(platform, desk) as day:
        day.wait_for(CLIENTS * TICKETS_EACH // 3)
        killed = platform.part("web").children()[0] if what == "web" else platform.part("postgres")
        killed.kill()
        killed.wait(5)

    platform.wait_until_ready()
    everything_is_there_once(platform, desk, day)
    assert len(day.taken) == CLIENTS * TICKETS_EACH
    assert set(day.called) >= set(day.taken)


def test_what_a_board_and_a_telephone_read_is_of_now_also_after_a_kill(platform, desk):
    """Kept answers are given only while the announcements are heard."""
    board = Line(platform.port)
    kiosk = Line(platform.port, token=desk["kiosk"])
    address = kiosk.post("/api/v1/desk/tickets", {"service": desk["services"][0]}).json()["address"]
    states = [f"/queue/board/{desk['boards'][0]}/state", "/" + address.split("/", 3)[3] + "/state"]

    def tags():
        for _try in range(200):
            with contextlib.suppress(OSError):
                answers = [board.get(path) for path in states]
                if all(answer.status == 200 for answer in answers):
                    return [answer.headers[b"etag"] for answer in answers]
            time.sleep(0.05)
        raise AssertionError(answers)

    def moves():
        """Something happens, and soon every read tells it, from whichever process."""
        before = tags()
        kiosk.close()  # One that waited for the database was silent for long, and the server may have hung up.
        kiosk.post("/api/v1/desk/tickets", {"service": desk["services"][1]})
        time.sleep(0.3)
        for _read in range(20):
            board.close()  # Another connection may reach the other process.
            assert all(new != old for new, old in zip(tags(), before, strict=True))

    with contextlib.closing(board), contextlib.closing(kiosk):
        moves()
        killed = platform.part("postgres")
        killed.kill()
        killed.wait(5)
        platform.wait_until_ready()
        moves()
        moves()
