"""An assessor's day without signal: dossiers are taken along, scored where there is no net, and nothing is lost."""

import json
import re

from playwright.sync_api import expect

from saduak.certification.models import FieldDevice, FieldEvent, FieldPhoto, ScoreSheet
from saduak.certification.operations import devices, sheets
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World, picture
from saduak.certification.views import field
from tests.journeys.story import Story, marks

pytestmark = marks

PASSPHRASE = "ดอกราชพฤกษ์ 9"
IN_FULL = {"P1": "ผ่าน", "P2": "ผ่าน", "2.1": "ผ่าน", "2.2": "ผ่าน", "R1": ("10", "20")}


class FieldStory(Story):
    """What people do with the app."""

    def a_device(self, user, name):
        """A telephone of its own, set up, with the dossier on it."""
        self._walks[name] = self.walk = self._new_walk("phone", by_keyboard=True, forgetful=True, accept_downloads=True)
        self.walk.sign_in(user)
        self.walk.context.grant_permissions(["geolocation"])
        self.walk.context.set_geolocation({"latitude": 13.756331, "longitude": 100.501762, "accuracy": 8})
        self.walk.open("/certification/field/")
        self.walk.heading("ตั้งค่าเครื่องนี้")
        self.and_the_page_is_accessible()
        self.walk.fill("ชื่อเครื่อง", name)
        self.walk.fill("รหัสผ่านของเครื่องนี้", PASSPHRASE)
        self.walk.fill("รหัสผ่านอีกครั้ง", PASSPHRASE)
        self.walk.press("ตั้งค่า")
        self.walk.heading("งานตรวจภาคสนาม")
        self.walk.press("นำไปกับเครื่อง")
        self.walk.sees("เปิดแบบให้คะแนน")

    def without_signal(self):
        self.walk.page.evaluate("() => navigator.serviceWorker.ready")
        self.walk.context.set_offline(True)
        self.walk.sees("ไม่มีสัญญาณ")

    def with_signal(self):
        self.walk.context.set_offline(False)

    def after_a_crash(self):
        """The page is killed without a word, and opened again."""
        was = self.walk.page
        self.walk.page = self.walk.context.new_page()
        was.close(run_before_unload=False)
        self.walk.keys.page = self.walk.page
        self.walk.open("/certification/field/")
        self.walk.heading("ล็อกอยู่")
        self.walk.fill("รหัสผ่านของเครื่องนี้", PASSPHRASE)
        self.walk.press("ปลดล็อก")
        self.walk.heading("งานตรวจภาคสนาม")

    def at(self, place, heading):
        """Another screen of the app; it comes from the device, so that no address is opened."""
        self.walk.page.evaluate("place => { location.hash = place; }", place)
        self.walk.heading(heading)

    def i_open_the_sheet(self):
        self.at("/forget", "ล้างข้อมูลในเครื่องนี้")
        self.at("/", "งานตรวจภาคสนาม")
        self.walk.follow("เปิดแบบให้คะแนน")

    def i_score(self, said, *, then="ถัดไป"):
        self.i_open_the_sheet()
        self.walk.follow("ให้คะแนนต่อ")
        for code, answer in said.items():
            self.walk.heading(code)
            if isinstance(answer, str):
                self.walk.choose(answer)
            else:
                for field, points in zip(self.walk.page.get_by_label("คะแนน", exact=True).all(), answer, strict=True):
                    self.walk.keys.write(field, points)
                self.walk.type("Tab")
            self.walk.sees("บันทึกในเครื่องแล้ว")
            self.walk.follow(then if code != "R1" else "ตรวจทานและส่ง")

    def unsent(self, number):
        expect(self.walk.page.locator("#field-unsent")).to_have_attribute("data-unsent", str(number), timeout=15000)

    def export(self):
        """The exported file."""
        self.at("/files", "ส่งออกและนำเข้าไฟล์")
        with self.walk.page.expect_download() as download:
            self.walk.press("ส่งออกเป็นไฟล์")
        return download.value.path()


class TestADayWithoutSignal(FieldStory):
    """One assessor, one telephone."""

    def test_a_day_in_a_valley(self):
        self.given_a_unit_that_was_visited()
        self.a_device(self.world.member, "โทรศัพท์")
        self.without_signal()

        self.i_score({"P1": "ผ่าน", "P2": "ผ่าน"})
        self.and_the_page_is_accessible()
        self.after_a_crash()
        self.i_take_a_photograph_of("P1")
        self.after_a_crash()
        self.unsent(4)  # Two marks; a photograph and the word of it.
        self.i_score({"2.1": "ผ่าน", "2.2": "ไม่ผ่าน", "R1": ("8", "17,5")})
        self.then_the_total_is("60.50")
        self.and_the_page_is_accessible()
        self.walk.press("ส่งแบบให้คะแนนของฉัน 60.50 คะแนน")
        self.then_i_see("จะส่งถึงระบบเมื่อมีสัญญาณ")
        self.unsent(9)
        assert not ScoreSheet.objects.exists()

        self.with_signal()
        self.unsent(0)
        self.then_i_see("ส่งแบบแล้ว")
        self.then_the_server_has_the_sheet("60.50")

    def given_a_unit_that_was_visited(self):
        self.world = World.while_running(Phase.VISITS)
        self.case = self.world.visited()

    def i_take_a_photograph_of(self, code):
        self.i_open_the_sheet()
        self.walk.activate(self.walk.page.get_by_role("link", name=re.compile(f"^{code} ")))
        self.walk.heading(code)
        file = {"name": "ภาพ.jpg", "mimeType": "image/jpeg", "buffer": picture().read()}
        self.walk.page.locator("#camera").set_input_files(file)
        self.walk.sees("เก็บภาพในเครื่องแล้ว")
        self.walk.press("เปิดดู ภาพถ่าย.jpg")  # What the centre shows is read without signal too.
        expect(self.walk.page.get_by_role("img", name="ภาพถ่าย.jpg")).to_be_visible()
        self.and_the_page_is_accessible()

    def then_the_total_is(self, total):
        expect(self.walk.page.get_by_role("main")).to_contain_text(total)

    def then_the_server_has_the_sheet(self, total):
        sheet = ScoreSheet.objects.get(assessor=self.world.member)
        assert sheet.is_submitted
        assert f"{sheet.result.total:.2f}" == total
        photo = FieldPhoto.objects.get()
        assert photo.attachment.is_image
        assert str(photo.latitude) == "13.756331"


class TestNothingIsLost(FieldStory):
    """Hostile nets, wiped caches, another hand on the same sheet."""

    def test_answers_lost_orders_turned_and_caches_wiped(self, monkeypatch):
        self.world = World.while_running(Phase.VISITS)
        self.case = self.world.visited()
        self.a_device(self.world.member, "โทรศัพท์")
        self.without_signal()
        self.i_score({"P1": "ผ่าน", "P2": "ไม่ผ่าน", "2.1": "ผ่าน"})
        self.meanwhile_on_a_page("P2", "met")
        sent = self.given_a_net_that_turns_the_order_and_loses_the_first_answer()
        self.with_signal()
        self.the_app_is_renewed(monkeypatch)
        self.unsent(3)
        self.the_caches_are_wiped()

        sent.clear()  # From now on the net carries something.
        self.after_a_crash()
        self.unsent(0)

        assert len(sent) > 1
        assert FieldEvent.objects.filter(device__isnull=False).count() == 3
        self.then_both_values_lie_beside_each_other()
        self.a_device_that_was_turned_away_wipes_itself()

    def the_app_is_renewed(self, monkeypatch):
        """Another version is on the server: its worker waits, takes over at the next start, and leaves one cache.

        A page asks it to take over at once, too. That cannot be seen here: whoever looks into a browser keeps its
        workers busy.
        """
        before = self._caches()
        monkeypatch.setattr(field, "FILES", (*field.FILES, "certification/certification.css"))
        self.walk.page.reload()
        self.walk.until("async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)")
        self.walk.page.close()
        self.walk.page = self.walk.keys.page = self.walk.context.new_page()
        self.walk.open("/certification/field/")
        self.walk.until(
            f"async () => {{ const now = await caches.keys(); return now.length === 1 && now[0] !== '{before[0]}'; }}"
        )
        self.walk.heading("ล็อกอยู่")

    def _caches(self):
        return self.walk.page.evaluate("() => caches.keys()")

    def a_device_that_was_turned_away_wipes_itself(self):
        devices.turn_away(FieldDevice.objects.get(), by=self.world.member)
        self.walk.open("/certification/field/")
        self.walk.fill("รหัสผ่านของเครื่องนี้", PASSPHRASE)
        self.walk.press("ปลดล็อก")
        self.walk.heading("ตั้งค่าเครื่องนี้")
        assert self.walk.page.evaluate("async () => (await indexedDB.databases()).length") <= 1  # An empty one.

    def meanwhile_on_a_page(self, code, answer):
        sheet = sheets.open_sheet(self.case.current_visit, by=self.world.member)
        sheets.mark(sheet, code, answer, by=self.world.member)

    def given_a_net_that_turns_the_order_and_loses_the_first_answer(self):
        sent = [None]

        def send(route):
            if sent == [None]:
                return route.abort()
            body = json.loads(route.request.post_data)
            body["events"].reverse()
            sent.append(body)
            if len(sent) == 1:
                route.fetch(post_data=json.dumps(body))  # The server has it; its answer never arrives.
                route.abort()
            else:
                body["events"] += body["events"][:1]
                answer = route.fetch(post_data=json.dumps(body))
                told = answer.json()
                told["receipts"] = told["receipts"][: len(body["events"]) - 1][::-1]
                route.fulfill(response=answer, json=told)
            return None

        self.walk.context.route("**/field/send", send)
        return sent

    def the_caches_are_wiped(self):
        self.walk.page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")

    def then_both_values_lie_beside_each_other(self):
        self.walk.open("/certification/field/disputes")
        self.walk.heading("ข้อมูลที่เครื่องไม่ตรงกัน")
        self.then_i_see("โทรศัพท์", "บนหน้าเว็บ")
        self.and_the_page_is_accessible()
        self.walk.activate(self.walk.page.get_by_role("button", name=re.compile("ใช้รายการนี้ P2: ไม่ผ่าน")))
        self.then_i_see("ตัดสินแล้ว")
        assert ScoreSheet.objects.get().marks_by_code["P2"].answer == "not_met"


class TestTwoAssessorsAndThreeDevices(FieldStory):
    """Only one of three has a connection, and they agree on the spot."""

    def test_they_come_to_one_consensus(self, tmp_path):
        self.world = World.while_running(Phase.VISITS)
        self.case = self.world.visited()
        self.a_device(self.world.member, "โทรศัพท์")
        self.a_device(self.world.member, "แท็บเล็ต")
        self.a_device(self.world.chair, "โทรศัพท์ประธาน")
        for name in ("โทรศัพท์", "แท็บเล็ต"):
            self.back_to(name)
            self.without_signal()

        self.back_to("โทรศัพท์")
        self.i_score({"P1": "ผ่าน", "P2": "ผ่าน"})
        first = self.export()
        self.back_to("แท็บเล็ต")
        self.and_i_bring_in_my_own(first)
        self.i_score({"2.1": "ผ่าน", "2.2": "ผ่าน", "R1": ("10", "15")})
        self.walk.press("ส่งแบบให้คะแนนของฉัน 95.00 คะแนน")
        self.then_i_see("จะส่งถึงระบบเมื่อมีสัญญาณ")
        second = self.export()

        self.back_to("โทรศัพท์ประธาน")
        self.i_score(IN_FULL)
        self.walk.press("ส่งแบบให้คะแนนของฉัน 100.00 คะแนน")
        self.then_i_see("ส่งแบบแล้ว")
        self.and_i_bring_in_my_colleagues(second, first, second)
        self.walk.open(f"/certification/applications/{self.case.reference}/scores")
        self.then_i_see("95.00", "100.00", "ต่างกัน")
        assert ScoreSheet.objects.get(assessor=self.world.member).is_submitted

    def and_i_bring_in_my_own(self, path):
        self.at("/files", "ส่งออกและนำเข้าไฟล์")
        self.walk.page.locator("#field-file").set_input_files(self._named(path))
        self.walk.fill("รหัสผ่านของไฟล์", PASSPHRASE)
        self.walk.press("นำเข้า")
        self.then_i_see("มีรายการใหม่ 2 รายการ")

    def and_i_bring_in_my_colleagues(self, *paths):
        self.walk.open("/certification/field/bring")
        self.walk.page.locator("#id_files").set_input_files([self._named(path) for path in paths])
        self.walk.press("นำเข้า")
        self.then_i_see("รายการใหม่ 7 รายการ", str(self.world.member))
        self.walk.does_not_see("ไม่ใช่ไฟล์จากเครื่อง")
        self.and_the_page_is_accessible()

    @staticmethod
    def _named(path):
        return {"name": "gecc.saduak", "mimeType": "application/octet-stream", "buffer": path.read_bytes()}


class TestLocking(FieldStory):
    """A telephone that lies on a table."""

    def test_an_idle_device_locks_itself_and_opens_for_nobody_else(self):
        self.world = World.while_running(Phase.VISITS)
        self.world.visited()
        self.somebody_comes(self.world.member, "phone")
        clock = self.walk.page.clock
        clock.install()
        self.walk.open("/certification/field/")
        self.when_i_choose("12345678", "12345678")
        self.then_i_see("สั้นเกินไป")
        self.when_i_choose(PASSPHRASE, PASSPHRASE + "!")
        self.then_i_see("ไม่ตรงกัน")
        self.when_i_choose(PASSPHRASE, PASSPHRASE)
        self.walk.heading("งานตรวจภาคสนาม")

        clock.fast_forward("09:00")
        self.walk.heading("งานตรวจภาคสนาม")
        clock.fast_forward("02:00")
        self.walk.heading("ล็อกอยู่")
        self.and_the_page_is_accessible()
        self.walk.fill("รหัสผ่านของเครื่องนี้", "ดอกราชพฤกษ์ 8")
        self.walk.press("ปลดล็อก")
        clock.run_for(1000)
        self.then_i_see("รหัสผ่านไม่ถูกต้อง")

    def when_i_choose(self, passphrase, again):
        self.walk.fill("รหัสผ่านของเครื่องนี้", passphrase)
        self.walk.fill("รหัสผ่านอีกครั้ง", again)
        self.walk.press("ตั้งค่า")


def test_without_javascript_the_app_says_where_to_score(new_walk):
    walk = new_walk("phone", javascript=False)
    walk.open("/certification/field/")
    walk.sees("หากไม่ใช้ JavaScript")
