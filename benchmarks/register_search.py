"""Searching the public register of 100,000 centres beside the bare SQL that finds and ranks the same, in one run.

Prints p50 and p95 of a mix of queries and of each query: what `queries.register.find` takes from the words to a page of
certificates with their centres, agencies, provinces and rounds. The centres are generated: agencies and provinces are
real, districts are made of syllables. Each has a certificate, every fifth also an older one that ran out.
Starts the tests' own PostgreSQL, makes a database for itself and drops it.
Run: python -m benchmarks.register_search [centres]
"""

import os
import random
import sys
from datetime import date
from statistics import median, quantiles
from time import perf_counter

import tests.support.database  # noqa: F401  (starts the server)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

# ruff: noqa: E402  The models can be imported only now.
from django.db import connection

from saduak.certification.models import Application, Certificate
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.queries.register import Wish, find
from saduak.certification.tests.certificates import certificate
from saduak.directory.models import Agency, Centre, Province
from saduak.directory.operations.reference import load_reference
from saduak.directory.rules import words_sought
from saduak.thai.text import telling_grams

AIM_MS, AIM_TIMES = 50, 3
ROUNDS = 15
QUERIES = {
    "one word": "ขนส่ง",
    "province": "ลำพูน",
    "service and province": "ขนส่ง ลำพูน",
    "part of a word": "ขนส",
    "two letters": "ลี",
    "spelling variant": "ศรีสะเกส",
    "silencer dropped": "ศูนย บริการ",
    "three words": "ที่ดิน เชียงใหม่ สาขา",
    "code": "00042",
    "almost everything": "สำนักงาน",
    "written together": "ขนส่งลำพูน",
    "a slip": "ลำพุน",
    "a slip and a word": "แรงงาน เชียงราม",
    "nothing": "กขคงจฉช",
}
OFFICES = (
    "สำนักงานขนส่งจังหวัด{} สาขา{}",
    "สำนักงานที่ดินจังหวัด{} สาขา{}",
    "โรงพยาบาล{1} จังหวัด{0}",
    "ที่ว่าการอำเภอ{1} จังหวัด{0}",
    "สำนักงานสรรพสามิตพื้นที่{} สาขา{}",
    "ศูนย์บริการร่วมจังหวัด{} จุดที่ {}",
    "สำนักงานแรงงานจังหวัด{} หน่วย{}",
    "การไฟฟ้าสาขา{1} {0}",
)
SYLLABLES = "บ้าน หนอง ดอน ป่า แม่ ทุ่ง โคก นา ห้วย สาม ไทร ทอง งาม ซาง ธิ ลี้ โฮ่ง เมือง ใหม่ ขาม แดง น้ำ ริม สูง".split()  # noqa: SIM905  A list reads worse.

TODAY = date(2026, 11, 20)
NEWEST = """SELECT FROM certification_certificate n
    WHERE n.centre_id = c.centre_id AND (n.issued_on > c.issued_on OR (n.issued_on = c.issued_on AND n.id > c.id))"""
BARE = f"""
WITH hits AS (
    SELECT id, search_text, sort_key FROM directory_centre d
    WHERE EXISTS (SELECT FROM certification_certificate c WHERE c.centre_id = d.id AND NOT EXISTS ({NEWEST}))
    AND {{}} ORDER BY id LIMIT 2001
), ranked AS (
    SELECT h.*, count(*) OVER () AS number,
        row_number() OVER (ORDER BY {{}}, length(h.sort_key), h.sort_key, h.id) AS place
    FROM hits h ORDER BY place LIMIT 20
)
SELECT r.number, d.code, d.name_th, a.name_th, p.name_th, c.reference, c.level, c.expires_on, o.cycle_be
FROM ranked r JOIN directory_centre d USING (id)
JOIN directory_agency a ON a.id = d.agency_id JOIN directory_province p ON p.id = d.province_id
JOIN certification_certificate c ON c.centre_id = d.id AND NOT EXISTS ({NEWEST})
JOIN certification_round o ON o.id = c.round_id
ORDER BY r.place
"""


def fill(number: int) -> None:
    """That many centres, always the same."""
    load_reference()
    chance = random.Random(2569)
    provinces, agencies = list(Province.objects.all()), list(Agency.objects.all())
    made = []
    for n in range(number):
        province = chance.choice(provinces)
        district = "".join(chance.sample(SYLLABLES, chance.randint(1, 3)))
        name = chance.choice(OFFICES).format(province.name_th, district)
        centre = Centre(
            code=f"{province.code}-{n:05d}", name_th=name, district=district,
            agency=chance.choice(agencies), province=province,
        )  # fmt: skip
        centre.make_findable()
        made.append(centre)
    Centre.objects.bulk_create(made, batch_size=2000)
    certify(5, 2563, CertificateStage.EXPIRED)
    certify(1, 2568, CertificateStage.VALID)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def certify(every: int, cycle_be: int, stage: str) -> None:
    """A certificate of that round for each such centre: copies, made by the database, of one made by the tests."""
    like = certificate(Centre.objects.order_by("pk").first(), cycle_be=cycle_be, stage=stage)
    copy(Application, like.application_id, every, reference="'{}-' || n", centre_id="c.id")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE certification_application")
    application = "(SELECT a.id FROM certification_application a WHERE a.centre_id = c.id AND a.round_id = t.round_id)"
    copy(Certificate, like.pk, every, reference="'GECC-{}-' || n", centre_id="c.id", application_id=application)


def copy(model, pk: int, every: int, **different: str) -> None:
    """Copies of a row, one for each of so many centres but the first, that differ in these columns."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    values = [different.get(column, f"t.{column}").format(pk) for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(values)} "
            f"FROM {model._meta.db_table} t, (SELECT id, row_number() OVER (ORDER BY id) n FROM directory_centre) c "
            "WHERE t.id = %s AND n > 1 AND n %% %s = 0",
            [pk, every],
        )


def bare(text: str) -> tuple[str, list[object]]:
    """The statement a person would write by hand for words that are all found as typed."""
    words = words_sought(text)
    found = " AND ".join("search_text LIKE %s AND directory_grams(search_text) @> %s" for _ in words)
    ranked = " + ".join("strpos(h.search_text, %s)" for _ in words)
    parameters: list[object] = []
    for word in words:
        parameters += [f"%{word}%", telling_grams(word)]
    return BARE.format(found, ranked), [*parameters, *words]


def timed(deed) -> float:
    """Milliseconds."""
    begun = perf_counter()
    deed()
    return (perf_counter() - begun) * 1000


def run_bare(statement: str, parameters: list[object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        cursor.fetchall()


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def line(kind: str, ours: list[float], plain: list[float]) -> str:
    """One row of the table."""
    figures = [f"p50 {median(times):6.1f} p95 {p95(times):6.1f}" for times in (ours, plain)]
    return f"{kind:22} {figures[0]}   bare {figures[1]}  "


def main(number: int) -> None:
    begun = perf_counter()
    fill(number)
    print(f"{number:,} centres made in {perf_counter() - begun:.0f} s.")
    print(f"Times in ms; the aim is a p95 under {AIM_MS} and at most {AIM_TIMES} times the bare query's.")
    ours, plain = {}, {}
    for kind, text in QUERIES.items():
        statement = bare(text)
        wish = Wish(text)
        find(wish, on=TODAY), run_bare(*statement)
        ours[kind] = [timed(lambda: find(wish, on=TODAY)) for _ in range(ROUNDS)]  # noqa: B023
        plain[kind] = [timed(lambda: run_bare(*statement)) for _ in range(ROUNDS)]  # noqa: B023
        found = find(wish, on=TODAY)
        print(line(kind, ours[kind], plain[kind]), f"{found.total:5}{'+' if found.is_more else ' '} {found.reading}")
    # The bare statement is slow for the commonest word, which would flatter us.
    for left_out in ("", "almost everything"):
        mine = [time for kind, times in ours.items() if kind != left_out for time in times]
        theirs = [time for kind, times in plain.items() if kind != left_out for time in times]
        ratio = f"ratio of p95 {p95(mine) / p95(theirs):.2f}"
        print(line("all but the commonest" if left_out else "all", mine, theirs), ratio)


if __name__ == "__main__":
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)
