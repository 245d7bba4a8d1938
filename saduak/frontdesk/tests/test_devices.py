"""Devices are paired by a code that is used once, speak by a token, and are taken off."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from saduak.frontdesk.models import Device
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import devices
from saduak.frontdesk.operations.devices import CODE_LASTS, LETTERS, DeviceRefused
from saduak.frontdesk.queries.devices import device_with
from saduak.frontdesk.tests.kiosks import ask, paired
from saduak.frontdesk.tests.world import DeskWorld
from saduak.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return DeskWorld().stand()


@pytest.fixture
def kiosk(world):
    return devices.add(world.desk, DeviceKind.KIOSK, " ตู้หน้าประตู ", by=world.head, at=world.now)


def test_a_code_pairs_one_device_once(world, kiosk):
    code = devices.new_code(kiosk, by=world.head, at=world.now)

    device, token = devices.pair(f" {code[:4].lower()}-{code[4:]} ", at=world.minute())

    assert (device, device.name) == (kiosk, "ตู้หน้าประตู")
    assert device_with(token) == kiosk
    assert set(code) <= set(LETTERS)
    with pytest.raises(DeviceRefused):
        devices.pair(code, at=world.minute())
    steps = Entry.objects.filter(case_kind="device").values_list("step", flat=True)
    assert list(steps.order_by("sequence")) == ["add", "give_code", "pair"]


def test_neither_code_nor_token_lies_in_the_database(world):
    _device, token = paired(world.desk, by=world.head, at=world.now)

    rows = json.dumps(list(Device.objects.values()), default=str)
    assert token not in rows
    assert device_with("") is None
    assert device_with(token + "x") is None


def test_a_code_ends_after_ten_minutes_and_with_the_next_one(world, kiosk):
    first = devices.new_code(kiosk, by=world.head, at=world.now)
    second = devices.new_code(kiosk, by=world.head, at=world.now)

    for code, at in ((first, world.now), (second, world.now + CODE_LASTS)):
        with pytest.raises(DeviceRefused):
            devices.pair(code, at=at)
    assert devices.pair(second, at=world.now + CODE_LASTS - timedelta(seconds=1))


def test_a_code_of_another_kind_is_refused_where_it_does_not_belong(world, kiosk):
    code = devices.new_code(kiosk, by=world.head, at=world.now)

    with pytest.raises(DeviceRefused):
        devices.pair(code, kinds=(DeviceKind.TABLET,), at=world.now)


def test_a_device_goes_on_until_its_new_code_is_used(world):
    device, token = paired(world.desk, by=world.head, at=world.now)

    code = devices.new_code(device, by=world.head, at=world.now)
    assert device_with(token) == device
    _again, fresh = devices.pair(code, at=world.now)

    assert (device_with(token), device_with(fresh)) == (None, device)


def test_a_device_that_was_taken_off_says_nothing_more(world, client):
    device, token = paired(world.desk, by=world.head, at=world.now)
    assert ask(client, token, "kiosk_state").status_code == 200

    gone = devices.revoke(device, by=world.head, at=world.now)

    assert devices.revoke(gone, by=world.head, at=world.minute()).revoked_at == gone.revoked_at
    assert ask(client, token, "kiosk_state").status_code == 401
    with pytest.raises(DeviceRefused):
        devices.new_code(device, by=world.head)


def test_a_printer_needs_no_code(world):
    printer = devices.add(world.desk, DeviceKind.PRINTER, "เครื่องพิมพ์", by=world.head)

    with pytest.raises(DeviceRefused):
        devices.new_code(printer, by=world.head)


def test_another_kind_of_device_does_not_pass_for_a_kiosk(world, client):
    _tablet, token = paired(world.desk, by=world.head, at=world.now, kind=DeviceKind.TABLET)

    assert ask(client, token, "kiosk_state").status_code == 403


def test_a_wrong_clock_is_measured_and_a_device_that_merges_keeps_its_last_word(world):
    device, _token = paired(world.desk, by=world.head, at=world.now)
    later = world.minute(30)

    devices.heard(device, at=later, clock=later + timedelta(hours=7), is_merging=True)
    device.refresh_from_db()
    assert device.clock_offset_ms == 7 * 60 * 60 * 1000
    assert device.last_seen_at == device.paired_at

    devices.heard(device, at=later)
    devices.heard(device, at=later, clock=later + timedelta(hours=7))
    device.refresh_from_db()
    assert device.last_seen_at == later


def test_a_code_is_given_over_the_line(world, kiosk, client):
    code = devices.new_code(kiosk, by=world.head)
    body = {"code": code, "kind": "kiosk"}

    answer = client.post(reverse("pair_device"), json.dumps(body), content_type="application/json")
    wrong = client.post(reverse("pair_device"), json.dumps(body), content_type="application/json")

    assert device_with(answer.json()["token"]) == kiosk
    assert (wrong.status_code, "ตู้" in wrong.json()["problem"] or bool(wrong.json()["problem"])) == (422, True)


def test_guessing_codes_is_slowed_down(world, client):
    tries = [client.post(reverse("pair_device"), "{}", content_type="application/json") for _ in range(12)]

    assert {answer.status_code for answer in tries} == {422}
    assert tries[0].json() != tries[-1].json()
