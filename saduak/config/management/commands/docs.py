"""`saduak docs`: write the generated pages of `docs/` anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from saduak.config import handbook


class Command(BaseCommand):
    """Writes the pages, or only tells which are stale."""

    help = "Write the pages of docs/ that are generated from the code: procedures, access, configuration."

    def add_arguments(self, parser: CommandParser) -> None:
        """What a person may add."""
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and tell."""
        paths = handbook.stale() if options["check"] else handbook.write()
        for path in paths:
            self.stdout.write(f"docs/{path}")
        if options["check"] and paths:
            raise CommandError("These pages no longer say what the code does. Run `saduak docs`.")
