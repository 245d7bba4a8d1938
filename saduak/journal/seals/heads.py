"""The log of heads: one line a seal, outside the database, so that a chain written anew is found.

A line is the moment, the seal's number and its digest in hexadecimal, with spaces between. Whoever can change the
database may be able to change this file too: keep copies elsewhere, and give one of their digests to `saduak
verify-journal --head`.
"""

import os
from pathlib import Path

from django.conf import settings

from saduak.journal.models import Seal

NAME = "journal-heads.log"


class LogUnreadable(Exception):
    """A line of the log is not a moment, a number and a digest."""


def path() -> Path:
    """Where the log of this installation is."""
    return Path(settings.DATA) / NAME


def append(seal: Seal) -> None:
    """Write one seal's line, and wait until the disk has it."""
    log = path()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="ascii") as file:
        file.write(f"{seal.sealed_at.isoformat()} {seal.number} {bytes(seal.digest).hex()}\n")
        file.flush()
        os.fsync(file.fileno())


def known() -> dict[int, bytes]:
    """The digest of each seal that the log knows, by number. Raises LogUnreadable.

    Of two lines with one number the later is dropped: the chain must still hold what was written down first.
    """
    if not path().exists():
        return {}
    known: dict[int, bytes] = {}
    for place, line in enumerate(path().read_text(encoding="ascii", errors="replace").splitlines(), start=1):
        try:
            _, number, digest = line.split()
            known.setdefault(int(number), bytes.fromhex(digest))
        except ValueError as error:
            raise LogUnreadable(f"{path()}, line {place}: {line!r}") from error
    return known
