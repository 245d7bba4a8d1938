"""Tables sort, page, choose columns and export, all by their address."""

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO

import pytest
from django.template import engines
from django.test import RequestFactory
from openpyxl import load_workbook

from saduak.design.tables import Column, Table
from saduak.people.models import User


@dataclass
class Row:
    """A centre and its points."""

    name: str
    points: int | None


ROWS = [Row("ลำพูน", 80), Row("กระบี่", None), Row("แพร่", 92)]
COLUMNS = [
    Column("name", "ศูนย์", sort=lambda row: row.name),
    Column("points", "คะแนน", sort=lambda row: row.points, number=True),
    Column("stars", "ดาว", value=lambda row: (row.points or 0) // 20, shown=lambda row: "★", aside=True),
]


def table(address="", rows=ROWS, **options):
    return Table(RequestFactory().get(f"/list{address}"), rows, COLUMNS, label="ศูนย์", **options)


def names(shown):
    return [row.name for row, _cells in shown.rows()]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("", ["ลำพูน", "กระบี่", "แพร่"], id="as it comes"),
        pytest.param("?sort=points", ["ลำพูน", "แพร่", "กระบี่"], id="up, unknown last"),
        pytest.param("?sort=-points", ["แพร่", "ลำพูน", "กระบี่"], id="down, unknown last"),
        pytest.param("?sort=stars", ["ลำพูน", "กระบี่", "แพร่"], id="a column that does not sort"),
        pytest.param("?sort=nonsense&page=x", ["ลำพูน", "กระบี่", "แพร่"], id="nonsense"),
    ],
)
def test_the_address_sorts(address, expected):
    assert names(table(address)) == expected


def test_a_click_on_the_head_turns_the_order_and_keeps_the_rest():
    heads = table("?sort=points&page=2&q=x").headings

    assert heads[1].direction == "up"
    assert heads[1].url == "?sort=-points&q=x"
    assert heads[0].url == "?sort=name&q=x"


def test_pages_are_cut_and_the_nearest_is_given():
    assert names(table("?page=2", per_page=2)) == ["แพร่"]
    assert names(table("?page=99", per_page=2)) == ["แพร่"]


def test_columns_are_chosen_and_some_stand_aside_at_first():
    assert [column.name for column in table().shown_columns] == ["name", "points"]
    assert [column.name for column in table("?column=name&column=stars").shown_columns] == ["name", "stars"]


def test_two_tables_of_one_page_do_not_disturb_each_other():
    address = "?a-sort=points&b-sort=-points"

    assert names(table(address, name="a")) == ["ลำพูน", "แพร่", "กระบี่"]
    assert names(table(address, name="b")) == ["แพร่", "ลำพูน", "กระบี่"]


@pytest.mark.django_db
def test_the_database_sorts_a_queryset():
    for name in ("ข", "ก", "ค"):
        User.objects.create_user(name, name=name)
    columns = [Column("name", "ชื่อ", sort=("name",))]

    shown = Table(RequestFactory().get("/?sort=-name"), User.objects.all(), columns, label="คน")

    assert names(shown) == ["ค", "ข", "ก"]


def test_the_export_is_exactly_what_is_shown_on_all_pages():
    wanted = table("?export=xlsx&sort=-points&column=name&column=stars", per_page=1)

    response = wanted.export("centres")

    sheet = load_workbook(BytesIO(response.content)).active
    assert wanted.wants_export
    assert 'filename="centres.xlsx"' in response["Content-Disposition"]
    assert [[cell.value for cell in row] for row in sheet] == [["ศูนย์", "ดาว"], ["แพร่", 4], ["ลำพูน", 4], ["กระบี่", 0]]


def test_a_formula_in_a_name_stays_words():
    rows = [Row("=1+1", 1)]

    as_csv = table("?export=csv", rows).export("x").content.decode("utf-8-sig")
    as_xlsx = load_workbook(BytesIO(table("?export=xlsx", rows).export("x").content)).active

    assert list(csv.reader(StringIO(as_csv))) == [["ศูนย์", "คะแนน"], ["'=1+1", "1"]]
    assert as_xlsx["A2"].data_type == "s"


def drawn(shown):
    template = engines["django"].from_string("{% load saduak %}{% data_table table %}")
    return template.render({"table": shown}, shown.request)


def test_the_drawn_table_says_its_order_and_offers_the_files():
    page = drawn(table("?sort=points", per_page=2))

    assert 'aria-sort="ascending"' in page
    assert "?sort=points&amp;export=csv" in page
    assert "3 รายการ" in page
    assert '?sort=points&amp;page=2" rel="next"' in page


def test_an_empty_table_says_so():
    assert "ไม่มีข้อมูล" in drawn(table(rows=[]))
    assert "ยังไม่มีศูนย์" in drawn(table(rows=[], empty="ยังไม่มีศูนย์"))


@pytest.mark.django_db
def test_rows_that_fit_the_first_page_are_not_counted_apart(django_assert_num_queries):
    User.objects.bulk_create(User(username=f"person-{number}", name=str(number)) for number in range(4))

    def drawn(address, per_page):
        people = User.objects.filter(username__startswith="person-")
        request = RequestFactory().get(f"/list{address}")
        shown = Table(
            request, people, [Column("name", "ชื่อ", sort=("name",))], label="", sorted_by="name", per_page=per_page
        )
        return [row.name for row, _cells in shown.rows()], shown.page.paginator.count, shown.page.paginator.num_pages

    with django_assert_num_queries(1):
        assert drawn("", 4) == (["0", "1", "2", "3"], 4, 1)
    with django_assert_num_queries(2):
        assert drawn("?page=1&sort=-name", 3) == (["3", "2", "1"], 4, 2)
    with django_assert_num_queries(2):
        assert drawn("?page=2", 3) == (["3"], 4, 2)
    assert drawn("?page=7", 3) == (["3"], 4, 2)
