"""Consoles in real browsers whose line is cut and mended at the worst moments: no step is lost, none is done twice."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from saduak.frontdesk.models import Call, Ticket, Undecided
from saduak.frontdesk.queries.recount import recount
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Console:
    """An officer at a counter, whose computer keeps what it needs without the server."""

    def __init__(self, walk, world, number=1):
        self.walk, self.page, self.context = walk, walk.page, walk.context
        self.officer, self.code = world.officers[number - 1], world.centre.code
        walk.sign_in(self.officer)
        walk.open(reverse("show_console", args=[self.code]))
        expect(self.page.locator("html")).to_have_attribute("data-kept", "yes")
        walk.is_kept()

    def cut(self):
        """The line is cut, and the officer goes on."""
        self.context.set_offline(True)
        self.walk.open(reverse("show_away", args=[self.code]))

    def mend(self):
        self.context.set_offline(False)

    def press(self, words):
        self.page.get_by_role("button", name=words, exact=True).click()

    def has(self, number, stage=""):
        """This visitor is at the counter."""
        expect(self.page.locator(".console-number")).to_have_text(number)
        expect(self.page.locator(".console-stage")).to_contain_text(stage)

    def is_free(self):
        expect(self.page.get_by_role("heading", name="ไม่มีผู้รับบริการที่ช่องของท่าน")).to_be_visible()

    def serves(self, number):
        """Calls the next one, who comes and goes."""
        self.press("คิวถัดไป")
        self.has(number, "เรียกแล้ว")
        self.press("เริ่มให้บริการ")
        self.has(number, "กำลังรับบริการ")
        self.press("เสร็จสิ้น")
        self.is_free()

    def everything_is_told(self):
        self.walk.sees("เชื่อมต่อได้แล้ว")


@pytest.fixture
def world():
    return DeskWorld().stand()


def stages():
    return dict(Ticket.objects.values_list("number", "stage"))


def test_an_officer_goes_on_for_an_hour(new_walk, world):
    [world.issue() for _ in range(3)]
    world.called()
    console = Console(new_walk(forgetful=True), world)

    console.cut()
    console.has("A001", "เรียกแล้ว")
    console.press("เริ่มให้บริการ")
    console.press("พักคิว")
    console.press("คิวถัดไป")
    console.has("A002")
    for _again in range(world.desk.calls_before_no_show - 1):
        console.press("เรียกซ้ำ")
    console.press("ไม่มาแสดงตน")
    console.is_free()
    console.press("ย้อนขั้นตอนล่าสุด")
    console.has("A002")
    console.press("ไม่มาแสดงตน")
    console.is_free()
    console.page.reload()  # The power fails, too.
    console.press("มาแล้ว A002")
    console.walk.sees("กลับเข้าคิวแล้ว จะไม่เรียกก่อน")
    console.press("เรียก A001")
    console.has("A001", "เรียกแล้ว 2 ครั้ง")
    console.walk.at("phone")
    console.walk.finds_no_barriers()
    console.mend()
    console.everything_is_told()

    assert stages() == {1: "called", 2: "waiting", 3: "waiting", 4: "waiting"}
    assert Ticket.objects.get(number=2).missed_calls == 1
    assert recount(Ticket.objects.all()).differing == ()
    assert not Undecided.objects.exists()


def test_two_counters_without_a_line_call_nobody_twice_and_a_lost_answer_changes_nothing(new_walk, world):
    [world.issue() for _ in range(4)]
    world.seated(1), world.seated(2)
    first, second = Console(new_walk(forgetful=True), world, 1), Console(new_walk(forgetful=True), world, 2)
    for console in (first, second):
        console.cut()

    first.serves("A001")
    second.serves("A002")
    first.serves("A003")
    second.press("คิวถัดไป")
    second.has("A004")
    lost = []

    def lose_the_first(route):
        answer = route.fetch()
        lost.append(answer.status)
        route.abort() if len(lost) == 1 else route.fulfill(response=answer)

    first.page.route("**/away/steps", lose_the_first)
    for console in (first, second):
        console.mend()
    for console in (first, second):
        console.everything_is_told()

    assert lost == [200] * 7  # Six steps, of which the platform heard one twice.
    assert stages() == {1: "finished", 2: "finished", 3: "finished", 4: "called"}
    assert Call.objects.count() == 4
    assert recount(Ticket.objects.all()).differing == ()
    assert not Undecided.objects.exists()


def test_whoever_was_signed_out_in_between_signs_in_and_nothing_is_lost(new_walk, world):
    [world.issue() for _ in range(2)]
    world.seated()
    console = Console(new_walk(forgetful=True), world)
    console.cut()
    console.serves("A001")

    Session.objects.all().delete()
    console.mend()
    console.walk.sees("ท่านออกจากระบบแล้ว โปรดลงชื่อเข้าใช้ที่หน้าจอช่องบริการอีกครั้ง")
    assert stages() == {1: "waiting", 2: "waiting"}
    console.walk.sign_in(console.officer)
    console.everything_is_told()

    assert stages() == {1: "finished", 2: "waiting"}
    assert not Undecided.objects.exists()


def test_a_visitor_called_elsewhere_meanwhile_stands_in_the_supervisors_list(new_walk, world):
    world.issue()
    world.seated(1), world.seated(2)
    console = Console(new_walk(forgetful=True), world, 1)
    console.cut()
    world.call(2)

    console.press("คิวถัดไป")
    console.has("A001")
    console.mend()
    console.walk.sees("มี 1 รายการที่บันทึกไม่ได้")
    console.is_free()

    assert Ticket.objects.get().counter == world.counters[1]
    assert Undecided.objects.get().kind == "already_called"
