"""`saduak redraw FILE`: draw a sample again from its record, without a database and without trusting anybody."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from saduak.certification.draws import Again, draw_again


class Command(BaseCommand):
    """Draws again; ends with 1 when the frame is not the announced one or the result not the recorded one."""

    help = "Draw a sample again from its record, as it is downloaded from the page of the draw."

    def add_arguments(self, parser: CommandParser) -> None:
        """The record."""
        parser.add_argument("file", type=Path, help="the record of the draw, a JSON file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, and tell."""
        try:
            again = draw_again(json.loads(options["file"].read_text(encoding="utf-8")))
        except (OSError, ValueError) as broken:
            raise CommandError(str(broken)) from broken
        for one in again.drawn:
            self.stdout.write(f"{one.number}\t{one.stratum}\t{one.ticket}")
        if not again.agrees:
            raise CommandError(self._fault(again))
        self.stdout.write(self.style.SUCCESS("The frame and the result are those of the record."))

    def _fault(self, again: Again) -> str:
        if not again.frame_is_the_announced:
            return "The frame is not the one whose hash was announced."
        return "The result is not the one of the record."
