"""The case of a certificate, page by page: for the secretariat, the committee and the centre."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from saduak.certification.models import Certificate, Proposal
from saduak.certification.models.proposals import NOTHING
from saduak.certification.operations import meetings, proposals
from saduak.certification.procedure.certificates import ActKind, CertificateStage, Ground
from saduak.certification.queries.work import work_for
from saduak.certification.tests.certificates import acted, certificate, round_of
from saduak.directory.models import BodyKind, Office
from saduak.directory.tests.factories import BodyFactory, person_of
from tests.support.pdf import text_of
from tests.support.remembering import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def people():
    today = timezone.localdate()
    committee = BodyFactory(kind=BodyKind.STEERING_COMMITTEE)
    one = certificate(issued_on=today - timedelta(days=400), expires_on=today + timedelta(days=600))
    return SimpleNamespace(
        certificate=one,
        today=today,
        committee=committee,
        secretariat=person_of(Office.SECRETARIAT_OFFICER),
        secretary=person_of(Office.STEERING_SECRETARY, body=committee),
        members=[person_of(Office.MEMBER, body=committee) for _ in range(3)],
        head=person_of(Office.CENTRE_HEAD, centre=one.centre),
    )


def page(client, by, name, *arguments, **query):
    client.force_login(by)
    return client.get(reverse(name, args=arguments), query)


def send(client, by, name, *arguments, **said):
    client.force_login(by)
    return client.post(reverse(name, args=arguments), said)


def words(response):
    return response.content.decode()


def seen(people):
    return Certificate.objects.get(pk=people.certificate.pk).version


def fresh(people):
    return Certificate.objects.get(pk=people.certificate.pk)


def test_the_secretariat_suspends_by_order_and_lifts_it(client, people):
    number = people.certificate.reference
    assert reverse("order_suspension", args=[number]) in words(
        page(client, people.secretariat, "show_certificate", number)
    )

    done = send(client, people.secretariat, "order_suspension", number, ground="public_harm", reason="อาคารทรุด", seen=0)

    assert done.status_code == 302
    assert fresh(people).stage == CertificateStage.SUSPENDED
    shown = words(page(client, people.secretariat, "show_certificate", number))
    assert "ถูกพักใช้" in shown
    assert "อาคารทรุด" in shown
    assert reverse("order_suspension", args=[number]) not in shown
    send(client, people.secretariat, "lift_order", number, ground="mended", reason="ซ่อมแล้ว", seen=seen(people))
    assert fresh(people).stage == CertificateStage.VALID


BAD = {
    "no ground": {"reason": "ก"},
    "a ground that can wait": {"ground": "not_met", "reason": "ก"},
    "no reason": {"ground": "public_harm", "reason": " "},
    "a day that is none": {"ground": "public_harm", "reason": "ก", "until": "31/2/2569"},
    "a day too far away": {"ground": "public_harm", "reason": "ก", "until": "1/1/2590"},
    "a day that is over": {"ground": "public_harm", "reason": "ก", "until": "1/1/2569"},
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_ordered_is_said_and_what_was_typed_is_kept(client, people, case):
    response = send(client, people.secretariat, "order_suspension", people.certificate.reference, **BAD[case], seen=0)

    assert response.status_code == 422
    assert BAD[case]["reason"] in words(response)
    assert fresh(people).stage == CertificateStage.VALID


def test_the_second_of_two_officers_is_told_that_it_changed(client, people):
    said = {"ground": "public_harm", "reason": "อาคารทรุด", "seen": 0}
    send(client, people.secretariat, "order_suspension", people.certificate.reference, **said)

    again = send(client, people.secretariat, "order_suspension", people.certificate.reference, **said)

    assert again.status_code == 409


def test_the_head_gives_it_back(client, people):
    number = people.certificate.reference
    assert reverse("give_back", args=[number]) in words(page(client, people.head, "show_certificate", number))

    send(client, people.head, "give_back", number, reason="ปิดสาขา", seen=0)

    assert fresh(people).stage == CertificateStage.RETURNED
    assert "ส่งคืน" in words(page(client, people.head, "show_certificate", number))


def test_a_proposal_goes_through_a_meeting(client, people):
    number = people.certificate.reference
    until = people.today + timedelta(days=90)
    send(
        client,
        people.secretariat,
        "propose_act",
        number,
        "suspend",
        ground="not_met",
        reason="พบข้อบกพร่อง",
        until=f"{until.day}/{until.month}/{until.year + 543}",
        seen=0,
    )
    one = Proposal.objects.get()
    assert one.until_day == until
    (waiting,) = [item for item in work_for(people.secretary) if item.reference == number]
    assert waiting.url == reverse("call_meeting")
    meeting = meetings.call(
        round_of(2568), people.committee, number="3/2569", held_on=people.today, by=people.secretary
    )
    (waiting,) = [item for item in work_for(people.secretary) if item.reference == number]
    assert waiting.url == reverse("choose_proposals", args=[meeting.reference])
    at = meeting.reference

    empty = send(client, people.secretary, "choose_proposals", at)
    assert empty.url == reverse("choose_proposals", args=[at])
    assert people.certificate.centre.name_th in words(page(client, people.secretary, "choose_proposals", at))
    send(client, people.secretary, "choose_proposals", at, proposal=[str(one.pk), "x"])
    assert people.certificate.centre.name_th in words(page(client, people.secretary, "show_meeting", at))
    meetings.convene(meeting, by=people.secretary)
    meetings.seat(meeting, [people.secretary, *people.members], by=people.secretary)
    missing = send(client, people.secretary, "decide_proposal", at, one.pk, decision=NOTHING, seen="")
    assert missing.status_code == 422
    said = {"decision": "suspend", "ground": "not_met", "until": "", "reason": "ยืนตาม", "seen": ""}
    assert send(client, people.secretary, "decide_proposal", at, one.pk, **said).status_code == 302
    assert send(client, people.secretary, "decide_proposal", at, one.pk, **said).status_code == 409
    resolving = page(client, people.secretary, "resolve_meeting", at)
    assert "บันทึกมติเกี่ยวกับใบรับรอง 1 ฉบับ" in words(resolving)
    text = resolving.context["form"].initial["text"]
    assert f"ใบรับรองเลขที่ {number}" in text
    meeting.refresh_from_db()
    done = send(
        client,
        people.secretary,
        "resolve_meeting",
        at,
        seen=meeting.version,
        sight=type(meeting).objects.get(pk=meeting.pk).sight,
        number="มติที่ 3/2569",
        text=text,
        votes_for=3,
        votes_against=0,
        abstentions=0,
    )

    assert done.status_code == 302
    assert fresh(people).stage == CertificateStage.SUSPENDED
    assert number in words(page(client, people.secretary, "show_resolution", at))
    for paper in ("print_agenda", "print_minutes", "print_resolution"):
        assert number in text_of(page(client, people.secretary, paper, at).content)
    assert "มติที่ 3/2569" in words(page(client, people.secretariat, "show_certificate", number))
    link = reverse("show_resolution", args=[at])
    assert link in page(client, people.secretariat, "show_certificate", number).text
    assert link not in page(client, people.head, "show_certificate", number).text


def on_agenda(people):
    proposals.propose(people.certificate, ActKind.SUSPEND, ground=Ground.NOT_MET, reason="พบ", by=people.secretariat)
    meeting = meetings.call(
        round_of(2568), people.committee, number="3/2569", held_on=people.today, by=people.secretary
    )
    proposals.put_on_agenda(meeting, Proposal.objects.waiting(), by=people.secretary)
    return Proposal.objects.get()


def test_a_member_steps_aside_and_comes_back(client, people):
    one = on_agenda(people)
    at, seat = one.meeting.reference, one.meeting.attendance.first()

    send(client, people.secretary, "step_aside_from_certificate", at, one.pk, seat=seat.pk, reason="ญาติ")
    shown = words(page(client, people.secretary, "decide_proposal", at, one.pk))
    recusal = one.recusals.get()
    send(client, people.secretary, "come_back_to_certificate", at, one.pk, recusal.pk)

    assert "ญาติ" in shown
    assert not one.recusals.exists()


def test_the_head_speaks_for_the_centre(client, people):
    one = on_agenda(people)
    number = people.certificate.reference
    (waiting,) = [item for item in work_for(people.head) if item.reference == number]
    assert waiting.due == people.today
    assert waiting.url in words(page(client, people.head, "show_certificate", number))
    assert send(client, people.head, "state_on_certificate", number, statement=" ", seen="").status_code == 422

    send(client, people.head, "state_on_certificate", number, statement="ซ่อมเสร็จแล้วเมื่อวาน", seen="")

    late = send(client, people.head, "state_on_certificate", number, statement="อีกคน", seen="")
    assert late.status_code == 409
    matter = words(page(client, people.secretary, "decide_proposal", one.meeting.reference, one.pk))
    assert "ซ่อมเสร็จแล้วเมื่อวาน" in matter
    assert "ซ่อมเสร็จแล้วเมื่อวาน" in words(page(client, people.secretariat, "show_certificate", number))
    agenda = page(client, people.secretary, "print_agenda", one.meeting.reference)
    assert "ซ่อมเสร็จแล้วเมื่อวาน" in text_of(agenda.content)
    assert not [item for item in work_for(people.head) if item.reference == number]


def test_it_is_taken_off_the_agenda_and_back(client, people):
    one = on_agenda(people)
    send(client, people.secretary, "take_off_proposal", one.meeting.reference, one.pk)

    number = people.certificate.reference
    assert reverse("take_back_act", args=[number]) in words(
        page(client, people.secretariat, "show_certificate", number)
    )
    send(client, people.secretariat, "take_back_act", number, reason="เสนอผิด", seen=seen(people))

    assert not Proposal.objects.open().exists()
    assert page(client, people.secretariat, "take_back_act", number).status_code == 404
    assert page(client, people.secretariat, "propose_act", number, "sing").status_code == 404


def test_the_list_finds_by_status_and_words_and_exports(client, people):
    other = certificate(stage="suspended")

    of_all = words(page(client, people.secretariat, "list_certificates"))
    suspended = words(page(client, people.secretariat, "list_certificates", stage="suspended"))
    by_number = words(page(client, people.secretariat, "list_certificates", q=people.certificate.reference.lower()))
    of_centre = words(page(client, people.head, "list_certificates"))

    assert other.reference in of_all
    assert people.certificate.reference in of_all
    assert people.certificate.reference not in suspended
    assert other.reference not in by_number
    assert other.reference not in of_centre
    exported = page(client, people.secretariat, "list_certificates", export="csv")
    assert other.reference in words(exported)


def test_any_number_of_certificates_is_listed_by_the_same_number_of_questions(client, people):
    def asked():
        client.force_login(people.secretariat)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            client.get(reverse("list_certificates"))
        return len(found)

    asked()
    few = asked()
    for _ in range(5):
        certificate(stage="suspended")

    assert asked() == few


def test_the_page_of_a_suspended_certificate_shows_both_terms(client, people):
    acted(people.certificate, "suspended", until=people.today + timedelta(days=30))

    shown = words(page(client, people.secretariat, "show_certificate", people.certificate.reference))

    assert "พักใช้ถึงวันที่" in shown
    assert "วันสุดท้ายของใบรับรอง" in shown


def test_what_has_ended_offers_nothing(client, people):
    acted(people.certificate, "revoked", on=date(2026, 1, 5))

    shown = words(page(client, people.secretariat, "show_certificate", people.certificate.reference))

    assert "next-actions" not in shown
