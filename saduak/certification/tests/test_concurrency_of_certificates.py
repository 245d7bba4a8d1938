"""Two people at once with one certificate, or one draw: one wins, the other is told, nothing is done twice."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from saduak.certification.models import Certificate, Draw, Surveillance
from saduak.certification.operations import acts, draws
from saduak.certification.operations.draws import Announcement
from saduak.certification.procedure.certificates import Ground
from saduak.certification.tests.certificates import certificate
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.journal.steps import StepOvertaken
from tests.support.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def outcome(results, kind):
    return [result for result in results if isinstance(result, kind)]


def test_of_officers_who_suspend_at_once_one_wins():
    one = certificate()
    people = [person_of(Office.SECRETARIAT_OFFICER) for _ in range(3)]

    results = together(
        *(
            partial(
                acts.order_suspension,
                Certificate.objects.get(pk=one.pk),
                ground=Ground.PUBLIC_HARM,
                reason="อาคารทรุด",
                by=person,
                seen=one.version,
            )
            for person in people
        )
    )

    assert len(outcome(results, Certificate)) == 1
    assert len(outcome(results, StepOvertaken)) == 2
    assert one.acts.count() == 1


def test_two_officers_restore_at_once_and_one_wins():
    one, officer = certificate(), person_of(Office.SECRETARIAT_OFFICER)
    suspended = acts.order_suspension(one, ground=Ground.PUBLIC_HARM, reason="อาคารทรุด", by=officer)

    results = together(
        *(
            partial(
                acts.lift_order,
                Certificate.objects.get(pk=one.pk),
                ground=Ground.MENDED,
                reason="ซ่อมแล้ว",
                by=officer,
                seen=suspended.version,
            )
            for _ in range(2)
        )
    )

    assert len(outcome(results, Certificate)) == 1
    assert len(outcome(results, StepOvertaken)) == 1
    assert [act.kind for act in one.acts.all()] == ["suspend", "restore"]


def test_a_draw_is_drawn_once():
    certificate()
    officer, today = person_of(Office.SECRETARIAT_OFFICER), timezone.localdate()
    said = Announcement("สุ่ม", "ติดตาม", "none", 1, "สลาก", today + timedelta(days=1), today + timedelta(days=60))
    announced = draws.announce(said, by=officer)
    at = timezone.now() + timedelta(days=1)

    results = together(
        *(partial(draws.draw, Draw.objects.get(pk=announced.pk), seed, by=officer, at=at) for seed in ("1", "2"))
    )

    assert len(outcome(results, Draw)) == 1
    assert Surveillance.objects.count() == 1
