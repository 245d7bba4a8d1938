"""`saduak demo`: something to do at every stage, a day at a front desk, or many applications to measure with."""

import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from saduak.certification.demonstration import lamphun, scale
from saduak.frontdesk.demonstration import chiangmai


class Command(BaseCommand):
    """Loads the demonstration and prints its accounts; a second call prints them again."""

    help = "Load the round of 2563 in Lamphun and the front desk of Chiang Mai, play a day there, or make applications."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Do nothing on a platform that has real accounts.")
        parser.add_argument("--scale", type=int, metavar="N", help="Make N generated applications to measure with.")
        parser.add_argument("--cycle", type=int, default=2599, metavar="BE", help="The cycle of the generated round.")
        parser.add_argument("--play", action="store_true", help="Play a day at the front desk until it ends or Ctrl-C.")
        parser.add_argument("--speed", type=float, default=60, metavar="N", help="How many times as fast (60).")
        parser.add_argument("--seed", type=int, metavar="N", help="The same visitors again.")
        parser.add_argument("--quiet", action="store_true", help="Do not print the accounts.")

    def handle(self, **options: Any) -> None:
        from saduak.people.models import User

        if options["scale"] is not None:
            self._scale(options["scale"], options["cycle"])
            return
        if options["play"]:
            self._play(options["speed"], options["seed"])
            return
        password = demonstration_password()
        if lamphun.is_loaded():
            if not chiangmai.is_loaded():
                chiangmai.load(password=password, say=self.stdout.write)
            accounts = lamphun.accounts()
        elif User.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There are accounts on this platform. The demonstration goes into an empty one only.")
        else:
            accounts = lamphun.load(password=password, say=self.stdout.write)
            accounts += chiangmai.load(password=password, say=self.stdout.write)
        if not options["quiet"] and accounts:
            width = max(len(account.username) for account in accounts)
            self.stdout.write("\nบัญชีสาธิต (demonstration accounts), รหัสผ่าน (password): " + password + "\n")
            for account in accounts:
                self.stdout.write(f"  {account.username:<{width}}  {account.office_th}")

    def _play(self, speed: float, seed: int | None) -> None:
        if speed <= 0:
            raise CommandError("N is above zero.")
        try:
            told = chiangmai.play(speed=speed, seed=seed, say=self.stdout.write)
        except RuntimeError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"{told.came} came, {told.turned_away} were turned away, {told.called} calls, "
            f"{told.finished} served, {told.absent} absent"
        )

    def _scale(self, count: int, cycle_be: int) -> None:
        if count < 1:
            raise CommandError("N is at least 1.")
        try:
            made = scale.load(count, cycle_be=cycle_be, say=self.stdout.write)
        except RuntimeError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{made}: {count} applications in round {made.reference}")


def demonstration_password() -> str:
    """The password of the demonstration's accounts: made once for this data folder, in nobody's repository."""
    kept = Path(settings.DATA) / "demonstration-password"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text("-".join(secrets.choice(_WORDS) for _ in range(4)))
    return kept.read_text()


_WORDS = ("mali", "champa", "kulap", "bua", "phikun", "lamduan", "kaeo", "anchan", "phayom", "sarapi", "inthanin")
