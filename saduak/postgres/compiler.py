"""Django's writing of SQL, which does not write the same column out again for each question.

An ordinary question of ours names a hundred columns: those of a case, its round, its centre and their offices. Django
makes an object for each of them, for each question, looks whether PostgreSQL wants it written its own way, compares it
with every column that the answer is put in order by, and asks how it is read. None of that changes while a process
lives, because neither the models nor the names of their columns do.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.backends.postgresql import compiler
from django.db.models.expressions import Col, ColPairs, F


@lru_cache(maxsize=4096)
def _columns(model: type[models.Model], alias: str) -> tuple[Col, ...]:
    """The columns of a model's own table, under one of the names it goes by in a question."""
    return tuple(field.get_col(alias) for field in model._meta.concrete_fields)


@lru_cache(maxsize=4096)
def _quoted(column: str) -> str:
    return connection.ops.quote_name(column)


@lru_cache(maxsize=4096)
def _comes_as_it_is(field: "models.Field[Any, Any]") -> bool:
    """Whether what PostgreSQL sends for a field is its value already; in doubt Django asks the field."""
    return type(field).get_db_converters is models.Field.get_db_converters and not hasattr(field, "from_db_value")


def _is_plain(expression: Any) -> bool:
    """Whether an expression is a column whose field takes what comes."""
    if type(expression) is not Col or expression.output_field is not expression.target:
        return False
    return _comes_as_it_is(expression.target)


def _lean(djangos: Any) -> Any:
    """One of Django's compilers that spares itself all this."""

    class Lean(djangos):
        """One of them."""

        select: Any

        def compile(self, node: Any) -> tuple[str, Any]:
            """As Django's; a column is its table and its name, and nothing else has to be found out about it."""
            if type(node) is not Col or not node.alias:
                return super().compile(node)
            table = self.quote_cache.get(node.alias) or self.quote_name_unless_alias(node.alias)
            return f"{table}.{_quoted(node.target.column)}", []

        def _order_by_pairs(self) -> Iterable[Any]:
            """As Django's; what is put in order by fields is not looked for among a hundred columns without a name."""
            chosen = self.select
            if self.query.combinator or any(alias for _, _, alias in chosen or ()) or not self._is_ordered_by_fields():
                return super()._order_by_pairs()
            try:
                self.select = None
                return list(super()._order_by_pairs())
            finally:
                self.select = chosen

        def _is_ordered_by_fields(self) -> bool:
            ordering = (
                self.query.extra_order_by or self.query.order_by or getattr(self.query.get_meta(), "ordering", ())
            )
            return all(isinstance(each, str | F) or type(getattr(each, "expression", None)) is F for each in ordering)

        def get_default_columns(
            self, select_mask: Any, start_alias: str | None = None, opts: Any = None, from_parent: Any = None
        ) -> Sequence[Col]:
            """As Django's; all columns of a model that inherits no table are the same objects every time."""
            opts = opts or self.query.get_meta()
            if select_mask or opts is None or opts.parents or opts.proxy:
                return super().get_default_columns(select_mask, start_alias, opts, from_parent)
            return _columns(opts.model, start_alias or self.query.get_initial_alias())

        def get_converters(self, expressions: Iterable[Any]) -> dict[int, Any]:
            """As Django's; a column that is read as it comes is known by its field."""
            expressions = list(expressions)
            odd = [place for place, each in enumerate(expressions) if not _is_plain(each)]
            if not odd:
                return {}
            if any(isinstance(expressions[place], ColPairs) for place in odd):  # They take more places than one.
                return super().get_converters(expressions)
            found = super().get_converters([expressions[place] for place in odd])
            return {odd[number]: how for number, how in found.items()}

    return Lean


SQLCompiler = _lean(compiler.SQLCompiler)
SQLInsertCompiler = _lean(compiler.SQLInsertCompiler)
SQLUpdateCompiler = _lean(compiler.SQLUpdateCompiler)
SQLDeleteCompiler = _lean(compiler.SQLDeleteCompiler)
SQLAggregateCompiler = _lean(compiler.SQLAggregateCompiler)
