"""Starts the whole platform as an operator does, and lets a test kill parts of it."""

import contextlib
import hashlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import fasteners
import psutil
import psycopg

from saduak.config import embedded_postgres, preparation
from saduak.config.environment import environment

ROOT = Path(__file__).resolve().parents[2]
BEGUN = environment().saduak_data.resolve() / "test-platforms"

IN_MEMORY = Path("/dev/shm")  # noqa: S108  (the folder made in it gets a name that nobody guesses)
ENOUGH = 2**30  # bytes; a platform of the tests takes a tenth of it


@contextlib.contextmanager
def short_folder():
    """A folder for one server and its kills, removed afterwards.

    Its name is short, because the database's socket lies in it, and others may enter, because root's database runs as
    another account. It lies in memory where there is room: what is killed are processes, which lose nothing by that,
    while a database that comes back on a disk first waits until all that anybody wrote lies there.
    """
    has_room = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ENOUGH
    folder = Path(tempfile.mkdtemp(prefix="saduak-", dir=IN_MEMORY if has_room else None))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def begin(data):
    """Make a data folder as the first start of this release leaves it.

    The first start of all is done in earnest, which takes a while, and its folder is kept; after that the folder is
    copied, until anything has changed that preparing or starting depends on.
    """
    BEGUN.mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(BEGUN / "lock"):
        kept = BEGUN / _what_starting_depends_on()
        if kept.exists():
            _copy(kept, data)
            return
        for old in BEGUN.glob("*/"):
            shutil.rmtree(old)
        platform = Platform(data)
        platform.start()
        platform.stop()
        _copy(data, BEGUN / "unfinished")
        (BEGUN / "unfinished").rename(kept)


def _what_starting_depends_on():
    state = hashlib.sha256(preparation.fingerprint(demonstration=False).encode())
    for path in sorted((ROOT / "saduak" / "config").glob("*.py")):
        state.update(path.read_bytes())
    return state.hexdigest()[:16]


def _copy(folder, where):
    # As `cp` does it, the owner stays: root's database belongs to another account.
    subprocess.run(["cp", "-a", folder, where], check=True)


def all_gone(processes, patience=15):
    """Whether all of the processes end in time; one that is dead, with nobody there to ask how it died, has ended."""
    living = processes
    deadline = time.monotonic() + patience
    while living and time.monotonic() < deadline:
        living = [process for process in living if _lives(process)]
        time.sleep(0.05)
    return not living


def _lives(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Platform:
    """`saduak serve` on a data folder and a port of its own."""

    def __init__(self, data):
        self.data = data
        self.port = free_port()
        self.log = data.parent / "platform.log"
        without = ("DATABASE_URL", "LC_ALL", "LC_MESSAGES")
        self.env = {name: value for name, value in os.environ.items() if name not in without} | {
            "SADUAK_DATA": str(data),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "tests.runtime.settings",
            "SADUAK_WEB_WORKERS": "1",
            "LANG": "C.UTF-8",
        }
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "saduak", "serve"], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        self.wait_until_ready()

    def wait_until_ready(self, patience=120):
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.ask("GET", "/health/ready") == 200:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"The platform is not ready:\n{self.log.read_text()[-3000:]}")

    def ask(self, method, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with contextlib.closing(connection):
            # What is sent has a body, as every form has: a server that cannot read one serves nobody.
            body = "said=สะดวก".encode() if method == "POST" else None
            connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
            return connection.getresponse().status

    def send(self, path, body, media_type, length=None):
        """Send a body, saying that it has so many bytes; the status and the text of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            headers = {"Content-Type": media_type, "Content-Length": str(length or len(body))}
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def part(self, name, patience=10):
        """The process of one part: `web`, `worker` or `postgres`; it may be about to start."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            for child in psutil.Process(self.process.pid).children():
                with contextlib.suppress(psutil.NoSuchProcess):
                    words = child.cmdline()
                    if words[-1:] == [name] or (name == "postgres" and words and words[0].endswith("/postgres")):
                        return child
            time.sleep(0.05)
        raise LookupError(name)

    def everybody(self):
        """The supervisor and every process below it."""
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def stop(self, sign=signal.SIGTERM):
        """Ask the platform to stop; its exit code."""
        self.process.send_signal(sign)
        return self.process.wait(40)

    def pairs(self):
        """How many entries each pair has."""
        with psycopg.connect(embedded_postgres.address(self.data / "postgres")) as connection:
            rows = connection.execute("SELECT case_reference FROM journal_entry WHERE case_kind = 'pair'").fetchall()
        return Counter(name for (name,) in rows)


class Burst:
    """People who write pairs as quickly as they can, and note which ones were acknowledged."""

    def __init__(self, platform, name, people=4):
        self.platform = platform
        self.acknowledged = set()
        self._over = threading.Event()
        self._people = [threading.Thread(target=self._write, args=(f"{name}{number}-",)) for number in range(people)]

    def __enter__(self):
        for person in self._people:
            person.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for person in self._people:
            person.join()

    def _write(self, prefix):
        number = 0
        while not self._over.is_set():
            number += 1
            try:
                if self.platform.ask("POST", f"/pair/{prefix}{number}") == 200:
                    self.acknowledged.add(f"{prefix}{number}")
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)

    def wait_for(self, more, patience=30):
        """Wait until so many more pairs were acknowledged."""
        goal = len(self.acknowledged) + more
        deadline = time.monotonic() + patience
        while len(self.acknowledged) < goal:
            assert time.monotonic() < deadline, self.platform.log.read_text()[-3000:]
            time.sleep(0.01)
