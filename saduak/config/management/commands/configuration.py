"""Prints the page of all environment variables."""

from typing import Any

from django.core.management.base import BaseCommand

from saduak.config.configuration import page


class Command(BaseCommand):
    """`saduak configuration`: the variables, what they mean, and what they are when nobody sets them."""

    help = "Print the page of all environment variables."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(page(), ending="")
