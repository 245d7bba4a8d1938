"""Whether a document has the shape that the standard of credentials demands (รูปแบบของเอกสาร).

Source: W3C Verifiable Credentials Data Model 2.0, section 4; each line tells the property that breaks it and how.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from saduak.credentials.proofs import moment_of
from saduak.credentials.reading import Document, as_list
from saduak.credentials.statuses import ENTRY, FULL_NAME, entries_of

CONTEXT = "https://www.w3.org/ns/credentials/v2"
CREDENTIAL, PRESENTATION = "VerifiableCredential", "VerifiablePresentation"
ENVELOPED = {"EnvelopedVerifiableCredential": CREDENTIAL, "EnvelopedVerifiablePresentation": PRESENTATION}
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")

Problem = tuple[str, str]
"""The property and what is wrong with it, in English: it is read by programmers."""


def problems_of_credential(document: Document) -> list[Problem]:
    """Everything in which the document is not a credential of version 2.0."""
    return list(_credential(document))


def problems_of_presentation(document: Document) -> list[Problem]:
    """Everything in which the document is not a presentation of version 2.0; its credentials are looked at too."""
    return list(_presentation(document))


def _credential(document: Document) -> Iterator[Problem]:
    yield from _common(document, CREDENTIAL)
    yield from _names(document)
    yield from _issuer(document)
    yield from _subjects(document)
    yield from _term(document)
    yield from _statuses(document)
    for name in ("credentialSchema", "refreshService", "termsOfUse", "evidence"):
        yield from _typed(document, name, with_id=name == "credentialSchema")
    yield from _related(document)


def _presentation(document: Document) -> Iterator[Problem]:
    yield from _common(document, PRESENTATION)
    if "holder" in document and not is_address(_id(document["holder"])):
        yield "holder", "The holder is an address, or an object with an address as its id."
    for name in ("termsOfUse",):
        yield from _typed(document, name)
    for number, inner in enumerate(as_list(document.get("verifiableCredential"))):
        place = f"verifiableCredential[{number}]"
        if not isinstance(inner, dict):
            yield place, "A credential is an object."
        elif set(as_list(inner.get("type"))) & ENVELOPED.keys():
            yield from ((f"{place}.{name}", wrong) for name, wrong in _envelope(inner))
        else:
            yield from ((f"{place}.{name}", wrong) for name, wrong in _credential(inner))


def _common(document: Document, kind: str) -> Iterator[Problem]:
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not contexts or contexts[0] != CONTEXT:
        yield "@context", f"A list, of which the first is {CONTEXT}."
    elif not all(isinstance(each, dict) or is_address(each) for each in contexts):
        yield "@context", "Every context is an address or an object."
    if "id" in document and not is_address(document["id"]):
        yield "id", "One address."
    types = as_list(document.get("type"))
    if kind not in types:
        yield "type", f"{kind} is among the types."
    if not all(isinstance(each, str) and each for each in types):
        yield "type", "Every type is text."
    for name in ("proof",):
        yield from _typed(document, name)


def _names(document: Document) -> Iterator[Problem]:
    for holder, place in ((document, ""), (document.get("issuer"), "issuer.")):
        if isinstance(holder, dict):
            for name in ("name", "description"):
                if name in holder and not _is_language_text(holder[name]):
                    yield place + name, "Text, or objects with @value and optionally @language and @direction."


def _is_language_text(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, dict) and _is_language_text(each) for each in value)
    if isinstance(value, str):
        return True
    if not isinstance(value, dict) or not value.keys() <= {"@value", "@language", "@direction"}:
        return False
    language, direction = value.get("@language", "th"), value.get("@direction", "ltr")
    return (
        isinstance(value.get("@value"), str)
        and (language is None or (isinstance(language, str) and bool(LANGUAGE.fullmatch(language))))
        and direction in ("ltr", "rtl", None)
    )


def _issuer(document: Document) -> Iterator[Problem]:
    if not is_address(_id(document.get("issuer"))):
        yield "issuer", "An address, or an object with an address as its id."


def _subjects(document: Document) -> Iterator[Problem]:
    subjects = as_list(document.get("credentialSubject"))
    if not subjects or not all(isinstance(each, dict) and each for each in subjects):
        yield "credentialSubject", "One object that says something, or several."
    for each in subjects:
        if isinstance(each, dict) and "id" in each and not is_address(each["id"]):
            yield "credentialSubject.id", "One address."


def _term(document: Document) -> Iterator[Problem]:
    for name in ("validFrom", "validUntil"):
        if name in document and moment_of(document[name]) is None:
            yield name, "A date and a time with a time zone, such as 2026-11-20T00:00:00Z."
    first, last = moment_of(document.get("validFrom")), moment_of(document.get("validUntil"))
    if first and last and last < first:
        yield "validUntil", "Not before validFrom."


def _statuses(document: Document) -> Iterator[Problem]:
    yield from _typed(document, "credentialStatus")
    yield from _typed(document, FULL_NAME)
    for each in entries_of(document):
        if isinstance(each, dict) and ENTRY in as_list(each.get("type")):
            if not isinstance(each.get("statusPurpose"), str) or not each["statusPurpose"]:
                yield "credentialStatus.statusPurpose", "Text, such as revocation."
            if not is_index(each.get("statusListIndex")):
                yield "credentialStatus.statusListIndex", "A whole number from 0 on, written as text."
            if not is_address(each.get("statusListCredential")):
                yield "credentialStatus.statusListCredential", "The address of a list."
            yield from _messages(each)


def _messages(entry: Document) -> Iterator[Problem]:
    size = entry.get("statusSize", 1)
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        yield "credentialStatus.statusSize", "A whole number above 0."
    elif size > 1 and len(as_list(entry.get("statusMessage"))) != 2**size:
        yield "credentialStatus.statusMessage", "One message for each value of the bits."
    if entry.get("statusPurpose") == "message" and "statusMessage" not in entry:
        yield "credentialStatus.statusMessage", "The messages that the values stand for."


def _typed(document: Document, name: str, *, with_id: bool = False) -> Iterator[Problem]:
    for each in as_list(document.get(name)):
        if not isinstance(each, dict) or not as_list(each.get("type")):
            yield name, "An object with a type."
        elif not all(isinstance(kind, str) for kind in as_list(each["type"])):
            yield name, "Every type is text."
        elif ("id" in each and not is_address(each["id"])) or (with_id and "id" not in each):
            yield f"{name}.id", "One address."


def _related(document: Document) -> Iterator[Problem]:
    known: set[str] = set()
    for each in as_list(document.get("relatedResource")):
        if not isinstance(each, dict) or not is_address(each.get("id")):
            yield "relatedResource", "An object with an address as its id."
        elif each["id"] in known:
            yield "relatedResource", "Each address once."
        elif not isinstance(each.get("digestSRI", each.get("digestMultibase")), str):
            yield "relatedResource", "A digest, as digestSRI or digestMultibase."
        else:
            known.add(each["id"])


def _envelope(inner: Document) -> Iterator[Problem]:
    if CONTEXT not in as_list(inner.get("@context")):
        yield "@context", f"{CONTEXT} is among the contexts."
    if not str(inner.get("id", "")).startswith("data:") or ";" not in str(inner.get("id")):
        yield "id", "A data: address that holds the credential."


def _id(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else value


def is_address(value: object) -> bool:
    """Whether this is a URL: text with a scheme and something behind it, without blanks."""
    if not isinstance(value, str) or re.search(r"[\s<>\"{}|\\^`]", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(re.fullmatch(r"[a-z][a-z0-9+.-]*", parts.scheme)) and len(value) > len(parts.scheme) + 1


def is_index(value: object) -> bool:
    """Whether this names a bit of a list: digits as text."""
    return isinstance(value, str) and bool(re.fullmatch(r"[0-9]{1,12}", value))
