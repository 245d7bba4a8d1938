"""`saduak simulate-printer`: a ticket printer of imagined paper, for offices that have a kiosk before a printer."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from saduak.frontdesk.gateways.printers import PORT
from saduak.frontdesk.gateways.simulated_printer import SimulatedPrinter


class Command(BaseCommand):
    """Listens as a network printer does and writes every ticket that it is sent as a picture."""

    help = "Listen as an ESC/POS printer does, and write each ticket as a picture into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """What a person may add."""
        parser.add_argument("folder", type=Path, help="where the pictures go; made when it is not there")
        parser.add_argument("--port", type=int, default=PORT, help=f"where to listen, {PORT} unless told")
        parser.add_argument("--host", default="127.0.0.1", help="where to be heard; 0.0.0.0 by other machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print until somebody ends it."""
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)

        def printed(ticket: bytes) -> None:
            path = folder / f"{named(timezone.localtime())}.png"
            path.write_bytes(ticket)
            self.stdout.write(str(path))

        printer = SimulatedPrinter(printed, host=options["host"], port=options["port"])
        self.stdout.write(f"Printing on imagined paper at port {printer.port}; Ctrl-C ends it.")
        try:
            printer.serve()
        except KeyboardInterrupt:
            printer.close()


def named(at: datetime) -> str:
    """A ticket's file: its moment, so that the newest comes last."""
    return f"ticket-{at:%Y%m%d-%H%M%S-%f}"
