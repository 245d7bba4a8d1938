"""How the register words an earlier day (ถ้อยคำของทะเบียนย้อนหลัง)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from saduak.certification.presenters.register import Line
from saduak.certification.procedure.certificates import CERTIFICATE, ActKind, CertificateStage, Rule
from saduak.certification.queries.memory import Memory, Remembered, TakenAct
from saduak.certification.rules import number_alone

ISSUE = gettext_lazy("Issue of the certificate")
LABELS = {"issue": ISSUE, **{step.name: step.label for step in CERTIFICATE.steps}, **dict(ActKind.choices)}
NOT_CERTIFIED = gettext_lazy("Not certified")


@dataclass(frozen=True)
class ToldAct:
    """One act as the public reads it."""

    taken: TakenAct

    @property
    def words(self) -> Any:
        """What was done."""
        return LABELS.get(self.taken.entry.step, self.taken.entry.step)

    @property
    def resolution(self) -> str:
        """The number of the resolution behind it; empty where there is none."""
        return number_alone(str(self.taken.entry.facts.get("resolution", "")))

    @property
    def rule(self) -> Any:
        """What allowed it without a resolution; empty where nothing is said."""
        rule = self.taken.entry.facts.get("rule", "")
        return Rule(rule).label if rule in Rule.values else ""


@dataclass(frozen=True)
class Told:
    """The standing of a centre on a day in words; `asked` tells whether somebody asked for that day."""

    remembered: Remembered
    known_then: Remembered
    asked: bool

    @property
    def day(self) -> date:
        """The day."""
        return self.remembered.day

    @property
    def line(self) -> Line | None:
        """The certificate that decides, as it stood."""
        return _line(self.remembered)

    @property
    def line_known_then(self) -> Line | None:
        """The same as the register knew it at the end of that day."""
        return _line(self.known_then)

    @property
    def status(self) -> Any:
        """The standing in a word."""
        return self.line.status if self.line else NOT_CERTIFIED

    @property
    def tone(self) -> str:
        """The tone of the standing."""
        return self.line.tone if self.line else "plain"

    @property
    def icon(self) -> str:
        """The sign of the standing; empty for none."""
        return self.line.icon if self.line else ""

    @property
    def status_known_then(self) -> Any:
        """The standing that was known then, in a word."""
        return self.line_known_then.status if self.line_known_then else NOT_CERTIFIED

    @property
    def was_known_otherwise(self) -> bool:
        """Whether the register could not know yet, on that day, what held on it."""
        return self.asked and self.remembered.says != self.known_then.says

    @property
    def acts(self) -> Sequence[ToldAct]:
        """What made it so, the latest first."""
        return [ToldAct(one) for one in reversed(self.remembered.acts)]

    @property
    def time_ran_out(self) -> date | None:
        """The first day of the standing, where only time made it so: the term ran out, or the suspension did."""
        held = self.remembered.slice
        return held.from_day if held is not None and held.began_by is None else None


def told_of(memory: Memory, day: date | None, today: date) -> Told:
    """What the page of a centre tells: of a day somebody asks for, else of today."""
    return Told(memory.on(day or today), memory.known_then(day or today), day is not None)


def _line(remembered: Remembered) -> Line | None:
    if remembered.certificate is None:
        return None
    return Line(remembered.certificate, CertificateStage(remembered.stage))
