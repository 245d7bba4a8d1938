"""An embedded PostgreSQL for the tests, started before Django reads its settings."""

import os
import subprocess

import fasteners

from saduak.config import embedded_postgres
from saduak.config.environment import environment


def _start():
    """Start, or find running, the server that keeps nothing safe and is therefore quick."""
    folder = environment().saduak_data.resolve() / "test-postgres"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(folder.parent / "test-postgres.lock"):
        server = embedded_postgres.start(folder)
        quick = folder / "quick"
        if not quick.exists():
            for setting in (
                "fsync = off",
                "full_page_writes = off",
                "synchronous_commit = off",
                "max_connections = 200",
            ):
                _psql(server, f"ALTER SYSTEM SET {setting}")
            quick.touch()
            server.stop()
            server.start()
    return server


def _psql(server, command):
    subprocess.run([server.bin_path / "psql", server.get_uri(), "-qc", command], check=True)


# pytest-django reads the settings before any hook of ours runs, so this happens at import.
if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = _start().get_uri()
    environment.cache_clear()
