"""Tells whether anything changed since the platform was last prepared, without asking Django (การเตรียมระบบ)."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from saduak.config.environment import CHECKOUT

SADUAK = CHECKOUT / "saduak"


def fingerprint(*, demonstration: bool) -> str:
    """What preparing depends on: migrations, static files, locked packages, and whether there is a demonstration."""
    found = hashlib.sha256(str(demonstration).encode())
    for file in sorted(_sources()):
        told = file.stat()
        found.update(f"{file} {told.st_size} {told.st_mtime_ns}\n".encode())
    return found.hexdigest()


def is_prepared(data: Path, *, demonstration: bool) -> bool:
    """Whether the platform on this data folder, with its own database, was prepared for exactly this release."""
    note = _note(data)
    return note.exists() and note.read_text() == fingerprint(demonstration=demonstration)


def note_prepared(data: Path, *, demonstration: bool) -> None:
    """Write down that the platform is prepared. Remove the note after restoring a database by hand."""
    _note(data).write_text(fingerprint(demonstration=demonstration))


def _note(data: Path) -> Path:
    return data / "prepared"


def _sources() -> Iterator[Path]:
    yield from SADUAK.glob("*/migrations/*.py")
    yield from (path for path in SADUAK.glob("*/static/**/*") if path.is_file())
    yield from SADUAK.glob("*/demonstration/**/*.py")
    for name in ("requirements.txt", "package-lock.json", "node_modules/.ready-for", "saduak/config/settings.py"):
        if (CHECKOUT / name).exists():
            yield CHECKOUT / name
