"""One request to somebody else's address, which must not lead into our own house (การส่งออก)."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 10
READ = 64 * 1024
TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses behind which a network translates to the IPv4 address in their last four bytes (RFC 6052)."""


class Unreachable(Exception):
    """The address is not one to which anything is sent, or nobody answered; says why."""


@dataclass(frozen=True)
class Target:
    """An address taken apart, with the network address that its name led to."""

    scheme: str
    host: str
    port: int
    path: str
    at: str


def target_of(url: str) -> Target:
    """Where the address leads. Raises Unreachable unless every network address behind its name is a public one.

    Networks of the setting WEBHOOK_NETWORKS are taken too; plain http only for this very machine, in such a network.
    """
    parts = urlsplit(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise Unreachable(_("The port makes no sense.")) from None
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.fragment:
        raise Unreachable(_("The address begins with https:// and names a host."))
    found = _resolved(parts.hostname, port)
    for each in found:
        if not _is_allowed(each):
            raise Unreachable(_("The address leads into a private network."))
    if parts.scheme == "http" and not all(each.is_loopback for each in found):
        raise Unreachable(_("The address begins with https:// and names a host."))
    path = parts.path or "/"
    return Target(parts.scheme, parts.hostname, port, f"{path}?{parts.query}" if parts.query else path, str(found[0]))


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status that the address answers; redirections are not followed. Raises Unreachable."""
    target = target_of(url)
    connection: http.client.HTTPConnection
    if target.scheme == "https":
        connection = _Secured(target)
    else:
        connection = http.client.HTTPConnection(target.at, target.port, timeout=SECONDS)
    try:
        connection.request("POST", target.path, body, {"Host": _host(target), **headers})
        answer = connection.getresponse()
        answer.read(READ)
        return answer.status
    except (OSError, http.client.HTTPException) as failure:
        raise Unreachable(f"{type(failure).__name__}: {failure}"[:300]) from None
    finally:
        connection.close()


class _Secured(http.client.HTTPSConnection):
    """Connects to the network address that was looked at, and asks for the certificate of the name."""

    def __init__(self, target: Target) -> None:
        self._context_of_ours = ssl.create_default_context()
        super().__init__(target.host, target.port, timeout=SECONDS, context=self._context_of_ours)
        self._at = target.at

    def connect(self) -> None:
        """Open the connection; the name is not looked up again."""
        plain = socket.create_connection((self._at, self.port), SECONDS)
        self.sock = self._context_of_ours.wrap_socket(plain, server_hostname=self.host)


def _resolved(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(_("The name of the host leads nowhere.")) from None
    return [ip_address(str(each[4][0]).split("%")[0]) for each in found]


def _is_allowed(address: IPv4Address | IPv6Address) -> bool:
    inner = _within(address)
    if any(inner.version == network.version and inner in network for network in settings.WEBHOOK_NETWORKS):
        return True
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _within(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address carries, if it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


def _host(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    standard = {"https": 443, "http": 80}[target.scheme]
    return host if target.port == standard else f"{host}:{target.port}"
