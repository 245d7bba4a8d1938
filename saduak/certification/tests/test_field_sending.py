"""Devices send what was done without signal: once each, in any order, by whoever has a connection."""

import random
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from saduak.certification.models import Declaration, FieldDevice, FieldEvent, FieldPhoto, ScoreSheet, Visit
from saduak.certification.operations import assignments, consensus, devices, field, sheets, visits
from saduak.certification.operations.envelopes import FieldRefused
from saduak.certification.operations.field import Reception, receive
from saduak.certification.operations.photographs import store_photograph
from saduak.certification.procedure.sheets import SheetStage
from saduak.certification.queries.field import disputes_of, late_changes_of, lines_of
from saduak.certification.rules import Phase
from saduak.certification.tests.devices import Device, edited
from saduak.certification.tests.world import World, picture
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def noon(world):
    return world.during(Phase.VISITS, 12)


@pytest.fixture
def visit(world):
    return world.visited().current_visit


@pytest.fixture
def device(world, visit):
    return Device(world.member, visit)


@pytest.fixture
def send(world, noon):
    """Sends as the member, or as somebody else; tells what became of each."""

    def send(*items, by=None):
        return [receipt.reception for receipt in receive(items, by=by or world.member, at=noon)]

    return send


def said(sheet):
    return {mark.code: (mark.answer, mark.note) for mark in sheet.marks.all()}


def test_what_is_sent_twice_and_out_of_order_counts_once(world, device, send):
    history = [
        device.mark("P1", "not_met"),
        device.mark("P1", "met"),
        *device.everything(),
        device.mark("2.1", "not_met"),
    ]
    sent = history * 2
    random.Random(3).shuffle(sent)

    receptions = send(*sent)

    sheet = ScoreSheet.objects.get(assessor=world.member)
    assert (receptions.count(Reception.ACCEPTED), receptions.count(Reception.KNOWN)) == (len(history), len(history))
    assert said(sheet) == {code: (answer, note) for code, answer, note in device.marks.values()}
    assert not sheet.disputed
    assert FieldEvent.objects.count() == len(history)


def test_an_edited_duplicate_is_a_dispute_that_a_person_settles(world, device, send):
    everything, first = device.everything(), device.mark("P1", "met", "ป้ายครบ")
    send(*everything, first)

    assert send(edited(device, first, answer="not_met"), device.submit()) == [Reception.ACCEPTED] * 2

    (dispute,) = disputes_of(world.member)
    assert {head.uuid for head in dispute.heads} == {dispute.heads[0].uuid}
    assert {head.payload["answer"] for head in dispute.heads} == {"met", "not_met"}
    assert ScoreSheet.objects.get().stage == SheetStage.OPEN

    kept = next(head for head in dispute.heads if head.payload["answer"] == "met")
    field.settle(dispute.sheet, "P1", kept.sha256, by=world.member)

    assert disputes_of(world.member) == []
    assert said(ScoreSheet.objects.get())["P1"] == ("met", "ป้ายครบ")
    with pytest.raises(FieldRefused):
        field.settle(dispute.sheet, "P1", kept.sha256, by=world.member)


def test_two_devices_that_did_not_know_of_each_other_are_seen_to_differ(world, visit, device, send, noon):
    other = Device(world.member, visit)
    send(device.mark("R1.1", "7", at=noon), device.mark("P1", "met"))

    send(other.mark("R1.1", "9", at=noon - timedelta(minutes=5)), other.mark("P1", "met"))

    sheet = ScoreSheet.objects.get()
    assert sheet.disputed == ("R1.1",)
    assert said(sheet)["R1.1"] == ("7", "")
    sheets.mark(sheet, "R1.1", "8", by=world.member)
    assert ScoreSheet.objects.get().disputed == ()
    assert lines_of(sheet, {"R1.1"})["R1.1"].says.answer == "8"


def test_a_change_on_a_page_is_not_passed_over_by_an_older_one(world, device, send):
    send(device.mark("P1", "met"))
    sheets.mark(ScoreSheet.objects.get(), "P1", "not_met", by=world.member)

    send(device.mark("P1", "met", "แก้ภายหลัง"))

    assert ScoreSheet.objects.get().disputed == ("P1",)


def test_what_was_handed_in_on_the_device_is_handed_in_here(world, device, send):
    events = [*device.everything(), device.submit()]
    random.Random(1).shuffle(events)

    send(*events)

    sheet = ScoreSheet.objects.get()
    assert sheet.is_submitted
    entry = sheet.history.get(step="submit")
    assert entry.by == world.member
    assert entry.facts["brought_by"] == str(world.member)


def test_it_waits_for_what_is_missing_and_for_the_visit(world, noon):
    application = world.visit_planned()
    device = Device(world.member, application.current_visit)
    first, *rest = device.everything()
    asked = device.submit()

    receive([*rest, asked], by=world.member, at=noon)
    assert field.waiting_reasons(ScoreSheet.objects.get())
    receive([first], by=world.member, at=noon)
    assert not ScoreSheet.objects.get().is_submitted
    assert field.waiting_reasons(ScoreSheet.objects.get()) == ["ยังไม่ได้ตรวจประเมิน"]

    visits.hold(application, by=world.chair, at=noon)

    assert ScoreSheet.objects.get().is_submitted


def test_what_comes_after_handing_in_changes_nothing_and_is_shown(world, device, send):
    send(*device.everything(), device.submit())

    assert send(device.mark("P1", "not_met")) == [Reception.LATE]

    assert said(ScoreSheet.objects.get())["P1"] == ("met", "")
    late = late_changes_of(world.member).get()
    field.note_late(late, by=world.member)
    assert not late_changes_of(world.member).exists()


def test_a_colleague_brings_in_a_sheet_but_cannot_write_one(world, visit, device, send):
    events = [*device.everything(), device.submit()]
    forged = {**events[0], "event": {**events[0]["event"], "payload": {**events[0]["event"]["payload"], "note": "x"}}}

    assert send(forged, by=world.chair) == [Reception.REFUSED]
    assert set(send(*events, by=world.chair)) == {Reception.ACCEPTED}

    sheet = ScoreSheet.objects.get()
    assert (sheet.assessor, sheet.is_submitted) == (world.member, True)
    assert sheet.history.get(step="submit").facts["brought_by"] == str(world.chair)


def test_two_assessors_and_three_devices_come_to_one_consensus(world, visit, send, noon):
    morning, afternoon, chairs = Device(world.member, visit), Device(world.member, visit), Device(world.chair, visit)
    first = morning.mark("P1", "met"), morning.mark("R1.1", "6")
    afternoon.lines, afternoon.marks = dict(morning.lines), dict(morning.marks)  # Brought over by a file.
    rest = [*afternoon.everything(**{"R1.1": "8"}), afternoon.submit()]
    theirs = [*chairs.everything(), chairs.submit()]
    sent = [*first, *rest, *theirs, *rest, *first]
    random.Random(7).shuffle(sent)

    send(*sent, by=world.chair)

    fresh = type(visit).objects.get(pk=visit.pk)
    assert fresh.sheets_are_in
    assert [line.leaf.code for line in fresh.lines if not line.equal] == ["R1.1"]
    consensus.adopt_what_is_equal(fresh, by=world.chair)
    consensus.settle(fresh, "R1.1", "8", by=world.chair, reason="เห็นพ้อง")
    assert consensus.sign(fresh.application, by=world.chair, summary="ดี", at=noon).total == 98


@pytest.mark.parametrize(
    "spoiled",
    [
        pytest.param(lambda item: None, id="nothing"),
        pytest.param(lambda item: {**item, "signature": "AAAA"}, id="a signature of nothing"),
        pytest.param(lambda item: {**item, "event": {**item["event"], "seq": 1.5}}, id="half a number"),
        pytest.param(lambda item: {**item, "event": {**item["event"], "visit": 0}}, id="no visit"),
        pytest.param(lambda item: {**item, "event": {**item["event"], "extra": 1}}, id="more than is known"),
        pytest.param(lambda item: {**item, "event": {**item["event"], "client_time": "๑๒.๐๐"}}, id="no moment"),
    ],
)
def test_a_damaged_event_is_refused_and_stands_in_nobodys_way(device, send, spoiled):
    assert send(spoiled(device.mark("P1", "met")), device.mark("P2", "met")) == [Reception.REFUSED, Reception.ACCEPTED]


def test_a_mark_that_does_not_fit_is_refused(device, send):
    photo = device.photo("ZZ", "0" * 64)

    assert send(device.mark("R1.1", "11"), device.mark("ZZ", "met"), photo) == [Reception.REFUSED] * 3


def test_nothing_is_taken_from_a_device_that_was_turned_away_or_a_person_without_a_part(world, device, send):
    stranger = person_of(Office.QUALIFIED_MEMBER, body=world.five)
    mark = device.mark("P1", "met")

    assert send(mark, by=stranger) == [Reception.REFUSED]
    devices.turn_away(device.known, by=world.member)
    assert send(mark) == [Reception.REFUSED]
    assert not FieldEvent.objects.exists()


def test_nothing_is_taken_from_a_device_that_nobody_knows(device, send):
    mark = device.mark("P1", "met")
    FieldDevice.objects.filter(pk=device.known.pk).update(uuid=uuid4())

    assert send(mark) == [Reception.REFUSED]


def test_nothing_is_taken_before_the_visit_begins(world, visit, device):
    (receipt,) = receive([device.mark("P1", "met")], by=world.member, at=visit.starts_at - timedelta(hours=1))

    assert receipt.reception == Reception.REFUSED
    assert not ScoreSheet.objects.exists()


def test_a_colleague_brings_in_nothing_for_who_has_a_conflict_by_now(world, visit, device, send, noon):
    send(device.mark("P1", "met"))
    assignments.declare(visit.application, by=world.member, has_conflict=True, statement="ญาติ", at=noon)

    assert send(device.mark("P2", "met"), by=world.chair) == [Reception.REFUSED]
    assert said(ScoreSheet.objects.get()) == {"P1": ("met", "")}


def test_nothing_goes_along_before_a_word_about_conflicts(world, visit, device):
    Declaration.objects.filter(person=world.member).delete()

    with pytest.raises(FieldRefused):
        devices.take_along(Visit.objects.get(pk=visit.pk), device.known, by=world.member)


def test_a_device_belongs_to_one_person_and_keeps_its_key(world, device):
    known = device.known

    assert devices.register(known.uuid, "อื่น", known.public_key, by=world.member) == known
    for owner, key in ((world.chair, known.public_key), (world.member, "another key")):
        with pytest.raises(FieldRefused):
            devices.register(known.uuid, "อื่น", key, by=owner)
    with pytest.raises(FieldRefused):
        devices.turn_away(known, by=world.chair)


def test_a_person_has_so_many_devices_and_no_more(world, device, monkeypatch):
    monkeypatch.setattr(devices, "MOST_DEVICES", 1)

    with pytest.raises(FieldRefused):
        devices.register(uuid4(), "เครื่องใหม่", device.known.public_key, by=world.member)


def test_a_device_is_turned_away_once(world, device, noon):
    first = devices.turn_away(device.known, by=world.member, at=noon)

    assert devices.turn_away(first, by=world.member, at=noon + timedelta(hours=1)).revoked_at == noon


def test_a_late_change_is_noted_by_whose_sheet_it_is(world, device, send):
    send(device.mark("P1", "met"))

    with pytest.raises(FieldRefused):
        field.note_late(FieldEvent.objects.get(), by=world.chair)


def test_a_dossier_goes_along_only_while_no_conflict_is_declared(world):
    application = world.visit_planned()
    visit = application.current_visit

    assert Device(world.chair, visit).known.taken.get().visit == visit
    with pytest.raises(FieldRefused):  # The secretary of the panel does not assess here.
        Device(world.panel_secretary, visit)
    assignments.declare(
        application, by=world.member, has_conflict=True, statement="เป็นญาติกับหัวหน้าศูนย์", at=world.during(Phase.VISITS, 8)
    )
    with pytest.raises(FieldRefused):
        Device(world.member, type(visit).objects.get(pk=visit.pk))


def test_a_wrong_clock_is_noticed(world, device, noon):
    devices.spoke(device.known, noon + timedelta(hours=7), at=noon)
    device.clock_offset = 0
    odd = device.mark("P1", "met", at=noon)
    device.clock_offset = -7 * 60 * 60
    known = device.mark("P2", "met", at=noon)

    receive([odd, known], by=world.member, skews={device.known.uuid: 7 * 60 * 60}, at=noon)

    assert device.known.has_odd_clock
    assert [event.has_odd_clock for event in FieldEvent.objects.order_by("seq")] == [True, False]


def test_a_photograph_comes_after_its_event_and_only_whole(world, device, send):
    content = picture().read()
    taken = device.photo("P1", sha256(content).hexdigest(), latitude="13.756331", longitude="100.501762", accuracy=8)
    send(device.drop(taken), taken)
    send(taken := device.photo("P2", sha256(content).hexdigest()))

    photo = FieldPhoto.objects.get(is_dropped=False)
    with pytest.raises(FieldRefused):
        store_photograph(photo, content[:-1], by=world.member)
    assert store_photograph(photo, content, by=world.member).attachment.is_image
    assert store_photograph(photo, content, by=world.member).attachment_id == photo.attachment_id
    assert str(FieldPhoto.objects.get(is_dropped=True).latitude) == "13.756331"


def test_what_was_received_is_never_altered(device, send):
    send(device.mark("P1", "met"))

    with pytest.raises(IntegrityError), transaction.atomic():
        FieldEvent.objects.update(payload={})
    with pytest.raises(IntegrityError), transaction.atomic():
        FieldEvent.objects.all().delete()
