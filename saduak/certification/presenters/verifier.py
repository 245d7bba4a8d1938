"""What the verifier is given: the keys of the day with their fingerprints, the words, the signs (ข้อมูลของตัวตรวจสอบ)."""

from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings

from saduak.certification.presenters.credentials import LOOKS, OF_OUTCOMES
from saduak.certification.presenters.verifier_words import LANGUAGES, words_by_language
from saduak.credentials.issuers import Issuer
from saduak.credentials.multikey import from_multibase
from saduak.credentials.proofs import moment
from saduak.credentials.queries import issuer_document, names_of
from saduak.credentials.reading import Document
from saduak.design.icons import icon

Facts = dict[str, Any]


def verifier_facts(*, at: datetime, language: str) -> Facts:
    """Everything that the page knows by itself."""
    known = {issuer: sorted(names_of(issuer)) for issuer in (Issuer.PROGRAMME, Issuer.EXAMPLE)}
    documents = {name: issuer_document(name) or {} for names in known.values() for name in names}
    examples = known[Issuer.EXAMPLE]
    return {
        "at": moment(at),
        "site": settings.PUBLIC_URL,
        "language": language,
        "languages": LANGUAGES,
        "documents": documents,
        "trusted": known[Issuer.PROGRAMME],
        "examples": examples,
        "keys": [key for name, told in documents.items() for key in keys_in(told, is_example=name in examples)],
        "words": words_by_language(),
        "verdicts": {str(verdict): look for verdict, look in LOOKS.items()},
        "outcomes": {str(outcome): look for outcome, look in OF_OUTCOMES.items()},
        "icons": {
            name: icon(name) for name in ("success", "warning", "danger", "check", "cross", "clock", "info", "upload")
        },
    }


def keys_in(document: Document, *, is_example: bool) -> Iterator[Facts]:
    """The keys of an issuer: what each is for, its fingerprint (SHA-256, hexadecimal), and since when it is stolen."""
    for each in document.get("verificationMethod", ()):
        if each["type"] == "Multikey":
            use, raw = "signs", from_multibase(each["publicKeyMultibase"])[2:]
        else:
            use, raw = "seals", b64decode(each["publicKeyJwk"]["x5c"][0])
        yield {
            "issuer": document["id"],
            "use": "example" if is_example else use,
            "fingerprint": sha256(raw).hexdigest(),
            "revoked": each.get("revoked", ""),
        }
