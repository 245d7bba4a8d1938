"""The text of a PDF as a reader searches it."""

import io
import re

from pypdf import PdfReader
from pypdf.generic import ContentStream


def text_of(content):
    """The text of all pages; where the file tells the actual text of some glyphs (ISO 32000-1, 14.9.4), that text."""
    return "\n".join(texts_of_pages(content))


def texts_of_pages(content):
    """The text of each page."""
    return [_text_of_page(page) for page in PdfReader(io.BytesIO(content)).pages]


def _text_of_page(page):
    letters = {name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    text, font, told = [], {}, []
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            actual = operands[1].get("/ActualText") if operator == b"BDC" and isinstance(operands[1], dict) else None
            told.append(actual)
            text += [actual] if actual is not None else []
        elif operator == b"EMC":
            told.pop()
        elif operator == b"Tf":
            font = letters[operands[0]]
        elif operator == b"cm":
            text.append("\n")
        elif operator in (b"Tj", b"TJ") and not any(actual is not None for actual in told):
            pieces = operands[0] if operator == b"TJ" else operands
            text += [_read(piece, font) for piece in pieces if isinstance(piece, bytes | str)]
    return re.sub(r"\n+", "\n", "".join(text))


def _letters(font):
    """Glyph number → letters, as the font's own table says."""
    table = font["/ToUnicode"].get_data().decode()
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", table, re.M)
    return {int(glyph, 16): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in pairs}


def _read(piece, font):
    codes = piece if isinstance(piece, bytes) else getattr(piece, "original_bytes", piece.encode("latin1"))
    return "".join(font.get(int.from_bytes(codes[i : i + 2]), "") for i in range(0, len(codes), 2))
