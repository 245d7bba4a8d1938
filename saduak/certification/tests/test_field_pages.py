"""What a device is told, and the pages around it: nobody else's marks, and words for every refusal."""

import json
import posixpath
import re
from hashlib import sha256
from pathlib import Path, PurePosixPath

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from saduak.audit.models import Record
from saduak.certification.models import FieldEvent, FieldPhoto, ScoreSheet, Visit
from saduak.certification.operations import assignments, sheets
from saduak.certification.operations.field import receive
from saduak.certification.operations.photographs import store_photograph
from saduak.certification.presenters.field_words import words
from saduak.certification.procedure.applications import Stage
from saduak.certification.queries.work import work_for
from saduak.certification.rules import Phase
from saduak.certification.tests.devices import Device
from saduak.certification.tests.world import World, picture
from saduak.certification.views import field
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World.while_running(Phase.VISITS)


@pytest.fixture
def unit(world):
    return world.visited()


@pytest.fixture
def device(world, unit, client):
    client.force_login(world.member)
    return Device(world.member, unit.current_visit)


@pytest.fixture
def post(client):
    def post(name, body, *, args=(), **more):
        body = json.dumps({"clock": timezone.now().isoformat(), **body})
        return client.post(reverse(name, args=args), body, content_type="application/json", **more)

    return post


def take(post, device, visit):
    return post("take_along", {"device": str(device.known.uuid)}, args=[visit.pk])


def test_a_dossier_holds_the_centres_answers_and_only_the_own_sheet(world, unit, device, post):
    world.score(unit, world.chair)
    sheets.mark(sheets.open_sheet(unit.current_visit, by=world.member), "P1", "not_met", by=world.member, note="ของฉัน")

    dossier = take(post, device, unit.current_visit).json()

    assert dossier["sheet"]["lines"] == {
        "P1": {"answer": "not_met", "note": "ของฉัน", "base": dossier["sheet"]["lines"]["P1"]["base"], "disputed": False}
    }
    assert len(dossier["sheet"]["lines"]["P1"]["base"]) == 1
    assert str(world.chair) not in json.dumps(dossier, ensure_ascii=False)
    assert dossier["criteria"][0]["said"][0]["words"] == "ผ่าน"
    assert [file["fits"] for file in dossier["evidence"]] == [True]
    assert Record.objects.filter(kind=unit.case_kind, what__startswith="dossier onto device").exists()


def test_nothing_goes_along_after_a_conflict_was_declared(world, unit, device, post, client):
    type(unit).objects.filter(pk=unit.pk).update(stage=Stage.VISIT_PLANNED)
    assignments.declare(unit, by=world.member, has_conflict=True, statement="เป็นญาติกับหัวหน้าศูนย์")

    answer = take(post, device, unit.current_visit)

    assert answer.status_code in (404, 422)
    told = client.get(reverse("field_standing"), {"device": device.known.uuid}).json()
    assert told["gone"] == [unit.current_visit.pk]
    assert told["visits"] == []


def test_the_standing_asks_as_often_for_one_visit_as_for_three(
    world, unit, device, client, django_assert_max_num_queries
):
    receive([*device.everything(), device.submit()], by=world.member)
    address = reverse("field_standing") + f"?device={device.known.uuid}"
    with django_assert_max_num_queries(60) as few:
        (told,) = client.get(address).json()["visits"]
        assert (told["may_take"], told["files"]) == (True, 1)

    for hour in (5, 7):
        centre = CentreFactory()
        visit = world.visited(
            centre,
            by=person_of(Office.CENTRE_HEAD, centre=centre),
            starts_at=world.during(Phase.VISITS, hour),
            ends_at=world.during(Phase.VISITS, hour + 1),
        ).current_visit
        another = Device(world.member, visit)
        another.known.taken.update(device=device.known)
        receive([*another.everything(), another.submit()], by=world.member)

    with django_assert_max_num_queries(len(few.captured_queries)):
        told = client.get(address).json()
    assert len(told["visits"]) == len(told["sheets"]) == 3


def test_what_is_sent_is_answered_event_by_event(device, post):
    good, bad = device.mark("P1", "met"), device.mark("R1.1", "99")

    answer = post("send_field_work", {"device": str(device.known.uuid), "events": [good, bad, good]}).json()

    assert [receipt["reception"] for receipt in answer["receipts"]] == ["accepted", "refused", "known"]
    assert answer["receipts"][1]["reason"] == "คะแนนนี้ไม่ตรงกับที่เกณฑ์กำหนด"
    assert answer["sheets"][0]["lines"]["P1"]["answer"] == "met"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param({"events": []}, 400, id="no device"),
        pytest.param({"device": "x" * 5000, "events": []}, 400, id="a long name"),
        pytest.param({"device": "0" * 32, "events": []}, 422, id="an unknown device"),
    ],
)
def test_a_request_that_no_device_makes_is_refused_in_words(device, post, body, status):
    answer = post("send_field_work", body)

    assert answer.status_code == status
    assert answer.json()["problem"]


def test_a_photograph_that_came_too_late_waits_for_nothing(device, post, client):
    content = picture().read()
    early, dropped = (device.photo("P1", sha256(content).hexdigest()) for _ in range(2))
    receive([early, dropped, device.drop(dropped), *device.everything(), device.submit()], by=device.owner)
    receive([late := device.photo("P1", sha256(content).hexdigest())], by=device.owner)

    def send(item):
        address = reverse("send_photograph", args=[item["event"]["payload"]["photo"]])
        return client.post(address, content, content_type="image/jpeg").status_code

    unknown = device.photo("P1", sha256(content).hexdigest())
    assert [send(item) for item in (early, dropped, late, unknown)] == [200, 410, 410, 404]


def test_a_colleague_sees_a_photograph_only_once_all_sheets_are_in(world, unit, device, client):
    content = picture().read()
    taken = device.photo("P1", sha256(content).hexdigest())
    receive([taken, *device.everything(), device.submit()], by=device.owner)
    store_photograph(FieldPhoto.objects.get(), content, by=device.owner)
    address = reverse("show_photograph", args=[taken["event"]["payload"]["photo"]])
    client.force_login(world.chair)

    before = client.get(address).status_code
    world.score(unit, world.chair)
    page = client.get(reverse("compare_sheets", args=[unit.reference])).content.decode()

    assert before == 404
    assert address in page
    assert client.get(address).status_code == 200
    assert Record.objects.filter(person=world.chair, what__startswith="photograph: P1").exists()


def test_too_much_at_once_is_refused_and_nothing_taken(device, post):
    many = [device.mark("P1", "met")] * 501

    assert post("send_field_work", {"device": str(device.known.uuid), "events": many}).status_code == 400
    assert post("send_field_work", {"device": "x" * 3_000_000}).status_code == 413
    assert not FieldEvent.objects.exists()


def test_too_often_is_told_with_when_to_come_again(device, client, monkeypatch):
    monkeypatch.setattr("saduak.certification.views.field_data.OFTEN", 1)
    cache.clear()

    answers = [client.get(reverse("field_standing")) for _ in range(3)]

    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "60"


def test_a_dispute_waits_in_my_work_and_is_settled_on_its_page(world, unit, device, client):
    receive([device.mark("P1", "met", "ป้ายครบ")], by=world.member)
    sheets.mark(ScoreSheet.objects.get(), "P1", "not_met", by=world.member)
    receive([device.mark("P1", "met", "ยืนยัน")], by=world.member)

    assert [item.url for item in work_for(world.member) if item.url == reverse("list_disputes")]
    page = client.get(reverse("list_disputes")).content.decode()
    assert "ยืนยัน" in page
    assert "บนหน้าเว็บ" in page

    kept = FieldEvent.objects.get(payload__note="ยืนยัน")
    sheet = ScoreSheet.objects.get()
    form = {"sheet": sheet.reference, "code": "P1", "version": kept.sha256}
    assert client.post(reverse("settle_dispute"), form).status_code == 302
    assert client.post(reverse("settle_dispute"), form).status_code == 422
    assert ScoreSheet.objects.get().marks.get().note == "ยืนยัน"


def test_the_devices_page_tells_of_a_wrong_clock_and_turns_a_device_away(device, client, post):
    post("send_field_work", {"device": str(device.known.uuid), "events": [], "clock": "2019-01-01T00:00:00+00:00"})

    assert "นาฬิกาของเครื่องนี้ไม่ตรง" in client.get(reverse("list_devices")).content.decode()
    client.post(reverse("turn_device_away", args=[device.known.uuid]))
    assert (
        client.get(reverse("field_standing"), {"device": device.known.uuid}).json()["device"]["state"] == "turned_away"
    )
    assert take(post, device, Visit.objects.get()).status_code == 422


def test_the_device_keeps_every_module_that_another_one_names():
    modules = [name for name in field.FILES if name.endswith(".js")]
    named = {
        posixpath.normpath(f"{PurePosixPath(name).parent}/{path}")
        for name in modules
        for path in re.findall(r'from "(\.{1,2}/[^"]+)"', Path(finders.find(name)).read_text())
    }

    assert named <= set(modules)
    assert "vendor/idb/index.js" in named


def test_every_word_that_the_app_says_is_given():
    folder = Path(field.__file__).parents[1] / "static/certification/field"
    said = {key for path in folder.glob("*.js") for key in re.findall(r'\bsay\("([\w-]+)"', path.read_text())}

    assert said <= words().keys()


def test_a_file_that_is_none_is_refused_in_words(device, client):
    for content in (b"", b"x", b"{}", b'{"format": "saduak-field-export/1"}', b"[" * 10_000):
        answer = client.post(reverse("bring_in_field_work"), {"files": SimpleUploadedFile("a.saduak", content)})
        assert answer.status_code == 422
