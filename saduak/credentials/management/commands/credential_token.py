"""`saduak credential-token`: who may have credentials issued by a program."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from saduak.credentials.issuers import Issuer
from saduak.credentials.models import Token
from saduak.credentials.operations import tokens


class Command(BaseCommand):
    """Makes, ends and lists the tokens of programs."""

    help = "Make, end or list the tokens with which programs use /credentials/issue and its neighbours."

    def add_arguments(self, parser: CommandParser) -> None:
        """What a person may ask for."""
        deeds = parser.add_subparsers(dest="deed", required=True)
        make = deeds.add_parser("make", help="make a token and print it, once")
        make.add_argument("name", help="what the program is called")
        make.add_argument(
            "--issuer", choices=Issuer.values, default=Issuer.EXAMPLE.value, help="in whose name it issues"
        )
        end = deeds.add_parser("end", help="let a token open nothing any more")
        end.add_argument("name", help="what the program is called")
        deeds.add_parser("list", help="list the programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of them."""
        if options["deed"] == "make":
            try:
                self.stdout.write(tokens.make(options["name"], issuer=Issuer(options["issuer"])))
            except IntegrityError:
                raise CommandError("There is a token of that name.") from None
        elif options["deed"] == "end":
            if not tokens.end(options["name"]):
                raise CommandError("No token of that name opens anything.")
        else:
            for token in Token.objects.all():
                ended = f"ended {token.ended_at:%Y-%m-%d %H:%M}" if token.ended_at else "in use"
                self.stdout.write(f"{token.name}  {token.issuer}  made {token.made_at:%Y-%m-%d %H:%M}  {ended}")
