"""How every deed of certification takes its step, or refuses it."""

import hashlib
import json
from datetime import datetime
from functools import partial
from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder

from saduak.certification import policies
from saduak.certification.models import Application
from saduak.certification.models.marking import as_value, known_code
from saduak.certification.procedure.applications import APPLICATION
from saduak.journal.steps import StepRefused, take_step
from saduak.procedure.kit import CLOCK, Decision, Procedure, Reason
from saduak.standards.criteria import Library
from saduak.standards.rules import AnswersRefused, WrongAnswer, problems_with


def take(
    name: str,
    application: Application,
    *,
    by: Any | None,
    at: datetime | None = None,
    seen: int | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Application:
    """Take one step with an application; `by=None` is the clock. Raises StepRefused and StepOvertaken."""
    roles = partial(policies.roles_of, by) if by is not None else frozenset({CLOCK})
    return take_step(
        APPLICATION, name, application, by=by, roles=roles, at=at, seen=seen, note=note, facts=facts, **changes
    )


def refuse(procedure: Procedure[Any], name: str, code: str, sentence: object) -> NoReturn:
    """Refuse a step for a reason that lies in what was handed over with it. Raises StepRefused."""
    raise StepRefused(Decision(procedure.step(name), (Reason(code, sentence),)))


def check_answer(library: Library, code: str, said: str) -> None:
    """Raises AnswersRefused when nothing can be said under `code`, or not this; "" can be said of everything."""
    if not known_code(library, code):
        raise AnswersRefused((WrongAnswer(code, "unknown_code"),))
    if said and (problems := problems_with(library, {code: as_value(said)})):
        raise AnswersRefused(problems)


def digest(content: Any) -> str:
    """SHA-256 in hexadecimal over the canonical text."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(content: Any) -> str:
    """JSON with sorted keys and no spaces (RFC 8785 for the values used here)."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
