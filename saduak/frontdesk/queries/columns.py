"""Objects from hand-written SQL, for the few questions that are asked at every press and every look.

Django writes the text of a question anew each time, which takes longer than the database takes to answer it. Here the
text is written once, and rows become the same objects as otherwise.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar

from django.db import connection, models

ModelT = TypeVar("ModelT", bound=models.Model)


class Columns(Generic[ModelT]):
    """Columns of a model under a name in a question: all, or only some, of which the others are read when needed."""

    def __init__(self, model: type[ModelT], name: str, only: Sequence[str] = ()) -> None:
        fields = [field for field in model._meta.concrete_fields if not only or field.name in only or field.primary_key]
        self._model = model
        self._names = [field.attname for field in fields]
        self._readers = [
            (place, reader) for place, field in enumerate(fields) for reader in field.get_db_converters(connection)
        ]
        self.text = ", ".join(f'{name}."{field.column}"' for field in fields)

    def __str__(self) -> str:
        return self.text

    def taken(self, values: Iterator[Any]) -> ModelT:
        """The object of the next values of a row."""
        own = list(islice(values, len(self._names)))
        for place, reader in self._readers:
            own[place] = reader(own[place], None, connection)
        return self._model.from_db(connection.alias, self._names, own)

    def place(self, name: str) -> int:
        """Where in the columns that one is."""
        return self._names.index(name)

    def __len__(self) -> int:
        return len(self._names)
