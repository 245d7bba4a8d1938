"""What a verification found, in words (ถ้อยคำในรายงานผลการตรวจสอบ).

`%(…)s` are facts of the check; moments among them are told in the way of whoever shows the words.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.credentials.proofs import moment_of
from saduak.credentials.reading import Fault
from saduak.credentials.reports import Because, Check, Outcome, Topic, Verdict

OUTCOMES: Mapping[Outcome, Any] = {
    Outcome.PASSED: pgettext_lazy("check", "passed"),
    Outcome.FAILED: pgettext_lazy("check", "failed"),
    Outcome.NOT_CHECKED: pgettext_lazy("check", "not checked"),
}
TOPICS: Mapping[Topic, Any] = {
    Topic.SHAPE: _("Form of the document"),
    Topic.ISSUER: _("Issuer"),
    Topic.KEY: _("Key of the issuer"),
    Topic.PROOF: _("Signature"),
    Topic.VALIDITY: _("Term"),
    Topic.REVOCATION: _("Revoked or ended"),
    Topic.SUSPENSION: _("In force now"),
    Topic.REGISTER: _("Register of issued documents"),
    Topic.PAPER: _("Seal of the PDF"),
}
VERDICTS: Mapping[Verdict, tuple[Any, Any]] = {
    Verdict.GENUINE: (
        _("Genuine and in force"),
        _("The programme signed it, nothing was changed since, and it holds now."),
    ),
    Verdict.GENUINE_NOT_FULLY_CHECKED: (
        _("Genuine, but not everything could be checked"),
        _("The programme signed it and nothing was changed since. Look below at what could not be checked."),
    ),
    Verdict.GENUINE_NO_LONGER_VALID: (
        _("Genuine, but it does not hold now"),
        _("The programme signed it and nothing was changed since, but it is not in force. The reason stands below."),
    ),
    Verdict.EXAMPLE: (
        _("An example, not a certificate"),
        _("It was made to show how certificates look. It certifies nobody."),
    ),
    Verdict.UNKNOWN_ISSUER: (
        _("Somebody else's document"),
        _("The signature fits, but whoever signed it does not certify centres."),
    ),
    Verdict.CANNOT_SAY: (
        _("It could not be verified"),
        _("The key of its issuer was not at hand, so nothing can be said about the signature."),
    ),
    Verdict.NOT_GENUINE: (
        _("Not genuine"),
        _("The programme did not sign this document as it stands. Do not rely on anything it says."),
    ),
}
SENTENCES: Mapping[Because, Any] = {
    Because.ITS_WORD_IS_NOT_BELIEVED: _("Not looked at: what a document with a wrong signature says is not believed."),
    Because.FOLLOWS_THE_STANDARD: _("It is a verifiable credential by the standard of the W3C, version 2.0."),
    Because.BREAKS_THE_STANDARD: _("It is not a verifiable credential by the standard: %(property)s %(problem)s"),
    Because.ISSUER_IS_TRUSTED: _("It is in the name of the programme (%(issuer)s)."),
    Because.ISSUER_IS_EXAMPLE: _("It is in the name of the issuer of examples (%(issuer)s)."),
    Because.ISSUER_IS_NOT_TRUSTED: _("It is in the name of %(issuer)s, whose word does not count here."),
    Because.NOBODY_IS_TRUSTED: _("It is in the name of %(issuer)s. Nobody said whose word counts here."),
    Because.KEY_OF_OUR_OWN: _("The key is the issuer's; this platform keeps it."),
    Because.KEY_IS_PINNED: _("The key is the issuer's, by the issuer's document that was given."),
    Because.KEY_WAS_FETCHED: _("The key is the issuer's, by the document at its web address, as of %(fetched)s."),
    Because.KEY_IS_ITS_OWN_NAME: _("The key is its own name. Nobody says whose it is."),
    Because.KEY_IS_NOT_THE_ISSUERS: _("The key is none of the issuer's (%(key)s)."),
    Because.KEY_WAS_STOLEN_BEFORE: _("It was signed after the key was stolen (%(revoked)s)."),
    Because.KEY_WAS_STOLEN_LATER: _(
        "The key was stolen on %(revoked)s. The document says it is older; only the register can tell whether it is."
    ),
    Because.KEY_OUT_OF_REACH: _("The keys of the issuer were not at hand."),
    Because.SIGNATURE_FITS: _(
        "The signature fits. Nothing was changed since it was signed, on %(signed)s by its date."
    ),
    Because.SIGNATURE_DOES_NOT_FIT: _(
        "The signature does not fit: the document was changed, or another key signed it."
    ),
    Because.NO_PROOF: _("It is not signed."),
    Because.UNKNOWN_KIND_OF_PROOF: _("It is signed in a way that cannot be checked here (only eddsa-jcs-2022 can)."),
    Because.MALFORMED_PROOF: _("Its signature is not written as the standard demands."),
    Because.OTHER_CONTEXT: _("Its words were given other meanings after it was signed."),
    Because.OTHER_PURPOSE: _("It was signed for another purpose."),
    Because.OTHER_CHALLENGE: _("The signature answers another challenge."),
    Because.OTHER_DOMAIN: _("The signature is meant for another place."),
    Because.NO_KEY_TO_CHECK_WITH: _("Without a key of the issuer, the signature cannot be checked."),
    Because.WITHIN_ITS_TERM: _("Its term is running."),
    Because.NOT_YET_VALID: _("Its term begins on %(validFrom)s."),
    Because.TERM_IS_OVER: _("Its term ended on %(validUntil)s."),
    Because.TERM_IS_UNREADABLE: _("Its term is not written as the standard demands."),
    Because.NO_STATUS_IN_IT: _("The document names no list in which this would stand."),
    Because.LIST_OUT_OF_REACH: _("The list in which this stands was not at hand (%(list)s)."),
    Because.LIST_IS_NOT_GENUINE: _("The list in which this stands is not one that the issuer signed (%(list)s)."),
    Because.LIST_IS_OUTDATED: _("The list at hand is from %(at)s and too old to tell the state of today."),
    Because.STATUS_IS_MALFORMED: _("Its place in the list is not written as the standard demands."),
    Because.SAME_AS_ISSUED: _("The register has this very document."),
    Because.REISSUED_SINCE: _("The register has a newer edition of this document."),
    Because.NEVER_ISSUED: _("The register has no such document."),
    Because.REGISTER_OUT_OF_REACH: _("The register was not asked."),
    Because.SEAL_FITS: _("The programme sealed this PDF, on %(sealed)s by its date. Not one byte was changed since."),
    Because.SEAL_WAS_STOLEN_LATER: _(
        "The seal fits, but its key was stolen on %(revoked)s. Whether the PDF is older, only its own date says."
    ),
    Because.NO_SEAL: _("The PDF has no seal, so what is printed on it may be anything."),
    Because.SEAL_IS_BROKEN: _("The seal is broken: the PDF was changed after it was sealed."),
    Because.SEALED_BY_ANOTHER: _("Somebody else sealed the PDF, not the programme."),
    Because.SEALED_AFTER_THEFT: _("The PDF was sealed after its key was stolen (%(revoked)s)."),
    Because.NO_KEY_OF_THE_SEAL: _("The keys with which the issuer seals PDF files were not at hand."),
}
OF_STATUS: Mapping[tuple[Topic, Because], Any] = {
    (Topic.REVOCATION, Because.BIT_IS_CLEAR): _("It was not revoked, given back or replaced, as of %(at)s."),
    (Topic.REVOCATION, Because.BIT_IS_SET): _("It has ended: it was revoked, given back or replaced."),
    (Topic.SUSPENSION, Because.BIT_IS_CLEAR): _("It is not suspended, as of %(at)s."),
    (Topic.SUSPENSION, Because.BIT_IS_SET): _("It is suspended, or has ended, as of %(at)s."),
}
FAULTS: Mapping[Fault, Any] = {
    Fault.TOO_LARGE: _("The file is too large for a certificate."),
    Fault.NOT_TEXT: _("This is no text file. Give the JSON file of the certificate."),
    Fault.NOT_JSON: _("This is no JSON file. Give the file that was downloaded from the register, as it is."),
    Fault.NAME_TWICE: _("The file says something twice, so that different programs would read it differently."),
    Fault.NOT_AN_OBJECT: _("This JSON file holds no certificate."),
    Fault.TOO_DEEP: _("This JSON file holds no certificate: its parts lie too deep inside each other."),
    Fault.NO_DOCUMENT_IN_IT: _("This PDF carries no certificate inside. Give the file that was downloaded, as it is."),
    Fault.NUMBER_OUT_OF_RANGE: _("The file has a number that different programs would read differently."),
}


def sentence(check: Check, *, tell: Callable[[str], str] = str) -> str:
    """Why the check ended as it did; `tell` words a moment that is written as ISO 8601."""
    words = SENTENCES.get(check.because) or OF_STATUS[check.topic, check.because]
    facts = {name: tell(fact) if moment_of(fact) else fact for name, fact in check.facts.items()}
    return str(words) % _OrDash(facts)


class _OrDash(dict[str, str]):
    """Facts, of which some may not be known."""

    def __missing__(self, name: str) -> str:
        return "–"
