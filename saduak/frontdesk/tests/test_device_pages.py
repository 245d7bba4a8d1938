"""The supervisor adds devices, pairs them, changes them and settles what they left undecided."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from saduak.frontdesk.models import Device
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import devices, undecided
from saduak.frontdesk.queries.devices import device_with
from saduak.frontdesk.tests.kiosks import paired
from saduak.frontdesk.tests.world import DeskWorld
from tests.support.pdf import texts_of_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return DeskWorld().stand()


@pytest.fixture
def head(world, client):
    client.force_login(world.head)
    return client


def address(world, name, **more):
    return reverse(name, kwargs={"code": world.centre.code, **more})


def listed(world, head):
    return head.get(address(world, "list_devices_of_desk")).content.decode()


def test_a_kiosk_is_added_and_its_code_pairs_it(world, head):
    head.post(address(world, "add_device", kind="kiosk"), {"name": "ตู้หน้าประตู", "printer": "browser", "height": "low"})
    kiosk = Device.objects.get()
    assert kiosk.options == {"printer": "browser", "height": "low"}
    assert "ยังไม่ได้จับคู่" in listed(world, head)

    page = head.post(address(world, "pair_device_of_desk", device=kiosk.pk)).content.decode()

    code = re.search(r'class="pairing-code">([^<]+)<', page)[1]
    assert device_with(devices.pair(code)[1]) == kiosk
    assert code not in listed(world, head)
    assert "มีสัญญาณ" in listed(world, head)


def test_a_printer_needs_an_address_of_the_network(world, head):
    there = address(world, "add_device", kind="printer")

    wrong = head.post(there, {"name": "เครื่องพิมพ์", "host": "http://x/", "port": "0", "width": "50"})
    right = head.post(there, {"name": "เครื่องพิมพ์", "host": "10.0.0.9", "port": "9100", "width": "48"})

    assert (wrong.status_code, 'value="http://x/"' in wrong.content.decode()) == (422, True)
    assert right.status_code == 302
    assert Device.objects.get().options == {"host": "10.0.0.9", "port": 9100, "width": 48}


def test_a_kiosk_is_changed_to_print_on_a_printer_of_the_desk(world, head):
    printer = devices.add(world.desk, DeviceKind.PRINTER, "เครื่องพิมพ์", by=world.head)
    kiosk = devices.add(world.desk, DeviceKind.KIOSK, "ตู้", by=world.head)
    there = address(world, "change_device", device=kiosk.pk)
    assert 'value="ตู้"' in head.get(there).content.decode()

    head.post(there, {"name": "ตู้ใหม่", "printer": str(printer.pk), "height": "high"})

    kiosk.refresh_from_db()
    assert (kiosk.name, kiosk.options["printer"]) == ("ตู้ใหม่", printer.pk)


def test_a_tablet_belongs_to_a_counter(world, head):
    there = address(world, "add_device", kind="tablet")

    assert head.post(there, {"name": "แท็บเล็ต"}).status_code == 422
    head.post(there, {"name": "แท็บเล็ต", "counter": world.counters[1].pk})
    assert Device.objects.get().counter == world.counters[1]


def test_somebody_elses_system_may_do_what_was_chosen_and_no_more(world, head, client):
    there = address(world, "add_device", kind="other")

    assert head.post(there, {"name": "ระบบของจังหวัด"}).status_code == 422
    without_counter = head.post(there, {"name": "ระบบของจังหวัด", "scopes": ["tickets:call"]})
    assert "เลือกช่องบริการที่ระบบนี้กดปุ่มแทน" in without_counter.content.decode()
    facts = {"name": "ระบบของจังหวัด", "scopes": ["desk:read", "tickets:call"], "counter": world.counters[0].pk}
    head.post(there, facts)
    other = Device.objects.get()
    assert (sorted(other.scopes), other.counter) == (["desk:read", "tickets:call"], world.counters[0])
    assert "อ่านข้อมูลผู้รอ" in listed(world, head)
    token = devices.pair(devices.new_code(other, by=world.head))[1]
    bearer = {"Authorization": f"Bearer {token}"}
    ticket = {"service": world.registration.pk, "reference": uuid4().hex}
    assert client.get("/api/v1/desk/device", headers=bearer).json()["scopes"] == ["desk:read", "tickets:call"]
    assert client.post("/api/v1/desk/tickets", ticket, "application/json", headers=bearer).status_code == 403

    head.post(address(world, "change_device", device=other.pk), facts | {"scopes": ["tickets:take"], "counter": ""})

    assert client.get("/api/v1/desk/device", headers=bearer).status_code == 403


def test_what_was_taken_off_is_not_changed_and_only_printers_print(world, head):
    kiosk = devices.add(world.desk, DeviceKind.KIOSK, "ตู้", by=world.head)
    assert head.post(address(world, "print_again", device=kiosk.pk)).status_code == 404
    devices.revoke(kiosk, by=world.head)

    assert head.get(address(world, "change_device", device=kiosk.pk)).status_code == 404
    assert head.post(address(world, "pair_device_of_desk", device=kiosk.pk)).status_code == 422


def test_there_is_no_device_of_an_unknown_kind(world, head):
    assert head.get(address(world, "add_device", kind="toaster")).status_code == 404


def test_the_poster_for_the_door_is_a_page(world, client):
    client.force_login(world.officers[0])

    answer = client.get(address(world, "door_poster"))

    (page,) = texts_of_pages(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert f"/queue/{world.centre.code}/door" in page


def test_a_silent_device_and_a_wrong_clock_are_seen(world, head):
    kiosk, _token = paired(world.desk, by=world.head, at=world.now)
    Device.objects.filter(pk=kiosk.pk).update(
        last_seen_at=timezone.now() - timezone.timedelta(hours=1), clock_offset_ms=-7 * 60 * 1000
    )

    shown = listed(world, head)

    assert "ขาดการติดต่อ" in shown
    assert "คลาดเคลื่อน 7 นาที" in shown


def test_a_device_that_was_taken_off_is_listed_below_and_cannot_be_paired(world, head):
    kiosk, token = paired(world.desk, by=world.head, at=world.now)

    head.post(address(world, "revoke_device", device=kiosk.pk))

    assert device_with(token) is None
    assert "นำออกแล้ว" in listed(world, head)
    assert head.post(address(world, "pair_device_of_desk", device=kiosk.pk)).status_code == 422
    with pytest.raises(devices.DeviceRefused):
        devices.change(kiosk, "อื่น", by=world.head)


def test_many_devices_cost_no_more_questions(world, head, django_assert_max_num_queries):
    paired(world.desk, by=world.head, at=world.now)
    listed(world, head)
    with django_assert_max_num_queries(14):
        listed(world, head)
    for number in range(10):
        devices.add(world.desk, DeviceKind.PRINTER, f"เครื่อง {number}", by=world.head)
    with django_assert_max_num_queries(14):
        listed(world, head)


def test_another_centres_device_is_not_found(world, head):
    other = DeskWorld().stand()
    kiosk = devices.add(other.desk, DeviceKind.KIOSK, "ตู้", by=other.head)

    assert head.get(address(world, "change_device", device=kiosk.pk)).status_code == 404


@pytest.mark.parametrize(
    ("kind", "facts", "expected"),
    [
        ("two_numbers", {"number": "A701", "called_as": "A003"}, "ถือบัตรกระดาษหมายเลข A701 แต่ในคิวเป็นหมายเลข A003"),
        ("not_taken_in", {"number": "A702", "reasons": ["number_taken"]}, "มีบัตรคิวอื่นใช้หมายเลขนี้แล้ว"),
        ("not_taken_in", {"number": "A702", "reasons": ["odd"]}, "ไม่ทราบงานบริการ"),
        ("other", {"words": "เรื่องแปลก"}, "เรื่องแปลก"),
    ],
)
def test_what_is_undecided_is_told_with_advice_and_settled_with_words(world, head, kind, facts, expected):
    matter = undecided.note(world.centre, kind, facts, happened_at=world.now)
    settle = address(world, "settle_undecided", reference=matter.reference)

    assert expected in head.get(address(world, "list_undecided")).content.decode()
    assert head.post(settle, {"settlement": " "}).status_code == 422
    head.post(settle, {"settlement": "ตามหาแล้ว"})

    matter.refresh_from_db()
    assert (matter.settlement, matter.settled_by) == ("ตามหาแล้ว", world.head)
    assert "ตามหาแล้ว" in head.get(address(world, "list_undecided")).content.decode()
    assert undecided.settle(matter, "อีกครั้ง", by=world.head).settlement == "ตามหาแล้ว"
