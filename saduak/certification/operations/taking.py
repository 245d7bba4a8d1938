"""How every deed of certification takes its step, or refuses it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, OuterRef

from saduak.certification import policies
from saduak.certification.models import AgendaItem, Application
from saduak.certification.models.marking import as_value, known_code
from saduak.certification.procedure.applications import APPLICATION
from saduak.journal.steps import StepRefused, Taking, take_step, take_steps
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


def take_by_resolution(takings: Sequence[Taking[Application]], *, by: Any, at: datetime) -> list[Application]:
    """Let a resolution take a step with each of many applications, all of them or none. Raises StepRefused."""
    resolved = AgendaItem.objects.resolved().first_decisions().filter(application=OuterRef("pk"))
    cases = Application.objects.select_related("centre").annotate(
        has_resolution_in_hand=Exists(resolved)  # type: ignore[no-redef]  # Brought along, and not asked of each.
    )
    return take_steps(APPLICATION, takings, cases, by=by, roles=partial(policies.roles_of, by), at=at)


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


def one_line_end(text: str) -> str:
    """What was typed, its lines ending in one way whatever the browser sends."""
    return text.replace("\r\n", "\n").strip()
