"""`saduak recount-desk`: do the slices of every ticket say what the journal says?"""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from saduak.frontdesk.models import Ticket
from saduak.frontdesk.queries.recount import recount


class Command(BaseCommand):
    """Makes the slices anew from the journal; ends with 1 and names the tickets that differ."""

    help = "Make the slices of tickets anew from the journal, and name every ticket whose stored slices differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """What a person may add."""
        parser.add_argument("--centre", metavar="CODE", help="only this centre's tickets")
        parser.add_argument(
            "--since", metavar="DAY", type=date.fromisoformat, help="only from this day on, as 2026-01-31"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, and tell."""
        tickets = Ticket.objects.all()
        if options["centre"]:
            tickets = tickets.filter(centre__code=options["centre"])
        if options["since"]:
            tickets = tickets.filter(day__gte=options["since"])
        found = recount(tickets)
        self.stdout.write(f"tickets counted again  {found.tickets:>10,}")
        if found.differing:
            raise CommandError(f"{len(found.differing)} tickets differ: {', '.join(found.differing[:20])}")
        self.stdout.write(self.style.SUCCESS("Every slice is as the journal tells it."))
