"""A supervisor's morning in a real browser: a counter is opened on advice."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from saduak.frontdesk.tests.world import DeskWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    """Many wait at one open counter, whose visits take ten minutes; it is eleven, whenever the test runs."""
    with time_machine.travel(timezone.localtime().replace(hour=11, minute=0), tick=True):
        world = DeskWorld(timezone.now() - timedelta(minutes=70)).stand()
        for _ in range(4):
            world.finish(world.serve(number=1), at=world.minute(9))
        for number in range(14):
            kind = {"priority": world.elderly} if number % 5 == 3 else {}
            world.issue([world.registration, world.advice][number % 2], at=world.minute(1), **kind)
        world.now = timezone.now()
        world.serve(world.call(1, at=world.now), at=world.now)
        world.desk.alarm_minutes = 20
        world.desk.save(update_fields=["alarm_minutes"])
        yield world


def test_a_supervisor_opens_a_counter_on_advice(new_walk, world):
    head, officer = new_walk(), new_walk()
    head.sign_in(world.head)
    officer.sign_in(world.officers[1])
    officer.open(f"/frontdesk/{world.centre.code}/console")
    head.open(f"/frontdesk/{world.centre.code}/floor")

    head.sees("ควรเปิดช่อง")
    head.sees("สี่ในห้าคนรอน้อยกว่า")
    head.finds_no_barriers()
    head.picture("floor-advice")
    head.press("ขอให้เจ้าหน้าที่เปิด")
    head.sees("แจ้งทุกหน้าจอช่องบริการแล้ว")

    officer.sees("ขอให้เปิดช่อง")
    officer.open(f"/frontdesk/{world.centre.code}/console")
    officer.finds_no_barriers()
    wanted = officer.page.locator(".console-counters li", has_text="ขอให้เปิด")
    wanted.get_by_role("button").click()

    expect(head.page.locator(".floor-list li", has_text=world.officers[1].name)).to_contain_text("พร้อม")
    head.open(f"/frontdesk/{world.centre.code}/reports/day")
    head.finds_no_barriers()
    head.open(f"/frontdesk/{world.centre.code}/reports/fairness")
    head.finds_no_barriers()
