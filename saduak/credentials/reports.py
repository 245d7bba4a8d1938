"""What a verification looked at, and what it could not look at (รายงานผลการตรวจสอบ)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """How one check ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


class Topic(StrEnum):
    """What is checked, in this order."""

    SHAPE = "shape"
    ISSUER = "issuer"
    KEY = "key"
    PROOF = "proof"
    VALIDITY = "validity"
    REVOCATION = "revocation"
    SUSPENSION = "suspension"
    REGISTER = "register"
    PAPER = "paper"  # Only of a PDF.


class Because(StrEnum):
    """Why a check ended as it did; a code that words and programs rely on."""

    ITS_WORD_IS_NOT_BELIEVED = "its_word_is_not_believed"
    # shape
    FOLLOWS_THE_STANDARD = "follows_the_standard"
    BREAKS_THE_STANDARD = "breaks_the_standard"
    # issuer
    ISSUER_IS_TRUSTED = "issuer_is_trusted"
    ISSUER_IS_EXAMPLE = "issuer_is_example"
    ISSUER_IS_NOT_TRUSTED = "issuer_is_not_trusted"
    NOBODY_IS_TRUSTED = "nobody_is_trusted"
    # key
    KEY_OF_OUR_OWN = "key_of_our_own"
    KEY_IS_PINNED = "key_is_pinned"
    KEY_WAS_FETCHED = "key_was_fetched"
    KEY_IS_ITS_OWN_NAME = "key_is_its_own_name"
    KEY_IS_NOT_THE_ISSUERS = "key_is_not_the_issuers"
    KEY_WAS_STOLEN_BEFORE = "key_was_stolen_before"
    KEY_WAS_STOLEN_LATER = "key_was_stolen_later"
    KEY_OUT_OF_REACH = "key_out_of_reach"
    # proof
    SIGNATURE_FITS = "signature_fits"
    SIGNATURE_DOES_NOT_FIT = "signature_does_not_fit"
    NO_PROOF = "no_proof"
    UNKNOWN_KIND_OF_PROOF = "unknown_kind_of_proof"
    MALFORMED_PROOF = "malformed_proof"
    OTHER_CONTEXT = "other_context"
    OTHER_PURPOSE = "other_purpose"
    OTHER_CHALLENGE = "other_challenge"
    OTHER_DOMAIN = "other_domain"
    NO_KEY_TO_CHECK_WITH = "no_key_to_check_with"
    # validity
    WITHIN_ITS_TERM = "within_its_term"
    NOT_YET_VALID = "not_yet_valid"
    TERM_IS_OVER = "term_is_over"
    TERM_IS_UNREADABLE = "term_is_unreadable"
    # revocation, suspension
    BIT_IS_CLEAR = "bit_is_clear"
    BIT_IS_SET = "bit_is_set"
    NO_STATUS_IN_IT = "no_status_in_it"
    LIST_OUT_OF_REACH = "list_out_of_reach"
    LIST_IS_NOT_GENUINE = "list_is_not_genuine"
    LIST_IS_OUTDATED = "list_is_outdated"
    STATUS_IS_MALFORMED = "status_is_malformed"
    # register
    SAME_AS_ISSUED = "same_as_issued"
    REISSUED_SINCE = "reissued_since"
    NEVER_ISSUED = "never_issued"
    REGISTER_OUT_OF_REACH = "register_out_of_reach"
    # paper
    SEAL_FITS = "seal_fits"
    SEAL_WAS_STOLEN_LATER = "seal_was_stolen_later"
    NO_SEAL = "no_seal"
    SEAL_IS_BROKEN = "seal_is_broken"
    SEALED_BY_ANOTHER = "sealed_by_another"
    SEALED_AFTER_THEFT = "sealed_after_theft"
    NO_KEY_OF_THE_SEAL = "no_key_of_the_seal"


class Verdict(StrEnum):
    """What the checks come to, together."""

    GENUINE = "genuine"
    GENUINE_NOT_FULLY_CHECKED = "genuine_not_fully_checked"
    GENUINE_NO_LONGER_VALID = "genuine_no_longer_valid"
    EXAMPLE = "example"
    UNKNOWN_ISSUER = "unknown_issuer"
    CANNOT_SAY = "cannot_say"
    NOT_GENUINE = "not_genuine"


@dataclass(frozen=True)
class Check:
    """One check: how it ended, why, and the facts behind it (short texts, moments as ISO 8601)."""

    topic: Topic
    outcome: Outcome
    because: Because
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """Every check of one verification, one of each topic, in the order of the topics."""

    checks: tuple[Check, ...]

    def check(self, topic: Topic) -> Check:
        """The check of that topic. Raises KeyError when the verification has none."""
        for each in self.checks:
            if each.topic == topic:
                return each
        raise KeyError(topic)

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(each for each in self.checks if each.outcome == Outcome.FAILED)

    @property
    def not_checked(self) -> tuple[Check, ...]:
        """The checks that could not be made."""
        return tuple(each for each in self.checks if each.outcome == Outcome.NOT_CHECKED)

    @property
    def signature_holds(self) -> bool:
        """Whether the document is unchanged since the holder of the key signed it, and the key was the issuer's.

        A PDF around it is part of what a person reads; when its seal fails, nothing holds.
        """
        if any(each.topic == Topic.PAPER for each in self.failed):
            return False
        return all(self._passed(topic) for topic in (Topic.SHAPE, Topic.KEY, Topic.PROOF))

    @property
    def verdict(self) -> Verdict:
        """What the checks come to. Whatever failed weighs more than what passed."""
        if any(each.topic == Topic.PAPER for each in self.failed):
            return Verdict.NOT_GENUINE  # What is printed may be anything, whatever the document inside says.
        if any(not self._passed(topic) for topic in (Topic.SHAPE, Topic.KEY, Topic.PROOF)):
            could_not = {each.topic for each in self.not_checked} & {Topic.KEY, Topic.PROOF}
            wrong = {each.topic for each in self.failed} & {Topic.SHAPE, Topic.KEY, Topic.PROOF}
            return Verdict.CANNOT_SAY if could_not and not wrong else Verdict.NOT_GENUINE
        if self._because(Topic.ISSUER) == Because.ISSUER_IS_EXAMPLE:
            return Verdict.EXAMPLE
        if not self._passed(Topic.ISSUER):
            return Verdict.UNKNOWN_ISSUER
        if self._because(Topic.REGISTER) == Because.NEVER_ISSUED:
            return Verdict.NOT_GENUINE
        if self.failed:
            return Verdict.GENUINE_NO_LONGER_VALID
        return Verdict.GENUINE_NOT_FULLY_CHECKED if self._matters_unchecked else Verdict.GENUINE

    def as_document(self) -> dict[str, object]:
        """The report for programs: the verdict, and each check with its codes and facts."""
        checks = [
            {"topic": each.topic, "outcome": each.outcome, "because": each.because, "facts": dict(each.facts)}
            for each in self.checks
        ]
        return {"verdict": self.verdict, "checks": checks}

    @property
    def _matters_unchecked(self) -> bool:
        """Whether something is open. The register tells no more than the lists do, except after a theft of the key."""
        if self._because(Topic.KEY) == Because.KEY_WAS_STOLEN_LATER:
            return True
        return any(each.topic != Topic.REGISTER for each in self.not_checked)

    def _passed(self, topic: Topic) -> bool:
        return any(each.topic == topic and each.outcome == Outcome.PASSED for each in self.checks)

    def _because(self, topic: Topic) -> Because | None:
        return next((each.because for each in self.checks if each.topic == topic), None)
