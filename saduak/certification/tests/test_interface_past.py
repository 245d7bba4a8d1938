"""Results of earlier years are brought in, matched and settled through the interface."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saduak.certification.models import PastResult
from saduak.certification.tests.past_results import line
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, ProvinceFactory, person_of
from saduak.machines.tests.machine import Machine

pytestmark = pytest.mark.django_db
HEAD = "ปี,ศูนย์,รหัสศูนย์,หน่วยงาน,จังหวัด,ผล,ที่มา,หน้า\n"
ROW = "2561,สำนักงานที่ดินจังหวัดลำพูน,,กรมที่ดิน,ลำพูน,ระดับก้าวหน้า,ประกาศผล 2561,3"


@pytest.fixture
def office(client):
    return Machine(client, person_of(Office.SECRETARIAT_OFFICER))


def bring(office, content, **fields):
    file = SimpleUploadedFile("เดิม.csv", content.encode(), "text/csv")
    return office.client.post("/api/v1/past-results/sheets", {**fields, "file": file}, headers=office.header)


def test_a_spreadsheet_is_looked_at_and_then_written(office):
    province = ProvinceFactory()
    kept = bring(office, HEAD + ROW, is_example="true")
    assert kept.status_code == 201, kept.content.decode()
    told = kept.json()
    assert (told["state"], told["total"], told["problems"]) == ("checked", 1, []), told
    assert not PastResult.objects.exists()
    at = f"past-results/sheets/{told['id']}"
    assert office.ask("POST", f"{at}/write", {"seen": "another"}).status_code == 422
    assert office.done("POST", f"{at}/write", {"seen": told["digest"]})["state"] == "written"

    (listed,) = office.done("GET", f"past-results?state=unmatched&province={province.code}")["items"]
    assert (listed["centre_name"], listed["is_example"]) == ("สำนักงานที่ดินจังหวัดลำพูน", True)
    assert office.done("GET", "past-results?province=xx")["total"] == 0


def test_what_is_no_spreadsheet_and_what_is_given_up_writes_nothing(office):
    assert bring(office, "PK\x03\x04 no archive").json()["errors"][0]["pointer"] == "/file"
    refused = bring(office, HEAD + ROW.replace("2561", "ไม่ใช่ปี", 1)).json()
    assert refused["state"] == "refused"
    assert refused["problems"]
    assert office.ask("POST", f"past-results/sheets/{refused['id']}/give-up").status_code == 422


def test_a_line_is_matched_settled_and_opened_again(office):
    province = ProvinceFactory()
    centre = CentreFactory(name_th="สำนักงานที่ดินจังหวัดลำพูน", province=province)
    one = line(province=province)
    other = line(province=province, outcome="excellent", source="ข่าว")
    at = f"past-results/{one.pk}"
    suggested = office.done("GET", at)["suggestions"]
    assert suggested[0]["centre"] == centre.code
    assert office.ask("POST", f"{at}/match", {"centre": "none", "seen": 0}).json()["errors"][0]["pointer"] == "/centre"
    matched = office.done("POST", f"{at}/match", {"centre": centre.code, "seen": one.version})
    assert (matched["centre"], matched["together"]) == (centre.code, "disputed")
    assert office.ask("POST", f"{at}/match", {"centre": centre.code, "seen": 0}).status_code == 409

    assert office.ask("POST", f"{at}/settle", {"reason": "ประกาศ", "seen": "older"}).status_code == 409
    settled = office.done("POST", f"{at}/settle", {"reason": "ประกาศ", "seen": matched["seen"]})
    assert (settled["holding"], settled["beside"][0]["holding"]) == ("holds", "set_aside")
    reopened = office.done("POST", f"{at}/reopen", {"reason": "ดูใหม่", "seen": settled["seen"]})
    unmatched = office.done(
        "POST", f"past-results/{other.pk}/unmatch", {"reason": "คนละแห่ง", "seen": reopened["beside"][0]["version"]}
    )
    assert unmatched["match"] == "open"
    alone = office.done("POST", f"past-results/{other.pk}/match", {"seen": unmatched["version"]})
    assert alone["match"] == "alone"
    again = office.done("POST", f"past-results/{other.pk}/unmatch", {"reason": "มีศูนย์เดิม", "seen": alone["version"]})
    agency = {"agency": centre.agency.code, "seen": again["version"]}
    assert (
        office.ask("POST", f"past-results/{other.pk}/historic-centre", {**agency, "agency": "none"}).status_code == 422
    )
    assert office.done("POST", f"past-results/{other.pk}/historic-centre", agency)["match"] == "matched"


def test_only_the_secretariat_keeps_records(client):
    auditor = Machine(client, person_of(Office.AUDITOR))
    one = line()

    assert auditor.done("GET", "past-results")["total"] == 1
    assert auditor.ask("POST", f"past-results/{one.pk}/match", {"seen": 0}).status_code == 403
