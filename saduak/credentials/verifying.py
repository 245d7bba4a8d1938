"""A credential is verified: every check is made that can be made, and each says how it ended (การตรวจสอบ).

Nothing that the document says about itself is believed before its signature fits a key of its issuer, and the issuer is
one of those whose word counts here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from saduak.credentials import multikey, proofs, shape, status_lists
from saduak.credentials.dids import Method, method_in
from saduak.credentials.proofs import Purpose, moment, moment_of
from saduak.credentials.reading import Document, Unreadable, as_list, check, id_of
from saduak.credentials.reports import Because, Check, Outcome, Report, Topic
from saduak.credentials.sources import Found, How, Sources, Standing
from saduak.credentials.status_lists import StatusPurpose
from saduak.credentials.statuses import entries_of

LIST_TYPE = "BitstringStatusListCredential"
MOST = 8
"""Proofs of a document, and statuses for one purpose, that are looked at. More would only keep us busy."""
OLDEST_LIST = timedelta(days=1)
"""A list given in a file tells the state of the day before at best, unless it says itself until when it holds."""

HOW_THE_KEY_CAME = {
    How.OWN: Because.KEY_OF_OUR_OWN,
    How.GIVEN: Because.KEY_IS_PINNED,
    How.FETCHED: Because.KEY_WAS_FETCHED,
    How.CACHED: Because.KEY_WAS_FETCHED,
    How.ITSELF: Because.KEY_IS_ITS_OWN_NAME,
}
OF_THE_REGISTER = {
    Standing.AS_ISSUED: (Outcome.PASSED, Because.SAME_AS_ISSUED),
    Standing.REISSUED: (Outcome.FAILED, Because.REISSUED_SINCE),
    Standing.NEVER: (Outcome.FAILED, Because.NEVER_ISSUED),
}
ITS_OWN_WORD = (Topic.ISSUER, Topic.VALIDITY, Topic.REVOCATION, Topic.SUSPENSION)
STATUS_TOPICS = {StatusPurpose.REVOCATION: Topic.REVOCATION, StatusPurpose.SUSPENSION: Topic.SUSPENSION}


@dataclass(frozen=True)
class Expected:
    """What a proof must be for; a presentation's proof answers a challenge from a domain."""

    purpose: Purpose = Purpose.ASSERTION
    challenge: str | None = None
    domain: str | None = None


def verify(document: Document, sources: Sources, *, at: datetime) -> Report:
    """The report on one credential at one moment. Never raises for what the document holds."""
    shaped = _shape(document, shape.problems_of_credential)
    if shaped.because == Because.BREAKS_THE_STANDARD and shaped.facts.get("property") == "":
        return Report((shaped,))  # It cannot even be written in one way; nothing else can be asked.
    key, proof = proof_checks(document, id_of(document.get("issuer")), sources, Expected())
    register = _register(document, sources)
    stolen = key.because in (Because.KEY_WAS_STOLEN_BEFORE, Because.KEY_WAS_STOLEN_LATER)
    if stolen and register.because == Because.SAME_AS_ISSUED:
        # A thief can write any date; but this very document the register has kept since its issue.
        key = Check(Topic.KEY, Outcome.PASSED, Because.KEY_OF_OUR_OWN, key.facts)
    if Outcome.FAILED in (key.outcome, proof.outcome):
        # Whose it is and how long it holds is only what the document says, and its word is worth nothing.
        issuer, *more = (Check(topic, Outcome.NOT_CHECKED, Because.ITS_WORD_IS_NOT_BELIEVED) for topic in ITS_OWN_WORD)
    else:
        issuer, *more = (
            _issuer(document, sources),
            _term(document, at),
            *(_status(document, purpose, sources, at) for purpose in StatusPurpose),
        )
    return Report((shaped, issuer, key, proof, *more, register))


def proof_checks(document: Document, owner: str, sources: Sources, expected: Expected) -> tuple[Check, Check]:
    """Whether the key is its owner's, and whether every proof holds; the first that does not tells why."""
    given = proofs.proofs_of(document)
    if not given or len(given) > MOST:
        return (
            Check(Topic.KEY, Outcome.NOT_CHECKED, Because.NO_PROOF),
            Check(Topic.PROOF, Outcome.FAILED, Because.MALFORMED_PROOF if given else Because.NO_PROOF),
        )
    pairs = [_one_proof(document, proof, owner, sources, expected) for proof in given]
    return next(
        (pair for pair in pairs if any(each.outcome != Outcome.PASSED for each in pair)),
        pairs[-1],
    )


def _one_proof(
    document: Document, proof: Document, owner: str, sources: Sources, expected: Expected
) -> tuple[Check, Check]:
    if fault := proofs.malformed(proof):
        return (
            Check(Topic.KEY, Outcome.NOT_CHECKED, Because.NO_PROOF),
            Check(Topic.PROOF, Outcome.FAILED, Because(fault.value)),
        )
    key, method = _key(proof, owner, sources, expected)
    if method is None:
        return key, Check(Topic.PROOF, Outcome.NOT_CHECKED, Because.NO_KEY_TO_CHECK_WITH)
    facts = {"signed": str(proof.get("created", ""))}
    if wrong := _not_as_expected(proof, expected):
        return key, Check(Topic.PROOF, Outcome.FAILED, wrong, facts)
    if mismatch := proofs.mismatch(document, proof, multikey.read_public(method.public)):
        return key, Check(Topic.PROOF, Outcome.FAILED, Because(mismatch.value), facts)
    return key, Check(Topic.PROOF, Outcome.PASSED, Because.SIGNATURE_FITS, facts)


def _key(proof: Document, owner: str, sources: Sources, expected: Expected) -> tuple[Check, Method | None]:
    address = proof["verificationMethod"]
    facts = {"key": address}
    name = address.partition("#")[0]
    if name != owner:
        return Check(Topic.KEY, Outcome.FAILED, Because.KEY_IS_NOT_THE_ISSUERS, facts), None
    found = sources.issuers(name)
    if found is None:
        return Check(Topic.KEY, Outcome.NOT_CHECKED, Because.KEY_OUT_OF_REACH, facts), None
    method = method_in(found.document, address, expected.purpose) if found.document.get("id") == name else None
    if method is None or not _is_key(method.public):
        return Check(Topic.KEY, Outcome.FAILED, Because.KEY_IS_NOT_THE_ISSUERS, facts), None
    if found.at:
        facts["fetched"] = moment(found.at)
    signed = moment_of(proof.get("created"))
    if method.revoked:
        facts["revoked"] = moment(method.revoked)
        if signed is None or signed >= method.revoked:
            return Check(Topic.KEY, Outcome.FAILED, Because.KEY_WAS_STOLEN_BEFORE, facts), method
        return Check(Topic.KEY, Outcome.PASSED, Because.KEY_WAS_STOLEN_LATER, facts), method
    return Check(Topic.KEY, Outcome.PASSED, HOW_THE_KEY_CAME[found.how], facts), method


def _is_key(text: str) -> bool:
    try:
        multikey.read_public(text)
    except ValueError:
        return False
    return True


def _not_as_expected(proof: Document, expected: Expected) -> Because | None:
    if proof["proofPurpose"] != expected.purpose:
        return Because.OTHER_PURPOSE
    if expected.challenge is not None and proof.get("challenge") != expected.challenge:
        return Because.OTHER_CHALLENGE
    if expected.domain is not None and expected.domain not in as_list(proof.get("domain")):
        return Because.OTHER_DOMAIN
    return None


def _shape(document: Document, problems_of: Callable[[Document], list[shape.Problem]]) -> Check:
    try:
        check(document)
    except Unreadable as unreadable:
        facts = {"property": "", "problem": unreadable.fault.value}
        return Check(Topic.SHAPE, Outcome.FAILED, Because.BREAKS_THE_STANDARD, facts)
    if problems := problems_of(document):
        name, problem = problems[0]
        return Check(Topic.SHAPE, Outcome.FAILED, Because.BREAKS_THE_STANDARD, {"property": name, "problem": problem})
    return Check(Topic.SHAPE, Outcome.PASSED, Because.FOLLOWS_THE_STANDARD)


def _issuer(document: Document, sources: Sources) -> Check:
    name = id_of(document.get("issuer"))
    facts = {"issuer": name}
    if name in sources.examples:
        return Check(Topic.ISSUER, Outcome.PASSED, Because.ISSUER_IS_EXAMPLE, facts)
    if name in sources.trusted:
        return Check(Topic.ISSUER, Outcome.PASSED, Because.ISSUER_IS_TRUSTED, facts)
    if not sources.trusted:
        return Check(Topic.ISSUER, Outcome.NOT_CHECKED, Because.NOBODY_IS_TRUSTED, facts)
    return Check(Topic.ISSUER, Outcome.FAILED, Because.ISSUER_IS_NOT_TRUSTED, facts)


def _term(document: Document, at: datetime) -> Check:
    facts: dict[str, str] = {name: str(document[name]) for name in ("validFrom", "validUntil") if name in document}
    moments = {name: moment_of(text) for name, text in facts.items()}
    if None in moments.values():
        return Check(Topic.VALIDITY, Outcome.FAILED, Because.TERM_IS_UNREADABLE, facts)
    first, last = moments.get("validFrom"), moments.get("validUntil")
    if first and at < first:
        return Check(Topic.VALIDITY, Outcome.FAILED, Because.NOT_YET_VALID, facts)
    if last and at > last:
        return Check(Topic.VALIDITY, Outcome.FAILED, Because.TERM_IS_OVER, facts)
    return Check(Topic.VALIDITY, Outcome.PASSED, Because.WITHIN_ITS_TERM, facts)


def _entries(document: Document, purpose: StatusPurpose) -> Iterator[Document]:
    for each in entries_of(document):
        if isinstance(each, dict) and each.get("statusPurpose") == purpose:
            yield each


def _status(document: Document, purpose: StatusPurpose, sources: Sources, at: datetime) -> Check:
    """One check for the purpose; a set bit in any of its lists counts."""
    entries = list(_entries(document, purpose))
    if not entries:
        return Check(STATUS_TOPICS[purpose], Outcome.NOT_CHECKED, Because.NO_STATUS_IN_IT)
    if len(entries) > MOST:
        return Check(STATUS_TOPICS[purpose], Outcome.FAILED, Because.STATUS_IS_MALFORMED)
    found = [_one_status(document, entry, purpose, sources, at) for entry in entries]
    worst = {Outcome.FAILED: 0, Outcome.NOT_CHECKED: 1, Outcome.PASSED: 2}
    return min(found, key=lambda each: worst[each.outcome])


def _one_status(document: Document, entry: Document, purpose: StatusPurpose, sources: Sources, at: datetime) -> Check:
    topic = STATUS_TOPICS[purpose]
    address, index = entry.get("statusListCredential"), entry.get("statusListIndex")
    if not isinstance(address, str) or not isinstance(index, str) or not shape.is_index(index):
        return Check(topic, Outcome.FAILED, Because.STATUS_IS_MALFORMED)
    facts = {"list": address, "index": index}
    found = sources.lists(address)
    if found is None:
        return Check(topic, Outcome.NOT_CHECKED, Because.LIST_OUT_OF_REACH, facts)
    facts |= {"how": found.how.value, "at": moment(told) if (told := _told_at(found)) else ""}
    bits = _bits_of_genuine(found, address, purpose, id_of(document.get("issuer")), sources)
    if bits is None:
        return Check(topic, Outcome.NOT_CHECKED, Because.LIST_IS_NOT_GENUINE, facts)
    try:
        is_set = status_lists.is_set(bits, int(index))
    except IndexError:
        return Check(topic, Outcome.FAILED, Because.STATUS_IS_MALFORMED, facts)
    # What was revoked stays so, also in an old list; anything else may have changed since.
    if not _is_recent(found, at) and not (is_set and purpose == StatusPurpose.REVOCATION):
        return Check(topic, Outcome.NOT_CHECKED, Because.LIST_IS_OUTDATED, facts)
    if is_set:
        return Check(topic, Outcome.FAILED, Because.BIT_IS_SET, facts)
    return Check(topic, Outcome.PASSED, Because.BIT_IS_CLEAR, facts)


def _told_at(found: Found) -> datetime | None:
    """The moment of which the list tells: of the look-up, else of its own signature."""
    if found.at:
        return found.at
    (proof, *_) = [*proofs.proofs_of(found.document), {}]
    return moment_of(proof.get("created"))


def _is_recent(found: Found, at: datetime) -> bool:
    """Whether the list tells the state of now: until the moment it names, or for a day when it names none."""
    until = moment_of(found.document.get("validUntil"))
    if until:
        return at <= until
    told = _told_at(found)
    return told is not None and at - told <= OLDEST_LIST


def _bits_of_genuine(found: Found, address: str, purpose: StatusPurpose, issuer: str, sources: Sources) -> bytes | None:
    """The bits of a list that the same issuer signed for this address and purpose; None when it is not that."""
    listing = found.document
    subject = listing.get("credentialSubject")
    if shape.problems_of_credential(listing) or not isinstance(subject, dict):
        return None
    if id_of(listing.get("issuer")) != issuer or LIST_TYPE not in as_list(listing.get("type")):
        return None
    if listing.get("id", address) != address or purpose not in as_list(subject.get("statusPurpose")):
        return None
    if any(each.outcome != Outcome.PASSED for each in proof_checks(listing, issuer, sources, Expected())):
        return None
    try:
        return status_lists.decode(str(subject.get("encodedList", "")))
    except status_lists.ListUnreadable:
        return None


def _register(document: Document, sources: Sources) -> Check:
    if sources.register is None:
        return Check(Topic.REGISTER, Outcome.NOT_CHECKED, Because.REGISTER_OUT_OF_REACH)
    outcome, because = OF_THE_REGISTER[sources.register(document)]
    return Check(Topic.REGISTER, outcome, because)
