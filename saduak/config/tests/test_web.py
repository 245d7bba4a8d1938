"""How many connections a worker accepts, and that the system lets it."""

import resource

import pytest

from saduak.config import web


def test_a_page_has_room_for_its_stream_and_for_its_questions():
    assert web.most_connections(2000, 8) == 4128


@pytest.mark.parametrize(
    ("given", "most", "now"),
    [
        pytest.param(1024, 20_000, 4128, id="as many as are needed"),
        pytest.param(1024, 4096, 4096, id="as many as the system allows"),
        pytest.param(1024, resource.RLIM_INFINITY, 4128, id="as many as one likes"),
        pytest.param(65_536, 65_536, None, id="enough already"),
        pytest.param(resource.RLIM_INFINITY, resource.RLIM_INFINITY, None, id="no bound"),
    ],
)
def test_each_connection_may_be_an_open_file(given, most, now, monkeypatch):
    asked = []
    monkeypatch.setattr(web.resource, "getrlimit", lambda _what: (given, most))
    monkeypatch.setattr(web.resource, "setrlimit", lambda _what, limits: asked.append(limits))

    web.may_open_files(4128)

    assert asked == ([(now, most)] if now else [])
