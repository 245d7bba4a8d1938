"""Visitors rate on the tablet and at the kiosk, by touch and by keys."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from saduak.frontdesk.models import Rating, RatingComment
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import devices
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    # Late in the morning whenever the test runs, so that all of a visit lies on one day and behind us.
    with time_machine.travel(timezone.localtime().replace(hour=11, minute=0), tick=True):
        yield DeskWorld(timezone.now() - timedelta(minutes=30)).stand()


def code_of(world, kind, counter=None):
    """The code by which a new device is paired."""
    device = devices.add(world.desk, kind, "เครื่องทดสอบ", by=world.head, counter=counter)
    return devices.new_code(device, by=world.head)


def finished(world, number=1, **facts):
    """A visit that has ended at that counter a moment ago."""
    return world.fresh(world.finish(world.serve(world.called(number, **facts), number), number, at=timezone.now()))


def scores():
    """What was given."""
    return list(Rating.objects.values_list("score", flat=True))


def test_one_tap_on_the_tablet_also_through_a_cut(new_walk, world):
    walk = new_walk(forgetful=True)
    walk.open("/queue/tablet/")
    walk.fill("รหัสจับคู่", code_of(world, DeviceKind.TABLET, world.counters[0]))
    walk.press("จับคู่")
    walk.sees("ช่องบริการ 1")
    walk.finds_no_barriers()

    finished(world, language="zh")
    walk.sees("您对本次服务满意吗？")
    walk.press("ไทย")
    walk.sees("ท่านพอใจกับการบริการเพียงใด")
    walk.finds_no_barriers()
    walk.press("พอใจมาก")
    walk.sees("ขอบคุณที่ให้คะแนน")
    walk.sees("ยินดีต้อนรับ")
    assert scores() == [5]

    finished(world)
    walk.sees("ท่านพอใจกับการบริการเพียงใด")
    walk.context.set_offline(True)
    walk.type("2")
    walk.sees("ขอบคุณที่ให้คะแนน")
    assert scores() == [5]
    walk.context.set_offline(False)
    for _ in range(75):
        if len(scores()) == 2:
            break
        walk.page.wait_for_timeout(200)
    assert sorted(scores()) == [2, 5]


def test_a_visitor_on_the_way_out_rates_at_the_kiosk(new_walk, world):
    walk = new_walk(forgetful=True)
    walk.open("/queue/kiosk/")
    walk.fill("รหัสจับคู่", code_of(world, DeviceKind.KIOSK))
    walk.press("จับคู่")
    ticket = finished(world)

    walk.press("ให้คะแนนการบริการ")
    walk.sees("หมายเลขของท่านคือหมายเลขใด")
    walk.page.get_by_role("button", name=ticket.shown).click()
    walk.sees("ท่านพอใจกับการบริการเพียงใด")
    walk.finds_no_barriers()
    walk.press("ไม่พอใจ")
    walk.sees("ขอบคุณที่ให้คะแนน")
    expect(walk.page.get_by_role("button", name="ให้คะแนนการบริการ")).to_be_visible()
    assert scores() == [2]


def test_one_tap_on_the_own_phone(new_walk, world):
    ticket = finished(world)
    walk = new_walk("phone", javascript=False, by_keyboard=False)
    walk.open(f"/queue/t/{ticket.secret}")
    walk.follow("ให้คะแนนการบริการ")
    walk.sees("ท่านพอใจกับการบริการเพียงใด")

    walk.press("พอใจ")
    walk.sees("ขอบคุณที่ให้คะแนน")
    walk.fill("ท่านอยากบอกอะไรเพิ่มหรือไม่", "บริการรวดเร็ว")
    walk.press("ส่งความเห็น")

    walk.sees("เราได้รับความเห็นของท่านแล้ว")
    assert scores() == [4]
    assert RatingComment.objects.get().words == "บริการรวดเร็ว"
