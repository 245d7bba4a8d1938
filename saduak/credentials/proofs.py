"""Proofs of the kind `eddsa-jcs-2022` over a document (ลายมือชื่อดิจิทัลบนเอกสาร).

What is signed is the SHA-256 of the proof's own facts, then that of the document, each in canonical form (RFC 8785).
Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.3, and Verifiable Credential Data Integrity 1.0.
"""

import hashlib
import re
from datetime import UTC, datetime
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from saduak.credentials import multikey
from saduak.credentials.reading import Document, Unreadable, as_list, canonical

TYPE, SUITE = "DataIntegrityProof", "eddsa-jcs-2022"
SIGNATURE_BYTES = 64
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")


class Purpose(StrEnum):
    """What a proof is for."""

    ASSERTION = "assertionMethod"
    AUTHENTICATION = "authentication"


class Mismatch(StrEnum):
    """Why a proof does not hold."""

    NONE = "no_proof"
    UNKNOWN_KIND = "unknown_kind_of_proof"
    MALFORMED = "malformed_proof"
    OTHER_CONTEXT = "other_context"
    SIGNATURE = "signature_does_not_fit"


def sign(
    document: Document,
    key: Ed25519PrivateKey,
    *,
    method: str,
    created: datetime,
    purpose: Purpose = Purpose.ASSERTION,
    challenge: str | None = None,
    domain: str | None = None,
) -> Document:
    """The document with a proof; an earlier proof stays beside it. `method` is the address of the public key.

    Raises Unreadable when the document has no canonical form.
    """
    facts: Document = {
        "type": TYPE,
        "cryptosuite": SUITE,
        "created": moment(created),
        "verificationMethod": method,
        "proofPurpose": purpose.value,
    }
    if challenge is not None:
        facts["challenge"] = challenge
    if domain is not None:
        facts["domain"] = domain
    if "@context" in document:
        facts["@context"] = document["@context"]
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    proof = {**facts, "proofValue": multikey.multibase(key.sign(signed_bytes(unsigned, facts)))}
    earlier = as_list(document.get("proof"))
    return {**document, "proof": [*earlier, proof] if earlier else proof}


def signed_bytes(unsigned: Document, facts: Document) -> bytes:
    """The 64 bytes that are signed: the digest of the proof's facts, then the document's."""
    return hashlib.sha256(canonical(facts)).digest() + hashlib.sha256(canonical(unsigned)).digest()


def proofs_of(document: Document) -> list[Document]:
    """Every proof of the document; what is no object counts as an empty one, which never holds."""
    return [each if isinstance(each, dict) else {} for each in as_list(document.get("proof"))]


def mismatch(document: Document, proof: Document, key: Ed25519PublicKey) -> Mismatch | None:
    """Why the proof does not hold over the document under the key; None when it does."""
    if fault := malformed(proof):
        return fault
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    if "@context" in proof:
        given, contexts = as_list(proof["@context"]), as_list(document.get("@context"))
        if contexts[: len(given)] != given:
            return Mismatch.OTHER_CONTEXT
        unsigned["@context"] = proof["@context"]
    facts = {name: value for name, value in proof.items() if name != "proofValue"}
    signature = multikey.from_multibase(proof["proofValue"])
    try:
        fits = multikey.has_signed(key, signature, signed_bytes(unsigned, facts))
    except Unreadable:
        return Mismatch.MALFORMED
    return None if fits else Mismatch.SIGNATURE


def malformed(proof: Document) -> Mismatch | None:
    """What is wrong with the proof's own form; None when a key can be asked about it."""
    if proof.get("type") != TYPE or proof.get("cryptosuite") != SUITE or "previousProof" in proof:
        return Mismatch.UNKNOWN_KIND
    if not (isinstance(proof.get("verificationMethod"), str) and isinstance(proof.get("proofPurpose"), str)):
        return Mismatch.MALFORMED
    if "created" in proof and moment_of(proof["created"]) is None:
        return Mismatch.MALFORMED
    try:
        signature = multikey.from_multibase(proof["proofValue"])
    except (KeyError, ValueError, AttributeError, TypeError):
        return Mismatch.MALFORMED
    return None if len(signature) == SIGNATURE_BYTES else Mismatch.MALFORMED


def moment(at: datetime) -> str:
    """A moment as documents write it: in UTC, to the second, with `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: object) -> datetime | None:
    """The moment that the text names (XML Schema `dateTimeStamp`, which has a time zone); None when it names none."""
    if not isinstance(text, str) or not _STAMP.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
