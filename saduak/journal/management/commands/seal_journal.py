"""`saduak seal-journal`: seal now, for whoever wants to note down the head."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saduak.journal.models import Seal
from saduak.journal.seals.digests import BEFORE_THE_FIRST
from saduak.journal.seals.sealing import JournalBusy, seal


class Command(BaseCommand):
    """Does at once what the worker does every five minutes."""

    help = "Seal the journal's entries now, and print the head of the chain to note it down elsewhere."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, and tell the head."""
        try:
            made = seal()
        except JournalBusy as busy:
            raise CommandError("Somebody is still writing to the journal. Try again in a moment.") from busy
        last = Seal.objects.last()
        self.stdout.write(f"entries sealed   {sum(len(each.sequences) for each in made):>12,}")
        self.stdout.write(f"head             {(bytes(last.digest) if last else BEFORE_THE_FIRST).hex()}")
