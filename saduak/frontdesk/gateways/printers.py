"""Ticket printers that understand ESC/POS, over the network (เครื่องพิมพ์บัตรคิว).

Everything is sent as one raster picture and a cut: no printer needs to know Thai letters.
"""

import io
import socket

from django.utils.translation import gettext_lazy as _
from PIL import Image

PORT = 9100
"""Where network printers listen for raw data (the "raw" or "AppSocket" port)."""

PATIENCE = 8
"""Seconds until a printer that does not answer counts as failed."""

PATIENCE_FOR_STATUS = 1.5
"""Seconds; not every printer tells how it is, and a silent one is believed to be well."""

BLACK_BELOW = 150
"""Of 255: a ticket printer knows no grey, and thin strokes should stay."""

ANY_ON_80_MM = "TM-T20II"
"""How python-escpos names a common printer of 576 dots; nothing is used of it but that width."""

STRIP = 800
"""Dots of height that are sent at once; small printers hold little more."""

ASK_WHY_OFFLINE = b"\x10\x04\x02"
COVER_OPEN, PAPER_OUT, BROKEN = 0x04, 0x20, 0x40


class PrinterFailed(Exception):
    """The printer did not take the ticket; the words say what it did instead."""


def print_picture(png: bytes, *, host: str, port: int = PORT) -> None:
    """Print a picture on the printer at that address and cut the paper. Raises PrinterFailed."""
    try:
        with socket.create_connection((host, port), timeout=PATIENCE) as line:
            _ask_how_it_is(line)
            line.sendall(bytes_of(png))
            line.shutdown(socket.SHUT_WR)
    except OSError as failed:
        raise PrinterFailed(f"{type(failed).__name__}: {failed}"[:300]) from failed


def bytes_of(png: bytes) -> bytes:
    """What is sent to the printer for a picture."""
    from escpos.printer import Dummy  # Reads about every printer there is: half a second that only prints should take.

    printer = Dummy(profile=ANY_ON_80_MM)
    printer.hw("INIT")
    picture = Image.open(io.BytesIO(png)).convert("L").point(lambda grey: 0 if grey < BLACK_BELOW else 255)
    for top in range(0, picture.height, STRIP):
        strip = picture.crop((0, top, picture.width, min(top + STRIP, picture.height))).convert("1")
        printer.image(strip, impl="bitImageRaster", fragment_height=STRIP, center=False)
    printer.cut()
    return bytes(printer.output)


def _ask_how_it_is(line: socket.socket) -> None:
    """Ask why the printer would not print. Raises PrinterFailed when it tells of a reason."""
    line.sendall(ASK_WHY_OFFLINE)
    line.settimeout(PATIENCE_FOR_STATUS)
    try:
        answer = line.recv(1)
    except TimeoutError:
        return
    finally:
        line.settimeout(PATIENCE)
    state = answer[0] if answer else 0
    if state & PAPER_OUT:
        raise PrinterFailed(str(_("There is no paper.")))
    if state & COVER_OPEN:
        raise PrinterFailed(str(_("The cover is open.")))
    if state & BROKEN:
        raise PrinterFailed(str(_("The printer tells of an error.")))
