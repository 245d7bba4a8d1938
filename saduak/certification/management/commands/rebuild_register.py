"""`saduak rebuild-register`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saduak.certification.models.spans import write_spans_anew
from saduak.certification.queries.memory import certificates_told_wrongly


class Command(BaseCommand):
    """Writes anew, from the journal, which standing every certificate had when; or only says where it differs."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; name the certificates that differ.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            write_spans_anew()
        wrong = certificates_told_wrongly()
        if wrong:
            raise CommandError(f"The register differs from the journal about: {', '.join(wrong)}")
        self.stdout.write("The register says what the journal says, of every certificate and every day.")
