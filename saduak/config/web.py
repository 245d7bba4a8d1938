"""The web process: Granian's workers around one ASGI entry (เว็บเซิร์ฟเวอร์)."""

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server import Server

from saduak.config.environment import environment


def serve() -> None:
    """Answer requests until SIGTERM or SIGINT; a request that is being answered is finished first."""
    settings = environment()
    Server(
        "saduak.config.asgi:application",
        address=settings.saduak_listen,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.saduak_web_workers,
        websockets=False,
        backpressure=settings.saduak_live_streams + 16 * settings.saduak_web_threads,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=20,
        log_enabled=False,
    ).serve()
