"""The secretariat looks through a dossier and decides how it goes on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.audit.models import Record
from saduak.certification.models import Application, ScreeningMark
from saduak.certification.operations import applications, screening
from saduak.certification.procedure.applications import Stage
from saduak.certification.tests.world import World, moment
from saduak.notices.models import Notice

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def world():
    return World()


@pytest.fixture
def secretariat(client, world):
    client.force_login(world.secretariat)
    return client


def page(client, name, *arguments):
    return client.get(reverse(name, args=arguments))


def find(client, application, code, finding, remark="", **how):
    address = reverse("find", args=[application.reference, code])
    return client.post(address, {"finding": finding, "remark": remark, "seen": application.version}, **how)


def test_the_page_shows_answers_and_evidence_and_is_written_down(secretariat, world):
    application = world.submitted()
    evidence = application.evidence.first()

    words = page(secretariat, "screen_application", application.reference).content.decode()

    assert reverse("download_evidence", args=[application.reference, evidence.pk]) in words
    assert all(criterion.th in words for criterion in application.library.criteria())
    assert Record.objects.filter(reference=application.reference, what="dossier under screening").exists()


def test_a_draft_is_not_screened(secretariat, world):
    application = world.draft()

    assert page(secretariat, "screen_application", application.reference).status_code == 403


def test_a_finding_saves_itself_and_the_page_says_how_far_it_is(secretariat, world):
    application = world.submitted()
    criterion = next(application.library.criteria())

    answer = find(secretariat, application, criterion.code, "to_mend", "ภาพไม่ชัด", **HTMX)

    words = answer.content.decode()
    assert answer.status_code == 200
    assert ScreeningMark.objects.get().remark == "ภาพไม่ชัด"
    assert 'id="standing"' in words
    assert 'aria-pressed="true"' in words
    assert "<html" not in words


def test_without_javascript_a_finding_leads_back_to_its_criterion(secretariat, world):
    application = world.submitted()

    answer = find(secretariat, application, next(application.library.criteria()).code, "accepted")

    assert answer.status_code == 302
    assert "#c-" in answer["Location"]


@pytest.mark.parametrize("how", [pytest.param({}, id="plain"), pytest.param(HTMX, id="htmx")])
def test_what_is_not_in_order_needs_a_remark(secretariat, world, how):
    application = world.submitted()

    answer = find(secretariat, application, next(application.library.criteria()).code, "to_mend", "  ", **how)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not ScreeningMark.objects.exists()


def test_what_was_typed_stays_when_it_is_refused(secretariat, world):
    application = world.submitted()
    scored = next(c for c in application.library.criteria() if c not in application.library.gates)

    answer = find(secretariat, application, scored.code, "failed", "ไม่ผ่านแน่นอน")

    assert answer.status_code == 422
    assert "ไม่ผ่านแน่นอน" in answer.content.decode()


def test_only_a_gate_can_be_found_not_met(secretariat, world):
    application = world.submitted()
    gates = len(application.library.gates)

    words = page(secretariat, "screen_application", application.reference).content.decode()

    assert words.count('value="failed"') == gates


def test_a_finding_on_a_case_that_moved_meanwhile_is_overtaken(secretariat, world):
    application = world.submitted()
    screening.accept_the_rest(application, by=world.secretariat)
    screening.pass_screening(application, by=world.secretariat)

    answer = find(secretariat, application, next(application.library.criteria()).code, "accepted")

    assert answer.status_code == 409


def test_an_unknown_criterion_has_no_place(secretariat, world):
    assert find(secretariat, world.submitted(), "Z99", "accepted").status_code == 404


def test_the_rest_is_accepted_at_once(secretariat, world):
    application = world.submitted()

    answer = secretariat.post(
        reverse("accept_the_rest", args=[application.reference]), {"seen": application.version}, follow=True
    )

    assert answer.status_code == 200
    assert not Application.objects.get().unscreened


def test_returning_shows_items_day_and_notice_before_it_happens(secretariat, world):
    application = world.submitted()
    code = next(application.library.criteria()).code
    screening.find(application, code, "to_mend", by=world.secretariat, remark="ภาพไม่ชัด")

    words = page(secretariat, "return_application", application.reference).content.decode()

    assert "ภาพไม่ชัด" in words
    assert "side-clock" in words
    assert str(world.head) in words
    assert not Notice.objects.exists()


def test_the_notice_that_leaves_is_the_one_that_was_shown(secretariat, world):
    application = world.submitted()
    code = next(application.library.criteria()).code
    screening.find(application, code, "to_mend", by=world.secretariat, remark="ภาพไม่ชัด")

    answer = secretariat.post(
        reverse("return_application", args=[application.reference]),
        {"note": "ติดต่อสอบถามได้", "seen": application.version},
    )

    assert answer.status_code == 302
    assert Application.objects.get().stage == Stage.RETURNED
    assert "ติดต่อสอบถามได้" in Notice.objects.get().body


@pytest.mark.parametrize("name", ["return_application", "pass_screening", "screen_out"])
def test_a_decision_that_is_not_open_says_why(secretariat, world, name):
    application = world.submitted()

    answer = page(secretariat, name, application.reference)

    assert answer.status_code == 200
    assert "<textarea" not in answer.content.decode()


def test_screening_out_needs_reasons(secretariat, world):
    application = world.submitted()
    screening.find(application, application.library.gates[0].code, "failed", by=world.secretariat, remark="ไม่มีทางลาด")
    screening.accept_the_rest(application, by=world.secretariat)
    address = reverse("screen_out", args=[application.reference])

    refused = secretariat.post(address, {"note": "", "seen": application.version})
    taken = secretariat.post(address, {"note": "ตรวจจากภาพแล้ว", "seen": application.version})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert Application.objects.get().stage == Stage.SCREENED_OUT


def test_two_officers_who_decide_at_once_do_not_both_win(secretariat, world):
    application = world.submitted()
    screening.accept_the_rest(application, by=world.secretariat)
    address = reverse("pass_screening", args=[application.reference])

    first = secretariat.post(address, {"seen": application.version})
    second = secretariat.post(address, {"seen": application.version})

    assert (first.status_code, second.status_code) == (302, 409)


def test_a_mended_dossier_is_looked_at_only_where_it_was_mended(secretariat, world):
    application = world.returned()
    code = application.named_items[0]
    leaf = application.library.criterion(code).leaves[0].code
    at = moment(application.mend_until)
    applications.answer(application, leaf, "met", by=world.head, explanation="ถ่ายใหม่แล้ว", at=at)
    applications.resubmit(Application.objects.get(), by=world.head, at=at)

    words = page(secretariat, "screen_application", application.reference).content.decode()

    assert "screening-before" in words
    assert 'value="to_mend"' not in words


def test_a_closed_screening_can_only_be_read(secretariat, world):
    application = world.screened()

    words = page(secretariat, "screen_application", application.reference).content.decode()

    assert "<textarea" not in words
    assert "finding-read" in words


def test_the_page_asks_the_database_no_more_with_more_findings(secretariat, world):
    application = world.submitted()

    def questions():
        with CaptureQueriesContext(connection) as asked:
            page(secretariat, "screen_application", application.reference)
        return len(asked)

    questions()
    before = questions()
    screening.accept_the_rest(application, by=world.secretariat)

    assert questions() <= before + 1
