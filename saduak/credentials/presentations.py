"""A presentation is verified: whoever holds credentials shows them, and signs that it is they (การแสดงหนังสือรับรอง)."""

from dataclasses import dataclass
from datetime import datetime

from saduak.credentials import proofs, shape
from saduak.credentials.proofs import Purpose
from saduak.credentials.reading import Document, Unreadable, as_list, check, id_of
from saduak.credentials.reports import Because, Check, Outcome, Report, Topic
from saduak.credentials.sources import Sources
from saduak.credentials.verifying import Expected, proof_checks, verify

MOST = 100
"""Credentials that may be shown at once."""


@dataclass(frozen=True)
class PresentationReport:
    """The checks of the presentation itself, and a report on each of its credentials."""

    checks: tuple[Check, ...]
    credentials: tuple[Report, ...]

    @property
    def holds(self) -> bool:
        """Whether everything about the presentation itself passed."""
        return all(each.outcome == Outcome.PASSED for each in self.checks)


def verify_presentation(
    document: Document, sources: Sources, *, at: datetime, challenge: str | None = None, domain: str | None = None
) -> PresentationReport:
    """The report on a presentation at one moment; `challenge` and `domain` are what was asked of its holder."""
    shaped = _shape(document)
    if shaped.outcome == Outcome.FAILED:
        return PresentationReport((shaped,), ())
    expected = Expected(Purpose.AUTHENTICATION, challenge, domain)
    key, proof = proof_checks(document, _holder(document), sources, expected)
    inner = [each for each in as_list(document.get("verifiableCredential")) if isinstance(each, dict)]
    return PresentationReport((shaped, key, proof), tuple(verify(each, sources, at=at) for each in inner))


def _shape(document: Document) -> Check:
    try:
        check(document)
    except Unreadable as unreadable:
        return _broken("", unreadable.fault.value)
    if len(as_list(document.get("verifiableCredential"))) > MOST:
        return _broken("verifiableCredential", f"At most {MOST} credentials at once.")
    if problems := shape.problems_of_presentation(document):
        return _broken(*problems[0])
    if wrong := _claims_of_the_holder(document):
        return _broken("holder", wrong)
    return Check(Topic.SHAPE, Outcome.PASSED, Because.FOLLOWS_THE_STANDARD)


def _broken(name: str, wrong: str) -> Check:
    return Check(Topic.SHAPE, Outcome.FAILED, Because.BREAKS_THE_STANDARD, {"property": name, "problem": wrong})


def _holder(document: Document) -> str:
    """Who holds it: who it says, else whose key signed it."""
    return id_of(document.get("holder")) or _signer(document)


def _signer(document: Document) -> str:
    addresses = [proof.get("verificationMethod") for proof in proofs.proofs_of(document)]
    return addresses[0].partition("#")[0] if addresses and isinstance(addresses[0], str) else ""


def _claims_of_the_holder(document: Document) -> str:
    """What the holder says of themselves is told by a credential of their own; then the presentation names the holder.

    Source: Verifiable Credentials Data Model 2.0, section 4.13.4.
    """
    signer, holder = _signer(document), id_of(document.get("holder"))
    own = [
        each
        for each in as_list(document.get("verifiableCredential"))
        if isinstance(each, dict) and signer and _signer(each) == signer
    ]
    if own and not holder:
        return "A presentation with credentials by its own holder names the holder."
    if any(id_of(each.get("issuer")) != holder for each in own):
        return "The issuer of a credential by the holder is the holder."
    return ""
