"""A surveillance and a draw, page by page: for the secretariat, who checks, and the centre."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saduak.attachments.tests.factories import picture, upload
from saduak.certification.models import Draw, FindingTurn, Surveillance
from saduak.certification.operations import surveillance
from saduak.certification.operations.draws import draw as drawn_with
from saduak.certification.operations.surveillance import Check
from saduak.certification.queries.work import work_for
from saduak.certification.queries.work_of_surveillance import work_of_surveillance
from saduak.certification.tests.certificates import certificate
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, CentreFactory, person_of
from tests.support.remembering import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def people():
    today = timezone.localdate()
    one = certificate(issued_on=today - timedelta(days=400), expires_on=today + timedelta(days=600))
    return SimpleNamespace(
        today=today,
        certificate=one,
        secretariat=person_of(Office.SECRETARIAT_OFFICER),
        assessor=person_of(Office.QUALIFIED_MEMBER, body=BodyFactory(number=5)),
        head=person_of(Office.CENTRE_HEAD, centre=one.centre),
    )


def typed(day):
    return f"{day.day}/{day.month}/{day.year + 543}"


def page(client, by, name, *arguments, **query):
    client.force_login(by)
    return client.get(reverse(name, args=arguments), query)


def send(client, by, name, *arguments, **said):
    client.force_login(by)
    return client.post(reverse(name, args=arguments), said)


def words(response):
    return response.content.decode()


def now(one):
    return Surveillance.objects.get(pk=one.pk)


def step(client, by, one, name, **said):
    return send(client, by, "take_surveillance_step", one.reference, name, seen=now(one).version, **said)


def waits_for(person, reference):
    return [str(item.awaited) for item in work_for(person) if item.reference == reference]


def opened(people):
    return surveillance.open_by_hand(
        people.certificate, reason="ร้องเรียน", due_on=people.today + timedelta(days=30), by=people.secretariat
    )


def checked(people):
    one = surveillance.send(opened(people), people.assessor, by=people.secretariat)
    surveillance.declare_free(one, by=people.assessor)
    surveillance.notify(one, by=people.secretariat)
    return surveillance.check(one, Check("desk", people.today, "ตรวจครบ"), by=people.assessor)


def asked(people):
    one = checked(people)
    code = next(one.library.criteria()).code
    surveillance.find(one, code=code, severity="major", text="ทางลาดชำรุด", by=people.assessor)
    return surveillance.hand_over(one, by=people.assessor).current.get()


def test_the_whole_way_page_by_page(client, people):
    due = typed(people.today + timedelta(days=30))
    number = people.certificate.reference
    shown = words(page(client, people.secretariat, "show_certificate", number))
    assert reverse("open_surveillance", args=[number]) in shown
    assert send(client, people.secretariat, "open_surveillance", number, reason="", due_on=due).status_code == 422
    assert (
        send(client, people.secretariat, "open_surveillance", number, reason="ร้องเรียน", due_on=due).status_code == 302
    )
    one = Surveillance.objects.get()
    at = one.reference
    assert waits_for(people.secretariat, at) == ["มอบหมายผู้ตรวจศูนย์"]
    assert page(client, people.head, "show_surveillance", at).status_code == 404
    again = send(client, people.secretariat, "open_surveillance", number, reason="ซ้ำ", due_on=due)
    assert again.status_code == 422
    assert "ซ้ำ" in words(again)

    offered = words(page(client, people.secretariat, "send_assessor", at))
    assert str(people.assessor) in offered
    assert str(people.head) not in offered
    send(client, people.secretariat, "send_assessor", at, person=people.assessor.pk, seen=0)
    assert send(client, people.secretariat, "send_assessor", at, person="x", seen=1).status_code == 422
    assert waits_for(people.assessor, at) == ["แจ้งว่ามีส่วนได้เสียกับศูนย์นี้หรือไม่"]
    refused = step(client, people.secretariat, one, "notify")
    assert refused.status_code == 422
    step(client, people.assessor, one, "declare_free")
    assert waits_for(people.assessor, at) == []
    step(client, people.secretariat, one, "notify")
    assert step(client, people.secretariat, one, "notify").status_code == 422
    assert waits_for(people.assessor, at) == ["ตรวจศูนย์"]
    seen_by_centre = words(page(client, people.head, "show_surveillance", at))
    assert "ร้องเรียน" not in seen_by_centre

    bad = send(client, people.assessor, "check_centre", at, mode="visit", checked_on=due, summary="ตรวจ", seen=3)
    assert bad.status_code == 422
    good = {"mode": "visit", "checked_on": typed(people.today), "summary": "ตรวจทุกจุด", "seen": now(one).version}
    assert send(client, people.assessor, "check_centre", at, **good).status_code == 302
    code = next(one.library.criteria()).code
    said = {"code": code, "severity": "major", "text": "ทางลาดชำรุด"}
    assert send(client, people.assessor, "record_finding", at, **{**said, "text": ""}).status_code == 422
    send(client, people.assessor, "record_finding", at, **said)
    send(client, people.assessor, "record_finding", at, **{**said, "text": "ป้ายหาย"})
    struck = now(one).findings.last()
    send(client, people.assessor, "strike_finding", at, struck.pk)
    assert "ทางลาดชำรุด" not in words(page(client, people.head, "show_surveillance", at))
    step(client, people.assessor, one, "hand_over")

    assert waits_for(people.head, at) == ["ชี้แจงข้อที่ตรวจพบจากการติดตาม"]
    turn = FindingTurn.objects.get()
    assert "15 วันทำการ" in words(page(client, people.head, "show_surveillance", at))
    answer = {"answer": "ซ่อมแล้ว", "seen": "", "files": upload(picture())}
    assert send(client, people.head, "answer_finding", at, turn.pk, **answer).status_code == 302
    late = send(client, people.head, "answer_finding", at, turn.pk, answer="อีกคน", seen="")
    assert late.status_code == 409
    file = turn.files.get()
    assert page(client, people.secretariat, "open_answer_file", at, turn.pk, file.pk).status_code == 200
    step(client, people.head, one, "answer")
    assert waits_for(people.secretariat, at) == ["ทวนสอบคำชี้แจงของศูนย์"]
    assert page(client, people.secretariat, "record_finding", at).status_code == 403
    no_remark = send(client, people.secretariat, "verify_finding", at, turn.pk, verdict="not_mended")
    assert no_remark.status_code == 422
    send(client, people.secretariat, "verify_finding", at, turn.pk, verdict="mended")
    step(client, people.secretariat, one, "close")

    assert now(one).stage == "closed"
    assert "ปิดการติดตามแล้ว" in page(client, people.head, "show_surveillance", one.reference).text
    assert waits_for(people.secretariat, at) == waits_for(people.head, at) == []
    assert "ซ่อมแล้ว" in words(page(client, people.head, "show_surveillance", at))
    assert at in words(page(client, people.secretariat, "show_certificate", number))


def test_the_second_of_two_officers_is_told_that_it_changed(client, people):
    one = opened(people)
    surveillance.send(one, people.assessor, by=people.secretariat)

    late = send(client, people.secretariat, "send_assessor", one.reference, person=people.assessor.pk, seen=0)

    assert late.status_code == 409


def test_each_is_led_to_the_page_of_the_certificate_that_exists_for_them(client, people):
    one = surveillance.send(opened(people), people.assessor, by=people.secretariat)
    number = people.certificate.reference
    theirs, everybodys = reverse("show_certificate", args=[number]), reverse("check_certificate_number", args=[number])

    seen_inside = words(page(client, people.secretariat, "show_surveillance", one.reference))
    seen_by_assessor = words(page(client, people.assessor, "show_surveillance", one.reference))

    assert f'href="{theirs}"' in seen_inside
    assert f'href="{theirs}"' not in seen_by_assessor
    assert f'href="{everybodys}"' in seen_by_assessor


def test_whoever_stands_back_is_led_to_the_list(client, people):
    one = surveillance.send(opened(people), people.assessor, by=people.secretariat)
    empty = step(client, people.assessor, one, "stand_back", reason=" ")
    assert empty.status_code == 422

    back = step(client, people.assessor, one, "stand_back", reason="ญาติทำงานที่ศูนย์")

    assert back.url == reverse("list_surveillances")
    assert page(client, people.assessor, "show_surveillance", one.reference).status_code == 404
    assert page(client, people.secretariat, "take_surveillance_step", one.reference, "sing").status_code == 404


def test_a_file_that_is_none_is_refused_and_the_answer_kept_in_the_form(client, people):
    turn = asked(people)
    at = turn.finding.surveillance.reference
    trick = upload(b"MZ" + b"0" * 50)

    response = send(client, people.head, "answer_finding", at, turn.pk, answer="ซ่อมแล้ว", seen="", files=trick)

    assert response.status_code == 422
    assert "ซ่อมแล้ว" in words(response)


def test_an_answer_belongs_to_the_centre_and_its_verification_to_the_secretariat(client, people):
    turn = asked(people)
    at = turn.finding.surveillance.reference
    person_of(Office.CENTRE_OFFICER, centre=CentreFactory())

    assert page(client, people.secretariat, "verify_finding", at, turn.pk).status_code == 403
    assert page(client, people.secretariat, "answer_finding", at, turn.pk).status_code == 403
    assert page(client, people.head, "show_surveillance", at).status_code == 200


def test_any_number_is_listed_by_the_same_number_of_questions(client, people):
    def questions():
        client.force_login(people.secretariat)
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("list_surveillances"), {"stage": "running"})
        return len(found)

    opened(people)
    questions()
    few = questions()
    for _ in range(4):
        surveillance.open_by_hand(certificate(), reason="ก", due_on=people.today, by=people.secretariat)

    assert questions() == few


def test_the_list_finds_by_stage_origin_and_words_and_exports(client, people):
    one = opened(people)

    def listed(**query):
        return one.reference in words(page(client, people.secretariat, "list_surveillances", **query))

    assert listed(stage="planned", origin="hand", q=one.reference.lower())
    assert not listed(stage="closed")
    assert not listed(origin="draw")
    assert listed(export="csv")


class TestDraw:
    """In public."""

    def said(self, people, **different):
        return {
            "title": "สุ่มประจำปี",
            "purpose": "ติดตาม",
            "strata": "province",
            "size": "1",
            "seed_source": "สลากกินแบ่งรัฐบาล งวดถัดไป",
            "seed_day": typed(people.today + timedelta(days=5)),
            "due_on": typed(people.today + timedelta(days=60)),
            **different,
        }

    def test_it_is_announced_drawn_and_drawn_again_by_everybody(self, client, people):
        refused = send(client, people.secretariat, "announce_draw", **self.said(people, size="9"))
        assert refused.status_code == 422
        assert "สลากกินแบ่งรัฐบาล" in words(refused)
        send(client, people.secretariat, "announce_draw", **self.said(people))
        one = Draw.objects.get()
        at = one.reference
        early = send(client, people.secretariat, "draw_sample", at, seed="123456", seen=0)
        assert early.status_code == 422
        assert reverse("draw_sample", args=[at]) not in words(page(client, people.head, "show_draw", at))
        client.logout()
        shown = words(client.get(one.get_absolute_url()))
        assert one.frame_sha256 in shown

        drawn_with(one, "123456", by=people.secretariat, at=timezone.now() + timedelta(days=5))

        shown = words(client.get(one.get_absolute_url()))
        assert "ได้ผลตรงกัน" in shown
        assert people.certificate.reference in shown
        record = client.get(reverse("download_draw", args=[at])).json()
        assert record["result"] == [people.certificate.reference]
        frame = client.get(reverse("download_frame", args=[at])).content.decode()
        assert frame == f"{people.certificate.reference}\tลำพูน\n"
        assert at in words(client.get(reverse("list_draws")))

    def test_it_is_called_off(self, client, people):
        send(client, people.secretariat, "announce_draw", **self.said(people))
        one = Draw.objects.get()

        send(client, people.secretariat, "call_off_draw", one.reference, reason="งวดถูกเลื่อน", seen=0)

        one.refresh_from_db()
        assert one.stage == "called_off"
        assert (
            send(client, people.secretariat, "call_off_draw", one.reference, reason="อีกครั้ง", seen=1).status_code == 422
        )

    def test_the_day_of_the_seed_is_work_for_the_secretariat(self, client, people):
        send(client, people.secretariat, "announce_draw", **self.said(people))
        one = Draw.objects.get()
        assert waits_for(people.secretariat, one.reference) == []

        items = work_of_surveillance(people.secretariat, people.today + timedelta(days=5))
        assert [item.reference for item in items] == [one.reference]
