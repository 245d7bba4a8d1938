"""`saduak sign-certificates`: does every certificate have its signed file?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from saduak.certification.operations import credentials


class Command(BaseCommand):
    """Does at once what the worker does every hour."""

    help = "Sign the certificates that have no signed file yet, or only one by a stolen key."

    def add_arguments(self, parser: CommandParser) -> None:
        """What a person may add."""
        parser.add_argument(
            "--anew",
            action="store_true",
            help="sign all of them again with the present key, as after the site moved to another address",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Sign, and tell how many."""
        signed = credentials.sign_anew() if options["anew"] else credentials.sign_missing()
        self.stdout.write(f"certificates signed  {signed:>10,}")
