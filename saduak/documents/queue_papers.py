"""Papers of a front desk: the ticket from a roll, and the poster at the door (บัตรคิวและป้ายหน้าประตู).

Drawn as a picture, so that any printer prints Thai as it should be, whatever letters it knows itself.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from saduak.documents.certificates import qr_code
from saduak.documents.typesetting import draw, typeset

DOTS_PER_INCH = 203.2
"""Eight dots a millimetre, what nearly every ticket printer has."""

Width = Literal[72, 48]
"""Printable millimetres of a roll of 80 mm, or of 58 mm."""

_LARGE = {72: 74, 48: 50}  # Points of the number when it has four signs.


@dataclass(frozen=True)
class TicketSlip:
    """One ticket as it comes out of the printer, in the words in which it is printed.

    `lines` stand below the service, `beside` stand at the QR code that opens `address`, `foot` is small. Without an
    address there is no code.
    """

    centre: str
    label: str
    number: str
    service: str
    lines: tuple[str, ...] = ()
    address: str = ""
    beside: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    width: Width = 72


def draw_ticket(slip: TicketSlip) -> bytes:
    """The ticket as a PNG of 576 dots' width for a roll of 80 mm, 384 for one of 58 mm."""
    facts = asdict(slip) | {
        "figures": _LARGE[slip.width] * 4 // max(4, len(slip.number)),
        "qr": qr_code(slip.address) if slip.address else "",
        "example": False,
    }
    return draw("queue_ticket", facts, "png", ppi=DOTS_PER_INCH)


@dataclass(frozen=True)
class DoorPoster:
    """The poster at a centre's door; its QR code opens `address`, where a ticket is taken. Three `steps`."""

    centre: str
    title: str
    title_en: str
    address: str
    steps: tuple[str, str, str]
    rule: str
    help: str
    example: bool = False


def render_poster(poster: DoorPoster, *, at: datetime) -> bytes:
    """The poster as PDF, one A4 page."""
    return typeset("queue_poster", asdict(poster) | {"qr": qr_code(poster.address)}, at=at)
