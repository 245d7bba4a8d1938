"""The register as files: complete, of one moment, and answered as programs ask."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from pyarrow import parquet

from saduak.certification.operations import open_data
from saduak.certification.queries.open_data import SETS
from saduak.certification.tests.certificates import TODAY, act, certificate
from saduak.certification.tests.past_results import line
from saduak.directory.tests.factories import CentreFactory, ProvinceFactory
from tests.support.remembering import made_once
from tests.support.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings, tmp_path, time_machine):
    settings.DATA = tmp_path
    time_machine.move_to(f"{TODAY} 10:00 +0700", tick=False)
    return tmp_path


def address(name, form="csv"):
    return reverse("open_data_file", args=[name, form])


def content(response):
    return b"".join(response.streaming_content)


def rows(client, name):
    return list(csv.DictReader(io.StringIO(content(client.get(address(name))).decode("utf-8-sig"))))


@pytest.fixture
@made_once
def register():
    """A certificate that was suspended, an example, and a line of an old paper."""
    real = certificate(CentreFactory(province=ProvinceFactory(), name_th="=สำนักงาน,ที่ดิน"), level="excellent")
    act(real, "renew", "renewed", TODAY - timedelta(days=9))
    certificate(CentreFactory(province=ProvinceFactory()), is_example=True)
    line("ที่ดินลำพูน")
    return real


def test_every_set_comes_in_every_form_with_the_same_rows(client, register):
    for data in SETS:
        table = rows(client, data.name)
        told = json.loads(content(client.get(address(data.name, "json"))))
        sheet = parquet.read_table(io.BytesIO(content(client.get(address(data.name, "parquet")))))

        names = [field.name for field in data.fields]
        assert [*table[0]] == [*told["rows"][0]] == sheet.column_names == names
        assert len(table) == len(told["rows"]) == sheet.num_rows > 0
        assert told["day"] == TODAY.isoformat()


def test_certificates_and_their_history_are_told(client, register):
    one = next(row for row in rows(client, "certificates") if row["certificate_number"] == register.reference)
    history = [row for row in rows(client, "status-history") if row["certificate_number"] == register.reference]

    assert (one["level"], one["issued_on"], one["is_example"]) == ("excellent", "2025-09-01", "false")
    assert one["centre_name_th"] == "'=สำนักงาน,ที่ดิน"
    assert [(row["status"], row["act"], row["until_day"]) for row in history] == [
        ("valid", "issue", history[0]["until_day"]),
        ("renewed", "renew", ""),
    ]


def test_examples_are_marked_and_counted_apart(client, register):
    assert [row["is_example"] for row in rows(client, "centres")] == ["false", "true"]
    counted = {(row["basis"], row["number"], row["of_which_examples"]) for row in rows(client, "results-by-year")}
    assert counted == {("register", "1", "0"), ("register", "1", "1"), ("records", "1", "0")}


def test_nothing_is_about_a_person(client, register):
    for data in SETS:
        assert "ลับ" not in content(client.get(address(data.name))).decode()
        assert not {"email", "phone", "contact", "by"} & {field.name for field in data.fields}


def test_what_is_held_already_is_not_sent_again(client, register):
    first = client.get(address("centres"))

    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = client.get(address("centres"), headers=headers)
        assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    assert "public" in first["Cache-Control"]
    assert client.get(address("centres"), headers={"If-None-Match": '"other"'}).status_code == 200


def test_an_act_changes_what_is_sent_once_the_job_has_run(client, register):
    tag = {"If-None-Match": client.get(address("certificates"))["ETag"]}

    assert not open_data.renew()
    act(register, "issue", "valid", TODAY)
    certificate(CentreFactory(province=ProvinceFactory()))

    assert open_data.renew()
    assert client.get(address("certificates"), headers=tag).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=0-99999999", 206, slice(None)),
        ("bytes=99999999-", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=9-3", 200, slice(None)),
        ("bytes=0-1,5-6", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
        ("bytes=" + "9" * 40 + "-", 200, slice(None)),
    ],
)
def test_parts_are_sent_as_asked(client, register, asked, status, told):
    whole = content(client.get(address("centres")))

    part = client.get(address("centres"), headers={"Range": asked})

    assert part.status_code == status
    if told is not None:
        assert content(part) == whole[told]
        assert int(part["Content-Length"]) == len(whole[told])
    else:
        assert part["Content-Range"] == f"bytes */{len(whole)}"


def test_a_part_of_another_edition_is_not_mixed_in(client, register):
    part = client.get(address("centres"), headers={"Range": "bytes=0-9", "If-Range": '"older"'})

    assert part.status_code == 200


def test_head_tells_the_size_without_the_content(client, register):
    head = client.head(address("centres"))

    assert int(head["Content-Length"]) > 0
    assert content(head) == b""


@pytest.mark.parametrize("name", ["people", "edition", "..", "certificates'--"])
def test_what_is_no_data_set_is_not_found(client, register, name):
    assert client.get(f"/open-data/{name}.csv").status_code == 404
    assert client.get("/open-data/centres.exe").status_code == 404


def test_the_catalogue_describes_every_file(client, register):
    told = client.get(reverse("open_data_catalogue"))

    catalogue = json.loads(told.content)
    assert told["Content-Type"] == "application/ld+json"
    assert [one["dct:identifier"] for one in catalogue["dcat:dataset"]] == [one.name for one in SETS]
    for data in catalogue["dcat:dataset"]:
        assert {title["@language"] for title in data["dct:title"]} == {"th", "en"}
        for file in data["dcat:distribution"]:
            sent = client.get(file["dcat:downloadURL"]["@id"].removeprefix("http://localhost:8000"))
            assert f'"{file["spdx:checksum"]["spdx:checksumValue"]}"' == sent["ETag"]
    assert client.get(reverse("open_data_catalogue"), headers={"If-None-Match": told["ETag"]}).status_code == 304


def test_the_page_holds_the_dictionary_in_both_languages(client, register):
    thai = client.get(reverse("open_data")).text
    client.cookies["language"] = "en"
    english = client.get(reverse("open_data")).text

    for data in SETS:
        assert f'id="{data.name}"' in thai
        assert all(f"<code>{field.name}</code>" in thai for field in data.fields)
    assert "Two-digit TIS 1099 code" in english
    assert "Two-digit" not in thai


def test_only_two_editions_stay_and_a_broken_one_is_made_anew(place, register):
    for number in range(3):
        act(register, "suspend" if number % 2 else "restore", "suspended" if number % 2 else "valid", TODAY)
        open_data.renew()

    assert len([one for one in open_data.folder().iterdir() if one.is_dir()]) == 2
    (open_data.folder() / "edition.json").write_text("{")
    assert open_data.current().files


def test_an_edition_without_its_files_is_made_anew(register):
    first = open_data.current()
    for file in first.files.values():
        Path(file.path).unlink()

    assert all(Path(file.path).exists() for file in open_data.current().files.values())


def test_an_edition_that_fails_leaves_nothing_and_the_one_before_stays(register, monkeypatch):
    first = open_data.current()
    monkeypatch.setattr(open_data, "_written", lambda *_args, **_facts: 1 / 0)
    act(register, "suspend", "suspended", TODAY)

    with pytest.raises(ZeroDivisionError):
        open_data.renew()

    assert open_data.current() == first
    assert len([one for one in open_data.folder().iterdir() if one.is_dir()]) == 1


def test_who_asks_first_waits_for_one_edition(place, register):
    made = [open_data.current(), open_data.current()]

    assert made[0] == made[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_of_several_who_ask_at_once_one_makes_it(place):
    certificate(CentreFactory(province=ProvinceFactory()))

    made = together(*[open_data.current] * 3)

    assert len({one.made_at for one in made}) == 1
    assert len([one for one in open_data.folder().iterdir() if one.is_dir()]) == 1


def test_a_stale_edition_is_replaced_by_whoever_asks(place, register, time_machine):
    first = open_data.current()
    time_machine.move_to(f"{TODAY + timedelta(days=2)} 10:00 +0700", tick=False)

    assert open_data.current().day > first.day
