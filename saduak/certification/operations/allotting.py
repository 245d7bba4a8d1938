"""Proposals of assignments: calculated from a record, accepted by a person as a whole or in part."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from saduak.certification import policies
from saduak.certification.allotting import propose, read, written
from saduak.certification.models import AllotmentProposal, Application, Panel, Round
from saduak.certification.models.allotments import AllotmentState
from saduak.certification.operations.assignments import assign
from saduak.certification.operations.taking import digest, refuse
from saduak.certification.procedure.applications import APPLICATION, Stage
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.certification.queries.allotting import bars, task_of
from saduak.certification.queries.board import columns_of, fits_of
from saduak.journal.steps import lock, record
from saduak.procedure.kit import Refusal

AT_ONCE = 60
"""A round with at most so many waiting units is calculated while the page is awaited, in well under a second."""


class Stopped(Exception):
    """Somebody stopped the calculation."""


@transaction.atomic
def begin(round_: Round, *, by: Any, seed: int | None = None, at: datetime | None = None) -> AllotmentProposal:
    """Begin a proposal for the waiting units of a round; one that is being calculated is handed back instead.

    `seed` decides between places that cost the same. Many units are left to the worker. Raises StepRefused.
    """
    at = at or timezone.now()
    if Role.SECRETARIAT not in policies.roles_over_rounds(by):
        refuse(APPLICATION, "assign", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    locked = lock(round_)
    going_on = locked.allotment_proposals.filter(state__in=[AllotmentState.WAITING, AllotmentState.RUNNING]).first()
    if going_on is not None:
        return going_on
    waiting = Application.objects.filter(round=locked, stage=Stage.SCREENED).count()
    if not waiting:
        refuse(APPLICATION, "assign", "units_wait", _("No unit is waiting for a sub-committee."))
    if not locked.panels.exists():
        refuse(APPLICATION, "assign", "panels_take_part", _("No sub-committee takes part in this round yet."))
    proposal = AllotmentProposal.objects.create(
        round=locked, seed=secrets.randbelow(2**31) if seed is None else seed, made_at=at, made_by=by
    )
    if waiting <= AT_ONCE:
        return calculate(proposal)
    app.configure_task("certification.propose_assignments").defer(proposal=proposal.pk)
    return proposal


def calculate(proposal: AllotmentProposal) -> AllotmentProposal:
    """Calculate a proposal that waits; its task is kept before it begins, so that it can be made again from it."""
    waits = AllotmentProposal.objects.filter(pk=proposal.pk, state=AllotmentState.WAITING)
    if not waits.update(state=AllotmentState.RUNNING):
        return AllotmentProposal.objects.get(pk=proposal.pk)
    try:
        task, versions = task_of(proposal.round, on=timezone.localdate(proposal.made_at))
        made = propose(task, proposal.seed, told=lambda done, total: _tell(proposal, done, total))
    except Stopped:
        return _ended(proposal, state=AllotmentState.STOPPED)
    except Exception:
        _ended(proposal, state=AllotmentState.FAILED)
        raise
    kept = written(task)
    sha256 = record_digest(kept, proposal.seed)
    with transaction.atomic():
        ended = _ended(
            proposal, state=AllotmentState.FINISHED, task=kept, versions=versions, sha256=sha256, given=made.given
        )
        record(
            ended,
            step="propose_assignments",
            by=proposal.made_by,
            at=proposal.made_at,
            role=Role.SECRETARIAT,
            facts={
                "round": proposal.round.reference,
                "method": kept["method"],
                "seed": proposal.seed,
                "sha256": sha256,
                "given": digest(made.given),
            },
        )
    return ended


def stop(proposal: AllotmentProposal) -> None:
    """Ask for the end of a calculation; it ends at the next part."""
    AllotmentProposal.objects.filter(pk=proposal.pk, state=AllotmentState.WAITING).update(state=AllotmentState.STOPPED)
    AllotmentProposal.objects.filter(pk=proposal.pk, state=AllotmentState.RUNNING).update(stop_wanted=True)


@transaction.atomic
def accept(
    proposal: AllotmentProposal, references: Collection[str] | None = None, *, by: Any, at: datetime | None = None
) -> list[Application]:
    """Assign the proposed units, or those named of them, as proposed: all of them, or none.

    Raises StepRefused, and StepOvertaken when one of the named units has changed since the proposal was made. Without
    names, units that are assigned already are passed over.
    """
    at = at or timezone.now()
    _is_made(proposal)
    waiting = Application.objects.filter(round=proposal.round_id, reference__in=proposal.given)
    chosen = {"stage": Stage.SCREENED} if references is None else {"reference__in": references}
    units = list(
        waiting.filter(**chosen).for_page().order_by("centre__province__code", "centre__sort_key", "reference")
    )
    if not units:
        none = (
            _("Choose at least one unit.") if references is not None else _("Every proposed unit is assigned already.")
        )
        refuse(APPLICATION, "assign", "units_are_chosen", none)
    # Two officers lock the sub-committees in the same order, so that neither waits for the other in a circle.
    list(Panel.objects.select_for_update().filter(round=proposal.round_id).order_by("pk"))
    panels = {panel.body.reference: panel for panel in _panels(proposal)}
    if barred := barred_by_now(proposal, units, on=timezone.localdate(at)):
        words = _("A hard conflict has come up since the proposal was made: %(units)s.")
        refuse(APPLICATION, "assign", "no_hard_conflict", words % {"units": ", ".join(barred)})
    return [
        assign(
            unit,
            panels[proposal.panel_of(unit.reference)],
            by=by,
            at=at,
            seen=proposal.versions[unit.reference],
            facts={"proposal": proposal.reference},
        )
        for unit in units
    ]


def barred_by_now(proposal: AllotmentProposal, units: Sequence[Application], *, on: date) -> list[str]:
    """The references of units whose proposed sub-committee is barred on that day, whatever it was before."""
    fits = fits_of(units, columns_of(proposal.round, on=on), on=on)
    return [
        unit.reference
        for unit in units
        for fit in fits[unit.pk]
        if fit.column.panel.body.reference == proposal.panel_of(unit.reference) and bars(fit)
    ]


@transaction.atomic
def decide_otherwise(
    proposal: AllotmentProposal,
    application: Application,
    panel: Panel,
    *,
    by: Any,
    reason: str,
    seen: int,
    at: datetime | None = None,
) -> Application:
    """Assign a unit to another sub-committee than the proposed one, with the reason. Raises as `assign` does."""
    _is_made(proposal)
    proposed = proposal.panel_of(application.reference)
    if panel.body.reference != proposed and not reason.strip():
        refuse(APPLICATION, "assign", "reason_is_given", _("Write the reason."))
    facts = {"proposal": proposal.reference, "proposed": proposed}
    return assign(application, panel, by=by, reason=reason.strip(), at=at, seen=seen, facts=facts)


def is_repeatable(proposal: AllotmentProposal) -> bool:
    """Whether its record is whole and gives the same proposal again."""
    if record_digest(proposal.task, proposal.seed) != proposal.sha256:
        return False
    return propose(read(proposal.task), proposal.seed).given == proposal.given


def record_digest(task: dict[str, Any], seed: int) -> str:
    """The digest of what a proposal is made from, seed included."""
    return digest({"task": task, "seed": seed})


def _is_made(proposal: AllotmentProposal) -> None:
    if not proposal.is_finished:
        refuse(APPLICATION, "assign", "proposal_is_made", _("The proposal has not been calculated."))


def _panels(proposal: AllotmentProposal) -> list[Panel]:
    return list(Panel.objects.filter(round=proposal.round_id).select_related("body", "round"))


def _tell(proposal: AllotmentProposal, done: int, total: int) -> None:
    told = AllotmentProposal.objects.filter(pk=proposal.pk)
    told.update(done=done, total=total)
    if told.filter(stop_wanted=True).exists():
        raise Stopped


def _ended(proposal: AllotmentProposal, **facts: Any) -> AllotmentProposal:
    ended = AllotmentProposal.objects.select_related("round", "made_by").get(pk=proposal.pk)
    for name, value in facts.items():
        setattr(ended, name, value)
    ended.save(update_fields=list(facts))
    return ended
