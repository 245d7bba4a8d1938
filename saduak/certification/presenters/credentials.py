"""How the verification of a credential is told (ถ้อยคำในผลการตรวจสอบหนังสือรับรอง)."""

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime

from saduak.certification.models import Certificate
from saduak.credentials.proofs import moment_of
from saduak.credentials.reading import Document
from saduak.credentials.reports import Check, Outcome, Report, Verdict
from saduak.credentials.wording import OUTCOMES, TOPICS, VERDICTS, sentence
from saduak.design.templatetags.saduak import thai_moment

LOOKS = {
    Verdict.GENUINE: ("success", "check"),
    Verdict.GENUINE_NOT_FULLY_CHECKED: ("warning", "warning"),
    Verdict.GENUINE_NO_LONGER_VALID: ("warning", "clock"),
    Verdict.EXAMPLE: ("warning", "warning"),
    Verdict.UNKNOWN_ISSUER: ("warning", "warning"),
    Verdict.CANNOT_SAY: ("warning", "warning"),
    Verdict.NOT_GENUINE: ("danger", "danger"),
}
OF_OUTCOMES = {
    Outcome.PASSED: ("success", "check"),
    Outcome.FAILED: ("danger", "cross"),
    Outcome.NOT_CHECKED: ("plain", "info"),
}


@dataclass(frozen=True)
class CheckLine:
    """One check in words."""

    check: Check

    @property
    def topic(self) -> Any:
        """What was checked."""
        return TOPICS[self.check.topic]

    @property
    def outcome(self) -> Any:
        """How it ended."""
        return OUTCOMES[self.check.outcome]

    @property
    def sentence(self) -> str:
        """Why it ended so."""
        return sentence(self.check, tell=_in_thai_time)

    @property
    def tone(self) -> str:
        """The tone of its end."""
        return OF_OUTCOMES[self.check.outcome][0]

    @property
    def icon(self) -> str:
        """The sign of its end."""
        return OF_OUTCOMES[self.check.outcome][1]


@dataclass(frozen=True)
class Finding:
    """What was found about one file, with the certificate that the register has for it."""

    report: Report
    document: Document
    certificate: Certificate | None

    @property
    def title(self) -> Any:
        """The verdict."""
        return VERDICTS[self.report.verdict][0]

    @property
    def explanation(self) -> Any:
        """What the verdict means."""
        return VERDICTS[self.report.verdict][1]

    @property
    def tone(self) -> str:
        """The tone of the verdict."""
        return LOOKS[self.report.verdict][0]

    @property
    def icon(self) -> str:
        """The sign of the verdict."""
        return LOOKS[self.report.verdict][1]

    @property
    def lines(self) -> list[CheckLine]:
        """Every check."""
        return [CheckLine(each) for each in self.report.checks]

    @property
    def says(self) -> list[str]:
        """What the document says of itself; nothing unless its signature holds."""
        subject = self.document.get("credentialSubject")
        named = [self.document.get("name"), subject.get("name") if isinstance(subject, dict) else None]
        return [text for text in named if isinstance(text, str)] if self.report.signature_holds else []


def _in_thai_time(text: str) -> str:
    moment = moment_of(text)
    return str(thai_moment(localtime(moment))) if moment else text
