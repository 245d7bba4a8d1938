"""Nobody misses an entry, not even one that committed late."""

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from saduak.journal.models import Entry
from saduak.live.audiences import Topic
from saduak.live.queries import missed, position
from tests.support.transactions import others_have_ended


def write(reference="A1", kind="test", centre_id=None):
    entry = Entry.objects.create(
        at=timezone.now(), case_kind=kind, case_reference=reference, step="begin", centre_id=centre_id
    )
    others_have_ended()
    return entry.sequence


def sequences(topic, seen, limit=100):
    return [event.sequence for event in missed([topic], seen, limit=limit)]


@pytest.mark.django_db(transaction=True)
def test_what_came_later_is_missed():
    assert position() == 0
    first, second, other, third = write(), write(), write("A2"), write(centre_id=4)

    assert position() == third
    assert sequences(Topic("test", "A1"), first) == [second, third]
    assert sequences(Topic("test", "A1", 4), first) == [third]
    assert sequences(Topic("test"), second) == [other, third]
    assert sequences(Topic("other"), first) == []
    assert sequences(Topic("test"), 0, limit=2) == [first, second]
    both = missed([Topic("test", "A2"), Topic("test", "A1", 4)], first, limit=10)
    assert [event.sequence for event in both] == [other, third]


@pytest.mark.django_db(transaction=True)
def test_an_entry_with_a_smaller_number_that_commits_later_is_not_lost():
    with psycopg.connect(**_parameters()) as slow:
        late = slow.execute(
            "INSERT INTO journal_entry (at, case_kind, case_reference, step, clause, from_stage, to_stage, by_name,"
            " role, note, facts) VALUES (now(), 'test', 'A1', 'slow', '', '', '', '', '', '', '{}') RETURNING sequence"
        ).fetchone()[0]
        seen = write()
        assert late < seen
        assert sequences(Topic("test"), seen) == []

    assert sequences(Topic("test"), seen) == [late]


@pytest.mark.django_db(transaction=True)
def test_entries_of_a_restored_backup_are_not_told_for_ever():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entry (at, recorded_at, transaction_id, case_kind, case_reference, step, clause,"
            " from_stage, to_stage, by_name, role, note, facts) VALUES (now(), now() - interval '2 days', 99999999999,"
            " 'test', 'A1', 'old', '', '', '', '', '', '', '{}')"
        )

    assert sequences(Topic("test"), write()) == []


def _parameters():
    parameters = connection.get_connection_params()
    return {name: value for name, value in parameters.items() if name not in ("cursor_factory", "context")}
