"""Several people at once: no step is taken twice, no entry is overlooked, no seal forks."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Barrier, Event

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from saduak.journal.models import Entry, Seal
from saduak.journal.seals.checking import verify
from saduak.journal.seals.sealing import JournalBusy, seal
from saduak.journal.steps import StepOvertaken, StepRefused, take_step
from saduak.journal.tests.letters import LETTERS, Letter, Stage

AT = datetime(2026, 1, 15, 2, 30, tzinfo=UTC)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def at_once(*deeds):
    """Do everything at the same time, each with a connection of its own; returns results or what was raised."""
    start = Barrier(len(deeds))

    def do(deed):
        try:
            start.wait(timeout=10)
            return deed()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


@contextmanager
def a_writer_under_way(write):
    """Somebody has written an entry and not committed; yields how to let the person finish."""
    written, may_finish = Event(), Event()

    def write_slowly():
        with transaction.atomic():
            (sequence,) = write()
            written.set()
            may_finish.wait(timeout=10)
        connection.close()
        return sequence

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_slowly)
        written.wait(timeout=10)
        try:
            yield lambda: (may_finish.set(), writing.result())[1]
        finally:
            may_finish.set()


def other_connection():
    return psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}, autocommit=True)


@pytest.mark.parametrize("round_", range(5))
def test_of_two_people_with_the_same_step_one_wins(letters, round_):
    letter = Letter.objects.create(reference="L1", stage=Stage.DRAFT)

    @transaction.atomic
    def send():
        return take_step(LETTERS, "send", letter, by=None, roles={"writer"}, at=AT)

    results = at_once(send, send)

    assert sorted(type(result).__name__ for result in results) == ["Letter", "StepRefused"]
    (refused,) = (result for result in results if isinstance(result, StepRefused))
    assert [reason.code for reason in refused.decision.reasons] == ["wrong_stage"]
    assert letter.history.count() == 1


def test_of_many_people_who_saw_the_same_version_one_wins(letters):
    letter = Letter.objects.create(reference="L1", stage=Stage.DRAFT)

    @transaction.atomic
    def correct():
        return take_step(LETTERS, "correct", letter, by=None, roles={"writer"}, at=AT, seen=0)

    results = at_once(*[correct] * 8)

    overtaken = [result for result in results if isinstance(result, StepOvertaken)]
    assert len(overtaken) == 7
    assert all([entry.facts["version"] for entry in each.since] == [1] for each in overtaken)
    assert letter.history.count() == 1


def test_an_entry_is_announced_when_it_is_committed_and_not_before(write):
    with other_connection() as listener:
        listener.execute("LISTEN journal")
        with transaction.atomic():
            (sequence,) = write(centre_id=7)
            assert list(listener.notifies(timeout=0.2)) == []

        (announced,) = listener.notifies(timeout=5, stop_after=1)

    assert json.loads(announced.payload) == {
        "sequence": sequence,
        "case_kind": "test",
        "case_reference": "T0",
        "centre_id": 7,
        "step": "begin",
    }


def test_an_entry_that_was_taken_back_is_never_announced(write):
    with other_connection() as listener:
        listener.execute("LISTEN journal")
        with transaction.atomic():
            write()
            transaction.set_rollback(True)

        assert list(listener.notifies(timeout=0.2)) == []


def test_sealing_gives_way_to_a_writer_who_takes_long(write):
    with a_writer_under_way(write) as finish:
        (later,) = write()

        with pytest.raises(JournalBusy):
            seal()

        assert not Seal.objects.exists()
        earlier = finish()

    assert earlier < later
    assert seal()[0].sequences == [earlier, later]
    assert verify().is_intact


def test_sealing_hides_no_other_trouble(write):
    with a_writer_under_way(write), connection.cursor() as cursor:
        write()
        cursor.execute("SET statement_timeout = '50ms'")

        with pytest.raises(OperationalError, match="statement timeout"):
            seal()

        cursor.execute("SET statement_timeout = DEFAULT")


def test_sealing_waits_for_a_writer_who_is_about_to_finish(write):
    with a_writer_under_way(write) as finish:
        (later,) = write()
        sealed, earlier = at_once(seal, finish)

    assert sealed[0].sequences == [earlier, later]


def test_nobody_waits_for_sealing_once_the_end_is_known(write):
    write(20)
    results = at_once(lambda: seal(chunk=1), *[lambda: write(10)] * 4)

    assert not [result for result in results if isinstance(result, Exception)]
    seal()
    assert sorted(number for each in Seal.objects.all() for number in each.sequences) == list(
        Entry.objects.values_list("sequence", flat=True)
    )
    assert verify().entries == 60


def test_two_sealers_never_fork_the_chain(write):
    write(60)

    results = at_once(*[lambda: seal(chunk=5)] * 4)

    assert sum(len(result) for result in results) == Seal.objects.count() == 12
    assert verify().entries == 60
    assert verify().is_intact
