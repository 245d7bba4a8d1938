"""`saduak appoint-administrator`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from saduak.directory.operations.beginning import appoint_administrator


class Command(BaseCommand):
    """Makes an account, appoints it administrator from today, and prints the link at which to choose the password."""

    help = __doc__ or ""

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="given name and surname")
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, username: str, name: str, email: str, **options: Any) -> None:
        try:
            link = appoint_administrator(username=username, name=name, email=email)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        self.stdout.write(f"Choose the password here, within three days:\n{link}")
