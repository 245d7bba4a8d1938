"""Questions whose words never change, put into SQL once in a process and asked with other values each time.

Django writes the same SQL anew for each query: for a row with its relations that takes a multiple of what the question
itself takes. A `Standing` question is written by a queryset the first time, and PostgreSQL plans it once for each
connection. What comes back are the model's own instances, as the queryset would give them.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, cast

from django.db import connection, models
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

from saduak.postgres.base import DatabaseWrapper

ModelT = TypeVar("ModelT", bound=models.Model)


class Standing(Generic[ModelT]):
    """A question that is asked all day.

        DEVICE = Standing(lambda digest: Device.objects.filter(token_digest=digest), digest=b"an example")
        DEVICE.first(digest=…)

    The queryset is built once, with the examples; each must be of the type of the values to come, appear as it is among
    the statement's parameters, and be like no other parameter. Annotations and prefetching are left out of what comes
    back. A question that locks rows is asked inside a transaction.
    """

    def __init__(self, build: Callable[..., models.QuerySet[ModelT]], **examples: Any) -> None:
        self._build = build
        self._examples = examples
        self._written: _Written | None = None

    def first(self, **values: Any) -> ModelT | None:
        """The first row, or None; the question itself should not bring more."""
        return next(self._asked(values), None)

    def all(self, **values: Any) -> list[ModelT]:
        """Every row."""
        return list(self._asked(values))

    def _asked(self, values: dict[str, Any]) -> Iterator[ModelT]:
        written = self._written
        if written is None:
            written = self._written = _Written(self._build(**self._examples).query, self._examples)
        if written.locks and not connection.in_atomic_block:
            raise TransactionManagementError("A question that locks rows is asked inside a transaction.")
        with cast(DatabaseWrapper, connection).prepared() as cursor:
            cursor.execute(written.sql, written.parameters(values))
            rows: Sequence[Any] = cursor.fetchall()
        return cast(Iterator[ModelT], written.read(rows))


class _Written:
    """A queryset's statement, and how its rows become instances: what `ModelIterable` finds out for each question."""

    def __init__(self, query: Any, examples: dict[str, Any]) -> None:
        compiler = query.get_compiler(connection=connection)
        self.sql, parameters = compiler.as_sql()
        self.locks = query.select_for_update
        names = {_bare(value): name for name, value in examples.items()}
        self._parts = [(names.get(_bare(one)), one) for one in parameters]
        if missing := set(examples) - {name for name, _one in self._parts}:
            raise ValueError(f"Not among the parameters as they are: {sorted(missing)}.")
        if compiler.annotation_col_map:
            raise ValueError("Annotations are not read.")
        columns = compiler.klass_info["select_fields"]
        self._model = compiler.klass_info["model"]
        self._first, self._end = columns[0], columns[-1] + 1
        self._names = [one[0].target.attname for one in compiler.select[self._first : self._end]]
        populators: Any = get_related_populators
        self._related = populators(compiler.klass_info, compiler.select, connection.alias)
        self._compiler = compiler
        self._converters = compiler.get_converters([one[0] for one in compiler.select])

    def parameters(self, values: dict[str, Any]) -> list[Any]:
        """Those of the statement with these values, each stored as the example was."""
        return [one if name is None else _as(one, values[name]) for name, one in self._parts]

    def read(self, rows: Sequence[Any]) -> Iterator[models.Model]:
        """The instances."""
        converted = self._compiler.apply_converters(rows, self._converters) if self._converters else rows
        for row in converted:
            instance = self._model.from_db(connection.alias, self._names, row[self._first : self._end])
            for one in self._related:
                one.populate(row, instance)
            yield instance


def _bare(value: Any) -> Any:
    return getattr(value, "obj", value)


def _as(example: Any, value: Any) -> Any:
    """The value as the example's field stores it: some are wrapped for the driver."""
    kind = type(example)
    return value if kind is type(value) else kind(value)
