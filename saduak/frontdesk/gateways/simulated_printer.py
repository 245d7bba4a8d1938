"""A printer of paper that is only imagined: it reads ESC/POS and gives each cut ticket as a picture.

For tests, for the demonstration and for offices that try a kiosk before a printer has come.
"""

import contextlib
import io
import socket
import threading
from collections.abc import Callable, Iterator

from PIL import Image

ESC, GS, DLE = 0x1B, 0x1D, 0x10
ALL_WELL = 0x12


class NotUnderstood(Exception):
    """The bytes hold a command that we never send."""


def pictures_of(sent: bytes) -> list[bytes]:
    """The tickets that a printer would have cut off, each as PNG. Raises NotUnderstood."""
    tickets: list[bytes] = []
    strips: list[Image.Image] = []
    for piece in _pieces(sent):
        if piece is not None:
            strips.append(piece)
        elif strips:
            tickets.append(_joined(strips))
            strips = []
    return tickets


def _pieces(sent: bytes) -> Iterator[Image.Image | None]:
    """Strips of raster in order; None where the paper is cut."""
    place = 0
    while place < len(sent):
        code = sent[place : place + 2]
        if code == bytes([GS, ord("v")]):  # GS v 0: a raster picture, its width in bytes, its height in dots.
            width, height = (int.from_bytes(sent[place + at : place + at + 2], "little") for at in (4, 6))
            begin = place + 8
            place = begin + width * height
            strip = Image.frombytes("1", (width * 8, height), bytes(b ^ 0xFF for b in sent[begin:place]))
            yield strip
        elif code == bytes([GS, ord("V")]):  # GS V: cut; modes 65 and 66 feed some paper first.
            place += 4 if sent[place + 2] in (65, 66) else 3
            yield None
        elif code == bytes([DLE, 0x04]):  # DLE EOT n: how are you?
            place += 3
        elif code == bytes([ESC, ord("@")]):  # ESC @: begin anew.
            place += 2
        elif code == bytes([ESC, ord("d")]):  # ESC d: feed lines.
            place += 3
        elif code[:1] in (b"\n", b"\r"):
            place += 1
        else:
            raise NotUnderstood(f"{sent[place : place + 4].hex(' ')} at {place}")


def _joined(strips: list[Image.Image]) -> bytes:
    paper = Image.new("1", (max(strip.width for strip in strips), sum(strip.height for strip in strips)), 1)
    top = 0
    for strip in strips:
        paper.paste(strip, (0, top))
        top += strip.height
    drawn = io.BytesIO()
    paper.save(drawn, "PNG")
    return drawn.getvalue()


class SimulatedPrinter:
    """Listens as a network printer does; each connection's tickets are given to `printed`.

    with SimulatedPrinter(tickets.append) as printer:
        print_picture(png, host="127.0.0.1", port=printer.port)

    `state` is what it answers when it is asked how it is; with `printers.PAPER_OUT` in it, it has no paper.
    """

    def __init__(
        self, printed: Callable[[bytes], None], *, host: str = "127.0.0.1", port: int = 0, state: int = ALL_WELL
    ) -> None:
        self._printed = printed
        self.state = state
        self._socket = socket.create_server((host, port))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self.serve, daemon=True)

    def __enter__(self) -> "SimulatedPrinter":
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()
        self._thread.join(timeout=5)

    def close(self) -> None:
        """Take no more connections."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def serve(self) -> None:
        """Take connections one after the other until the socket is closed."""
        while True:
            try:
                connection, _address = self._socket.accept()
            except OSError:
                return
            with connection:
                for ticket in pictures_of(self._heard(connection)):
                    self._printed(ticket)

    def _heard(self, connection: socket.socket) -> bytes:
        sent = b""
        with contextlib.suppress(ConnectionError):  # The other side may hang up in the middle.
            while piece := connection.recv(65536):
                sent += piece
                if piece[:2] == bytes([DLE, 0x04]):
                    connection.sendall(bytes([self.state]))
        return sent
