"""The register as of a day beside bare SQL that replays the journal itself, in one run.

100,000 certificates, each with ten entries in the journal: its issue, and suspensions and restorations on days spread
over its term. Prints p50 and p95 of: the standing of one centre with the acts that made it so; the first page of the
register of a day, all of it and only what was valid; and the number in force on a day. The bare reference answers the
same from the journal with one statement, as somebody would who had no spans. Each centre, day and page is another one.
Starts the tests' own PostgreSQL, makes a database for itself and drops it.
Run: python -m benchmarks.as_of [certificates]
"""

import os
import random
import sys
from datetime import date, timedelta
from time import perf_counter

import tests.support.database  # noqa: F401  (starts the server)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

# ruff: noqa: E402  The models can be imported only now.
from django.db import connection

from benchmarks.register_search import certify, p95, timed
from saduak.certification.models import Certificate
from saduak.certification.models.spans import write_spans_anew
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.queries.figures import in_force_on
from saduak.certification.queries.memory import standing_as_of
from saduak.certification.queries.register import Wish, find
from saduak.directory.models import Agency, Centre, Province
from saduak.directory.operations.reference import load_reference

AIM_MS = 20
ROUNDS = 20
TODAY = date(2026, 11, 20)
FIRST = date(2025, 9, 1)

ENTRIES = """
INSERT INTO journal_entry (at, recorded_at, case_kind, case_reference, centre_id, step, clause, from_stage, to_stage,
    by_name, role, note, facts, transaction_id, oldest_running)
SELECT moment, moment, 'certification.certificate', c.reference, c.centre_id, step, '8', before, after, '', '', '',
    CASE WHEN n = 0 THEN '{}' ELSE jsonb_build_object('effective_on', (moment AT TIME ZONE 'Asia/Bangkok')::date) END,
    1, 1
FROM certification_certificate c, generate_series(0, 9) n,
    LATERAL (SELECT (DATE '2025-09-01' + n * 40 + (c.id % 37)::int)::timestamptz AS moment,
        CASE WHEN n = 0 THEN 'issue' WHEN n % 2 = 1 THEN 'suspend' ELSE 'restore' END AS step,
        CASE WHEN n = 0 THEN '' WHEN n % 2 = 1 THEN 'valid' ELSE 'suspended' END AS before,
        CASE WHEN n % 2 = 1 THEN 'suspended' ELSE 'valid' END AS after) act
ORDER BY n, c.id
"""
EFFECTIVE = """coalesce((e.facts ->> 'effective_on')::date,
    CASE e.step WHEN 'issue' THEN c.issued_on ELSE (e.at AT TIME ZONE 'Asia/Bangkok')::date END)"""
STAGE = f"""LATERAL (SELECT e.to_stage FROM journal_entry e
    WHERE e.case_kind = 'certification.certificate' AND e.case_reference = c.reference AND {EFFECTIVE} <= %(day)s
    ORDER BY {EFFECTIVE} DESC, e.sequence DESC LIMIT 1) stage"""
ONE = f"""SELECT c.reference, e.step, {EFFECTIVE}, e.to_stage FROM certification_certificate c
    JOIN journal_entry e ON e.case_kind = 'certification.certificate' AND e.case_reference = c.reference
    WHERE c.centre_id = %(centre)s AND {EFFECTIVE} <= %(day)s ORDER BY {EFFECTIVE}, e.sequence"""
PAGE = f"""SELECT d.code, d.name_th, c.reference, c.level, stage.to_stage
    FROM directory_centre d JOIN certification_certificate c ON c.centre_id = d.id AND c.issued_on <= %(day)s, {STAGE}
    {{where}} ORDER BY d.sort_key, d.id LIMIT 20"""
NUMBER = f"""SELECT count(*) FROM certification_certificate c, {STAGE}
    WHERE stage.to_stage = 'valid' AND c.expires_on >= %(day)s"""


def fill(number: int) -> None:
    """That many centres with a certificate each, and ten times as many entries."""
    load_reference()
    chance = random.Random(2569)
    provinces, agencies = list(Province.objects.all()), list(Agency.objects.all())
    made = []
    for n in range(number):
        province = chance.choice(provinces)
        centre = Centre(
            code=f"{province.code}-{n:05d}", name_th=f"สำนักงานบริการ{province.name_th} แห่งที่ {n}",
            agency=chance.choice(agencies), province=province,
        )  # fmt: skip
        centre.make_findable()
        made.append(centre)
    Centre.objects.bulk_create(made, batch_size=2000)
    certify(1, 2568, CertificateStage.VALID)
    with connection.cursor() as cursor:
        # The certificate that was copied has its entry already; all are written anew, past the trigger.
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER; DELETE FROM journal_entry")
        cursor.execute(ENTRIES.replace("%", "%%"), [])
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    write_spans_anew()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def run(statement: str, **parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        cursor.fetchall()


def told(name: str, ours, bare) -> None:
    """Measure both on the same days, ours first and last in turn, and print a line."""
    chance = random.Random(name)
    days = [FIRST + timedelta(days=chance.randint(60, 440)) for _ in range(ROUNDS + 2)]
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for number, day in enumerate(days):
        pair = [("ours", ours), ("bare", bare)][:: -1 if number % 2 else 1]
        for kind, deed in pair:
            lasted = timed(lambda deed=deed, day=day: deed(day))
            if number >= 2:  # The first two warm up.
                times[kind].append(lasted)
    figures = [f"p50 {sorted(held)[len(held) // 2]:8.2f} p95 {p95(held):8.2f}" for held in times.values()]
    print(f"{name:34} {figures[0]}   bare {figures[1]}   {p95(times['bare']) / p95(times['ours']):7.1f} times")


def main(number: int) -> None:
    begun = perf_counter()
    fill(number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM journal_entry), (SELECT count(*) FROM certification_span)")
        entries, spans = cursor.fetchone()
    made = f"{Certificate.objects.count():,} certificates, {entries:,} entries and {spans:,} spans"
    print(f"{made} made in {perf_counter() - begun:.0f} s. Times in ms; the aim is a p95 under {AIM_MS}.")
    keys = list(Centre.objects.order_by("pk").values_list("pk", flat=True))
    chance = random.Random(1)

    def one_centre(day: date) -> None:
        standing_as_of(Centre.objects.get(pk=chance.choice(keys)), day)

    def page(day: date, is_valid: bool | None = None, level: str = "") -> None:
        find(Wish(as_of=day, is_valid=is_valid, level=level), on=TODAY)

    told("one centre, with its acts", one_centre, lambda day: run(ONE, centre=chance.choice(keys), day=day))
    told("number in force", lambda day: in_force_on(day).count(), lambda day: run(NUMBER, day=day))
    told("a page of the register", page, lambda day: run(PAGE.format(where=""), day=day))
    only_valid = "WHERE stage.to_stage = 'valid' AND c.expires_on >= %(day)s"
    told(
        "a page, only what was valid",
        lambda day: page(day, True),
        lambda day: run(PAGE.format(where=only_valid), day=day),
    )


if __name__ == "__main__":
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)
