"""Tables that sort, page, hide columns and export what they show, all by GET (ตาราง)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse

from saduak.design import spreadsheets


@dataclass(frozen=True)
class Column:
    """One column. `value` is an attribute's name or a function of the row; `shown` draws it when it is more than words.

    `sort` is what it sorts by: names of the database's fields for a queryset, a function of the row for a list; empty
    for a column that does not sort. `aside=True`: not shown until it is chosen.
    """

    name: str
    label: object
    value: str | Callable[[Any], Any] = ""
    shown: Callable[[Any], Any] | None = None
    sort: tuple[str, ...] | Callable[[Any], Any] = ()
    number: bool = False
    aside: bool = False

    def value_of(self, row: Any) -> Any:
        """The bare value, for sorting and exporting."""
        if callable(self.value):
            return self.value(row)
        return getattr(row, self.value or self.name)

    def shown_of(self, row: Any) -> Any:
        """What the cell shows."""
        return self.shown(row) if self.shown else self.value_of(row)


@dataclass(frozen=True)
class Heading:
    """A column's head: its words, where a click leads, and how the table is sorted by it now (up, down or not)."""

    column: Column
    url: str
    direction: str


@dataclass(frozen=True)
class Cell:
    """A cell with its column."""

    column: Column
    shown: Any


class _Pages(Paginator):
    """The first page and those behind it: rows that all fit on it are not counted by another question."""

    @cached_property
    def _first(self) -> list[Any]:
        return list(self.object_list[: self.per_page + 1])

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return super().count if len(self._first) > self.per_page else len(self._first)

    def page(self, number: int | str) -> Page[Any]:
        """The page of that number. Raises InvalidPage."""
        page = super().page(number)
        if page.number == 1:
            page.object_list = self._first[: self.per_page]
        return page


class Table:
    """Rows in columns, as the address asks for them: `?sort=-total&page=2&column=name&column=total&export=xlsx`.

    `name` keeps several tables of one page apart; `sorted_by` is the order when nothing is asked, a column's name with
    `-` before it for downwards. What makes no sense in the address is passed over.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[Any] | Sequence[Any],
        columns: Sequence[Column],
        *,
        label: object,
        name: str = "",
        sorted_by: str = "",
        per_page: int = 50,
        empty: object = "",
    ) -> None:
        self.request = request
        self.all_rows = rows
        self.columns = tuple(columns)
        self.label = label
        self.name = name
        self.sorted_by = sorted_by
        self.per_page = per_page
        self.empty = empty

    @cached_property
    def order(self) -> tuple[Column | None, bool]:
        """The column that the rows are sorted by, and whether downwards."""
        for wish in (self._asked("sort"), self.sorted_by):
            for column in self.columns:
                if column.sort and wish.removeprefix("-") == column.name:
                    return column, wish.startswith("-")
        return None, False

    @cached_property
    def ordered(self) -> QuerySet[Any] | Sequence[Any]:
        """Every row in the order asked for; rows without a value come last either way."""
        column, downwards = self.order
        if column is None:
            return self.all_rows
        if isinstance(self.all_rows, QuerySet):
            assert isinstance(column.sort, tuple)  # noqa: S101 – says so in Column.
            fields = [(F(name).desc if downwards else F(name).asc)(nulls_last=True) for name in column.sort]
            return self.all_rows.order_by(*fields, "pk")
        key = column.sort if callable(column.sort) else column.value_of
        known = [row for row in self.all_rows if key(row) is not None]
        unknown = [row for row in self.all_rows if key(row) is None]
        return [*sorted(known, key=key, reverse=downwards), *unknown]

    @cached_property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns chosen, or those that are shown at first."""
        wished = self.request.GET.getlist(self._key("column"))
        chosen = tuple(column for column in self.columns if column.name in wished)
        return chosen or tuple(column for column in self.columns if not column.aside)

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for; the nearest one when there is none of that number."""
        asked = self._asked("page")
        pages = _Pages if asked in {"", "1"} else Paginator
        return pages(self.ordered, self.per_page).get_page(asked)

    @property
    def page_key(self) -> str:
        """The name of the page number in the address."""
        return self._key("page")

    @property
    def headings(self) -> list[Heading]:
        """The heads of the shown columns."""
        sorted_by, downwards = self.order
        heads = []
        for column in self.shown_columns:
            direction = ("down" if downwards else "up") if column is sorted_by else ""
            wish = f"-{column.name}" if direction == "up" else column.name
            heads.append(Heading(column, self._address(sort=wish, page=None) if column.sort else "", direction))
        return heads

    def rows(self) -> Iterator[tuple[Any, list[Cell]]]:
        """The rows of this page, each with its cells."""
        for row in self.page:
            yield row, [Cell(column, column.shown_of(row)) for column in self.shown_columns]

    @property
    def choices(self) -> list[tuple[Column, bool]]:
        """Every column, with whether it is shown."""
        return [(column, column in self.shown_columns) for column in self.columns]

    @property
    def column_key(self) -> str:
        """The name of the column choice in the address."""
        return self._key("column")

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the rest of the address says, for the form that chooses columns."""
        left_out = {self._key("column"), self._key("page"), self._key("export")}
        return [(key, value) for key, values in self.request.GET.lists() if key not in left_out for value in values]

    @property
    def exports(self) -> list[tuple[str, str]]:
        """(kind, address) of each export: every page, in this order, with these columns."""
        return [(kind.upper(), self._address(export=kind, page=None)) for kind in ("xlsx", "csv")]

    @property
    def wants_export(self) -> bool:
        """Whether the address asks for a file; the view then tells `audit` and answers with `export`."""
        return self._asked("export") in {"xlsx", "csv"}

    def export(self, name: str) -> HttpResponse:
        """The file asked for, with exactly the rows, order and columns of the table; `name` is without its ending."""
        kind = self._asked("export")
        headings = [column.label for column in self.shown_columns]
        rows = ([column.value_of(row) for column in self.shown_columns] for row in self.ordered)
        content = spreadsheets.xlsx(headings, rows) if kind == "xlsx" else spreadsheets.csv_text(headings, rows)
        return spreadsheets.respond(content, f"{name}.{kind}")

    def _key(self, what: str) -> str:
        return f"{self.name}-{what}" if self.name else what

    def _asked(self, what: str) -> str:
        return self.request.GET.get(self._key(what), "")

    def _address(self, **changes: str | None) -> str:
        query = self.request.GET.copy()
        query.pop(self._key("export"), None)
        for what, value in changes.items():
            if value is None:
                query.pop(self._key(what), None)
            else:
                query[self._key(what)] = value
        return f"?{query.urlencode()}"
