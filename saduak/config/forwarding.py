"""Believes only our own proxies about who is asking (ข้อมูลจากพร็อกซี)."""

from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

FROM_PROXIES = frozenset({b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-port"})


def believing(app: App, proxies: Iterable[IPv4Network | IPv6Network]) -> App:
    """An ASGI application whose requests tell the true client and scheme, and carry no forwarding headers.

    What a proxy of ours added is believed; what stands before it, the client may have made up. Headers with an
    underscore are dropped: in WSGI they could pass for the ones with a hyphen.
    """
    trusted = tuple(proxies)

    async def forwarded(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope = _told_truly(scope, trusted)
        await app(scope, receive, send)

    return forwarded


def _told_truly(scope: Scope, trusted: tuple[IPv4Network | IPv6Network, ...]) -> Scope:
    headers: Headers = list(scope["headers"])
    told = {name: value.decode("latin1") for name, value in _joined(headers)}
    kept = [(name, value) for name, value in headers if name not in FROM_PROXIES and b"_" not in name]
    scope = scope | {"headers": kept}
    client = scope.get("client")
    if client is None or not _is_ours(client[0], trusted):
        return scope
    if "x-forwarded-for" in told:
        scope["client"] = (_nearest_stranger(told["x-forwarded-for"].split(","), trusted), 0)
    if (scheme := told.get("x-forwarded-proto", "").strip()) in ("http", "https"):
        scope["scheme"] = scheme
    return scope


def _joined(headers: Headers) -> Iterable[tuple[str, bytes]]:
    for name in FROM_PROXIES:
        if values := [value for key, value in headers if key == name]:
            yield name.decode(), b",".join(values)


def _nearest_stranger(hops: list[str], trusted: tuple[IPv4Network | IPv6Network, ...]) -> str:
    """The last address in the list that is none of our proxies; the first one when all of them are ours."""
    addresses = [hop.strip() for hop in hops]
    return next((hop for hop in reversed(addresses) if not _is_ours(hop, trusted)), addresses[0])


def _is_ours(address: str, trusted: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in trusted)
