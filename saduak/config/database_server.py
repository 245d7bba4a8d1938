"""Runs the embedded PostgreSQL, for the whole platform or for one command (การเดินเครื่องฐานข้อมูลในตัว)."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from saduak.config import embedded_postgres
from saduak.config.data_folder import DataFolder, DataFolderTaken
from saduak.config.environment import environment
from saduak.config.parts import Part

SMART, FAST, IMMEDIATE = signal.SIGTERM, signal.SIGINT, signal.SIGQUIT
"""How PostgreSQL ends: when the last client left; after rolling back; at once, with recovery at the next start."""


class DatabaseDidNotStart(Exception):
    """The embedded server ended while starting, or never answered; the text is what it said."""


def folder() -> Path:
    """The cluster of the embedded server."""
    return environment().saduak_data.resolve() / "postgres"


def part() -> Part:
    """The embedded server as a part of the platform; the caller holds the data folder."""
    embedded_postgres.make(folder())
    end_left_behind()
    return Part(
        "postgres",
        embedded_postgres.command(folder(), durable=environment().saduak_durable),
        user=embedded_postgres.account(),
        ends_by=FAST,
        if_orphaned=FAST,
        grace=60.0,
        says=folder().with_name("postgres.log"),
    )


def end_left_behind() -> None:
    """End a server whose supervisor was killed; remove a note that names a process which is no server of ours."""
    number = embedded_postgres.postmaster(folder())
    if number is None:
        return
    for sign in (FAST, IMMEDIATE, signal.SIGKILL):
        process = _server(number)
        if process is None:
            break
        with contextlib.suppress(psutil.NoSuchProcess, psutil.TimeoutExpired):
            process.send_signal(sign)
            process.wait(20)
    (folder() / "postmaster.pid").unlink(missing_ok=True)


def _server(number: int) -> psutil.Process | None:
    with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        process = psutil.Process(number)
        if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == folder():
            return process
    return None


def wait_until_it_answers(server: Part | None = None, *, patience: float = 300.0) -> None:
    """Wait for the server, however long recovery takes within `patience` seconds. Raises DatabaseDidNotStart."""
    give_up = time.monotonic() + patience
    while not embedded_postgres.answers(folder()):
        if (server is not None and not server.running) or time.monotonic() > give_up:
            said = folder().with_name("postgres.log")
            raise DatabaseDidNotStart(said.read_text(errors="replace").strip() if said.exists() else "")
        time.sleep(0.03)


@contextlib.contextmanager
def for_one_command(doing: str) -> Iterator[None]:
    """Have a database while a command runs: the operator's own, a running platform's, or the embedded one for now."""
    if environment().database_url:
        yield
        return
    try:
        held = DataFolder(environment().saduak_data.resolve(), doing)
    except DataFolderTaken:
        wait_until_it_answers(patience=30.0)
        yield
        return
    server = part()
    server.start()
    try:
        wait_until_it_answers(server)
        yield
    finally:
        # Another command may have joined in: let it finish.
        if server.process is not None and server.running:
            os.kill(server.process.pid, SMART)
            if not server.end(time.monotonic() + 60):
                end_left_behind()
        held.let_go()
