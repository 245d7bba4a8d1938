"""What machines read of the directory and its calendar."""

from datetime import date

import pytest

from saduak.directory.models import Centre, HolidayScope, Office
from saduak.directory.operations import duplicates
from saduak.directory.tests.factories import BodyFactory, CentreFactory, HolidayFactory, person_of
from saduak.machines.tests.machine import Machine

pytestmark = pytest.mark.django_db


def told(client, path, **query):
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_centre_is_found_by_its_name_and_read_by_its_code(client):
    centre = CentreFactory(
        name_th="ที่ว่าการอำเภอเมืองลำพูน", opening_hours=[{"days": [1], "opens": "08:30", "closes": "16:30"}]
    )
    CentreFactory()

    (found,) = told(client, "centres", q="เมืองลำพูน")["items"]

    assert found == told(client, f"centres/{centre.code}")
    assert found["opening_hours"][0]["opens"] == "08:30"


def test_a_centre_that_is_closed_is_not_there(client):
    assert client.get(f"/api/v1/centres/{CentreFactory(closed=True).code}").status_code == 404


def test_agencies_are_filtered_by_ministry(client):
    agency = CentreFactory().agency
    CentreFactory()

    assert [one["code"] for one in told(client, "agencies", ministry=agency.ministry.code)["items"]] == [agency.code]
    assert told(client, f"agencies/{agency.code}")["ministry"] == agency.ministry.code
    assert agency.ministry.code in {one["code"] for one in told(client, "ministries")}


def test_a_deadline_in_working_days_names_what_it_passed_over(client):
    HolidayFactory(day=date(2026, 1, 2), name="วันหยุดพิเศษ")

    counted = told(client, "working-days", start="2026-01-01", days=1)

    assert counted["day"] == "2026-01-05"
    assert [(one["day"], one["why"]) for one in counted["skipped"]] == [
        ("2026-01-02", "holiday"),
        ("2026-01-03", "weekend"),
        ("2026-01-04", "weekend"),
    ]


def test_the_working_days_of_a_span_are_counted(client):
    assert told(client, "working-days", start="2026-03-02", until="2026-03-08")["counted"] == 5


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"start": "2026-01-01"}, id="neither"),
        pytest.param({"start": "2026-01-01", "days": 1, "until": "2026-01-02"}, id="both"),
        pytest.param({"start": "1900-01-01", "until": "2200-01-01"}, id="too far"),
        pytest.param({"start": "2026-01-01", "days": 1, "province": "99"}, id="no such province"),
        pytest.param({"start": "9999-12-31", "days": 1}, id="beyond every calendar"),
    ],
)
def test_what_cannot_be_counted_is_refused(client, query):
    assert client.get("/api/v1/working-days", query).status_code == 422


def test_holidays_of_another_region_are_left_out(client):
    HolidayFactory(day=date(2026, 1, 2), name="วันหยุดพิเศษ")
    HolidayFactory(day=date(2026, 1, 5), scope=HolidayScope.REGION, region_th="ใต้", name="วันหยุดภาค")

    assert [one["name"] for one in told(client, "holidays", year=2026)] == ["วันหยุดพิเศษ"]


def test_bodies_in_office_are_told_without_their_members(client):
    body = BodyFactory(number=5)

    (told_of,) = told(client, "bodies")

    assert (told_of["reference"], told_of["number"]) == (body.reference, 5)
    assert "members" not in told_of


@pytest.fixture
def office(client):
    return Machine(client, person_of(Office.SECRETARIAT_OFFICER))


@pytest.fixture
def twins():
    one = CentreFactory(name_th="สำนักงานที่ดินจังหวัดลำพูน")
    return one, CentreFactory(name_th="สนง.ที่ดิน จ.ลำพูน", agency=one.agency, province=one.province)


def test_two_records_are_compared_merged_and_parted(office, twins):
    one, other = twins
    duplicates.look_for_duplicates()
    assert office.done("GET", "likely-duplicates")["total"] == 1
    found = office.done("GET", f"likely-duplicates/compare?one={one.code}&other={other.code}")
    said = {
        "merged": other.code,
        "into": one.code,
        "reason": "เป็นแห่งเดียวกัน",
        "version_of_merged": found["version_of_other"],
        "version_of_into": found["version_of_one"],
    }
    assert (found["against"], office.ask("POST", "merges", {**said, "version_of_into": 7}).status_code) == ([], 409)
    assert office.ask("POST", "merges", {**said, "merged": "none"}).json()["errors"][0]["pointer"] == "/merged"

    made = office.done("POST", "merges", said, status=201)
    assert (made["surviving"], made["against_undoing"]) == (one.code, [])
    assert office.get(f"centres/{other.code}").status_code in {200, 404}
    undone = office.done("POST", f"merges/{made['id']}/undo", {"reason": "คนละแห่ง"})

    assert undone["undone_at"]
    assert office.done("GET", "merges")["total"] == 1
    assert office.ask("POST", f"merges/{made['id']}/undo", {"reason": "อีกครั้ง"}).status_code == 422


def test_two_records_are_kept_apart(office, twins):
    one, other = twins
    duplicates.look_for_duplicates()
    said = {"one": one.code, "other": other.code, "reason": "คนละอาคาร"}
    assert office.ask("POST", "likely-duplicates/apart", {**said, "other": one.code}).status_code == 422

    office.done("POST", "likely-duplicates/apart", said, status=204)

    assert office.done("GET", "likely-duplicates")["total"] == 0


def test_a_centre_is_entered_corrected_closed_and_opened_again(client, office):
    beside = CentreFactory()
    said = {"name_th": "ศูนย์บริการใหม่", "agency": beside.agency.code, "province": beside.province.code}
    for change, pointer in ({"agency": "none"}, "/agency"), ({"opening_hours": "ทุกเมื่อ"}, "/opening_hours"):
        assert office.ask("POST", "centres", {**said, **change}).json()["errors"][0]["pointer"] == pointer
    made = office.done("POST", "centres", {**said, "opening_hours": "จ.-ศ. 08.30-16.30"}, status=201)
    one = f"centres/{made['code']}"
    assert made["opening_hours"][0]["opens"] == "08:30"
    head = Machine(client, person_of(Office.CENTRE_HEAD, centre=Centre.objects.get(code=made["code"])))
    corrected = head.done("PATCH", one, {"address": "1 ถนนเจริญราษฎร์", "seen": made["version"]})
    assert (corrected["address"], corrected["name"]["th"]) == ("1 ถนนเจริญราษฎร์", "ศูนย์บริการใหม่")
    assert head.ask("PATCH", one, {"name_th": "ชื่ออื่น", "seen": corrected["version"]}).status_code == 403
    assert head.ask("PATCH", one, {"address": "2", "seen": made["version"]}).status_code == 409

    closed = office.done("POST", f"{one}/close", {"note": "ย้ายไปรวมกับศูนย์อื่น"})

    assert not closed["is_open"]
    assert office.ask("POST", f"{one}/close", {"note": "อีกครั้ง"}).status_code == 422
    assert office.done("POST", f"{one}/reopen", {"note": "กลับมาเปิด"})["is_open"]
