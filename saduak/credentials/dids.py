"""Names of issuers that anybody can look up: `did:web` and `did:key` (ตัวระบุตัวตนของผู้ออกหนังสือรับรอง).

`did:web:example.go.th` is described at `https://example.go.th/.well-known/did.json`; with a path, at `…/path/did.json`.
Sources: did:web method specification (W3C CCG), W3C Controlled Identifiers 1.0, did:key method specification.
"""

from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote, urlsplit

from saduak.credentials.proofs import Purpose, moment, moment_of
from saduak.credentials.reading import Document, as_list, id_of
from saduak.credentials.sealing import as_jwk

CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


@dataclass(frozen=True)
class Method:
    """One public key of an issuer: its address, the key as text, and since when it must not be believed any more."""

    id: str
    public: str
    revoked: datetime | None = None


@dataclass(frozen=True)
class PaperMethod:
    """A key of an issuer that seals PDF files: its address, its certificate (DER), and since when it is stolen."""

    id: str
    certificate: bytes
    revoked: datetime | None = None


def web_did(address: str, path: str = "") -> str:
    """The name of whoever owns the web address (`https://host[:port]`), with an optional path of one word."""
    name = "did:web:" + quote(urlsplit(address).netloc.lower(), safe=".-")
    return f"{name}:{path}" if path else name


def address_of(did: str) -> str | None:
    """Where the document of a `did:web` lies; None for names of another kind. Only https, as the method demands."""
    method, _, name = did.partition("did:web:")
    if method or not name or any(letter in name for letter in "/?#@\\ "):
        return None
    host, *path = [unquote(part) for part in name.split(":")]
    if "/" in host or not host or any("/" in part or part in ("", "..") for part in path):
        return None
    return f"https://{host}/{'/'.join(quote(part, safe='') for part in path) or '.well-known'}/did.json"


def document_of(did: str, methods: Iterable[Method], papers: Iterable[PaperMethod] = ()) -> Document:
    """The document that describes an issuer: every key it ever had, with the ones that were stolen marked.

    A retired key stays, so that what it signed stays verifiable. A stolen key stays too, with `revoked`: what it
    signed from that moment on is not believed. Keys that seal papers stand there for no other purpose.
    """
    known = list(methods)
    return {
        "@context": CONTEXTS,
        "id": did,
        "verificationMethod": [
            {
                "id": method.id,
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": method.public,
                **({"revoked": moment(method.revoked)} if method.revoked else {}),
            }
            for method in known
        ]
        + [
            {
                "id": paper.id,
                "type": "JsonWebKey",
                "controller": did,
                "publicKeyJwk": as_jwk(paper.certificate),
                **({"revoked": moment(paper.revoked)} if paper.revoked else {}),
            }
            for paper in papers
        ],
        Purpose.ASSERTION.value: [method.id for method in known],
        Purpose.AUTHENTICATION.value: [method.id for method in known],
    }


def described_by_itself(did: str) -> Document | None:
    """The document of a `did:key`, which needs no look-up; None for other names."""
    method, _, public = did.partition("did:key:")
    if method or not public:
        return None
    return document_of(did, [Method(f"{did}#{public}", public)])


def method_in(document: Document, address: str, purpose: str) -> Method | None:
    """The key at that address, if the document gives it for the purpose and controls it; None otherwise."""
    allowed = {_absolute(document, id_of(each)) for each in as_list(document.get(purpose))}
    written_here = [each for each in as_list(document.get(purpose)) if isinstance(each, dict)]
    for each in [*as_list(document.get("verificationMethod")), *written_here]:
        if not isinstance(each, dict) or _absolute(document, id_of(each)) != address or address not in allowed:
            continue
        public = each.get("publicKeyMultibase")
        if each.get("controller") == document.get("id") and each.get("type") == "Multikey" and isinstance(public, str):
            return Method(address, public, moment_of(each.get("revoked")))
    return None


def papers_in(document: Document) -> list[PaperMethod]:
    """The keys with which the issuer seals PDF files; what is not written as ours are is left out."""
    found = []
    for each in as_list(document.get("verificationMethod")):
        if not isinstance(each, dict) or each.get("controller") != document.get("id"):
            continue
        jwk = each.get("publicKeyJwk")
        chain = jwk.get("x5c") if isinstance(jwk, dict) else None
        if each.get("type") != "JsonWebKey" or not isinstance(chain, list) or not chain:
            continue
        try:
            certificate = b64decode(chain[0], validate=True)
        except (ValueError, TypeError):
            continue
        found.append(PaperMethod(_absolute(document, id_of(each)), certificate, moment_of(each.get("revoked"))))
    return found


def _absolute(document: Document, address: str) -> str:
    """The address of a key in full; a document may write only what stands behind its own name."""
    return f"{document.get('id')}{address}" if address.startswith("#") else address
