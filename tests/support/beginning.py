"""Many questions that all begin with the same database."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from itertools import islice
from typing import Any

from django.db import DatabaseError, connection

from tests.support import rows


class Beginning:
    """What stands in the database now, for questions of which each begins with that.

    What a question wrote is taken back; most only look and leave nothing to take back. What one looks up before it
    writes anything, the next ones are told again: the database would say the same.
    """

    def __init__(self) -> None:
        self._savepoint = connection.savepoint()
        self._written = rows.written()
        self._said: dict[tuple[Any, ...], Said] = {}
        self._is_untouched = True

    @contextmanager
    def again(self) -> Iterator[None]:
        """Ask one question."""
        announced = list(connection.run_on_commit)
        with connection.execute_wrapper(self._execute):
            yield
        if not self._is_untouched or connection.needs_rollback:
            connection.needs_rollback = False
            connection.savepoint_rollback(self._savepoint)
            connection.run_on_commit = announced
            self._written, self._is_untouched = None, True

    def end(self) -> None:
        """No question is asked any more. Raises AssertionError if all seemed only to look, and one wrote."""
        assert self._written in (None, rows.written())

    def _execute(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        wrapper = context["cursor"]
        if isinstance(wrapper.cursor, Said):
            wrapper.cursor = wrapper.cursor.cursor
        if self._is_untouched and not _only_looks(sql):
            self._is_untouched = False
        if not self._is_untouched:
            return execute(sql, params, many, context)
        question = (sql, *((type(one), one if isinstance(one, Hashable) else object()) for one in params or ()))
        if question not in self._said:
            try:
                execute(sql, params, many, context)
            except DatabaseError:
                self._is_untouched = False  # The server answers nothing any more until that is taken back.
                raise
            self._said[question] = Said(wrapper.cursor)
        wrapper.cursor = self._said[question].to(wrapper.cursor)
        return None


def _only_looks(sql: str) -> bool:
    """Whether it is one of Django's own questions for rows; whatever else begins so might call what writes."""
    return (
        sql.startswith(('SELECT "', 'SELECT DISTINCT "', "SELECT %s AS ", "SELECT COUNT(")) and "FOR UPDATE" not in sql
    )


class Said:
    """What the database said, in place of the cursor that heard it."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor
        self._rows = cursor.fetchall()
        self._ahead: Iterator[Any] = iter(())
        self._changes = any(isinstance(one, list) for row in self._rows for one in row)

    def to(self, cursor: Any) -> "Said":
        """The same, from its first row on, to another cursor."""
        again = object.__new__(Said)
        said = deepcopy(self._rows) if self._changes else self._rows
        again.__dict__.update(self.__dict__, cursor=cursor, _ahead=iter(said))
        return again

    def __iter__(self) -> Iterator[Any]:
        return self._ahead

    def fetchone(self) -> Any:
        """The next row, or None."""
        return next(self._ahead, None)

    def fetchmany(self, size: int) -> list[Any]:
        """The next rows, at most so many."""
        return list(islice(self._ahead, size))

    def fetchall(self) -> list[Any]:
        """The rows that are left."""
        return list(self._ahead)

    def close(self) -> None:
        """Nothing is asked any more."""
        self.cursor.close()
