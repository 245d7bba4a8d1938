"""Searching 100,000 centres: `search_centres` beside the bare SQL that finds and ranks the same, in one run.

Prints p50 and p95 of a mix of queries and of each query. The centres are generated: agencies and provinces are real,
districts are made of syllables. Starts the tests' own PostgreSQL, makes a database for itself and drops it.
Run: python -m benchmarks.register_search [centres]
"""

import os
import random
import sys
from statistics import median, quantiles
from time import perf_counter

import tests.support.database  # noqa: F401  (starts the server)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

# ruff: noqa: E402  The models can be imported only now.
from django.db import connection

from saduak.directory.models import Agency, Centre, Province
from saduak.directory.operations.reference import load_reference
from saduak.directory.queries import search_centres
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

BARE = """
WITH hits AS (
    SELECT id, search_text, sort_key FROM directory_centre
    WHERE is_open AND {} ORDER BY id LIMIT 2001
)
SELECT c.id, c.code, c.name_th, a.name_th, p.name_th, count(*) OVER ()
FROM hits h JOIN directory_centre c USING (id)
JOIN directory_agency a ON a.id = c.agency_id JOIN directory_province p ON p.id = c.province_id
ORDER BY {}, length(h.sort_key), h.sort_key, h.id LIMIT 20
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
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE directory_centre")


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
        search_centres(text), run_bare(*statement)
        ours[kind] = [timed(lambda: search_centres(text)) for _ in range(ROUNDS)]  # noqa: B023
        plain[kind] = [timed(lambda: run_bare(*statement)) for _ in range(ROUNDS)]  # noqa: B023
        found = search_centres(text)
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
