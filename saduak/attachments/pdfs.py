"""PDFs are kept byte for byte, because a signature may lie over them, but only when nothing in them acts."""

import time
from io import BytesIO
from itertools import chain

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from saduak.attachments.examined import Examined
from saduak.attachments.refusals import FileRefused, Refusal

MAX_OBJECTS = 100_000
"""More numbered objects than this are not looked through; a scan of 300 pages has about 2,000."""

PATIENCE = 10.0
"""Seconds that looking through one PDF may take."""

_ACTIVE_KEYS = {"/JS", "/JavaScript", "/XFA", "/AA", "/RichMediaContent", "/RichMediaSettings"}
_ACTIVE_KINDS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMedia", "/Movie", "/Sound"}
_FILE_KEYS = {"/EmbeddedFiles", "/EF", "/AF"}
_FILE_KINDS = {"/EmbeddedFile", "/FileAttachment", "/GoToE", "/Collection"}


def examine(content: bytes) -> Examined:
    """Read every object of the PDF. Raises FileRefused for what is broken, locked, acts, or carries other files."""
    # The end is where a reader looks first; a PDF with something else glued behind it is a second file in disguise.
    if b"%%EOF" not in content[-1024:]:
        raise FileRefused(Refusal.BROKEN_PDF)
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise FileRefused(Refusal.ENCRYPTED_PDF)
        pages = len(reader.pages)
        _look_through(reader)
    except FileRefused:
        raise
    except Exception as broken:  # A damaged PDF makes its reader stumble in many ways, some of them plain errors.
        raise FileRefused(Refusal.BROKEN_PDF) from broken
    if pages == 0:
        raise FileRefused(Refusal.BROKEN_PDF)
    return Examined(content, "application/pdf", pages=pages)


def _look_through(reader: PdfReader) -> None:
    """Look at every object, whether a page refers to it or not."""
    until = time.monotonic() + PATIENCE
    numbers = [(number, generation) for generation, table in reader.xref.items() for number in table]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MAX_OBJECTS:
        raise FileRefused(Refusal.COMPLICATED_PDF)
    everything = (reader.get_object(IndirectObject(number, generation, reader)) for number, generation in numbers)
    for thing in chain([reader.trailer], everything):
        _look_at(thing)
        if time.monotonic() > until:
            raise FileRefused(Refusal.COMPLICATED_PDF)


def _look_at(thing: object) -> None:
    """Look at one object and what lies directly inside it; what it refers to has its own number and its own turn."""
    waiting = [thing]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, ArrayObject):
            waiting.extend(list.__iter__(thing))
        elif isinstance(thing, DictionaryObject):
            kinds = {str(value) for value in (thing.get("/Type"), thing.get("/S"), thing.get("/Subtype")) if value}
            # A structure element's /S is a role such as /Sound never is, and page transitions have names of their own.
            if (_ACTIVE_KEYS & thing.keys() and not _is_harmless(thing)) or _ACTIVE_KINDS & kinds:
                raise FileRefused(Refusal.ACTIVE_PDF)
            if _FILE_KEYS & thing.keys() or _FILE_KINDS & kinds:
                raise FileRefused(Refusal.PDF_WITH_FILES)
            waiting.extend(dict.values(thing))


def _is_harmless(thing: DictionaryObject) -> bool:
    """An empty additional-actions entry does nothing."""
    return (_ACTIVE_KEYS & thing.keys()) == {"/AA"} and not thing["/AA"]
