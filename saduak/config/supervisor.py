"""Keeps the parts of the platform running: database, web, worker (ตัวควบคุมการทำงานของระบบ)."""

import argparse
import contextlib
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from saduak.config import database_server, embedded_postgres
from saduak.config.data_folder import DataFolder, DataFolderTaken
from saduak.config.database_server import DatabaseDidNotStart
from saduak.config.environment import Environment, environment
from saduak.config.parts import Part, end_left_behind, remember
from saduak.config.preparation import is_prepared
from saduak.config.words import _

SADUAK = (sys.executable, "-m", "saduak")
DATABASE = "postgres"


class Stopped(Exception):
    """Somebody asked the platform to stop."""


class Unstartable(Exception):
    """The platform cannot start; the text tells the operator why."""


def serve(arguments: Sequence[str]) -> int:
    """Run the platform until it is asked to stop; the exit code."""
    options = _options(arguments)
    settings = environment()
    data = settings.saduak_data.resolve()
    try:
        held = DataFolder(data, "saduak serve")
    except DataFolderTaken as taken:
        print(
            _("The data folder %(folder)s is in use by %(holder)s. Stop that first, or set SADUAK_DATA to another one.")
            % {"folder": taken.folder, "holder": taken.holder},
            file=sys.stderr,
        )
        return 3
    try:
        return Supervisor(settings, data, demonstration=options.demonstration).run()
    except (Unstartable, embedded_postgres.ClusterUnusable) as unstartable:
        print(unstartable, file=sys.stderr)
        return 1
    finally:
        held.let_go()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="saduak serve", description="Run the platform: database, web and worker.")
    parser.add_argument("--demonstration", action="store_true", help="load the demonstration when there is no case yet")
    return parser.parse_args(arguments)


class Supervisor:
    """Starts the parts in order, restarts what falls over, and stops them in the opposite order."""

    def __init__(self, settings: Environment, data: Path, *, demonstration: bool) -> None:
        self.settings = settings
        self.data = data
        self.demonstration = demonstration
        self.parts: list[Part] = []
        self.preparation: Part | None = None
        self.asked_to_stop = False
        self._woken, self._wake = os.pipe()
        for end in (self._woken, self._wake):
            os.set_blocking(end, False)
        self._env = dict(os.environ)

    def run(self) -> int:
        """Run until SIGTERM, SIGINT or SIGHUP."""
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._ask_to_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        end_left_behind(self.data / "parts.json")
        try:
            self._check_port()
            database = self._start_database()
            if prepared := self._is_prepared():
                self._start_web()  # Loads while the database starts, and listens when that answers.
            self._wait_for(database)
            if not prepared:
                self._prepare()
                self._start_web()
            self._wait_for_the_web()
            self._start_worker()
            self._watch()
        except Stopped:
            pass
        finally:
            self._stop()
        return 0

    def _ask_to_stop(self, *_: object) -> None:
        if self.asked_to_stop:  # Asked twice: no more patience.
            for part in self.parts:
                part.grace = 0.0
        self.asked_to_stop = True

    def _check_port(self) -> None:
        family = socket.AF_INET6 if ":" in self.settings.saduak_listen else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.settings.saduak_listen, self.settings.port))
            except OSError as error:
                raise Unstartable(
                    _("Nothing can listen on %(address)s, port %(port)s (%(why)s). Set PORT to another one.")
                    % {"address": self.settings.saduak_listen, "port": self.settings.port, "why": error.strerror}
                ) from None

    def _start(self, part: Part) -> None:
        self.parts.append(part)
        part.start()
        self._remember()

    def _remember(self) -> None:
        # The database is not among them: it is found by its own folder and ended in its own way.
        mine = [part.process for part in self.parts if part.process and part.name != DATABASE]
        remember(self.data / "parts.json", mine)

    def _start_database(self) -> Part | None:
        """The embedded server, starting; None where the operator has a database."""
        if self.settings.database_url:
            return None
        server = database_server.part()
        self._start(server)
        self._env["DATABASE_URL"] = embedded_postgres.address(database_server.folder())
        return server

    def _wait_for(self, server: Part | None) -> None:
        if server is None:
            return
        try:
            database_server.wait_until_it_answers(server)
        except DatabaseDidNotStart as silent:
            raise Unstartable(_("The embedded PostgreSQL did not start. It said: %(why)s") % {"why": silent}) from None

    def _is_prepared(self) -> bool:
        """Whether the database and the static files certainly are up to date.

        A database of the operator's own may be another one than the last time: there it is always looked at.
        """
        return not self.settings.database_url and is_prepared(self.data, demonstration=self.demonstration)

    def _prepare(self) -> None:
        """Bring the database and the static files up to date, in a process of its own."""
        print(_("Preparing …"), flush=True)
        words = ["prepare", *(["--demonstration"] if self.demonstration else [])]
        preparation = Part("prepare", (*SADUAK, *words), env=self._env)
        self._start(preparation)
        assert preparation.process is not None  # noqa: S101
        while preparation.running:
            self._sleep(0.5)
        self.parts.remove(preparation)
        if preparation.process.returncode:
            raise Unstartable(_("The platform could not be prepared; the lines above tell why."))

    def _start_web(self) -> None:
        self._start(Part("web", (*SADUAK, "web"), env=self._env))

    def _start_worker(self) -> None:
        # Without its supervisor the worker would wait long for a database that ends as well; its jobs are not lost.
        self._start(Part("worker", (*SADUAK, "worker"), env=self._env, if_orphaned=signal.SIGKILL))
        print(_("saduak is at %(address)s") % {"address": self.settings.public_url}, flush=True)
        with contextlib.suppress(FileNotFoundError):
            print((self.data / "greeting.txt").read_text(), flush=True)

    def _wait_for_the_web(self) -> None:
        listen = self.settings.saduak_listen
        here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listen, listen)  # noqa: S104
        while True:
            with contextlib.suppress(OSError), socket.create_connection((here, self.settings.port), timeout=1):
                return
            self._restart_fallen()
            self._sleep(0.03)

    def _watch(self) -> None:
        while True:
            self._sleep(self._restart_fallen())

    def _restart_fallen(self) -> float:
        """Start what fell over and waited long enough; the seconds until the next one is due."""
        due = 3600.0
        for part in self.parts:
            if part.process is not None and not part.running:
                code = part.process.returncode
                wait = part.fell()
                print(
                    _("%(part)s ended (%(code)s); starting it again in %(wait).1f seconds.")
                    % {"part": part.name, "code": code, "wait": wait},
                    file=sys.stderr,
                    flush=True,
                )
            if part.process is None:
                if part.starts_at <= time.monotonic():
                    self._start_again(part)
                else:
                    due = min(due, part.starts_at - time.monotonic())
        return due

    def _start_again(self, part: Part) -> None:
        if part.name == DATABASE:
            database_server.end_left_behind()
        part.start()
        self._remember()

    def _sleep(self, seconds: float) -> None:
        """Sleep until a signal wakes us. Raises Stopped."""
        if not self.asked_to_stop:
            select.select([self._woken], [], [], seconds)
            with contextlib.suppress(BlockingIOError):
                os.read(self._woken, 1024)
        if self.asked_to_stop:
            raise Stopped

    def _stop(self) -> None:
        """End the parts: first those that use the database, then the database."""
        database = [part for part in self.parts if part.name == DATABASE]
        others = [part for part in self.parts if part.name != DATABASE]
        for group in (others, database):
            for part in group:
                part.ask_to_end()
            asked = time.monotonic()
            for part in group:
                while part.running and time.monotonic() < asked + part.grace:
                    select.select([self._woken], [], [], 0.2)
                    with contextlib.suppress(BlockingIOError):
                        os.read(self._woken, 1024)
                if not part.end(time.monotonic()):
                    print(_("%(part)s had to be ended by force.") % {"part": part.name}, file=sys.stderr)
        (self.data / "parts.json").unlink(missing_ok=True)
