"""One step of a case through HTTP, durable, beside the same writes in raw SQL from as many connections, in one run.

The platform serves as it does in production on a data folder of its own (`saduak serve`, embedded PostgreSQL with its
default durability, the default log); the secretariat takes the screening of generated applications up again, one POST
each. The reference locks and updates the same table's rows and inserts the same journal entries, one transaction each.
Measuring begins when all of the platform's processes are at rest, and both ways take turns, so that neither gains from
being later.
Run: python -m benchmarks.step_over_http [connections]
"""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

import psycopg

from saduak.config import embedded_postgres
from tests.support.lines import Line

AIM = 0.5
APPLICATIONS = 4_000
TURNS = (0, 1, 1, 0, 1, 0, 0, 1)
"""Who is measured when: nobody is always the later one."""

REST = 0.03
"""Seconds of processor time in one second that all processes together may use at rest."""

LONGEST_START = 120.0
ROOT = Path(__file__).resolve().parents[1]
SESSION = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from saduak.people.models import User
who = User.objects.get(username="measurement")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(who.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = who.get_session_auth_hash()
session.create()
print("session:" + session.session_key)
"""


def main(connections: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {
            "SADUAK_DATA": str(data),
            "PORT": str(free_port()),
        }
        for command in (["prepare"], ["demo", "--scale", str(APPLICATIONS)]):
            saduak(command, env)
        key = next(
            line.removeprefix("session:")
            for line in saduak(["shell", "--no-imports", "-c", SESSION], env).splitlines()
            if line.startswith("session:")
        )
        with serving(env):
            measure(env, embedded_postgres.address(data / "postgres"), key, connections)


def measure(env: dict[str, str], address: str, key: str, connections: int) -> None:
    from benchmarks.desks import Running, Used  # They build upon this module.

    platform = Running(env, int(env["PORT"]), address)
    cases = screened(address)
    ways = {
        "one step through HTTP": lambda part: list(post(platform.port, key, part)),
        "the same writes in SQL": lambda part: list(write(address, part)),
    }
    found = {way: Found([], 0.0, []) for way in ways}
    with ThreadPoolExecutor(connections) as pool:
        for way in ways.values():  # Every thread has its connection and its statements after those.
            timed(pool, connections, cases, way)
            cases = screened(address, again=cases)
        at_rest(platform)
        for turn in TURNS:
            way = list(ways)[turn]
            used = Used(platform)
            each, spent = timed(pool, connections, cases, ways[way])
            found[way] = found[way].and_also(each, spent, used.seconds())
            cases = screened(address, again=cases)
    with psycopg.connect(address) as connection:
        taken = connection.execute("SELECT count(*) FROM journal_entry WHERE step = 'correct_screening'").fetchone()
    assert taken == (len(cases) * (len(TURNS) + len(ways)),), f"{taken} steps were taken"
    for way, one in found.items():
        tell(way, one.each, one.spent)
        Used.say(one.used, len(one.each))
    through_http, in_sql = found.values()
    print(f"{connections} connections, {len(through_http.each)} steps each way, in {len(TURNS)} turns")
    ratio = (len(through_http.each) / through_http.spent) / (len(in_sql.each) / in_sql.spent)
    print(f"ratio {ratio:.2f} (aim: at least {AIM}): {'reached' if ratio >= AIM else 'not reached'}")


def screened(address: str, again: Sequence[Any] = ()) -> list[tuple[int, str, int]]:
    """The cases that wait for the step, with their versions; those of the last turn are first put back, unmeasured."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "UPDATE certification_application SET stage = 'screened' WHERE id = ANY(%s)", [[pk for pk, *_ in again]]
        )
        connection.execute("VACUUM certification_application")
        return connection.execute(
            "SELECT id, reference, version FROM certification_application WHERE stage = 'screened' ORDER BY id"
        ).fetchall()


class Found(NamedTuple):
    """What one way took so far: seconds of each deed, seconds of all, and of the processors for all."""

    each: list[float]
    spent: float
    used: list[float]

    def and_also(self, each: list[float], spent: float, used: Sequence[float]) -> "Found":
        """With another turn."""
        before = self.used or [0.0] * len(used)
        return Found(self.each + each, self.spent + spent, [a + b for a, b in zip(before, used, strict=True)])


def at_rest(platform: Any) -> None:
    """Wait until the platform's own processes have nothing more to do: its worker starts when it answers already."""
    quiet, deadline = 0, time.monotonic() + LONGEST_START
    before = platform.cpu()
    while quiet < 2:
        time.sleep(1)
        now = platform.cpu()
        quiet = quiet + 1 if now - before < REST else 0
        before = now
        if time.monotonic() > deadline:
            raise TimeoutError(f"The platform does not come to rest within {LONGEST_START} seconds.")


def timed(pool, connections, rows, work):
    """Split the rows among the connections and do them all at once; each deed's seconds, and the seconds of all."""
    parts = [rows[n::connections] for n in range(connections)]
    began = time.perf_counter()
    each = [seconds for part in pool.map(work, parts) for seconds in part]
    return each, time.perf_counter() - began


def post(port, key, rows):
    """Take one step after another through one kept connection, as a browser would send it."""
    line = Line(port, session=key, timeout=60)
    for _pk, reference, version in rows:
        began = time.perf_counter()
        address = f"/certification/applications/{reference}/steps/correct_screening"
        answer = line.send(address, seen=version, reason="วัดความเร็ว")
        assert answer.status == 302, (answer.status, reference)
        yield time.perf_counter() - began
    line.close()


def write(address, rows):
    """The same rows locked, changed and written down, without anything else."""
    with psycopg.connect(address, autocommit=True) as connection:
        for pk, reference, version in rows:
            began = time.perf_counter()
            with connection.transaction():
                connection.execute("SELECT * FROM certification_application WHERE id = %s FOR UPDATE", [pk])
                connection.execute(
                    "UPDATE certification_application SET stage = 'submitted', stage_since = now(), version = %s"
                    " WHERE id = %s",
                    [version + 1, pk],
                )
                connection.execute(
                    "INSERT INTO journal_entry (at, case_kind, case_reference, step, clause, from_stage, to_stage,"
                    " by_name, role, note, facts) VALUES (now(), 'certification.application', %s, 'correct_screening',"
                    " '3.5', 'screened', 'submitted', 'วัด', 'secretariat', 'วัดความเร็ว', %s)",
                    [reference, json.dumps({"version": version + 1})],
                )
            yield time.perf_counter() - began


def tell(what, seconds, spent):
    p95 = quantiles(seconds, n=20)[-1]
    print(f"{what}: {len(seconds) / spent:.0f}/s, p50 {median(seconds) * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms")


def saduak(command, env):
    done = subprocess.run(
        [sys.executable, "-m", "saduak", *command], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    return done.stdout


@contextlib.contextmanager
def serving(env):
    process = subprocess.Popen(
        [sys.executable, "-m", "saduak", "serve"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", int(env["PORT"]), timeout=5)
                connection.request("GET", "/health/ready")
                if connection.getresponse().status == 200:
                    break
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
