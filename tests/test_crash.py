"""The server dies in the middle of a burst of steps: every acknowledged step is there, none is half done."""

import os
import signal
import subprocess
import sys
import time

import psutil
import psycopg
import pytest

from saduak.config import embedded_postgres
from saduak.config.parts import as_account
from tests.runtime.platform import short_folder

ENOUGH = 200
"""Acknowledged steps after which the server is killed."""

PATIENCE = 60  # seconds


@pytest.fixture
def folder():
    with short_folder() as folder:
        yield folder / "postgres"


@pytest.fixture
def server(folder):
    """Starts the embedded server as an installation does, as often as asked; everything is ended afterwards."""
    started = []

    def start():
        process = subprocess.Popen(
            embedded_postgres.command(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **as_account(embedded_postgres.account()),
        )
        started.append(process)
        until(lambda: embedded_postgres.answers(folder))
        return process

    embedded_postgres.make(folder)
    yield start
    for process in started:
        kill(process)


def kill(process):
    """`kill -9` for the server and all its processes at once."""
    if process.poll() is None:
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        for each in family:
            each.send_signal(signal.SIGKILL)
        psutil.wait_procs(family, timeout=PATIENCE)
        process.wait()


def until(holds):
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up
        time.sleep(0.05)


def burst(folder):
    """People taking steps in a process of their own."""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.support.burst"],
        env=os.environ
        | {
            "DATABASE_URL": embedded_postgres.address(folder),
            "SADUAK_DATA": str(folder.parent / "data"),
            "DJANGO_SETTINGS_MODULE": "saduak.config.settings",
        },
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.concurrency
def test_a_killed_server_loses_no_acknowledged_step_and_keeps_no_half(server, folder):
    first = server()
    with burst(folder) as people:
        assert people.stdout.readline() == "ready\n"
        told = [people.stdout.readline().split() for _ in range(ENOUGH)]
        kill(first)
        told += [line.split() for line in people.stdout]

    server()

    with psycopg.connect(embedded_postgres.address(folder)) as connection:
        letters = dict(connection.execute("SELECT reference, (stage, version, text)::text FROM letters_letter"))
        entries = connection.execute(
            "SELECT case_reference, (facts->>'version')::int, step, to_stage FROM journal_entry ORDER BY sequence"
        ).fetchall()
    written = {(reference, version) for reference, version, _step, _stage in entries}
    assert len(told) >= ENOUGH
    assert {(reference, int(version)) for reference, version in told} <= written
    assert len(written) == len(entries)
    last = {reference: f'({stage},{version},"{step} {version - 1}")' for reference, version, step, stage in entries}
    untouched = {reference for reference in letters if reference not in last}
    assert {reference: row for reference, row in letters.items() if reference not in untouched} == last
    assert {letters[reference] for reference in untouched} <= {'(draft,0,"")'}
