"""Word documents and Excel workbooks: archives whose list of contents is checked before anything is unpacked."""

import zipfile
import zlib
from io import BytesIO

from saduak.attachments.examined import Examined
from saduak.attachments.refusals import FileRefused, Refusal

MAX_PARTS = 2000
MAX_UNPACKED = 200 * 1024 * 1024
"""What all parts may unpack to, in bytes."""

_KINDS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ACTIVE = ("vbaproject", "vbadata", "/activex/", "/embeddings/", "/macrosheets/", "/ctrlprops/", "/externallinks/")


def examine(content: bytes) -> Examined:
    """Check the archive's parts by name, size and check sum. Raises FileRefused."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return Examined(content, _kind_of(archive))
    except FileRefused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as broken:
        raise FileRefused(Refusal.BROKEN_OFFICE) from broken


def _kind_of(archive: zipfile.ZipFile) -> str:
    """The media type of a document whose every part may be there."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if (
        "[Content_Types].xml" not in names
        or len(kinds := [kind for name, kind in _KINDS.items() if name in names]) != 1
    ):
        raise FileRefused(Refusal.UNKNOWN_KIND)
    if any(mark in f"/{name.lower()}" for name in names for mark in _ACTIVE):
        raise FileRefused(Refusal.ACTIVE_OFFICE)
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise FileRefused(Refusal.SWOLLEN_OFFICE)
    # The list may lie about sizes: unpacking piece by piece stops at what it said, and compares the check sum.
    for part in parts:
        with archive.open(part) as unpacked:
            while unpacked.read(1 << 20):
                pass
    content_types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in content_types or b"<!DOCTYPE" in content_types:
        raise FileRefused(Refusal.ACTIVE_OFFICE)
    return kinds[0]
