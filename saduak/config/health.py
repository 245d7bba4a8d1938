"""Tells a proxy or an orchestrator how the platform is (สถานะการทำงาน)."""

from collections.abc import Callable
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

LIVE = "/health/live"
READY = "/health/ready"


class Health:
    """Answers the health addresses before anything looks at host names, sessions or cookies.

    `/health/live`: 200, this process answers. `/health/ready`: 200 when the database answers and its migrations are
    those of this release, else 503, with the reason.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == LIVE:
            return _answer({"status": "live"})
        if request.path == READY:
            reason = why_not_ready()
            return _answer({"status": "ready"}) if reason is None else _answer({"status": reason}, status=503)
        return self.get_response(request)


def why_not_ready() -> str | None:
    """Why requests should go elsewhere: `database unreachable`, `migrations missing`, or None."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return None if _is_migrated() else "migrations missing"
    except DatabaseError:
        return "database unreachable"


def _is_migrated() -> bool:
    # Migrations are not undone while a release runs: once all are there, the tables are not asked again.
    try:
        return _all_migrations_are_there()
    except _SomeAreMissing:
        return False


class _SomeAreMissing(Exception):
    pass


@cache
def _all_migrations_are_there() -> bool:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _SomeAreMissing
    return True


def _answer(words: dict[str, str], status: int = 200) -> HttpResponse:
    return JsonResponse(words, status=status, headers={"Cache-Control": "no-store"})
