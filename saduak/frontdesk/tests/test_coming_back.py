"""Somebody missed the call and has come after all: the phone and the kiosk let the visitor wait again, held off."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import calling, devices, supervising
from saduak.frontdesk.tests.kiosks import ask, paired
from saduak.frontdesk.tests.world import DeskWorld
from saduak.thai import dates


def at_ten():
    """A desk today at ten, whatever the time is."""
    return DeskWorld(timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)).stand()


def missed(world, **facts):
    """A ticket that was called as often as the desk demands, in vain."""
    ticket = world.called(**facts)
    for _again in range(world.desk.calls_before_no_show - 1):
        calling.recall(world.seated(), ticket, at=world.minute())
    return calling.no_show(world.seated(), ticket, at=world.minute())


@pytest.mark.django_db
class TestComingBack:
    """By the ticket's own page, and by its number at a kiosk."""

    @pytest.fixture
    def world(self, time_machine):
        cache.clear()
        world = at_ten()
        time_machine.move_to(world.now + timedelta(minutes=30), tick=False)
        return world

    @pytest.fixture
    def token(self, world):
        return paired(world.desk, by=world.head, at=world.now)[1]

    def clock(self, world):
        not_before = timezone.localtime() + timedelta(minutes=world.desk.hold_off_minutes)
        return dates.clock(not_before, "th")

    def test_the_phone_asks_once_more_and_lets_the_visitor_wait_again(self, client, world):
        ticket = missed(world)
        page, back = reverse("show_ticket", args=[ticket.secret]), reverse("wait_again", args=[ticket.secret])

        assert back in client.get(page).content.decode()
        assert "เมื่อท่านมาถึงสำนักงานแล้วเท่านั้น" in client.get(back).content.decode()
        assert world.fresh(ticket).stage == "no_show"  # Nobody has pressed anything yet.
        for _tapped_twice in range(2):
            assert client.post(back).url == page

        again = world.fresh(ticket)
        assert (again.stage, again.arrived_at) == ("waiting", ticket.arrived_at)
        assert self.clock(world) in client.get(page).content.decode()
        assert ticket.history.filter(step="bring_back").count() == 1
        assert client.get(back).url == page  # By the back button.

    def test_who_missed_too_often_is_told_so(self, client, world):
        ticket = missed(world)
        type(ticket).objects.update(missed_calls=4)

        client.post(reverse("wait_again", args=[ticket.secret]))

        assert world.fresh(ticket).stage == "no_show"
        shown = client.get(reverse("show_ticket", args=[ticket.secret])).content.decode()
        assert "ถูกเรียกหลายครั้งแล้วไม่มาแสดงตน" in shown
        assert reverse("wait_again", args=[ticket.secret]) not in shown

    def test_the_kiosk_offers_it_once_somebody_missed_a_call_and_gives_nothing_away(self, client, world, token):
        assert ask(client, token, "kiosk_state").json()["missed"] is False
        ticket = missed(world)
        assert ask(client, token, "kiosk_state").json()["missed"] is True

        for _tapped_twice in range(2):
            answer = ask(client, token, "kiosk_back", {"number": "a1", "language": "th"})
            assert (answer.status_code, answer.json()["title"]) == (200, "A001 กลับเข้าคิวแล้ว")
            assert self.clock(world) in answer.json()["lines"][0]
            assert ticket.secret not in answer.content.decode()

        assert world.fresh(ticket).stage == "waiting"
        assert ticket.history.filter(step="bring_back").get().by is None

    @pytest.mark.parametrize("language", ["th", "en", "my", "zh"])
    def test_any_other_number_is_told_where_it_stands(self, client, world, token, language):
        world.issue()
        world.called()

        def told(number):
            answer = ask(client, token, "kiosk_back", {"number": number, "language": language})
            return answer.status_code, answer.json()

        assert told("A001")[1]["stage"] == "called"
        assert told("A002")[1]["stage"] == "waiting"
        assert told("A999")[0] == told("นาย")[0] == 422
        assert told("A" * 9)[0] == 400

    def test_a_number_of_yesterday_or_of_another_desk_is_not_known(self, client, world, token):
        ticket = missed(world)
        type(ticket).objects.update(day=timezone.localdate(world.now) - timedelta(days=1))
        other = at_ten()
        missed(other, service=other.advice)

        for number in ("A001", "B001"):
            assert ask(client, token, "kiosk_back", {"number": number, "language": "th"}).status_code == 422


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_visitor_who_missed_the_call_touches_the_number_at_the_kiosk(new_walk):
    world = DeskWorld().stand()
    ticket = missed(world)
    walk = new_walk()
    device = devices.add(world.desk, DeviceKind.KIOSK, "ตู้กดบัตรคิว", by=world.head)
    code = devices.new_code(device, by=world.head)
    walk.open("/queue/kiosk/")
    walk.fill("รหัสจับคู่", code)
    walk.press("จับคู่")

    def touch(words):
        walk.page.get_by_role("button", name=re.compile(words)).first.click()

    touch("แตะเพื่อเริ่ม")
    expect(walk.page.get_by_role("button", name="ถูกเรียกแล้วแต่มาไม่ทัน")).to_be_visible()
    touch("กลับ")
    supervising.stop_tickets(world.desk, "คิวเต็ม", by=world.head)  # Who was called is served all the same.
    expect(walk.page.get_by_role("button", name="แตะเพื่อเริ่ม")).to_have_count(0)
    touch("ถูกเรียกแล้วแต่มาไม่ทัน")
    walk.sees("แตะหมายเลขบนบัตรคิวของท่าน")
    walk.finds_no_barriers()
    touch("^A$")
    expect(walk.page.get_by_role("button", name="ขอกลับเข้าคิว")).to_be_disabled()
    for figure in "001":
        touch(f"^{figure}$")
    touch("ขอกลับเข้าคิว")

    walk.sees("A001 กลับเข้าคิวแล้ว")
    walk.finds_no_barriers()
    touch("เสร็จแล้ว")
    walk.sees("วันนี้งดออกบัตรคิวเพิ่มแล้ว")
    assert world.fresh(ticket).stage == "waiting"
