"""Entries sealed and verified a second, beside reading the same rows and hashing as many bytes in the same run.

.venv/bin/python -m benchmarks.seal_journal [entries]

Uses a PostgreSQL of its own in the tests' data folder; nothing of an installation is touched.
"""

import os
import sys
from hashlib import sha256
from tempfile import TemporaryDirectory
from time import perf_counter

import tests.support.database  # noqa: F401 - starts the server that tests use, before Django reads its settings

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


def main(entries: int) -> None:
    """Write the entries in SQL, seal and verify them, and print both beside the reference."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.runner import DiscoverRunner

    from saduak.journal.seals.checking import verify
    from saduak.journal.seals.sealing import CHUNK, rows, seal

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with TemporaryDirectory() as folder, connection.cursor() as cursor:
            settings.DATA = folder
            cursor.execute(_ENTRIES, [entries])

            def reference() -> None:
                for first in range(0, entries, CHUNK):
                    for row in rows(first, first + CHUNK):
                        sha256(repr(row).encode()).digest()

            plain = _seconds(reference)
            sealed = _seconds(seal)
            verified = _seconds(verify)
            result = verify()
            assert result.is_intact
            assert result.entries == entries
    finally:
        runner.teardown_databases(databases)
    print(f"{entries:,} entries under {result.seals} seals")
    for what, seconds in (("SELECT and SHA-256 (reference)", plain), ("sealed", sealed), ("verified", verified)):
        print(f"{what:32}{entries / seconds:>10,.0f} a second   {seconds / plain:5.2f} × the reference")


def _seconds(deed) -> float:
    start = perf_counter()
    deed()
    return perf_counter() - start


_ENTRIES = """
INSERT INTO journal_entry (at, case_kind, case_reference, centre_id, step, clause, from_stage, to_stage, by_name, role,
                           note, facts)
SELECT now(), 'certification.application', '2569-' || n, n %% 1000, 'submit', '3.1', 'draft', 'submitted', '',
       'centre_officer', 'ส่งคำขอพร้อมหลักฐานครบถ้วน', jsonb_build_object('version', n %% 20, 'points', n %% 100)
FROM generate_series(1, %s) AS n
"""

if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
