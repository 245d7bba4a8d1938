"""The centre is told of every decision on its application, in the same transaction."""

from datetime import timedelta

import pytest

from saduak.certification.models import Application
from saduak.certification.operations import screening, telling, visits
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.notices.models import Notice, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def told(application):
    """The notices that left about a case, the newest last."""
    return list(Notice.objects.about(application).filter(state=State.RELEASED))


def test_a_returned_dossier_names_its_items_and_the_day(world):
    application = world.returned()

    (notice,) = told(application)

    assert notice.to_user == world.head
    assert "ภาพไม่ชัด" in notice.body
    assert application.named_items[0] in notice.body
    assert application.get_absolute_url() in notice.body


def test_head_and_contact_person_are_told_each_once(world):
    application = world.submitted()
    Application.objects.filter(pk=application.pk).update(contact_email="contact@example.go.th", contact_name="ผู้ประสาน")
    application.refresh_from_db()

    screening.accept_the_rest(application, by=world.secretariat)
    screening.pass_screening(application, by=world.secretariat, at=world.during(Phase.SCREENING))

    assert {n.to_name or n.to_email for n in told(application)} == {str(world.head), "contact@example.go.th"}


def test_an_address_that_is_none_holds_nothing_up(world):
    application = world.submitted()
    Application.objects.filter(pk=application.pk).update(contact_email="not an address")

    screening.accept_the_rest(application, by=world.secretariat)
    passed = screening.pass_screening(application, by=world.secretariat)

    assert [n.to_user for n in told(passed)] == [world.head]


def test_a_centre_that_is_screened_out_reads_why(world):
    application = world.submitted()
    gate = application.library.gates[0].code
    screening.find(application, gate, "failed", by=world.secretariat, remark="ไม่มีทางลาด")
    screening.accept_the_rest(application, by=world.secretariat)
    application = Application.objects.get()

    screening.screen_out(application, by=world.secretariat, reason="ภาพถ่ายยืนยันชัดเจน")

    (notice,) = told(application)
    assert "ไม่มีทางลาด" in notice.body
    assert "ภาพถ่ายยืนยันชัดเจน" in notice.body


def test_nobody_is_told_of_a_step_that_was_refused(world):
    application = world.submitted()

    with pytest.raises(StepRefused):
        screening.pass_screening(application, by=world.secretariat)

    assert not Notice.objects.exists()


def test_a_visit_is_told_when_it_is_fixed_moved_and_cancelled(world):
    application = world.visit_planned()
    later = world.during(Phase.VISITS, 13)

    moved = world.plan(starts_at=later, ends_at=later + timedelta(hours=1), place="ห้องประชุม 2")
    visits.change(application, moved, by=world.panel_secretary, reason="ศูนย์ขอเลื่อน")
    visits.cancel(application, by=world.panel_secretary, reason="น้ำท่วม")

    fixed, changed, cancelled = [n for n in told(application) if n.template.startswith("certification/visit")]
    assert "ที่ทำการ" in fixed.body
    assert str(world.member) in fixed.body
    assert "เวลา 13.00 น. ถึง 14.00 น." in changed.body
    assert "ห้องประชุม 2" in changed.body
    assert "ศูนย์ขอเลื่อน" in changed.body
    assert "น้ำท่วม" in cancelled.body


def test_whoever_changes_a_visit_that_was_changed_meanwhile_is_overtaken(world):
    application = world.visit_planned()
    visits.change(
        application, world.plan(place="ที่อื่น"), by=world.panel_secretary, reason="ย้าย", seen=application.version
    )

    with pytest.raises(StepOvertaken):
        visits.change(application, world.plan(), by=world.secretariat, reason="ย้าย", seen=application.version)


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_notice_has_its_words_in_both_languages(world, language):
    application = world.visit_planned()
    visit = application.current_visit
    notices = [
        telling.returned(application, due=world.today, note="ข้อสังเกต"),
        telling.passed(application, note="ข้อสังเกต"),
        telling.screened_out(application, reason="ข้อสังเกต"),
        telling.visit_fixed(application, visit),
        telling.visit_moved(application, visit, reason="ข้อสังเกต"),
        telling.visit_cancelled(application, visit, reason="ข้อสังเกต"),
    ]

    for notice in notices:
        words = telling.preview(application, notice, language=language)
        assert application.reference in words.subject + words.text
        assert "\n\n\n" not in words.text
        assert "ข้อสังเกต" in words.text or notice[0] == "certification/visit_fixed"


def test_a_notice_of_a_practice_round_says_that_it_is_an_example(world):
    application = world.submitted()
    application.is_example = True

    assert telling.preview(application, telling.passed(application)).subject.startswith("[ตัวอย่าง]")
