"""Seals are made in a chain, and every way of tampering is found."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from procrastinate.contrib.django import app

from saduak.journal.models import Entry, Seal
from saduak.journal.seals import digests, heads
from saduak.journal.seals.checking import Fault, Finding, verify
from saduak.journal.seals.sealing import JournalBusy, seal
from saduak.journal.tasks import seal_journal
from saduak.people.models import User

pytestmark = pytest.mark.django_db

SOMEBODY_ELSE = 987_654_321


@pytest.fixture
def sealed(write):
    """Nine entries under three seals; returns their sequence numbers."""
    by = User.objects.create_user("officer", name="ก ข")
    sequences = write(
        9, centre_id=5, clause="3.1", from_stage="a", to_stage="b", by=by, by_name="ก ข", role="r", note="n"
    )
    seal(chunk=3)
    return sequences


def verify_with_log():
    return verify(heads=heads.known())


def test_nothing_to_seal_makes_no_seal():
    assert seal() == []
    assert verify_with_log().is_intact
    assert not heads.path().exists()


def test_every_entry_is_sealed_once_in_a_chain(sealed):
    first, second, third = Seal.objects.all()

    assert [*first.sequences, *second.sequences, *third.sequences] == sealed
    assert bytes(first.previous) == bytes(32)
    assert (bytes(second.previous), bytes(third.previous)) == (bytes(first.digest), bytes(second.digest))
    result = verify_with_log()
    assert (result.seals, result.entries, result.unsealed, result.finding) == (3, 9, 0, None)
    assert result.head == bytes(third.digest)


def test_later_entries_wait_for_the_next_seal(sealed, write):
    (later,) = write()

    assert verify_with_log().unsealed == 1

    seal_journal(timestamp=0)

    assert Seal.objects.last().sequences == [later]
    assert verify_with_log().unsealed == 0


def test_a_gap_left_by_a_transaction_that_gave_up_is_no_fault(write):
    write()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('journal_entry_sequence_seq')")
    write()
    seal()

    assert verify_with_log().is_intact


def test_the_digest_covers_every_column():
    assert set(digests.COLUMNS) == {field.attname for field in Entry._meta.concrete_fields}


def test_anybody_can_compute_a_digest_again(write):
    (sequence,) = write(note="สำคัญ", facts={"points": 1.50, "a": None})
    made = seal()[0]
    entry = Entry.objects.get()
    seconds = Decimal(round(entry.recorded_at.timestamp() * 10**6)).scaleb(-6)

    row = {
        "at": "1768444200.000000",
        "by_id": None,
        "by_name": "",
        "case_kind": "test",
        "case_reference": "T0",
        "centre_id": None,
        "clause": "",
        "facts": '{"a": null, "points": 1.5}',
        "from_stage": "",
        "note": "สำคัญ",
        "oldest_running": entry.oldest_running,
        "recorded_at": f"{seconds:f}",
        "role": "",
        "sequence": sequence,
        "step": "begin",
        "to_stage": "",
        "transaction_id": entry.transaction_id,
    }
    digest = sha256(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()).digest()
    numbers = [1, round(made.sealed_at.timestamp() * 10**6), 1, sequence]

    assert made.digests == digest
    assert made.digest == sha256(bytes(32) + b"".join(n.to_bytes(8, "big") for n in numbers) + digest).digest()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("at = at + interval '1 microsecond'", id="at"),
        pytest.param("at = 'infinity'", id="at, never"),
        pytest.param("recorded_at = recorded_at - interval '1 day'", id="recorded_at"),
        pytest.param("case_kind = 'other'", id="case_kind"),
        pytest.param("case_reference = 'T9'", id="case_reference"),
        pytest.param("centre_id = NULL", id="centre_id"),
        pytest.param("step = 'end'", id="step"),
        pytest.param("clause = ''", id="clause"),
        pytest.param("from_stage = 'b'", id="from_stage"),
        pytest.param("to_stage = 'a'", id="to_stage"),
        pytest.param("by_id = NULL", id="by"),
        pytest.param("by_name = 'ก  ข'", id="by_name"),
        pytest.param("role = 'R'", id="role"),
        pytest.param("note = 'n '", id="note"),
        pytest.param("""facts = '{"version": 1}'""", id="facts"),
        pytest.param("transaction_id = transaction_id + 1", id="transaction_id"),
        pytest.param("oldest_running = 0", id="oldest_running"),
    ],
)
def test_an_altered_entry_is_named(sealed, as_superuser, change):
    as_superuser(f"UPDATE journal_entry SET {change} WHERE sequence = %s", sealed[4])

    assert verify().finding == Finding(Fault.ENTRY_ALTERED, sealed[4])


@pytest.mark.parametrize("place", [0, 4, 5, 8])
def test_a_missing_entry_is_named(sealed, as_superuser, place):
    as_superuser("DELETE FROM journal_entry WHERE sequence = %s", sealed[place])

    assert verify().finding == Finding(Fault.ENTRY_MISSING, sealed[place])


def test_an_entry_with_another_number_is_missing_under_its_own(sealed, as_superuser):
    as_superuser("UPDATE journal_entry SET sequence = %s WHERE sequence = %s", SOMEBODY_ELSE, sealed[4])

    assert verify().finding == Finding(Fault.ENTRY_MISSING, sealed[4])


def _copy(sequence):
    rest = ", ".join(column for column in digests.COLUMNS if column != "sequence")
    return (
        f"INSERT INTO journal_entry (sequence, {rest}) SELECT %s, {rest} FROM journal_entry WHERE sequence = {sequence}"
    )


def test_an_entry_inserted_into_a_gap_is_named(write, as_superuser):
    (first,) = write()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('journal_entry_sequence_seq')")
        (gap,) = cursor.fetchone()
    write()
    seal()

    as_superuser(_copy(first), gap)

    assert verify().finding == Finding(Fault.ENTRY_INSERTED, gap)


def test_an_entry_inserted_between_two_seals_is_named(sealed, as_superuser):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('journal_entry_sequence_seq')")
        (gap,) = cursor.fetchone()
    Entry.objects.create(at=datetime(2026, 1, 16, tzinfo=UTC), case_kind="test", case_reference="T", step="begin")
    seal()

    as_superuser(_copy(sealed[0]), gap)

    assert verify().finding == Finding(Fault.ENTRY_INSERTED, gap)


def test_an_entry_inserted_before_the_first_is_named(sealed, as_superuser):
    as_superuser(_copy(sealed[0]), -1)

    assert verify().finding == Finding(Fault.ENTRY_INSERTED, -1)


def test_two_entries_in_each_others_place_are_found(sealed, as_superuser):
    for old, new in [(sealed[3], -1), (sealed[4], sealed[3]), (-1, sealed[4])]:
        as_superuser("UPDATE journal_entry SET sequence = %s WHERE sequence = %s", new, old)

    assert verify().finding == Finding(Fault.ENTRY_ALTERED, sealed[3])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("sealed_at = sealed_at + interval '1 microsecond'", id="moment"),
        pytest.param("sealed_at = 'infinity'", id="a moment that never comes"),
        pytest.param("sequences = sequences[1:2]", id="an entry left out"),
        pytest.param("sequences = sequences || 0::bigint", id="an entry added"),
        pytest.param("sequences = ARRAY[sequences[2], sequences[1], sequences[3]]", id="order"),
        pytest.param("sequences = ARRAY[NULL, 2, 3]::bigint[]", id="a number taken out"),
        pytest.param("digests = set_byte(digests, 40, 255 - get_byte(digests, 40))", id="an entry's digest"),
        pytest.param("previous = sha256('x')", id="the previous seal"),
        pytest.param("digest = sha256('x')", id="its own digest"),
    ],
)
def test_an_altered_seal_is_named(sealed, as_superuser, change):
    as_superuser(f"UPDATE journal_seal SET {change} WHERE number = 2")

    assert verify().finding == Finding(Fault.SEAL_ALTERED, 2)


@pytest.mark.parametrize("number", [1, 2])
def test_a_missing_seal_is_named(sealed, as_superuser, number):
    as_superuser("DELETE FROM journal_seal WHERE number = %s", number)

    assert verify().finding == Finding(Fault.SEAL_MISSING, number)


def test_the_missing_last_seal_is_known_to_the_log(sealed, as_superuser):
    as_superuser("DELETE FROM journal_seal WHERE number = 3")

    assert verify().is_intact
    assert verify_with_log().finding == Finding(Fault.SEAL_MISSING, 3)


def test_an_emptied_journal_is_known_to_the_log(sealed, as_superuser):
    as_superuser("TRUNCATE journal_entry, journal_seal")

    assert verify().is_intact
    assert verify_with_log().finding == Finding(Fault.SEAL_MISSING, 1)


def test_a_chain_written_anew_is_known_to_the_log(sealed, as_superuser):
    as_superuser("UPDATE journal_entry SET note = 'x' WHERE sequence = %s", sealed[4])
    before = Seal.objects.get(number=1)
    first_head = before.digest
    as_superuser("DELETE FROM journal_seal WHERE number > 1")
    known = heads.known()
    heads.path().unlink()
    seal(chunk=3)

    assert verify().is_intact
    assert verify(heads=known).finding == Finding(Fault.SEAL_REWRITTEN, 2)
    assert verify(head=bytes(first_head)).is_intact
    assert verify(head=known[3]).finding == Finding(Fault.HEAD_UNKNOWN)


def test_a_log_with_two_lines_for_a_seal_keeps_the_first(sealed):
    first = heads.known()[1]
    with heads.path().open("a") as log:
        log.write(f"2026-01-15T00:00:00+00:00 1 {'00' * 32}\n")

    assert heads.known()[1] == first


class TestSealing:
    """`saduak seal-journal` and the worker."""

    def test_seals_now_and_tells_the_head(self, write):
        write(3)
        told = StringIO()

        call_command("seal_journal", stdout=told)

        assert told.getvalue().split() == ["entries", "sealed", "3", "head", bytes(Seal.objects.get().digest).hex()]

    def test_tells_the_beginning_of_an_empty_chain(self):
        told = StringIO()

        call_command("seal_journal", stdout=told)

        assert told.getvalue().split()[2:] == ["0", "head", "00" * 32]

    def test_asks_for_patience_while_somebody_writes(self, monkeypatch):
        def busy():
            raise JournalBusy

        monkeypatch.setattr("saduak.journal.management.commands.seal_journal.seal", busy)

        with pytest.raises(CommandError, match="Try again"):
            call_command("seal_journal")

    def test_the_worker_seals_every_five_minutes(self):
        assert ("saduak.journal.tasks.seal_journal", "") in app.periodic_registry.periodic_tasks


class TestVerifying:
    """`saduak verify-journal`."""

    def test_tells_the_head_of_an_intact_journal(self, sealed):
        told = StringIO()

        call_command("verify_journal", head=bytes(Seal.objects.last().digest).hex(), stdout=told)

        assert bytes(Seal.objects.last().digest).hex() in told.getvalue()
        assert "Every sealed entry is as it was written." in told.getvalue()

    def test_names_the_first_fault(self, sealed, as_superuser):
        as_superuser("DELETE FROM journal_entry WHERE sequence IN (%s, %s)", sealed[2], sealed[7])

        with pytest.raises(CommandError, match=f"entry missing: {sealed[2]}\\.") as ended:
            call_command("verify_journal", stdout=StringIO())

        assert ended.value.returncode == 1

    def test_names_an_unknown_head(self, sealed):
        with pytest.raises(CommandError, match="head not in the chain"):
            call_command("verify_journal", head="00" * 32, stdout=StringIO())

    @pytest.mark.parametrize("head", ["", "00", "สำคัญ"])
    def test_refuses_what_is_no_head(self, head):
        with pytest.raises(CommandError, match="64 hexadecimal digits") as ended:
            call_command("verify_journal", head=head)

        assert ended.value.returncode == 2

    def test_tells_of_a_damaged_log(self, sealed):
        heads.path().write_text("something else\n")

        with pytest.raises(CommandError, match="log of heads was changed"):
            call_command("verify_journal")

    def test_tells_how_far_it_is(self, sealed, monkeypatch):
        monkeypatch.setattr("saduak.journal.management.commands.verify_journal.CHUNK", 3)
        monkeypatch.setattr("saduak.journal.management.commands.verify_journal.PROGRESS_EVERY", 6)
        progress = StringIO()

        call_command("verify_journal", stdout=StringIO(), stderr=progress)

        assert progress.getvalue().splitlines() == ["6 entries checked …"]
