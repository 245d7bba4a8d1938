"""A platform with running desks, as it serves in production, for the measurements of the front desk.

Two web processes, an embedded PostgreSQL with its default durability, tokens and sessions, journal and audit:
everything is on. `python -m benchmarks.front_desk` runs all measurements, each on such a platform.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil
import psycopg

from benchmarks.step_over_http import ROOT, free_port, saduak, serving
from saduak.config import embedded_postgres
from tests.support.lines import Line


@dataclass
class Running:
    """A platform that serves; `furnish` adds desks with counters and boards, and tells of them as dicts."""

    env: dict[str, str]
    port: int
    address: str

    def furnish(self, desks: int = 1, counters: int = 4, boards: int = 1) -> list[dict[str, Any]]:
        """So many desks, their officers sitting at their counters."""
        made = subprocess.run(
            [sys.executable, "-m", "tests.support.desks", str(desks), str(counters), str(boards)],
            cwd=ROOT,
            env=self.env | {"DJANGO_SETTINGS_MODULE": "saduak.config.settings"},
            check=True,
            capture_output=True,
            text=True,
        )
        return json.loads(made.stdout)

    def line(self, token: str = "", session: str = "") -> Line:
        """A kept connection to it."""
        return Line(self.port, token=token, session=session)

    def ask(self, words: str, *values: Any) -> Any:
        """The first row of a question in SQL."""
        with psycopg.connect(self.address) as connection:
            return connection.execute(words, values).fetchone()

    def processes(self, *words: str) -> list[psutil.Process]:
        """Its processes whose command has one of the words: `web`, `postgres`."""
        found = []
        for process in psutil.process_iter(["cmdline", "environ"]):
            with contextlib.suppress(psutil.Error):
                is_ours = (process.info["environ"] or {}).get("SADUAK_DATA") == self.env["SADUAK_DATA"]
                if is_ours and any(word in " ".join(process.info["cmdline"] or ()) for word in words):
                    found.append(process)
        return found

    def database(self) -> list[psutil.Process]:
        """The processes of its PostgreSQL."""
        first = (Path(self.env["SADUAK_DATA"]) / "postgres" / "postmaster.pid").read_text().split()[0]
        postmaster = psutil.Process(int(first))
        return [postmaster, *postmaster.children()]

    def web_cpu(self) -> float:
        """Seconds of processor time that its web processes have used."""
        return _used_by(self.processes("saduak web"))

    def worker_cpu(self) -> float:
        """Seconds of processor time that the worker of its jobs and who looks after all have used."""
        return _used_by(self.processes("saduak worker", "saduak serve"))

    def database_cpu(self) -> float:
        """Seconds of processor time that its PostgreSQL has used, with its connections that have ended."""
        first, *others = self.database()
        return sum(first.cpu_times()[:4]) + _used_by(others)

    def cpu(self) -> float:
        """Seconds of processor time that all of its processes have used."""
        return self.web_cpu() + self.worker_cpu() + self.database_cpu()


def _used_by(processes: Sequence[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.Error):  # One that works in the background may just have ended.
            total += sum(process.cpu_times()[:2])
    return total


class Used:
    """Processor time from now on: of the platform's processes, and of who asks them from this process."""

    def __init__(self, platform: Running) -> None:
        self.platform = platform
        self.before = self._now()

    def seconds(self) -> tuple[float, ...]:
        """Of the web processes, of PostgreSQL, of the worker, of who asks."""
        return tuple(now - before for now, before in zip(self._now(), self.before, strict=True))

    def tell(self, times: int) -> None:
        """A line with the milliseconds of each for one of so many."""
        self.say(self.seconds(), times)

    @staticmethod
    def say(seconds: Sequence[float], times: int) -> None:
        """The line, of `seconds` that were added up."""
        print(
            "  of the processors, for each: web {:.2f} ms, PostgreSQL {:.2f} ms, worker {:.2f} ms,"
            " who asks {:.2f} ms, all {:.2f} ms".format(*(part / times * 1000 for part in (*seconds, sum(seconds))))
        )

    def _now(self) -> tuple[float, ...]:
        platform = self.platform
        return platform.web_cpu(), platform.database_cpu(), platform.worker_cpu(), time.process_time()


@contextlib.contextmanager
def running(workers: int = 2, **more: str) -> Iterator[Running]:
    """A new platform on a data folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        port = free_port()
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
            "SADUAK_DATA": str(data),
            "PORT": str(port),
            "SADUAK_WEB_WORKERS": str(workers),
            "SADUAK_LIVE_STREAMS": "5000",
            "SADUAK_LIVE_STREAMS_PER_CLIENT": "5000",
            "SADUAK_LOG_LEVEL": "warning",
            **more,
        }
        saduak(["prepare"], env)
        with serving(env):
            yield Running(env, port, embedded_postgres.address(data / "postgres"))


def at_once(parts: Sequence[Any], work: Callable[[Any], list[float]]) -> tuple[list[float], float]:
    """Do the work with every part at once; each deed's seconds, and the seconds of all."""
    with ThreadPoolExecutor(len(parts)) as pool:
        began = time.perf_counter()
        each = [seconds for found in pool.map(work, parts) for seconds in found]
        return each, time.perf_counter() - began


def p95(seconds: Sequence[float]) -> float:
    """In milliseconds."""
    return quantiles(seconds, n=20)[-1] * 1000 if len(seconds) > 1 else seconds[0] * 1000


def p99(seconds: Sequence[float]) -> float:
    """In milliseconds."""
    return quantiles(seconds, n=100)[-1] * 1000 if len(seconds) > 1 else seconds[0] * 1000


def tell(what: str, seconds: Sequence[float], spent: float) -> float:
    """A line with rate, median, p95 and p99; the rate."""
    rate = len(seconds) / spent
    print(
        f"{what}: {rate:.0f}/s, p50 {median(seconds) * 1000:.1f} ms, p95 {p95(seconds):.1f} ms,"
        f" p99 {p99(seconds):.1f} ms ({len(seconds)})"
    )
    return rate


VERDICTS: list[tuple[str, bool]] = []
"""What was said of aims so far."""


def verdict(sentence: str, is_reached: bool) -> None:
    """Whether an aim was reached."""
    VERDICTS.append((sentence, is_reached))
    print(f"  {sentence}: {'reached' if is_reached else 'not reached'}")


def alone(measure: Callable[..., None], *sizes: int) -> None:
    """Run one measurement on a platform of its own; sizes from the command line come before these."""
    given = [int(word) for word in sys.argv[1:]]
    with running() as platform:
        measure(platform, *given, *sizes[len(given) :])
