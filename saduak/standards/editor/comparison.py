"""Two versions side by side: what became of each criterion, and which words and points changed (เปรียบเทียบเกณฑ์)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saduak.standards.criteria import Criterion, Library, Strand, StrandKind
from saduak.standards.drafting.words import Run, differences
from saduak.standards.mapping import Line, LineKind
from saduak.standards.presenters import EVIDENCE, figure_words, points, points_words

KINDS: Mapping[LineKind, object] = {
    LineKind.SAME: gettext_lazy("Same"),
    LineKind.CHANGED: gettext_lazy("Changed"),
    LineKind.SPLIT: gettext_lazy("Split"),
    LineKind.MERGED: gettext_lazy("Joined"),
    LineKind.NEW: gettext_lazy("New"),
    LineKind.DROPPED: gettext_lazy("Dropped"),
}
TONES: Mapping[LineKind, str] = {
    LineKind.SAME: "plain",
    LineKind.CHANGED: "info",
    LineKind.SPLIT: "info",
    LineKind.MERGED: "info",
    LineKind.NEW: "success",
    LineKind.DROPPED: "warning",
}
ICONS: Mapping[LineKind, str] = {
    LineKind.SAME: "check",
    LineKind.CHANGED: "edit",
    LineKind.SPLIT: "list",
    LineKind.MERGED: "list",
    LineKind.NEW: "plus",
    LineKind.DROPPED: "cross",
}


@dataclass(frozen=True)
class Changed:
    """One value of a criterion that changed: its name and the words that went and came."""

    name: object
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Row:
    """One line of the mapping with its criteria; `title` and `changes` tell the words only where one goes on as one."""

    line: Line
    older: tuple[Criterion, ...]
    newer: tuple[Criterion, ...]
    title: tuple[Run, ...]
    changes: tuple[Changed, ...]

    @property
    def words(self) -> object:
        """What became of it."""
        return KINDS[self.line.kind]

    @property
    def tone(self) -> str:
        """How it is marked, beside its word and its sign."""
        return TONES[self.line.kind]

    @property
    def icon(self) -> str:
        """Its sign."""
        return ICONS[self.line.kind]

    @property
    def has_changed(self) -> bool:
        """Whether anything at all is different, the code too."""
        return self.line.kind is not LineKind.SAME or bool(self.changes)

    @property
    def anchor(self) -> str:
        """Where it can be linked to."""
        return (self.line.newer or self.line.older)[0]


@dataclass(frozen=True)
class Section:
    """The rows of one strand of the newer version; what was dropped stands in a section of its own without a strand."""

    strand: Strand | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Figure:
    """A number of both versions."""

    name: object
    older: str
    newer: str

    @property
    def changed(self) -> bool:
        """Whether it differs."""
        return self.older != self.newer


@dataclass(frozen=True)
class Count:
    """How many lines are of one kind."""

    kind: str
    words: object
    tone: str
    icon: str
    number: int


def rows_of(older: Library, newer: Library, lines: Iterable[Line]) -> tuple[Row, ...]:
    """Every line with its criteria and the words that changed."""
    return tuple(_row(older, newer, line) for line in lines)


def sections_of(newer: Library, rows: Sequence[Row]) -> tuple[Section, ...]:
    """The rows by strand."""
    sections = [
        Section(strand, tuple(row for row in rows if row.newer and row.newer[0].strand == strand.code))
        for strand in newer.strands
    ]
    sections.append(Section(None, tuple(row for row in rows if not row.newer)))
    return tuple(section for section in sections if section.rows)


def counts_of(rows: Sequence[Row]) -> tuple[Count, ...]:
    """How many lines there are of each kind that occurs."""
    numbers = {kind: sum(row.line.kind is kind for row in rows) for kind in LineKind}
    return tuple(
        Count(kind, KINDS[kind], TONES[kind], ICONS[kind], number) for kind, number in numbers.items() if number
    )


def figures_of(older: Library, newer: Library) -> tuple[Figure, ...]:
    """The numbers of both versions: points by strand, criteria, and where the levels begin."""
    found = [Figure(_("Points in all"), points(older.max_score), points(newer.max_score))]
    strands = {s.code: s for s in (*older.strands, *newer.strands)}
    for code, strand in strands.items():
        found.append(Figure(strand.title(get_language() or "th"), _strand(older, code), _strand(newer, code)))
    levels = {level.code: level for level in (*older.levels, *newer.levels)}
    for code, level in levels.items():
        before, after = older.level(code), newer.level(code)
        found.append(
            Figure(
                _("%(level)s from") % {"level": level.title(get_language() or "th")},
                points(before.min) if before else "–",
                points(after.min) if after else "–",
            )
        )
    return tuple(found)


def _strand(library: Library, code: str) -> str:
    strand = next((s for s in library.strands if s.code == code), None)
    if strand is None:
        return "–"
    if strand.kind is StrandKind.GATE:
        return _("%(number)s items") % {"number": len(strand.criteria)}
    return _("%(number)s items, %(points)s points") % {
        "number": len(strand.criteria),
        "points": points(strand.max_score),
    }


def _row(older: Library, newer: Library, line: Line) -> Row:
    before = tuple(older.criterion(code) for code in line.older)
    after = tuple(newer.criterion(code) for code in line.newer)
    if len(before) != 1 or len(after) != 1:
        return Row(line, before, after, (), ())
    one, other = before[0], after[0]
    changes = tuple(
        Changed(name, differences(was, now)) for name, was, now in _values(older, newer, one, other) if was != now
    )
    return Row(line, before, after, differences(one.th, other.th), changes)


def _values(older: Library, newer: Library, one: Criterion, other: Criterion) -> Iterable[tuple[object, str, str]]:
    """The values of a criterion in both versions, as a person reads them; the Thai title is apart."""
    yield _("Code"), one.code, other.code
    yield _("English title"), one.en, other.en
    yield _("What it asks"), one.asks_th, other.asks_th
    yield _("Points"), points_words(one), points_words(other)
    yield _("Parts"), _parts(one), _parts(other)
    yield _("Evidence"), _evidence(one), _evidence(other)
    yield _("Aspect"), _aspect(older, one), _aspect(newer, other)
    yield _("Measured by"), str(figure_words(one.measured_by)), str(figure_words(other.measured_by))
    yield _("Provisional"), _yes(one.is_provisional), _yes(other.is_provisional)
    yield _("May not apply"), _yes(one.may_not_apply), _yes(other.may_not_apply)


def _parts(criterion: Criterion) -> str:
    return "\n".join(f"{part.code} {part.th} ({points(part.max_score)})" for part in criterion.parts)


def _evidence(criterion: Criterion) -> str:
    return ", ".join(str(EVIDENCE[kind]) for kind in criterion.evidence)


def _aspect(library: Library, criterion: Criterion) -> str:
    aspect = library.aspect(criterion.aspect)
    return aspect.th if aspect else ""


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
