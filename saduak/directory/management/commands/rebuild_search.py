"""`saduak rebuild-search`."""

from typing import Any

from django.core.management.base import BaseCommand

from saduak.directory.operations.finding import make_findable


class Command(BaseCommand):
    """Sets anew what every centre is found and sorted by."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{make_findable()} centres can be found.")
