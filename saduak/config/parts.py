"""Processes that end with the one that started them (โปรเซสย่อย)."""

import contextlib
import ctypes
import json
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

LONGEST_WAIT = 30.0
STEADY_AFTER = 30.0
PR_SET_PDEATHSIG = 1


def start_bound(
    argv: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
    if_orphaned: int = signal.SIGTERM,
    says: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a process that receives the signal `if_orphaned` when we die, even by kill -9 (on Linux).

    What it prints goes into the file `says`, or where our own words go.

    It leads its own process group, so that Ctrl-C in a terminal reaches only us. Must be called by the main thread:
    the operating system watches the thread that started the process.
    """
    us = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def bind() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, int(if_orphaned))
            if os.getppid() != us:
                os._exit(1)

    with says.open("wb") if says else contextlib.nullcontext() as words:
        return subprocess.Popen(  # noqa: S603  (our own programs)
            argv,
            env=env,
            start_new_session=True,
            preexec_fn=bind,
            stdout=words,
            stderr=words,
            **as_account(user),
        )


def as_account(name: str | None) -> dict[str, Any]:
    """The arguments that let `subprocess` start a process as another account, with that account's rights only."""
    if name is None:
        return {}
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": [], "cwd": "/"}


def end_with_parent(ends_by: int = signal.SIGKILL) -> None:
    """Ask the operating system to send us `ends_by` when our parent dies (on Linux; elsewhere nothing happens)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(ends_by))


@dataclass
class Part:
    """One process to keep running; it is started again, ever less eagerly, while it keeps falling over."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] | None = None
    user: str | None = None
    ends_by: int = signal.SIGTERM
    if_orphaned: int = signal.SIGTERM
    grace: float = 30.0
    says: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0
    starts_at: float = field(default=0.0)

    def start(self) -> None:
        """Start the process."""
        self.process = start_bound(
            self.argv, env=self.env, user=self.user, if_orphaned=self.if_orphaned, says=self.says
        )
        self.started = time.monotonic()

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self.process is not None and self.process.poll() is None

    def fell(self) -> float:
        """Note that the process ended by itself, and return the seconds until it is started again."""
        if time.monotonic() - self.started > STEADY_AFTER:
            self.falls = 0
        wait = min(0.2 * 2**self.falls, LONGEST_WAIT)
        self.falls += 1
        self.starts_at = time.monotonic() + wait
        self.process = None
        return wait

    def ask_to_end(self) -> None:
        """Ask the process to finish what it is doing."""
        if self.process is not None and self.running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, self.ends_by)

    def end(self, deadline: float) -> bool:
        """Wait for the end until `deadline` (monotonic), then force it. False when force was needed."""
        if self.process is None:
            return True
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            return False
        return True


def remember(file: Path, processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """Write down which processes are ours, so that a later start can end them if we cannot."""
    known = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            known.append([process.pid, psutil.Process(process.pid).create_time()])
    aside = file.with_suffix(".new")
    aside.write_text(json.dumps(known))
    aside.rename(file)


def end_left_behind(file: Path, *, patience: float = 10.0) -> list[int]:
    """End the processes, and their children, that a start before us left behind; return their numbers."""
    try:
        known = json.loads(file.read_text())
    except (FileNotFoundError, ValueError):
        return []
    left: list[psutil.Process] = []
    for pid, born in known:
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            if abs(process.create_time() - born) < 1.0:  # Else the number has a new owner.
                left += [process, *process.children(recursive=True)]
    for process in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    for process in psutil.wait_procs(left, timeout=patience)[1]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    file.unlink()
    return [process.pid for process in left]
