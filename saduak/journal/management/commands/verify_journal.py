"""`saduak verify-journal`: is everything still as it was sealed?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from saduak.journal.seals import heads
from saduak.journal.seals.checking import verify
from saduak.journal.seals.digests import SIZE
from saduak.journal.seals.sealing import CHUNK

PROGRESS_EVERY = 10 * CHUNK


class Command(BaseCommand):
    """Checks the journal; ends with 1 and names the first fault when something was altered."""

    help = "Follow the journal's seals from the first one, and name the first altered, missing or inserted entry."

    def add_arguments(self, parser: CommandParser) -> None:
        """What a person may add."""
        parser.add_argument("--head", metavar="HEX", help="a head that was noted down earlier; the chain must hold it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and tell."""
        result = verify(head=self._head(options["head"]), heads=self._heads(), progress=self._tell)
        self.stdout.write(f"seals checked    {result.seals:>12,}")
        self.stdout.write(f"entries checked  {result.entries:>12,}")
        self.stdout.write(f"not yet sealed   {result.unsealed:>12,}")
        self.stdout.write(f"head             {result.head.hex()}")
        if result.finding:
            raise CommandError(f"The journal is not as it was sealed. First fault: {result.finding}.")
        self.stdout.write(self.style.SUCCESS("Every sealed entry is as it was written."))

    def _head(self, text: str | None) -> bytes | None:
        if text is None:
            return None
        try:
            head = bytes.fromhex(text)
        except ValueError:
            head = b""
        if len(head) != SIZE:
            raise CommandError(f"A head is {2 * SIZE} hexadecimal digits.", returncode=2)
        return head

    def _heads(self) -> dict[int, bytes]:
        try:
            return heads.known()
        except heads.LogUnreadable as error:
            raise CommandError(f"The log of heads was changed. {error}") from error

    def _tell(self, entries: int) -> None:
        if entries % PROGRESS_EVERY < CHUNK and entries >= PROGRESS_EVERY:
            self.stderr.write(f"{entries:,} entries checked …")
