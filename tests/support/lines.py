"""One kept connection to a server, asked as cheaply as Python can, so that measuring does not take what is measured."""

import json
import socket
from typing import Any, NamedTuple
from urllib.parse import urlencode

CSRF = "a" * 32


class Answer(NamedTuple):
    """What came back; header names in small letters."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes

    def json(self) -> Any:
        """The body read."""
        return json.loads(self.body)


class Line:
    """A connection of HTTP/1.1 that is opened when it is needed. Raises OSError when it breaks."""

    def __init__(self, port: int, *, token: str = "", session: str = "", timeout: float = 30) -> None:
        self.port, self.timeout = port, timeout
        self._socket: socket.socket | None = None
        self._rest = b""
        self._head = "Host: localhost\r\n"
        if token:
            self._head += f"Authorization: Bearer {token}\r\n"
        if session:
            self._head += f"Cookie: sessionid={session}; csrftoken={CSRF}\r\n"

    def get(self, path: str, *, headers: str = "") -> Answer:
        """Ask for something; `headers` are lines that end in CRLF."""
        return self._ask(f"GET {path} HTTP/1.1\r\n{self._head}{headers}\r\n".encode())

    def post(self, path: str, said: Any = None, *, key: object = "") -> Answer:
        """Send JSON, with a key by which the deed is done once."""
        body = json.dumps(said if said is not None else {}).encode()
        once = f"Idempotency-Key: {key}\r\n" if key else ""
        head = (
            f"POST {path} HTTP/1.1\r\n{self._head}{once}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return self._ask(head.encode() + body)

    def send(self, path: str, **fields: object) -> Answer:
        """Send a form, as somebody who has signed in."""
        body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\n{self._head}Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return self._ask(head.encode() + body)

    def use(self, token: str) -> None:
        """Go on with another token over the same connection, as a gateway of many devices does."""
        self._head = f"Host: localhost\r\nAuthorization: Bearer {token}\r\n"

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket, self._rest = None, b""

    def _ask(self, words: bytes) -> Answer:
        try:
            if self._socket is None:
                self._socket = socket.create_connection(("127.0.0.1", self.port), self.timeout)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.sendall(words)
            return self._answer()
        except OSError:
            self.close()
            raise

    def _answer(self) -> Answer:
        data = self._rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        first, *lines = data[:end].split(b"\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(b": ") for line in lines)}
        status = int(first.split(b" ", 2)[1])
        data = data[end + 4 :]
        if headers.get(b"transfer-encoding") == b"chunked":
            body, self._rest = self._chunks(data)
        else:
            length = 0 if status in (204, 304) else int(headers.get(b"content-length", b"0"))
            while len(data) < length:
                data += self._more()
            body, self._rest = data[:length], data[length:]
        return Answer(status, headers, body)

    def _chunks(self, data: bytes) -> tuple[bytes, bytes]:
        body = b""
        while True:
            while (end := data.find(b"\r\n")) < 0:
                data += self._more()
            size = int(data[:end], 16)
            while len(data) < end + 2 + size + 2:
                data += self._more()
            body += data[end + 2 : end + 2 + size]
            data = data[end + 2 + size + 2 :]
            if not size:
                return body, data

    def _more(self) -> bytes:
        assert self._socket is not None
        if not (more := self._socket.recv(65536)):
            raise ConnectionResetError("The server hung up.")
        return more
