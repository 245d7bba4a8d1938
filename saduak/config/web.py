"""The web process: Granian's workers around one ASGI entry (เว็บเซิร์ฟเวอร์)."""

import contextlib
import os
import resource
import signal
from importlib import import_module

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from saduak.config import database_server, embedded_postgres
from saduak.config.environment import environment
from saduak.config.loading import loading

LAST_ORDERS = signal.SIGUSR1
"""Tells a worker that it will be asked to stop: it ends its live streams, which would go on for minutes."""


class WebServer(MPServer):
    """Granian, which waits for the requests that are being answered, and would wait for live streams as well."""

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop the workers after telling them."""
        for worker in self.wrks:
            with contextlib.suppress(ProcessLookupError, TypeError):
                os.kill(worker.inner.pid, LAST_ORDERS)
        super().shutdown(exit_code)


def serve() -> None:
    """Answer requests until SIGTERM or SIGINT; a request that is being answered is finished first."""
    settings = environment()
    _load()
    may_open_files(2 * most_connections(settings.saduak_live_streams, settings.saduak_web_threads))
    _wait_for_our_own_database()
    signal.signal(LAST_ORDERS, signal.SIG_IGN)  # Inherited by the workers until they listen for it.
    WebServer(
        "saduak.config.asgi:application",
        address=settings.saduak_listen,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.saduak_web_workers,
        websockets=False,
        backpressure=most_connections(settings.saduak_live_streams, settings.saduak_web_threads),
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=20,
        log_enabled=False,
    ).serve()


def most_connections(streams: int, threads: int) -> int:
    """Connections that one worker accepts: a page keeps one for its stream and one for its questions."""
    return 2 * streams + 16 * threads


def may_open_files(number: int) -> None:
    """Ask for so many open files, as far as the system allows; each connection is one, and often 1,024 are given."""
    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if given != resource.RLIM_INFINITY and given < number:
        wanted = number if most == resource.RLIM_INFINITY else min(number, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(given, wanted), most))


def _wait_for_our_own_database() -> None:
    """Let nobody in while the embedded PostgreSQL still starts or recovers. Raises DatabaseDidNotStart."""
    if environment().database_url == embedded_postgres.address(database_server.folder()):
        database_server.wait_until_it_answers()


def _load() -> None:
    """Import the whole platform once, before the workers split off: they start at once and share the memory."""
    with loading():
        import_module("saduak.config.asgi")
        from django.urls import get_resolver

        _ = get_resolver().url_patterns
