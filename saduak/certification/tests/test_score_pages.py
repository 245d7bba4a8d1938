"""Comparing, agreeing, signing, and what is read afterwards."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.audit.models import Record
from saduak.certification.models import AgreedMark, Application
from saduak.certification.operations import consensus
from saduak.certification.procedure.applications import Stage
from saduak.certification.tests.world import World

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def world():
    return World()


@pytest.fixture
def unit(world):
    """A unit on whose criterion 2.1 and part R1.1 the sheets differ."""
    return world.scored(**{"2.1": "not_met", "R1.1": "7"})


def page(client, user, name, *arguments, **query):
    client.force_login(user)
    return client.get(reverse(name, args=arguments), query)


def settle(client, unit, code, said, reason="", seen="", **how):
    return client.post(
        reverse("settle", args=[unit.reference, code]), {"said": said, "reason": reason, "seen": seen}, **how
    )


def test_members_compare_once_all_sheets_are_in(world, unit, client):
    for person in (world.chair, world.member, world.panel_secretary):
        words = page(client, person, "compare_sheets", unit.reference).content.decode()

        assert "ต่างกัน 3 คะแนน" in words
        assert "ให้ผ่าน 1 จาก 2 คน" in words
    assert Record.objects.filter(what="score sheets beside each other").count() == 3


def test_an_auditor_compares_only_after_the_signature(world, unit, client):
    assert page(client, world.auditor, "compare_sheets", unit.reference).status_code == 403
    consensus.adopt_what_is_equal(unit.current_visit, by=world.chair)
    for code, said in (("2.1", "met"), ("R1.1", "8")):
        consensus.settle(unit.current_visit, code, said, by=world.chair, reason="ตกลงร่วมกัน")
    consensus.sign(Application.objects.get(), by=world.chair, summary="")

    answer = page(client, world.auditor, "compare_sheets", unit.reference)

    assert answer.status_code == 200
    assert "<textarea" not in answer.content.decode()


@pytest.mark.parametrize("who", ["secretariat", "head", "coordinator"])
def test_nobody_else_compares(world, unit, client, who):
    assert page(client, getattr(world, who), "compare_sheets", unit.reference).status_code == 403


def test_only_differences_are_shown_when_asked(world, unit, client):
    words = page(client, world.chair, "compare_sheets", unit.reference, only="differences").content.decode()

    assert 'id="row-2.1"' in words
    assert 'id="row-2.2"' not in words


def test_a_difference_without_a_reason_is_kept_but_not_settled(world, unit, client):
    client.force_login(world.member)

    words = settle(client, unit, "2.1", "met", headers=HTMX).content.decode()

    assert "<html" not in words
    assert 'data-state="reason"' in words
    assert AgreedMark.objects.get().answer == "met"


def test_a_row_settles_and_the_foot_follows(world, unit, client):
    client.force_login(world.member)

    words = settle(client, unit, "2.1", "met", "เห็นรายงาน", headers=HTMX).content.decode()

    assert 'data-state="settled"' in words
    assert 'hx-swap-oob="true"' in words
    assert "35.00" in words


def test_without_javascript_a_row_is_saved_on_its_own_page(world, unit, client):
    client.force_login(world.member)

    answer = settle(client, unit, "R1.1", "8,5", "ค่ากลาง")

    assert answer.status_code == 302
    assert answer["Location"].endswith("#row-R1.1")
    assert AgreedMark.objects.get().answer == "8.5"


def test_points_that_do_not_fit_are_refused_and_stay_typed(world, unit, client):
    client.force_login(world.member)

    answer = settle(client, unit, "R1.1", "11", "ดีมาก")

    assert answer.status_code == 422
    assert 'value="11"' in answer.content.decode()
    assert not AgreedMark.objects.exists()


def test_somebody_faster_is_shown_and_then_overruled_on_purpose(world, unit, client):
    first = consensus.settle(unit.current_visit, "2.1", "not_met", by=world.chair, reason="ไม่พบรายงาน")
    client.force_login(world.member)

    late = settle(client, unit, "2.1", "met", "เห็นรายงาน")
    words = late.content.decode()
    assert late.status_code == 409
    assert "ไม่พบรายงาน" in words
    assert "เห็นรายงาน" in words
    insisted = client.post(
        reverse("settle", args=[unit.reference, "2.1"]),
        {"said": "met", "reason": "เห็นรายงาน", "seen": "", "insist": first.stamp},
    )

    assert insisted.status_code == 302
    assert AgreedMark.objects.get().reason == "เห็นรายงาน"


def test_all_equal_values_are_taken_over_at_once(world, unit, client):
    client.force_login(world.panel_secretary)

    answer = client.post(reverse("adopt_equal", args=[unit.reference]))

    assert answer["Location"].endswith("?only=unsettled")
    assert set(AgreedMark.objects.values_list("code", flat=True)) == {"P1", "P2", "2.2", "R1.2"}


@pytest.fixture
def agreed(world, unit):
    consensus.adopt_what_is_equal(unit.current_visit, by=world.chair)
    consensus.settle(unit.current_visit, "2.1", "met", by=world.member, reason="เห็นรายงานแล้ว")
    consensus.settle(unit.current_visit, "R1.1", "8", by=world.member, reason="ค่ากลาง")
    return Application.objects.get()


def test_the_chair_signs_what_is_on_the_page(world, agreed, client):
    words = page(client, world.chair, "sign_scores", agreed.reference).content.decode()
    assert "98.00" in words
    assert "ระดับเป็นเลิศ" in words
    read = consensus.wording_of(agreed.visits.get())

    answer = client.post(
        reverse("sign_scores", args=[agreed.reference]), {"seen": agreed.version, "read": read, "summary": "บริการดี"}
    )

    assert answer["Location"] == reverse("show_result", args=[agreed.reference])
    assert Application.objects.get().stage == Stage.ASSESSED
    result = page(client, world.chair, "show_result", agreed.reference).content.decode()
    assert agreed.visits.get().consensus.sha256 in result


def test_a_value_that_changed_meanwhile_is_not_signed(world, agreed, client):
    read = consensus.wording_of(agreed.visits.get())
    consensus.settle(agreed.current_visit, "R1.1", "7", by=world.member, reason="ทบทวน", seen=None)
    client.force_login(world.chair)

    answer = client.post(
        reverse("sign_scores", args=[agreed.reference]), {"seen": agreed.version, "read": read, "summary": "บริการดี"}
    )

    words = answer.content.decode()
    assert answer.status_code == 422
    assert "97.00" in words
    assert "บริการดี" in words
    assert consensus.wording_of(Application.objects.get().visits.get()) in words


def test_a_member_sees_why_signing_is_not_theirs(world, agreed, client):
    words = page(client, world.member, "sign_scores", agreed.reference).content.decode()

    assert "<textarea" not in words


def test_a_signature_with_something_unsettled_is_refused(world, unit, client):
    client.force_login(world.chair)
    read = consensus.wording_of(unit.visits.get())

    answer = client.post(reverse("sign_scores", args=[unit.reference]), {"seen": unit.version, "read": read})

    assert answer.status_code == 422
    assert Application.objects.get().stage == Stage.VISITED


def test_the_centre_reads_the_result_after_the_resolution_only(world, client):
    proposed = world.proposed()
    assert page(client, world.head, "show_result", proposed.reference).status_code == 403
    assert (
        reverse("show_result", args=[proposed.reference])
        not in page(client, world.head, "show_application", proposed.reference).content.decode()
    )
    world.resolved(proposed)

    answer = page(client, world.head, "show_result", proposed.reference)

    assert answer.status_code == 200
    words = answer.content.decode()
    assert "100.00" in words
    assert reverse("compare_sheets", args=[proposed.reference]) not in words


def test_the_paper_is_for_those_who_compare_and_is_noted(world, agreed, client):
    answer = page(client, world.member, "print_scores", agreed.reference)

    assert answer.content.startswith(b"%PDF")
    assert Record.objects.filter(act="exported", what="summary of scores").exists()
    assert page(client, world.secretariat, "print_scores", agreed.reference).status_code == 403


def test_more_criteria_ask_no_more_of_the_database(world, unit, client):
    def asked(**query):
        with CaptureQueriesContext(connection) as queries:
            assert page(client, world.member, "compare_sheets", unit.reference, **query).status_code == 200
        return len(queries)

    consensus.settle(unit.current_visit, "P1", "met", by=world.chair)
    asked()  # The first page also begins the session.
    few = asked()
    consensus.adopt_what_is_equal(unit.current_visit, by=world.chair)

    assert asked() == few
