"""Any other paper: headings, paragraphs, facts and tables, in the order in which they are read.

Itineraries, agendas, minutes and score summaries are composed of these parts.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from saduak.documents.typesetting import typeset


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 is a section, 2 lies within it."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Points:
    """A list of points; `numbered` counts them from 1."""

    points: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Facts:
    """Labels, each with its value."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """A column's heading; `width` is its share of the page, or 0 for as wide as its longest cell."""

    heading: str
    width: float = 1
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class Table:
    """Rows with as many cells as there are columns; `total` is a last row set apart. Raises ValueError otherwise."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.total] if self.total else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"A row has {len(row)} cells under {len(self.columns)} headings.")


@dataclass(frozen=True)
class Resolution:
    """The text of a resolution, set apart so that it is found at once (มติที่ประชุม)."""

    label: str
    text: str


@dataclass(frozen=True)
class Signatures:
    """Places to sign, side by side: each a name and an office."""

    places: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Points | Facts | Table | Resolution | Signatures


@dataclass(frozen=True)
class Paper:
    """One paper; `at` is the moment of its making, printed as `made` says and noted in the file."""

    title: str
    blocks: tuple[Block, ...]
    at: datetime
    organisation: str = ""
    subtitle: str = ""
    reference: str = ""
    made: str = ""
    lying: bool = False
    language: Literal["th", "en"] = "th"
    example: bool = False


def render_paper(paper: Paper) -> bytes:
    """The paper as PDF, on A4 pages that are numbered; tables repeat their headings on every page."""
    facts = {key: value for key, value in asdict(paper).items() if key not in ("at", "blocks")}
    facts["blocks"] = [{"kind": type(block).__name__, **asdict(block)} for block in paper.blocks]
    return typeset("paper", facts, at=paper.at)
