"""Django's connection to PostgreSQL, with less asked for nothing, and with statements that are prepared once."""

import select
import time
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.postgresql.psycopg_any import register_tzloader
from psycopg.pq import Format
from psycopg.types.numeric import Int8

from saduak.postgres.moments import UTC, reading_moments

SURE = 10.0
"""Seconds after which a connection is asked whether it still answers, even when it is silent."""

NEVER_BY_ITSELF = 2**31
"""How often an ordinary statement runs before it is prepared; those of `prepared` are from the first time on."""


class Prepared(base.ServerBindingCursor):
    """A cursor whose statements the server reads and plans once for each connection."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """Run a statement whose words are the same every time; only its parameters differ.

        An integer is always sent as a large one: by its size it would be of another type, and the statement another.
        """
        params = [Int8(value) if type(value) is int else value for value in params or ()]
        return super().execute(query, params, **{"prepare": True, **how})  # type: ignore[misc]


class Operations(DatabaseOperations):
    """As Django's, with our own way of writing questions."""

    compiler_module = "saduak.postgres.compiler"

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """A prepared statement's words, where Django finds none: its parameters went beside them."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    """One thread's connection."""

    ops_class = Operations
    _sure_until = 0.0

    def get_connection_params(self) -> dict[str, Any]:
        """As Django has them; statements may be prepared, unless the operator's pooler forgets them."""
        prepares = self.settings_dict["OPTIONS"].get("prepares", True)
        parameters: dict[str, Any] = super().get_connection_params()
        parameters.pop("prepares", None)
        parameters["prepare_threshold"] = NEVER_BY_ITSELF if prepares else None
        if self.timezone is UTC:
            parameters["context"] = reading_moments(parameters["context"])
        return parameters

    def is_usable(self) -> bool:
        """Whether the server is still there.

        A server that went away leaves the end of the stream to be read. Where nothing is, a connection that answered
        within the last seconds is good without asking.
        """
        if self.connection is None:
            return False
        now = time.monotonic()
        if now < self._sure_until and not self.connection.closed and _is_silent(self.connection.fileno()):
            return True
        is_good = bool(super().is_usable())
        self._sure_until = now + SURE if is_good else 0.0
        return is_good

    def prepared(self) -> Any:
        """A cursor for statements that are asked all day; looked after and counted as Django's own."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor = Prepared(self.connection)  # type: ignore[call-arg]
            loader: Any = self.connection.adapters.get_loader(base.TIMESTAMPTZ_OID, Format.TEXT)
            if self.timezone != loader.timezone:
                register_tzloader(self.timezone, cursor)
            return self._prepare_cursor(cursor)  # type: ignore[attr-defined]


def _is_silent(socket: int) -> bool:
    poll = select.poll()
    poll.register(socket, select.POLLIN | select.POLLERR | select.POLLHUP)
    return not poll.poll(0)
