"""Pictures are drawn anew, so that only what can be seen is kept."""

import logging
import math
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image

from saduak.attachments.examined import Examined
from saduak.attachments.refusals import FileRefused, Refusal

MAX_PIXELS = 60_000_000
"""The largest picture that is opened, in pixels; our own choice, above the 50 megapixels of a present-day phone."""

AT_ONCE = timedelta(minutes=5)
"""A camera may take this long to write a picture; what is later was written by another program. Our own choice."""

LONGEST_SIDE = 3000
"""Larger pictures are scaled down to this many pixels on their longer side: A4 at 250 dots per inch."""

STEP, LEAST_STEPS = 6, 8
"""A picture is told apart from others only when this many of its 64 neighbours differ by so many of 256 greys; our own
choice, so that blank papers and plain walls are not taken for each other."""

log = logging.getLogger(__name__)

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""The orientation a camera notes → the turn that puts the picture upright (EXIF 2.3, tag 274)."""

BANGKOK = ZoneInfo("Asia/Bangkok")
_SAVED_AS: dict[str, dict[str, int]] = {"JPEG": {"quality": 88}, "PNG": {}, "WEBP": {"quality": 88, "method": 4}}


def drawn_small(content: bytes, *, longest_side: int) -> bytes:
    """A stored picture as a JPEG of at most `longest_side` pixels; what is clear in it becomes white."""
    with Image.open(BytesIO(content)) as picture:
        picture.draft("RGB", (longest_side, longest_side))  # A JPEG is read at a fraction of its size.
        picture.thumbnail((longest_side, longest_side))
        opaque = Image.new("RGB", picture.size, "white")
        full = picture.convert("RGBA")
        opaque.paste(full, mask=full.getchannel("A"))
    small = BytesIO()
    opaque.save(small, "JPEG", quality=80, optimize=True)
    return small.getvalue()


def examine(content: bytes, kind: str, *, keep_place: bool) -> Examined:
    """Draw the picture anew: upright, its first frame only, without hidden data, at most `LONGEST_SIDE` pixels long.

    `kind` is Pillow's name of the format. With `keep_place` the date and place from the camera are told beside it.
    Raises FileRefused for a picture that is broken, cut off or too large.
    """
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            if math.prod(picture.size) > MAX_PIXELS:
                raise FileRefused(Refusal.TOO_MANY_PIXELS)
            noted = _noted(picture)
            picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # A JPEG is read at a half or a quarter of its size.
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            turn = _TURNS.get(noted.pop("orientation"))
            upright = picture.transpose(turn) if turn is not None else picture
            drawn = _drawn(upright, kind)
            facts = noted if keep_place else {}
            return Examined(
                drawn,
                f"image/{kind.lower()}",
                width=upright.width,
                height=upright.height,
                dhash=difference_hash(upright),
                **facts,
            )
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise FileRefused(Refusal.TOO_MANY_PIXELS) from bomb
    except FileRefused:
        raise
    except Exception as broken:  # Pillow's readers answer damage with errors of almost any kind.
        raise FileRefused(Refusal.BROKEN_IMAGE) from broken


def difference_hash(picture: Image.Image) -> int | None:
    """What a picture looks like: for 9 × 8 greys, 64 bits that say whether each is brighter than its right neighbour.

    After N. Krawetz, "Kind of like that" (2013). Signed, as a bigint of the database; None for a picture in which
    there is nearly nothing to tell, such as a blank sheet: those would all look alike.
    """
    opaque = picture.convert("RGBA")
    paper = Image.new("RGBA", opaque.size, "white")
    paper.alpha_composite(opaque)
    greys = list(paper.convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes())
    steps = [(greys[9 * line + at], greys[9 * line + at + 1]) for line in range(8) for at in range(8)]
    if sum(abs(left - right) >= STEP for left, right in steps) < LEAST_STEPS:
        return None
    bits = sum((left > right) << place for place, (left, right) in enumerate(steps))
    return bits - (1 << 64) if bits >> 63 else bits


def _drawn(picture: Image.Image, kind: str) -> bytes:
    """The picture's pixels, and nothing else, as a new file."""
    if picture.has_transparency_data and kind != "JPEG":
        picture = picture.convert("RGBA")
    elif picture.mode not in {"L", "RGB"}:
        picture = picture.convert("RGB")
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    out = BytesIO()
    clean.save(out, kind, **_SAVED_AS[kind])
    return out.getvalue()


def _noted(picture: Image.Image) -> dict[str, Any]:
    """What the camera noted: always its `orientation` (1 to 8), and when and where if that is legible."""
    noted: dict[str, Any] = {"orientation": 1}
    try:
        exif = picture.getexif()
        noted["orientation"] = exif.get(ExifTags.Base.Orientation, 1)
        noted |= _when_and_where(exif)
    except Exception as illegible:  # Damaged notes make Pillow stumble in many ways; the picture itself is still good.
        log.info("The camera's notes in a picture are illegible: %s", illegible)
    return noted


def _when_and_where(exif: Image.Exif) -> dict[str, datetime | float]:
    """The camera's moment and place; anything malformed counts as not noted."""
    facts: dict[str, datetime | float] = {}
    details = exif.get_ifd(ExifTags.IFD.Exif)
    if taken := _moment(details.get(ExifTags.Base.DateTimeOriginal), details.get(ExifTags.Base.OffsetTimeOriginal)):
        facts["taken_at"] = taken
        written = _moment(exif.get(ExifTags.Base.DateTime), details.get(ExifTags.Base.OffsetTime))
        if written is not None and written - taken >= AT_ONCE:
            facts["edited_at"] = written
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), most=90)
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), most=180)
    if latitude is not None and longitude is not None:
        facts |= {"latitude": latitude, "longitude": longitude}
    return facts


def _moment(text: object, offset: object) -> datetime | None:
    """A camera's `2025:03:14 09:30:00`; without an offset the clock is taken to show the time of Bangkok."""
    try:
        if offset:
            return datetime.strptime(f"{text}{offset}", "%Y:%m:%d %H:%M:%S%z")
        return datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S").replace(tzinfo=BANGKOK)
    except ValueError:
        return None


def _degrees(parts: object, towards: object, *, most: int) -> float | None:
    """Degrees, minutes and seconds as one signed number of six decimals (about ten centimetres)."""
    try:
        degrees, minutes, seconds = (float(part) for part in parts)  # type: ignore[attr-defined]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= most:  # Also refuses "not a number".
        return None
    return round(-value if towards in ("S", "W") else value, 6)
