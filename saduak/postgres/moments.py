"""Moments as PostgreSQL sends them, read by Python's own reader of ISO 8601 (เวลาจากฐานข้อมูล).

Nearly every row has some. Django reads them with an expression and moves each twice between zones; our connections ask
for everything in UTC, and what comes can be read as it is.
"""

from datetime import UTC as UTC
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Loader


class _AsDjango(BaseTzLoader):
    timezone = UTC


class Moments(Loader):
    """Gives an aware `datetime` in UTC; what is not written as one in UTC is left to Django, which may refuse it."""

    timezone = UTC

    def load(self, data: Buffer) -> datetime:
        """The moment. Raises DataError for one that Python cannot hold."""
        try:
            moment = datetime.fromisoformat(bytes(data).decode())
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is not UTC:
            return _AsDjango(self.oid, self.connection).load(data)
        return moment


@lru_cache(maxsize=4)
def reading_moments(adapters: AdaptersMap) -> AdaptersMap:
    """Django's ways of reading and writing, with ours of reading moments; the same for all connections."""
    context: Any = AdaptersMap(adapters)
    context.register_loader("timestamptz", Moments)
    return context
