"""A ticket on paper: the printer's faults are the printer's, and a reprint is another try."""

import pytest
from django.urls import reverse
from django.utils import timezone

from saduak.frontdesk.gateways.simulated_printer import SimulatedPrinter
from saduak.frontdesk.models import Printout
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import devices, issuing, printing
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.presenters.slips import picture_of, slip_of
from saduak.frontdesk.tasks import print_ticket
from saduak.frontdesk.tests.kiosks import ask, paired
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return DeskWorld().stand()


@pytest.fixture
def printer(world):
    options = {"host": "127.0.0.1", "port": 1, "width": 48}
    return devices.add(world.desk, DeviceKind.PRINTER, "เครื่องพิมพ์หน้าประตู", by=world.head, options=options)


def test_a_fault_is_written_down_and_the_ticket_stays(world, printer):
    ticket = world.issue()

    print_ticket(printing.ask(ticket, printer).pk)

    printout = Printout.objects.get()
    assert (printout.state, printout.tries) == ("failed", 1)
    assert "ConnectionRefused" in printout.trouble
    assert world.fresh(ticket).stage == "waiting"


def test_a_reprint_is_another_try_and_a_job_done_twice_prints_once(world, printer):
    ticket = world.issue()
    papers = []
    with SimulatedPrinter(papers.append) as simulated:
        devices.change(printer, "ใหม่", by=world.head, options={"host": "127.0.0.1", "port": simulated.port})
        first, second = printing.ask(ticket, printer), printing.ask(ticket, printer)
        for printout in (first, second, second):
            printing.carry_out(printout, picture_of)

    assert len(papers) == 2
    assert {one.state for one in Printout.objects.all()} == {"printed"}


def test_what_comes_too_late_is_not_printed_for_the_next_visitor(world, printer):
    printout = printing.ask(world.issue(), printer, at=world.now)
    papers = []
    with SimulatedPrinter(papers.append) as simulated:
        devices.change(printer, "ใหม่", by=world.head, options={"host": "127.0.0.1", "port": simulated.port})
        printing.carry_out(printout, picture_of, at=world.now + printing.TOO_LATE * 2)

    assert (papers, Printout.objects.get().state) == ([], "failed")


def test_nobody_prints_endlessly_nor_what_was_cancelled(world, printer):
    ticket = world.issue()
    for _ in range(printing.MOST_PRINTOUTS):
        printing.ask(ticket, printer)

    with pytest.raises(Refused):
        printing.ask(ticket, printer)
    with pytest.raises(Refused):
        printing.ask(issuing.cancel(world.issue(), at=world.minute()), printer)


def test_the_paper_says_what_its_holder_needs(world):
    world.issue()
    slip = slip_of(world.issue(language="th"), at=world.now)
    foreign = slip_of(world.issue(language="zh"), at=world.now)

    assert (slip.number, slip.service) == ("A002", "ขึ้นทะเบียนว่างงาน")
    assert "มี 1 คนก่อนหน้าท่าน" in slip.lines
    assert slip.address.endswith(slip.address.rsplit("/", 1)[1])
    assert "3" in slip.foot[0]
    assert foreign.service == "Registration"


def test_a_kiosk_prints_its_own_tickets_only(world, printer, client):
    _kiosk, token = paired(world.desk, by=world.head, at=world.now, printer=printer.pk)
    _bare, bare = paired(world.desk, by=world.head, at=world.now, name="ตู้ไม่มีเครื่องพิมพ์")
    own, others = world.issue(device=_kiosk), world.issue(device=_bare)

    asked = ask(client, token, "kiosk_print", {"reference": own.reference})
    assert (asked.status_code, asked.json()["state"]) == (200, "waiting")
    told = ask(client, token, "kiosk_print", query=f"?printout={asked.json()['printout']}")
    assert told.json() == asked.json()
    assert ask(client, token, "kiosk_print", {"reference": others.reference}).status_code == 404
    assert ask(client, bare, "kiosk_print", {"reference": others.reference}).status_code == 422
    assert ask(client, bare, "kiosk_print", query=f"?printout={asked.json()['printout']}").status_code == 404


def test_an_officer_prints_a_ticket_again(world, printer, client):
    ticket = world.issue(at=timezone.now())
    client.force_login(world.officers[0])
    address = reverse("print_desk_ticket", args=[world.centre.code, ticket.reference])

    answer = client.post(address, {"printer": printer.pk}, follow=True)

    assert "ไปพิมพ์แล้ว" in answer.content.decode()
    assert Printout.objects.get().ticket == ticket
    assert "เครื่องพิมพ์หน้าประตู" in answer.content.decode()


def test_the_supervisor_tries_a_printer_and_reads_what_is_wrong(world, printer, client):
    client.force_login(world.head)
    address = reverse("print_again", args=[world.centre.code, printer.pk])
    assert client.post(address).status_code == 422
    world.issue(at=timezone.now())

    client.post(address)
    print_ticket(Printout.objects.get().pk)

    shown = client.get(reverse("list_devices_of_desk", args=[world.centre.code])).content.decode()
    assert "บัตรคิวล่าสุดพิมพ์ไม่ได้" in shown
    assert "ConnectionRefused" in shown
