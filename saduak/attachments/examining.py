"""What a file truly is: its first bytes choose a reader, and the reader must understand all of it."""

from saduak.attachments import images, office
from saduak.attachments.examined import Examined
from saduak.attachments.refusals import FileRefused, Refusal

MAX_BYTES = 20 * 1024 * 1024
"""The largest file that is taken, in bytes; our own choice: a photograph has 3 to 8 MB, a scan of 50 pages 10."""

_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"}


def examine(content: bytes, *, keep_place: bool = False) -> Examined:
    """Read all of `content` and give back what is to be stored.

    The name a sender gave is not asked: only the bytes count. Raises FileRefused.
    """
    if not content:
        raise FileRefused(Refusal.EMPTY)
    if len(content) > MAX_BYTES:
        raise FileRefused(Refusal.TOO_LARGE)
    if content.startswith(b"\xff\xd8\xff"):
        return images.examine(content, "JPEG", keep_place=keep_place)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return images.examine(content, "PNG", keep_place=keep_place)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return images.examine(content, "WEBP", keep_place=keep_place)
    if content.startswith(b"%PDF-"):
        from saduak.attachments import pdfs  # Its reader takes long to load, and not every process needs it.

        return pdfs.examine(content)
    if content.startswith(b"PK\x03\x04"):
        return office.examine(content)
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise FileRefused(Refusal.HEIC)
    raise FileRefused(Refusal.UNKNOWN_KIND)
