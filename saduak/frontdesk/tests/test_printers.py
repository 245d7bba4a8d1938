"""Tickets on paper: what is drawn is what a printer prints, and a printer that fails says so."""

import io
import socket

import pytest
from django.core.management import call_command
from PIL import Image, ImageChops

from saduak.documents.queue_papers import TicketSlip, draw_ticket
from saduak.frontdesk.gateways import printers
from saduak.frontdesk.gateways.printers import BLACK_BELOW, PrinterFailed, bytes_of, print_picture
from saduak.frontdesk.gateways.simulated_printer import NotUnderstood, SimulatedPrinter, pictures_of

SLIP = TicketSlip(
    centre="สำนักงานจัดหางานจังหวัดเชียงใหม่",
    label="หมายเลขคิว",
    number="A012",
    service="ขึ้นทะเบียนผู้ประกันตนกรณีว่างงาน",
    lines=("20 พ.ย. 2569 09.31 น.",),
    address="https://gecc.example/queue/t/abcdefghijklmnop",
    beside=("ติดตามคิวทางโทรศัพท์",),
    foot=("ผู้ที่รอนานที่สุดได้รับเรียกก่อน",),
)


def black(png):
    return Image.open(io.BytesIO(png)).convert("L").point(lambda grey: 0 if grey < BLACK_BELOW else 255)


@pytest.fixture(scope="module")
def drawn():
    return draw_ticket(SLIP)


def test_the_paper_shows_what_was_drawn_dot_for_dot(drawn, capsys):
    (paper,) = pictures_of(bytes_of(drawn))

    assert black(paper).width == 576
    assert ImageChops.difference(black(paper), black(drawn)).getbbox() is None
    assert capsys.readouterr() == ("", "")


def test_a_narrow_roll_gets_a_narrow_ticket():
    assert Image.open(io.BytesIO(draw_ticket(TicketSlip("ศูนย์", "คิว", "A1234", "งาน", width=48)))).width == 384


def test_a_printer_on_the_network_gets_the_ticket_whole(drawn):
    printed = []
    with SimulatedPrinter(printed.append) as printer:
        print_picture(drawn, host="127.0.0.1", port=printer.port)
        print_picture(drawn, host="127.0.0.1", port=printer.port)

    assert printed == pictures_of(bytes_of(drawn)) * 2


@pytest.mark.parametrize("state", [printers.PAPER_OUT, printers.COVER_OPEN, printers.BROKEN])
def test_a_printer_that_cannot_print_says_why(drawn, state):
    printed = []
    with SimulatedPrinter(printed.append, state=state) as printer, pytest.raises(PrinterFailed):
        print_picture(drawn, host="127.0.0.1", port=printer.port)

    assert printed == []


def test_a_printer_that_is_switched_off_has_failed(drawn):
    with SimulatedPrinter(lambda ticket: None) as printer:
        port = printer.port

    with pytest.raises(PrinterFailed):
        print_picture(drawn, host="127.0.0.1", port=port)


def test_the_simulator_refuses_what_we_never_send():
    with pytest.raises(NotUnderstood):
        pictures_of(b"\x1b@plain words")


def test_an_office_without_a_printer_yet_gets_pictures(drawn, tmp_path, monkeypatch, capsys):
    def one_ticket(printer):
        with socket.create_connection(("127.0.0.1", printer.port)) as line:
            line.sendall(bytes_of(drawn))
        connection, _address = printer._socket.accept()
        with connection:
            for ticket in pictures_of(printer._heard(connection)):
                printer._printed(ticket)
        raise KeyboardInterrupt

    monkeypatch.setattr(SimulatedPrinter, "serve", one_ticket)

    call_command("simulate_printer", tmp_path / "paper", port=0)

    (picture,) = (tmp_path / "paper").iterdir()
    assert black(picture.read_bytes()).width == 576
    assert str(picture) in capsys.readouterr().out
