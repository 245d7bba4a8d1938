"""`saduak load-reference`."""

from typing import Any

from django.core.management.base import BaseCommand

from saduak.directory.operations.reference import load_reference


class Command(BaseCommand):
    """Adds what is missing of the reference data: provinces, regions, ministries, agencies, holidays."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_reference()
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{count} {what}" for what, count in added.items()) + " added.")
