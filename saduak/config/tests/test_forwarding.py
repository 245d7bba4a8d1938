"""Only our own proxies are believed."""

import asyncio
from ipaddress import ip_network

import pytest

from saduak.config.forwarding import believing

PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


def told(client, *headers):
    seen = {}

    async def app(scope, receive, send):
        seen.update(scope)

    scope = {"type": "http", "scheme": "http", "client": (client, 5000), "headers": list(headers)}
    asyncio.run(believing(app, PROXIES)(scope, None, None))
    return seen


@pytest.mark.parametrize(
    ("client", "forwarded", "believed"),
    [
        pytest.param("203.0.113.9", b"192.0.2.1", "203.0.113.9", id="a stranger is not believed"),
        pytest.param("10.0.0.1", b"192.0.2.1", "192.0.2.1", id="our proxy is"),
        pytest.param("10.0.0.1", b"192.0.2.66, 192.0.2.1", "192.0.2.1", id="what came before our proxy is not"),
        pytest.param("10.0.0.1", b"192.0.2.1, 10.2.2.2", "192.0.2.1", id="two proxies of ours in a row"),
        pytest.param("10.0.0.1", b"10.3.3.3, 10.2.2.2", "10.3.3.3", id="somebody inside our networks"),
        pytest.param("::1", b"unknown", "unknown", id="a word that is no address"),
        pytest.param("", b"192.0.2.1", "", id="a client without an address"),
    ],
)
def test_the_client_is(client, forwarded, believed):
    assert told(client, (b"x-forwarded-for", forwarded))["client"][0] == believed


def test_the_scheme_comes_from_our_proxy_alone():
    https = (b"x-forwarded-proto", b"https")

    assert told("10.0.0.1", https)["scheme"] == "https"
    assert told("203.0.113.9", https)["scheme"] == "http"
    assert told("10.0.0.1", (b"x-forwarded-proto", b"gopher"))["scheme"] == "http"


def test_nothing_forwarded_and_nothing_with_an_underscore_reaches_the_application():
    names = (b"x-forwarded-for", b"x-forwarded-host", b"x_forwarded_proto", b"content_length", b"accept")

    assert told("10.0.0.1", *((name, b"x") for name in names))["headers"] == [(b"accept", b"x")]


def test_other_protocols_pass_unchanged():
    seen = []

    async def app(scope, receive, send):
        seen.append(scope)

    asyncio.run(believing(app, PROXIES)({"type": "lifespan"}, None, None))

    assert seen == [{"type": "lifespan"}]
