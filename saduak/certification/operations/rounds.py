"""Preparing, opening and closing a round."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification.models import Panel, Round
from saduak.certification.operations.taking import refuse
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.certification.procedure.rounds import ROUND, RoundStage
from saduak.certification.rules import Window, calendar_is_in_order
from saduak.directory.models import Body, BodyKind
from saduak.journal.steps import record, take_step
from saduak.procedure.kit import Refusal
from saduak.standards.models import CriteriaSet

_DAYS = {
    "application": ("application_opens_on", "application_closes_on"),
    "screening": ("screening_opens_on", "screening_closes_on"),
    "visits": ("visits_open_on", "visits_close_on"),
    "resolution": ("resolution_opens_on", "resolution_closes_on"),
}


@transaction.atomic
def prepare(
    *,
    cycle_be: int,
    title_th: str,
    title_en: str,
    criteria: CriteriaSet,
    calendar: tuple[Window, ...],
    by: Any,
    at: datetime | None = None,
    is_example: bool = False,
    **terms: Any,
) -> Round:
    """Begin a round; `terms` are its lengths of time and its defaults, where they differ from the platform's.

    Raises StepRefused when the person is not of the secretariat, the calendar is out of order or the cycle has a round.
    """
    _is_of_the_secretariat(by)
    _check(calendar)
    if Round.objects.filter(cycle_be=cycle_be).exists():
        refuse(ROUND, "change_calendar", "cycle_is_taken", _("This cycle has a round already."))
    at = at or timezone.now()
    made = Round.objects.create(
        reference=f"R{cycle_be}",
        stage=RoundStage.PREPARED,
        stage_since=at,
        cycle_be=cycle_be,
        title_th=title_th,
        title_en=title_en,
        criteria=criteria,
        is_example=is_example,
        **_as_fields(calendar),
        **terms,
    )
    record(made, step="prepare", clause="1.0", to_stage=made.stage, by=by, at=at, role=Role.SECRETARIAT)
    return made


@transaction.atomic
def change_terms(round_: Round, *, by: Any, seen: int | None = None, **facts: Any) -> Round:
    """Change the title, the criteria or the terms of a round that is still being prepared; with nothing new, nothing.

    Raises StepRefused once it was opened: from then on its criteria are pinned.
    """
    before = {name: getattr(round_, name) for name in facts}
    changes = {name: [str(before[name]), str(after)] for name, after in facts.items() if before[name] != after}
    if not changes:
        return round_
    return _take("change_terms", round_, by=by, seen=seen, facts={"changes": changes}, **facts)


@transaction.atomic
def change_calendar(
    round_: Round, calendar: tuple[Window, ...], *, by: Any, reason: str = "", seen: int | None = None
) -> Round:
    """Move the phases of a round. Raises StepRefused when they run backward or overlap."""
    _check(calendar)
    before = {f"{w.phase}": [w.opens_on.isoformat(), w.closes_on.isoformat()] for w in round_.windows}
    return _take(
        "change_calendar", round_, by=by, seen=seen, note=reason, facts={"before": before}, **_as_fields(calendar)
    )


@transaction.atomic
def bring_in(round_: Round, body: Body, *, by: Any, last_unit_number: int = 0, at: datetime | None = None) -> Panel:
    """Let a sub-committee take part in a round; its unit numbers go on after `last_unit_number`."""
    _is_of_the_secretariat(by)
    if body.kind != BodyKind.SUB_COMMITTEE:
        refuse(ROUND, "open", "not_a_sub_committee", _("Only an assessment sub-committee can take part in a round."))
    panel, is_new = Panel.objects.get_or_create(
        round=round_, body=body, defaults={"last_unit_number": last_unit_number}
    )
    if is_new:
        record(
            round_,
            step="bring_in",
            by=by,
            at=at or timezone.now(),
            role=Role.SECRETARIAT,
            facts={"body": body.reference},
        )
    return panel


@transaction.atomic
def open_round(round_: Round, *, by: Any, at: datetime | None = None, seen: int | None = None) -> Round:
    """Open a round: its criteria are pinned and centres may apply in its window."""
    return _take("open", round_, by=by, at=at, seen=seen, facts={"criteria_sha256": round_.criteria.sha256})


@transaction.atomic
def close(round_: Round, *, by: Any, seen: int | None = None) -> Round:
    """Close a round in which every application has its outcome."""
    return _take("close", round_, by=by, seen=seen)


def _take(name: str, round_: Round, *, by: Any, **given: Any) -> Round:
    return take_step(ROUND, name, round_, by=by, roles=policies.roles_over_rounds(by), **given)


def _is_of_the_secretariat(by: Any) -> None:
    if Role.SECRETARIAT not in policies.roles_over_rounds(by):
        refuse(ROUND, "open", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])


def _check(calendar: tuple[Window, ...]) -> None:
    if not calendar_is_in_order(calendar):
        refuse(
            ROUND,
            "change_calendar",
            "calendar_out_of_order",
            _("Each phase must end on or after its first day, and begin after the phase before it has ended."),
        )


def _as_fields(calendar: tuple[Window, ...]) -> dict[str, date]:
    fields: dict[str, date] = {}
    for window in calendar:
        opens, closes = _DAYS[window.phase]
        fields[opens], fields[closes] = window.opens_on, window.closes_on
    return fields
