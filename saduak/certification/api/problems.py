"""What operations of certification refuse besides steps, as problem documents tell it."""

from typing import Any

from django.http import HttpRequest

from saduak.certification.forms.answering import REFUSALS
from saduak.machines.problems import Kind, Problem
from saduak.standards.rules import AnswersRefused


def _answers(request: HttpRequest, refused: AnswersRefused) -> Problem:
    return Problem(Kind.INVALID, errors=[{"detail": f"{one.leaf}: {REFUSALS[one.code]}"} for one in refused.problems])


PROBLEMS: dict[type[Exception], Any] = {AnswersRefused: _answers}
"""What an operation may raise → the problem that is told."""
