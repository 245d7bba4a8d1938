"""Requests and answers on their way between the event loop and the threads."""

import asyncio
import threading

import pytest

from saduak.config.threads import LARGE_REQUEST, PIECE, InThreads


class Answer(list):
    """What a WSGI application gives back; remembers that it was closed."""

    is_closed = False

    def close(self):
        self.is_closed = True


def asked(app, *messages, method="POST", length=None):
    """What is sent for a request of these messages, and how many of them were read."""
    left = list(messages)
    headers = [] if length is None else [(b"content-length", str(length).encode())]
    sent = []

    async def receive():
        return left.pop(0)

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": "/ที่",
        "query_string": b"a=1",
        "http_version": "1.1",
        "headers": headers,
        "client": ("192.0.2.1", 5),
    }
    asyncio.run(asyncio.wait_for(InThreads(app, threads=2)(scope, receive, send), 10))
    return sent, len(messages) - len(left)


def echo(environ, start_response):
    """Says what it was sent, and where."""
    start_response(
        "201 Created", [("X-Thread", threading.current_thread().name), ("Set-Cookie", "ก".encode().decode("latin1"))]
    )
    words = environ["wsgi.input"].read()
    return [environ["REMOTE_ADDR"].encode(), b" ", environ["QUERY_STRING"].encode(), b" ", words]


def body(words, *, more=False):
    return {"type": "http.request", "body": words, "more_body": more}


def test_a_request_comes_and_goes_as_a_whole():
    sent, read = asked(echo, body(b"one ", more=True), body(b"two"), length=7)

    start, rest = sent
    assert (start["status"], read) == (201, 2)
    assert [name for name, _value in start["headers"]] == [b"x-thread", b"set-cookie"]
    assert dict(start["headers"])[b"x-thread"].startswith(b"django-")
    assert rest == {"type": "http.response.body", "body": b"192.0.2.1 a=1 one two"}


def test_a_request_without_a_length_has_no_body_that_anybody_waits_for():
    sent, read = asked(echo, body(b"never read"), method="GET")

    assert (sent[1]["body"], read) == (b"192.0.2.1 a=1 ", 0)


def test_who_went_away_before_the_request_was_sent_is_answered_nothing():
    assert asked(echo, body(b"one ", more=True), {"type": "http.disconnect"}, length=7)[0] == []


def test_a_large_request_is_read_in_pieces():
    pieces = [body(b"x" * LARGE_REQUEST, more=True), body(b"yz")]

    sent, read = asked(echo, *pieces, length=LARGE_REQUEST + 2)

    told = b"".join(message.get("body", b"") for message in sent)
    assert (sent[0]["status"], read, len(told), told[-2:]) == (201, 2, len("192.0.2.1 a=1 ") + LARGE_REQUEST + 2, b"yz")


def test_a_large_answer_is_sent_in_pieces_and_every_answer_is_closed():
    answer, small = Answer([b"a" * (PIECE // 2)] * 9), Answer()

    def app(environ, start_response):
        start_response("200 OK", [])
        return answer if environ["REQUEST_METHOD"] == "GET" else small

    sent, _read = asked(app, method="GET")
    nothing, _read = asked(app)

    bodies = [message["body"] for message in sent[1:]]
    assert [len(each) for each in bodies] == [PIECE] * 4 + [PIECE // 2, 0]
    assert [message.get("more_body", False) for message in sent[1:]] == [True] * 5 + [False]
    assert [message.get("body") for message in nothing] == [None, b""]
    assert (answer.is_closed, small.is_closed) == (True, True)


def test_what_goes_wrong_in_a_thread_is_told_to_who_waits():
    def app(environ, start_response):
        raise LookupError("broken")

    with pytest.raises(LookupError, match="broken"):
        asked(app)
