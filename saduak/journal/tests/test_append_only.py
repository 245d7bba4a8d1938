"""The database refuses to change the journal."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from saduak.journal.models import Entry


@pytest.fixture
def entry(db):
    return Entry.objects.create(at=timezone.now(), case_kind="test", case_reference="T1", step="begin")


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE journal_entry SET note = 'x'", id="update"),
        pytest.param("DELETE FROM journal_entry", id="delete"),
        pytest.param("TRUNCATE journal_entry", id="truncate"),
    ],
)
def test_a_written_entry_cannot_be_changed(entry, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Entry.objects.get().step == "begin"
