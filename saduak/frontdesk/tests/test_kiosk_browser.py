"""A kiosk in a real browser whose line is cut at the worst moments: one number for each visitor, and none twice."""

import re

import pytest
from playwright.sync_api import expect

from saduak.frontdesk.gateways.simulated_printer import SimulatedPrinter
from saduak.frontdesk.models import NumberBlock, Printout, Ticket, Undecided
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import devices, kiosks, printing
from saduak.frontdesk.presenters.slips import picture_of
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Kiosk:
    """A kiosk with whoever stands before it."""

    def __init__(self, walk, world, **options):
        self.walk, self.page, self.context = walk, walk.page, walk.context
        self.device = devices.add(world.desk, DeviceKind.KIOSK, "ตู้กดบัตรคิว", by=world.head, options=options)
        code = devices.new_code(self.device, by=world.head)
        walk.open("/queue/kiosk/")
        walk.fill("รหัสจับคู่", f"{code[:4]}-{code[4:]}".lower())
        walk.press("จับคู่")
        walk.sees("แตะเพื่อเริ่ม")
        self.is_stocked()
        self.worker_rules()

    def is_stocked(self):
        """Numbers are set aside, and the kiosk knows them."""
        self.walk.until(
            """async () => {
                const open = indexedDB.open("saduak-kiosk");
                const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
                const ask = db.transaction("meta").objectStore("meta").get("state");
                const kept = await new Promise((done) => { ask.onsuccess = () => done(ask.result); });
                db.close();
                return (kept?.state.blocks.length ?? 0) >= 3;
            }"""
        )
        expect(self.page.locator("#kiosk-state")).to_have_attribute("data-state", "online")

    def worker_rules(self):
        """The page is kept on the device."""
        self.walk.is_kept()

    def cut(self):
        self.context.set_offline(True)

    def mend(self):
        self.context.set_offline(False)

    def touch(self, words):
        self.page.get_by_role("button", name=re.compile(words)).click()

    def chooses(self, service="ขึ้นทะเบียนว่างงาน", priority="ไม่ใช่"):
        """Somebody touches through to the end."""
        self.touch("แตะเพื่อเริ่ม")
        self.touch(service)
        self.touch(priority)

    def number(self):
        """The number on the screen, once it stands there."""
        shown = self.page.locator("#kiosk-number")
        expect(shown).to_have_text(re.compile(r"^[A-C]\d{3}$"))
        return shown.inner_text()

    def takes(self, **wishes):
        """Somebody takes a ticket and goes away with this number."""
        self.chooses(**wishes)
        number = self.number()
        self.touch("เสร็จแล้ว")
        return number

    def everything_is_sent(self):
        expect(self.page.locator("#kiosk-state")).to_have_attribute("data-state", "online")
        expect(self.page.locator("#kiosk-unsent")).to_have_count(0)


@pytest.fixture
def world():
    return DeskWorld().stand()


def on_the_server():
    return sorted(ticket.shown for ticket in Ticket.objects.all())


def test_through_a_cut_tickets_go_on_and_come_in_afterwards(new_walk, world):
    kiosk = Kiosk(new_walk(forgetful=True), world)
    first = kiosk.takes()

    kiosk.cut()
    second = kiosk.takes()
    kiosk.walk.sees("ขาดการเชื่อมต่อ ยังรับบัตรคิวได้ตามปกติ")
    kiosk.page.reload()  # The power fails, too.
    third = kiosk.takes(priority="ผู้สูงอายุ")
    kiosk.walk.sees("บัตรคิวที่ยังไม่ได้ส่ง 2 ใบ")
    kiosk.walk.finds_no_barriers()
    assert on_the_server() == [first]
    kiosk.mend()
    kiosk.everything_is_sent()

    assert (first, second, third) == ("A001", "A701", "A702")
    assert on_the_server() == [first, second, third]
    came = list(Ticket.objects.order_by("came_at").values_list("number", flat=True))
    assert came == [1, 701, 702]
    assert Ticket.objects.get(number=702).priority == world.elderly


def test_an_answer_that_is_lost_leaves_the_number_that_the_visitor_holds(new_walk, world):
    kiosk = Kiosk(new_walk(forgetful=True), world)
    lost = []

    def lose(route):
        lost.append(route.fetch().status)  # The platform has heard and done it.
        kiosk.cut()
        route.abort()

    kiosk.page.route("**/kiosk/tickets", lose)
    number = kiosk.takes()
    kiosk.page.unroute("**/kiosk/tickets")
    assert (number, on_the_server()) == ("A701", ["A001"])
    kiosk.mend()
    kiosk.everything_is_sent()

    assert lost == [200]
    assert on_the_server() == ["A701"]
    assert Ticket.objects.get().history.filter(step="renumber").count() == 1
    assert not Undecided.objects.exists()


def test_what_is_sent_twice_because_an_answer_is_lost_comes_in_once(new_walk, world):
    kiosk = Kiosk(new_walk(forgetful=True), world)
    kiosk.cut()
    numbers = [kiosk.takes(), kiosk.takes()]
    heard = []

    def lose_first(route):
        answer = route.fetch()
        heard.append(answer.status)
        if len(heard) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    kiosk.page.route("**/kiosk/tickets", lose_first)
    kiosk.mend()
    kiosk.everything_is_sent()

    assert len(heard) == 3
    assert on_the_server() == sorted(numbers)


def test_two_kiosks_without_a_line_give_no_number_twice(new_walk, world):
    two = [Kiosk(new_walk(forgetful=True), world), Kiosk(new_walk(forgetful=True), world)]
    for kiosk in two:
        kiosk.cut()

    numbers = [kiosk.takes() for _round in range(2) for kiosk in two]
    for kiosk in two:
        kiosk.mend()
    for kiosk in two:
        kiosk.everything_is_sent()

    assert len(set(numbers)) == 4
    assert on_the_server() == sorted(numbers)


def test_when_all_numbers_are_used_the_kiosk_says_whom_to_ask(new_walk, world, monkeypatch):
    monkeypatch.setattr(kiosks, "BLOCK", 2)
    monkeypatch.setattr(kiosks, "ENOUGH", 1)
    kiosk = Kiosk(new_walk(forgetful=True), world)
    kiosk.cut()

    assert [kiosk.takes(), kiosk.takes()] == ["A701", "A702"]
    kiosk.chooses()
    kiosk.walk.sees("หมายเลขสำรองของตู้นี้หมดแล้วขณะขาดการเชื่อมต่อ โปรดขอบัตรคิวจากเจ้าหน้าที่")
    kiosk.walk.finds_no_barriers()
    kiosk.touch("เริ่มใหม่")
    assert kiosk.takes(service="ปรึกษาหางาน") == "B701"
    kiosk.mend()
    kiosk.everything_is_sent()

    assert on_the_server() == ["A701", "A702", "B701"]
    assert kiosk.takes() == "A001"
    assert NumberBlock.objects.filter(prefix="A").count() == 2


def test_a_finger_that_taps_twice_chooses_nothing_that_was_not_read(new_walk, world):
    kiosk = Kiosk(new_walk(forgetful=True), world)

    kiosk.page.get_by_role("button", name="แตะเพื่อเริ่ม").dblclick()
    kiosk.walk.sees("ท่านมาติดต่อเรื่องใด")
    kiosk.page.get_by_role("button", name=re.compile("ขึ้นทะเบียนว่างงาน")).dblclick()
    kiosk.walk.sees("ท่านเป็นผู้รับบริการกลุ่มนี้หรือไม่")
    kiosk.page.get_by_role("button", name=re.compile("ไม่ใช่")).dblclick()

    number = kiosk.number()
    assert on_the_server() == [number]


def test_a_kiosk_that_was_taken_off_asks_to_be_paired_again(new_walk, world):
    kiosk = Kiosk(new_walk(forgetful=True), world)

    devices.revoke(kiosk.device, by=world.head)

    kiosk.walk.sees("ตู้นี้ถูกนำออกจากจุดบริการแล้ว")
    kiosk.walk.finds_no_barriers()


def test_a_printer_that_fails_leaves_the_number_on_the_screen_and_prints_again(new_walk, world, monkeypatch):
    printer = devices.add(
        world.desk, DeviceKind.PRINTER, "เครื่องพิมพ์", by=world.head, options={"host": "127.0.0.1", "port": 1}
    )
    kiosk = Kiosk(new_walk(forgetful=True), world, printer=printer.pk)

    with kiosk.page.expect_response("**/kiosk/print"):
        kiosk.chooses()
    number = kiosk.number()
    kiosk.walk.sees("กำลังพิมพ์")
    printing.carry_out(Printout.objects.get(), picture_of)  # What the worker does.
    kiosk.walk.sees("เครื่องพิมพ์ไม่ตอบสนอง หมายเลขของท่านยังใช้ได้")
    kiosk.walk.finds_no_barriers()
    papers = []
    with SimulatedPrinter(papers.append) as simulated:
        devices.change(printer, "เครื่องพิมพ์", by=world.head, options={"host": "127.0.0.1", "port": simulated.port})
        with kiosk.page.expect_response("**/kiosk/print"):
            kiosk.touch("พิมพ์อีกครั้ง")
        kiosk.walk.sees("กำลังพิมพ์")
        printing.carry_out(Printout.objects.get(state="waiting"), picture_of)
        kiosk.walk.sees("โปรดรับบัตรคิวกระดาษด้านล่าง")

    assert len(papers) == 1
    assert on_the_server() == [number]
    assert [one.state for one in Printout.objects.order_by("pk")] == ["failed", "printed"]


def test_a_keypad_chooses_and_a_visitor_who_left_is_forgotten(new_walk, world):
    walk = new_walk(forgetful=True)
    walk.page.clock.install()
    kiosk = Kiosk(walk, world)

    kiosk.walk.type("1")
    kiosk.walk.sees("ท่านมาติดต่อเรื่องใด")
    kiosk.touch("เลื่อนปุ่มลง")
    kiosk.touch("ตัดกันสูง")
    walk.page.clock.run_for(46_000)
    kiosk.walk.sees("ท่านยังอยู่หรือไม่")
    kiosk.touch("ยังอยู่")
    expect(walk.page.locator("#kiosk-still")).to_be_hidden()
    kiosk.walk.sees("ท่านมาติดต่อเรื่องใด")
    walk.page.clock.run_for(46_000)
    kiosk.walk.sees("ท่านยังอยู่หรือไม่")
    walk.page.clock.run_for(21_000)

    kiosk.walk.sees("แตะเพื่อเริ่ม")
    expect(walk.page.locator("html")).to_have_attribute("data-contrast", "normal")
    expect(walk.page.locator("html")).to_have_attribute("data-height", "high")
