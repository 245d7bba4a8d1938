"""Things as they can be compared and be keys, though they are changed or made anew."""

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model

PLAIN = (str, bytes, int, float, Decimal, date, timedelta, type(None))


class Unfit(Exception):
    """What cannot be compared so."""


def frozen(thing: Any) -> Hashable:
    """A key that is equal for equal things.

    A thing of the database is the row it stands for, a file its name and what is in it.

    Raises `Unfit` for what is neither plain, nor in the database, nor made of such things.
    """
    kind = type(thing)
    if isinstance(thing, PLAIN):
        return kind, thing
    if isinstance(thing, Model) and thing.pk is not None:
        return kind, thing.pk
    if isinstance(thing, ContentFile):
        content = b"".join(thing.chunks())
        thing.seek(0)
        return kind, thing.name, content
    if isinstance(thing, list | tuple):
        return kind, tuple(frozen(one) for one in thing)
    if isinstance(thing, Mapping):
        return dict, frozenset((name, frozen(one)) for name, one in thing.items())
    if is_dataclass(thing) and not isinstance(thing, type):
        return kind, tuple(frozen(getattr(thing, field.name)) for field in fields(thing))
    raise Unfit(kind)
