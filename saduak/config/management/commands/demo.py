"""`saduak demo`: something to do at every stage, or many applications to measure with."""

import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from saduak.certification.demonstration import lamphun


class Command(BaseCommand):
    """Loads the demonstration and prints its accounts; a second call prints them again."""

    help = "Load the round of 2563 in Lamphun with its accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Do nothing on a platform that has real accounts.")
        parser.add_argument("--quiet", action="store_true", help="Do not print the accounts.")

    def handle(self, **options: Any) -> None:
        from saduak.people.models import User

        password = demonstration_password()
        if lamphun.is_loaded():
            accounts = lamphun.accounts()
        elif User.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There are accounts on this platform. The demonstration goes into an empty one only.")
        else:
            accounts = lamphun.load(password=password, say=self.stdout.write)
        if not options["quiet"] and accounts:
            width = max(len(account.username) for account in accounts)
            self.stdout.write("\nบัญชีสาธิต (demonstration accounts), รหัสผ่าน (password): " + password + "\n")
            for account in accounts:
                self.stdout.write(f"  {account.username:<{width}}  {account.office_th}")


def demonstration_password() -> str:
    """The password of the demonstration's accounts: made once for this data folder, in nobody's repository."""
    kept = Path(settings.DATA) / "demonstration-password"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text("-".join(secrets.choice(_WORDS) for _ in range(4)))
    return kept.read_text()


_WORDS = ("mali", "champa", "kulap", "bua", "phikun", "lamduan", "kaeo", "anchan", "phayom", "sarapi", "inthanin")
