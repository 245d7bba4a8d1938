"""What the database itself refuses."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from saduak.journal.models import Entry, Seal
from saduak.journal.seals.sealing import seal
from saduak.people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["journal_entry", "journal_seal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_is_written_cannot_be_changed(write, table, statement):
    write()
    seal()
    column = "at" if table == "journal_entry" else "sealed_at"

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column, "now()"))

    assert Entry.objects.count() == Seal.objects.count() == 1


@pytest.mark.parametrize("missing", ["case_kind", "case_reference", "step"])
def test_an_entry_names_its_case_and_step(write, missing):
    with pytest.raises(IntegrityError, match="an_entry_names_its_case_and_step"):
        write(**{missing: ""})


def test_an_entry_of_a_person_carries_the_name(write):
    with pytest.raises(IntegrityError, match="an_entry_names_its_person"):
        write(by=User.objects.create_user("officer", name="ก ข"))


def test_the_chain_cannot_fork(write):
    write()
    seal()
    first = Seal.objects.get()

    with pytest.raises(IntegrityError, match="previous"):
        Seal.objects.create(
            number=2,
            sealed_at=first.sealed_at,
            sequences=[1],
            digests=first.digests,
            previous=first.previous,
            digest=b"2" * 32,
        )


def test_a_seal_seals_something():
    with pytest.raises(IntegrityError, match="a_seal_seals_something"):
        Seal.objects.create(
            number=1, sealed_at="2026-01-15T00:00Z", sequences=[], digests=b"", previous=b"1" * 32, digest=b"2" * 32
        )


def test_entries_and_seals_print_what_they_are(write):
    (sequence,) = write()
    seal()

    assert str(Entry.objects.get()) == f"{sequence} test T0 begin"
    assert str(Seal.objects.get()) == "1 (1)"
