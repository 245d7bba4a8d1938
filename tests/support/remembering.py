"""What many tests begin with is made once in a process; after that, its rows are written as they were.

A unit that has come to its resolution took some forty deeds, a quarter of a second. Its rows take a tenth of that.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from itertools import count
from typing import Any

import time_machine
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from saduak.attachments import storage
from saduak.attachments.models import Content
from tests.support import rows
from tests.support.frozen import Unfit, frozen


@dataclass(frozen=True)
class Made:
    """A world and what the deed gave, pickled; its rows; the bytes of its files."""

    state: bytes
    tables: rows.Tables
    files: tuple[bytes, ...]


@dataclass
class Standing:
    """What stands in the database: how it came about, its rows, and what was written in this transaction by then."""

    key: tuple[Any, ...]
    tables: rows.Tables
    is_sure: bool  # Whether anything else was looked for.

    def __post_init__(self) -> None:
        self.written = rows.written(str(next(_words)))  # What was committed at once keeps no word, and never stands.


_made: dict[tuple[Any, ...], Made] = {}
_standing: Standing | None = None
_words = count()


def remembers() -> bool:
    """Whether what is done now can be remembered at all: by the real clock, or by one that was stopped."""
    return not time_machine.escape_hatch.is_travelling() or timezone.now() == timezone.now()


def stands(*key: Any) -> None:
    """Say that the database now holds what it holds whenever this is said with the same words."""
    global _standing
    if key not in _made:
        _made[key] = Made(b"", rows.held(), ())
    _standing = Standing(key, _made[key].tables, is_sure=True)


def remembered(deed: Callable[..., Any]) -> Callable[..., Any]:
    """A deed of a world that is done once wherever it begins the same, with the same world and the same words.

    Two beginnings are known. One is a world with nothing of it in the database yet: `world.is_untouched` tells that,
    `world.key` what it begins with. The other is what an earlier remembered deed left, when nobody has written since;
    then the deed may be told things of the database, which are taken for what stands there.

    It is done in earnest from anywhere else, when it is told what cannot be compared, when the clock was set and
    goes on, and when the database holds something that does not go together with the remembered rows.
    """
    told = signature(deed)

    @wraps(deed)
    def done(world: Any, *args: Any, **facts: Any) -> Any:
        if not remembers():
            return deed(world, *args, **facts)
        before = _what_stands()
        beginning = before.key if before else () if world.is_untouched else None
        if beginning is None:
            return deed(world, *args, **facts)
        said = told.bind(world, *args, **facts)
        said.apply_defaults()
        stopped = timezone.now() if time_machine.escape_hatch.is_travelling() else None
        around = (stopped, timezone.localdate(), translation.get_language(), settings.PUBLIC_URL)
        try:
            words = frozen({name: what for name, what in said.arguments.items() if what is not world})
            key = (*beginning, type(world), deed.__name__, frozen(world.__dict__), words, around)
        except Unfit:
            return deed(world, *args, **facts)
        if key in _made:
            try:
                return _brought_back(world, key, before)
            except DatabaseError:  # Something of another making stands in its place.
                return deed(world, *args, **facts)
        is_known = bool(beginning) or rows.none_held()
        result = deed(world, *args, **facts)
        if is_known:
            _remember(key, world, result)
        return result

    return done


class _Nothing:
    """The world before there is one."""

    key = ()

    @property
    def is_untouched(self) -> bool:
        """Whether nothing at all is in the database yet."""
        return rows.none_held()


def made_once(make: Callable[..., Any]) -> Callable[..., Any]:
    """What a fixture makes where nothing stands yet, as a remembered deed of no world.

    It must make all of it by itself, and give what can be pickled.
    """

    def deed(_nothing: _Nothing, *args: Any, **facts: Any) -> Any:
        return make(*args, **facts)

    deed.__name__ = f"{make.__module__}.{make.__qualname__}"
    deed_remembered = remembered(deed)

    @wraps(make)
    def made(*args: Any, **facts: Any) -> Any:
        return deed_remembered(_Nothing(), *args, **facts)

    return made


def _what_stands() -> Standing | None:
    """What stands in the database, if nobody has written since it came about."""
    if _standing is None or not connection.in_atomic_block or rows.written() != _standing.written:
        return None
    if not _standing.is_sure:
        _standing.is_sure = rows.counted() == {name: table.count for name, table in _standing.tables.items()}
    return _standing if _standing.is_sure else None


def _remember(key: tuple[Any, ...], world: Any, result: Any) -> None:
    global _standing
    files = tuple(storage.read(content.sha256) for content in Content.objects.all())
    made = _made[key] = Made(pickle.dumps((world.__dict__, result)), rows.held(), files)
    _standing = Standing(key, made.tables, is_sure=True)


def _brought_back(world: Any, key: tuple[Any, ...], before: Standing | None) -> Any:
    global _standing
    made = _made[key]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(rows.written_again(made.tables, over=before.tables if before else {}))
    for content in made.files:
        storage.keep(content)
    _standing = Standing(key, made.tables, is_sure=before is not None)
    state, result = pickle.loads(made.state)  # noqa: S301  We pickled it ourselves.
    world.__dict__.update(state)
    return result
