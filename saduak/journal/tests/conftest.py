"""A journal of its own for every test."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from saduak.journal.models import Entry
from saduak.journal.tests.letters import Letter


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def write():
    """Writes entries, one after the other."""

    def write(count=1, **facts):
        return [
            Entry.objects.create(
                **{
                    "at": datetime(2026, 1, 15, 2, 30, tzinfo=UTC),
                    "case_kind": "test",
                    "case_reference": f"T{place}",
                    "step": "begin",
                    **facts,
                }
            ).sequence
            for place in range(count)
        ]

    return write


@pytest.fixture
def as_superuser():
    """Runs SQL past the triggers, as somebody who owns the server can."""

    def run(statement, *values):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
            cursor.execute(statement, values)
            cursor.execute("SET session_replication_role = origin")

    return run


@pytest.fixture
def letters():
    """Letters to send: a case and its procedure, whose table exists during the test."""
    with connection.schema_editor() as schema:
        schema.create_model(Letter)
    yield
    with connection.schema_editor() as schema:
        schema.delete_model(Letter)
