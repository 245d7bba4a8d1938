"""Several people at once, each on a database connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all deeds at the same moment; each result is what it returned, or the exception that it raised."""
    barrier = Barrier(len(deeds))

    def begin(deed: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return deed()
        except Exception as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(begin, deeds))
