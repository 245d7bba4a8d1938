"""Letters to other agencies in the official form (หนังสือภายนอก).

The places of the parts follow the Regulation of the Office of the Prime Minister on Correspondence (ระเบียบสำนัก
นายกรัฐมนตรีว่าด้วยงานสารบรรณ) as offices commonly apply it; unchecked against the text.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from saduak.documents.typesetting import typeset
from saduak.documents.wording import letter_date, thai_digits
from saduak.thai.dates import day_of


@dataclass(frozen=True)
class LetterTable:
    """A small table between two paragraphs; every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Letter:
    """One letter, in the words in which it is printed; digits become Thai ones.

    `office` are the lines of the sender and its place. Empty parts are left out. With `example` every page says that
    it is one. `at` is the date of the letter, and the moment noted in the file.
    """

    number: str
    office: tuple[str, ...]
    at: datetime
    subject: str
    to: str
    paragraphs: tuple[str | LetterTable, ...]
    signatory_name: str
    signatory_position: tuple[str, ...]
    references: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    salutation: str = "เรียน"
    closing: str = "ขอแสดงความนับถือ"
    owner: tuple[str, ...] = ()
    telephone: str = ""
    email: str = ""
    copies_to: tuple[str, ...] = ()
    example: bool = False


def render_letter(letter: Letter) -> bytes:
    """The letter as PDF, of one or more A4 pages; the place of the state emblem is left free for printed paper."""
    facts = {key: _in_thai_digits(value) for key, value in asdict(letter).items() if key != "at"}
    facts["date"] = letter_date(day_of(letter.at))
    return typeset("letter", facts, at=letter.at)


def _in_thai_digits(value: object) -> object:
    """The same structure with its texts in Thai digits."""
    if isinstance(value, str):
        return thai_digits(value)
    if isinstance(value, dict):
        return {key: _in_thai_digits(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_in_thai_digits(part) for part in value]
    return value
