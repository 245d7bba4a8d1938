"""Somebody with an appointment comes to the kiosk: the code, the ticket, and what is said when it does not fit."""

import re
from datetime import time

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from saduak.frontdesk.models import BookingTerms, SlotPlan, Ticket
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import booking, devices
from saduak.frontdesk.tests.kiosks import ask, paired
from saduak.frontdesk.tests.world import DeskWorld


def at_ten():
    """A desk today at ten, whatever the time is."""
    return DeskWorld(timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)).stand()


def booked(world, clock="10:00"):
    """An appointment of today, made before the day began."""
    BookingTerms.objects.get_or_create(desk=world.desk, defaults={"is_offered": True})
    group = world.registration.group
    if not SlotPlan.objects.exists():
        week = list(range(1, 8))
        SlotPlan.objects.create(
            desk=world.desk, group=group, weekdays=week, opens=time(8), closes=time(16), minutes=30, places=3
        )
    begins_at = world.now.replace(hour=int(clock[:2]), minute=int(clock[3:]))
    return booking.book(
        world.registration, begins_at, name="สมศรี", phone="0812345678", at=world.now.replace(hour=7), by=world.head
    )


@pytest.mark.django_db
class TestTheAddress:
    """What the kiosk is answered."""

    @pytest.fixture
    def world(self, time_machine):
        cache.clear()
        world = at_ten()
        time_machine.move_to(world.now, tick=False)
        return world

    @pytest.fixture
    def token(self, world):
        return paired(world.desk, by=world.head, at=world.now)[1]

    def said(self, code, **more):
        return {"code": code, "priority": "ordinary", "language": "th", **more}

    def test_the_code_gives_the_ticket_and_again_the_same(self, client, world, token):
        appointment = booked(world)

        first = ask(client, token, "kiosk_check_in", self.said(appointment.code)).json()
        again = ask(client, token, "kiosk_check_in", self.said(appointment.code)).json()

        ticket = Ticket.objects.get()
        assert (first["number"], first["secret"], first["late"]) == (ticket.shown, ticket.secret, False)
        assert first["booked"] == "10.00 น."
        assert again["reference"] == first["reference"]
        assert ticket.device.kind == DeviceKind.KIOSK

    def test_who_comes_too_late_is_told_so(self, client, world, token):
        late = ask(client, token, "kiosk_check_in", self.said(booked(world, "08:00").code)).json()

        assert (late["late"], late["booked"]) == (True, "")

    @pytest.mark.parametrize(
        ("code", "status", "words"),
        [
            pytest.param("000000", 422, "วันนี้ไม่มีนัดหมายที่ใช้รหัสนี้", id="another code"),
            pytest.param("12", 400, "ไม่ใช่รหัสนัดหมาย", id="no code"),
        ],
    )
    def test_a_wrong_code_is_refused_in_words(self, client, world, token, code, status, words):
        answer = ask(client, token, "kiosk_check_in", self.said(code))

        assert (answer.status_code, Ticket.objects.exists()) == (status, False)
        assert words in answer.json()["problem"]

    def test_too_early_is_refused_in_the_visitors_language(self, client, world, token):
        early = booked(world, "11:00")

        answer = ask(client, token, "kiosk_check_in", self.said(early.code, language="en"))

        assert (answer.status_code, Ticket.objects.exists()) == (422, False)
        assert "too early" in answer.json()["problem"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_visitor_types_the_code_at_the_kiosk(new_walk):
    world = at_ten()
    with time_machine.travel(world.now, tick=True):
        appointment = booked(world)
        walk = new_walk("desk")
        device = devices.add(world.desk, DeviceKind.KIOSK, "ตู้กดบัตรคิว", by=world.head)
        walk.open("/queue/kiosk/")
        walk.fill("รหัสจับคู่", devices.new_code(device, by=world.head))
        walk.press("จับคู่")
        page = walk.page

        def touch(words):
            page.get_by_role("button", name=re.compile(words)).first.click()

        touch("แตะเพื่อเริ่ม")
        touch("ฉันมีนัดหมาย")
        walk.sees("กดรหัสนัดหมายของท่าน")
        walk.finds_no_barriers()
        for figure in appointment.code:
            page.locator(f'[data-option="{figure}"]').click()
        touch("เช็กอินตอนนี้")
        touch("ไม่ใช่")
        expect(page.locator("#kiosk-number")).to_have_text(re.compile(r"^A\d{3}$"))
        walk.sees("นัดหมายเวลา 10.00 น.")
        walk.finds_no_barriers()

    appointment.refresh_from_db()
    assert appointment.stage == "checked_in"
    assert timezone.localtime(Ticket.objects.get().booked_for).hour == 10
