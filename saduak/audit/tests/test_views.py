"""Auditors and administrators find records, and taking them away leaves a record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from saduak.audit import operations
from saduak.audit.models import Act, Record
from saduak.audit.presenters import kind_in_words
from saduak.audit.queries import kinds
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client):
    auditor = person_of(Office.AUDITOR, username="auditor")
    client.force_login(auditor)
    Record.objects.all()
    return auditor


@pytest.fixture
def some_records(auditor):
    somchai = UserFactory(username="somchai", name="สมชาย ใจดี")
    malee = UserFactory(username="malee", name="มาลี มีสุข")
    operations.looked_at(somchai, kind="directory.centre", reference="51-1", what="แฟ้ม")
    operations.exported(malee, kind="unheard.of", reference="X", what="=1+1")
    operations.granted(malee, to=somchai, what="หัวหน้าศูนย์", kind="directory.centre", reference="51-2")
    operations.sign_in_failed(None)


def whats(response):
    return [record.what for record, *_words in response.context["lines"]]


def test_records_are_listed_from_the_newest(client, some_records):
    response = client.get(reverse("list_records"))

    assert whats(response) == ["", "หัวหน้าศูนย์", "=1+1", "แฟ้ม"]
    assert [tone for _record, tone, *_words in response.context["lines"]] == ["danger", "info", "warning", "plain"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({"person": "somchai"}, ["หัวหน้าศูนย์", "แฟ้ม"], id="a user name, also of the person concerned"),
        pytest.param({"person": "มาลี"}, ["หัวหน้าศูนย์", "=1+1"], id="a part of a name"),
        pytest.param({"act": Act.EXPORTED}, ["=1+1"], id="an act"),
        pytest.param({"kind": "directory.centre"}, ["หัวหน้าศูนย์", "แฟ้ม"], id="a kind"),
        pytest.param({"kind": "directory.centre", "reference": "51-1"}, ["แฟ้ม"], id="one thing"),
        pytest.param({"reference": "51"}, [], id="a part of a reference"),
        pytest.param({"person": "", "act": ""}, ["", "หัวหน้าศูนย์", "=1+1", "แฟ้ม"], id="nothing"),
    ],
)
def test_records_are_found(client, some_records, asked, found):
    assert whats(client.get(reverse("list_records"), asked)) == found


def test_records_are_found_by_thai_days(client, auditor, time_machine):
    for moment in (
        "2026-01-14T23:59+07:00",
        "2026-01-15T00:00+07:00",
        "2026-01-15T23:59+07:00",
        "2026-01-16T00:00+07:00",
    ):
        time_machine.move_to(moment)
        operations.looked_at(auditor, kind="k", reference="r", what=moment)

    response = client.get(reverse("list_records"), {"first_day": "15/1/2569", "last_day": "15/1/2569"})

    assert whats(response) == ["2026-01-15T23:59+07:00", "2026-01-15T00:00+07:00"]


def test_without_a_word_the_list_reaches_thirty_days_back(client, auditor, time_machine):
    now = timezone.now()
    time_machine.move_to(now - timedelta(days=40))
    operations.looked_at(auditor, kind="k", reference="r", what="old")
    time_machine.move_to(now)
    client.force_login(auditor)
    operations.looked_at(auditor, kind="k", reference="r", what="new")

    response = client.get(reverse("list_records"))

    assert whats(response) == ["new"]
    assert whats(client.get(reverse("list_records"), {"kind": "k"})) == ["new", "old"]


def test_a_day_that_is_none_is_refused_with_words(client, auditor):
    response = client.get(reverse("list_records"), {"first_day": "31/2/2569"})

    assert response.status_code == 422
    assert "first_day" in response.context["form"].errors


def test_pages_are_turned(client, auditor):
    for number in range(51):
        operations.looked_at(auditor, kind="k", reference="r", what=str(number))

    assert whats(client.get(reverse("list_records"), {"page": "2"}))[0] == "0"


def test_reading_the_list_asks_few_questions(client, some_records, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get(reverse("list_records"))


def test_the_file_holds_what_was_asked_and_is_itself_recorded(client, some_records, auditor):
    response = client.get(reverse("export_records"), {"person": "malee", "act": "exported"})

    heads, line = response.getvalue().decode("utf-8-sig").splitlines()
    assert heads.startswith("วันเวลา,การกระทำ,ชื่อผู้ใช้")
    assert line.split(",")[1:8] == ["ส่งออกข้อมูล", "malee", "มาลี มีสุข", "", "unheard.of", "X", "'=1+1"]
    record = Record.objects.first()
    assert (record.act, record.person, record.kind) == (Act.EXPORTED, auditor, "audit.record")
    assert record.detail == {"search": {"person": "malee", "act": "exported"}, "rows": 1}


def test_a_record_without_a_person_is_exported_too(client, some_records):
    response = client.get(reverse("export_records"), {"act": "sign_in_failed"})

    assert len(response.getvalue().decode().splitlines()) == 2


def test_kinds_are_those_that_were_recorded(some_records):
    assert kinds() == ["directory.centre", "unheard.of"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("audit.record", "รายการบันทึก"), ("nowhere.nothing", "nowhere.nothing"), ("one word", "one word"), ("", "")],
)
def test_a_kind_is_called_as_its_model_is(kind, words):
    assert kind_in_words(kind) == words


def test_what_pages_wrote_down_is_told_in_the_readers_language(client, auditor):
    operations.looked_at(auditor, kind="ticket", reference="A012", what="list of files")
    operations.looked_at(auditor, kind="ticket", reference="A013", what="evidence: แฟ้ม.pdf")
    operations.searched_personal_data(auditor, kind="account", what="list of files")

    page = client.get(reverse("list_records")).text

    for words in ("รายการไฟล์", "หลักฐาน: แฟ้ม.pdf", "บัตรคิว"):
        assert words in page
    assert page.count("list of files") == 1  # What a person typed stays as it was typed.
