"""What is known of a file after it was read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Examined:
    """The bytes to store and what they are; sizes in pixels, places in degrees (WGS 84).

    `dhash` is what the picture looks like in 64 bits, signed as the database has it; `milliseconds` is how long a
    sound takes; `edited_at` is when a program last
    wrote the picture, if the camera took it earlier.
    """

    content: bytes
    media_type: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    dhash: int | None = None
    milliseconds: int | None = None
    taken_at: datetime | None = None
    edited_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
