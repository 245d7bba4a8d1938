"""Moments are read as Django reads them."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection
from django.db.backends.postgresql.psycopg_any import BaseTzLoader

from saduak.postgres.moments import Moments

WRITTEN = [
    "2026-11-20 21:55:08+00",
    "2026-11-20 21:55:08.1+00",
    "2026-11-20 21:55:08.123456+00",
    "0001-01-01 00:00:00+00",
    "9999-12-31 23:59:59.999999+00",
    "2026-11-20 21:55:08+07",
    "1900-01-01 00:00:00+06:42:04",
]


class Djangos(BaseTzLoader):
    timezone = UTC


@pytest.mark.parametrize("written", WRITTEN)
def test_what_comes_is_read_as_django_reads_it(written):
    ours, djangos = (kind(1184).load(written.encode()) for kind in (Moments, Djangos))

    assert (ours, ours.tzinfo) == (djangos, UTC)


@pytest.mark.django_db
def test_both_ways_of_asking_read_moments_alike_and_in_utc():
    asked = "SELECT timestamptz '2026-11-20 21:55:08.12+07', NULL::timestamptz"
    with connection.cursor() as cursor, connection.prepared() as prepared:
        for one in (cursor, prepared):
            one.execute(asked)
            moment, nothing = one.fetchone()

            assert (moment, moment.tzinfo) == (datetime(2026, 11, 20, 14, 55, 8, 120_000, UTC), UTC)
            assert nothing is None
        assert connection.connection.adapters.get_loader(1184, 0) is Moments


@pytest.mark.django_db
@pytest.mark.parametrize("beyond", ["infinity", "12026-01-01 00:00:00+00", "0044-03-15 00:00:00+00 BC"])
def test_a_moment_that_python_cannot_hold_is_refused(beyond):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [beyond])
        with pytest.raises(DataError):
            cursor.fetchone()
