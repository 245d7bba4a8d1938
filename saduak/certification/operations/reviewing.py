"""Another sub-committee reviews: members declare, reviewers give opinions alone, agree, and the chair signs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.models import Declaration, Opinion, Reconsideration, ReviewedValue, Reviewer
from saduak.certification.models.marking import answers_of
from saduak.certification.operations.reconsiderations import take
from saduak.certification.operations.taking import check_answer, digest, refuse
from saduak.certification.procedure.reconsiderations import RECONSIDERATION, ReconsiderationStage
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.certification.queries.reconsiderations import own_review, reviewers_to_choose
from saduak.certification.rules import higher_level, reviewed_result
from saduak.journal.steps import StepOvertaken, lock, record
from saduak.procedure.kit import Refusal
from saduak.standards.rules import Verdict, score


@dataclass(frozen=True)
class Said:
    """What somebody says under one code; an empty `answer` with an empty `words` takes it back."""

    code: str
    answer: str
    words: str = ""


@dataclass(frozen=True)
class Proposal:
    """What the review comes to: whether the first decision changes, to which total and level."""

    changes: bool
    total: Decimal | None
    level: str


@transaction.atomic
def declare(
    request: Reconsideration, *, by: Any, has_conflict: bool, statement: str = "", at: datetime | None = None
) -> Declaration:
    """A member of the reviewing sub-committee declares to be free of conflict with the unit, or what the conflict is.

    The way back from a conflict is closed. Raises StepRefused.
    """
    at = at or timezone.now()
    locked = lock(request)
    if Role.PANEL_MEMBER not in rights.roles_over(by, locked):
        refuse(RECONSIDERATION, "name_reviewers", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if locked.stage != ReconsiderationStage.ASSIGNED:
        refuse(RECONSIDERATION, "name_reviewers", Refusal.WRONG_STAGE, WORDINGS[Refusal.WRONG_STAGE])
    if has_conflict and not statement.strip():
        refuse(RECONSIDERATION, "name_reviewers", "statement_is_given", _("Write what the conflict of interest is."))
    known = Declaration.objects.filter(application=locked.application, person=by).first()
    if known is not None and not has_conflict:
        refuse(RECONSIDERATION, "name_reviewers", "declared_already", _("You have declared on this unit already."))
    said = {"has_conflict": has_conflict, "statement": statement.strip(), "at": at}
    declaration, _is_new = Declaration.objects.update_or_create(
        application=locked.application, person=by, defaults=said
    )
    if has_conflict:
        locked.reviewers.filter(person=by, submitted_at__isnull=True).delete()
    record(
        locked,
        step="declare",
        clause="10.8",
        by=by,
        at=at,
        role=Role.PANEL_MEMBER,
        from_stage=locked.stage,
        to_stage=locked.stage,
        facts={"has_conflict": has_conflict},
    )
    return declaration


@transaction.atomic
def name_reviewers(
    request: Reconsideration, people: Iterable[Any], *, by: Any, at: datetime | None = None, seen: int | None = None
) -> Reconsideration:
    """Say who reviews: at least two members who are free, none of whom took part in the first decision.

    Raises StepRefused, also once a reviewer has begun to write.
    """
    at = at or timezone.now()
    chosen = {person.pk for person in people}
    if len(chosen) < 2:
        refuse(RECONSIDERATION, "name_reviewers", "two_review", _("At least two members review a request."))
    able = {
        one.person.pk: one
        for one, before in reviewers_to_choose(request, on=timezone.localdate(at))
        if one.may_assess and not before
    }
    if not chosen <= set(able):
        refuse(
            RECONSIDERATION,
            "name_reviewers",
            "reviewers_are_free",
            _("Only members can review who declared to be free of conflict and took no part in the first decision."),
        )
    named = take("name_reviewers", request, by=by, at=at, seen=seen, facts={"reviewers": sorted(chosen)})
    named.reviewers.exclude(person__in=chosen).delete()
    for key in sorted(chosen):
        Reviewer.objects.get_or_create(reconsideration=named, person_id=key, defaults={"office": able[key].office})
    return lock(named)


@transaction.atomic
def opine(request: Reconsideration, said: Iterable[Said], *, by: Any, at: datetime | None = None) -> None:
    """A reviewer's own opinion on disputed items: all of them or none. Raises StepRefused and AnswersRefused."""
    locked, reviewer = _own_review(request, by=by)
    at = at or timezone.now()
    known = {opinion.code: opinion for opinion in reviewer.opinions.all()}
    for one in {one.code: one for one in said}.values():
        _is_disputed(locked, one.code, "sign")
        check_answer(locked.library, one.code, one.answer)
        put = known.get(one.code) or Opinion(reviewer=reviewer, code=one.code)
        put.answer, put.note, put.changed_at = one.answer, one.words.strip(), at
        if one.answer or one.words.strip():
            put.save()
        elif put.pk is not None:
            put.delete()


@transaction.atomic
def hand_in(request: Reconsideration, *, by: Any, at: datetime | None = None) -> Reviewer:
    """Hand the own opinion in; it cannot be changed afterwards. Raises StepRefused while an item has none."""
    at = at or timezone.now()
    locked, reviewer = _own_review(request, by=by)
    if missing := unsaid(locked, reviewer):
        refuse(
            RECONSIDERATION,
            "sign",
            "every_item_is_considered",
            _("These items have no opinion yet: %(codes)s.") % {"codes": ", ".join(missing)},
        )
    reviewer.submitted_at = at
    reviewer.save(update_fields=["submitted_at"])
    record(
        locked,
        step="give_opinion",
        clause="10.8",
        by=by,
        at=at,
        role=Role.PANEL_MEMBER,
        from_stage=locked.stage,
        to_stage=locked.stage,
        facts={"sha256": digest(sorted([o.code, o.answer, o.note] for o in reviewer.opinions.all()))},
    )
    return reviewer


def unsaid(request: Reconsideration, reviewer: Reviewer) -> tuple[str, ...]:
    """Codes of disputed leaves on which the reviewer has not said anything."""
    said = answers_of(reviewer.opinions.all())
    return tuple(
        leaf.code
        for criterion in request.contested_criteria
        for leaf in criterion.leaves
        if said.get(leaf.code) is None and said.get(criterion.code) is not Verdict.NOT_APPLICABLE
    )


@transaction.atomic
def settle(
    request: Reconsideration, values: Iterable[Said], *, by: Any, at: datetime | None = None, seen: int | None = None
) -> Reconsideration:
    """Write down the values on which the reviewers agree, each with the reason where opinions differ.

    `seen` is the version of the request that the person was looking at. Raises StepRefused, StepOvertaken and
    AnswersRefused.
    """
    locked = _under_review(request, by=by)
    if seen is not None and seen != locked.version:
        raise StepOvertaken(locked, ())
    at = at or timezone.now()
    for one in values:
        _is_disputed(locked, one.code, "sign")
        check_answer(locked.library, one.code, one.answer)
        if one.answer or one.words.strip():
            facts = {"answer": one.answer, "reason": one.words.strip(), "changed_at": at, "changed_by": by}
            ReviewedValue.objects.update_or_create(reconsideration=locked, code=one.code, defaults=facts)
        else:
            locked.values.filter(code=one.code).delete()
    locked.version += 1
    locked.save(update_fields=["version"])
    return lock(locked)


def proposal_of(request: Reconsideration) -> Proposal:
    """What follows from the values as they stand; never worse for the centre than the first decision."""
    first = request.first_answers
    before = score(request.library, first)
    after = reviewed_result(request.library, first, answers_of(request.reviewed.values()))
    if request.is_about_screening:
        return Proposal(after.gates_met, None, "")
    level = after.level.code if after.level else ""
    if level == (before.level.code if before.level else ""):
        return Proposal(False, max(after.total, request.first_total or Decimal(0)), request.first_level)
    higher = higher_level(request.library, level, request.first_level)
    total = max(after.total, request.first_total or Decimal(0))
    return Proposal(higher != request.first_level, total, higher)


@transaction.atomic
def sign(
    request: Reconsideration,
    *,
    by: Any,
    summary: str,
    at: datetime | None = None,
    seen: int | None = None,
) -> Reconsideration:
    """The chair signs the finding; what is proposed follows from the reviewed values. `seen` is required reading."""
    at = at or timezone.now()
    if not summary.strip():
        refuse(RECONSIDERATION, "sign", "summary_is_given", _("Write the finding and its reasons."))
    locked = lock(request)
    proposal = proposal_of(locked)
    content = sorted([value.code, value.answer, value.reason] for value in locked.reviewed.values())
    facts = {"changes": proposal.changes, "total": str(proposal.total), "level": proposal.level}
    return take(
        "sign",
        request,
        by=by,
        at=at,
        seen=seen,
        facts=facts,
        total=proposal.total,
        level=proposal.level,
        proposes_change=proposal.changes,
        summary=summary.strip(),
        signed_by=by,
        signed_at=at,
        sha256=digest({"request": request.reference, "values": content, "summary": summary.strip(), **facts}),
    )


@transaction.atomic
def reopen(
    request: Reconsideration, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Reconsideration:
    """The chair opens the finding again before it was proposed, with the reason."""
    if not reason.strip():
        refuse(RECONSIDERATION, "reopen", "reason_is_given", _("Write the reason."))
    nothing = {"total": None, "level": "", "proposes_change": False, "signed_by": None, "signed_at": None, "sha256": ""}
    return take("reopen", request, by=by, at=at, seen=seen, note=reason, **nothing)


@transaction.atomic
def propose(
    request: Reconsideration, *, by: Any, at: datetime | None = None, seen: int | None = None
) -> Reconsideration:
    """The sub-committee proposes its finding to the steering committee."""
    return take("propose", request, by=by, at=at, seen=seen)


@transaction.atomic
def take_back(
    request: Reconsideration, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Reconsideration:
    """Take a proposal back that stands on no agenda yet."""
    if not reason.strip():
        refuse(RECONSIDERATION, "take_back_proposal", "reason_is_given", _("Write the reason."))
    return take("take_back_proposal", request, by=by, at=at, seen=seen, note=reason, default_since=None)


def _own_review(request: Reconsideration, *, by: Any) -> tuple[Reconsideration, Reviewer]:
    locked = lock(request)
    reviewer = own_review(locked, by)
    if reviewer is None or Role.ASSESSOR not in rights.roles_over(by, locked):
        refuse(RECONSIDERATION, "sign", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if locked.stage != ReconsiderationStage.ASSIGNED or reviewer.submitted_at is not None:
        refuse(RECONSIDERATION, "sign", Refusal.WRONG_STAGE, _("The opinion was handed in and cannot be changed."))
    return locked, reviewer


def _under_review(request: Reconsideration, *, by: Any) -> Reconsideration:
    locked = lock(request)
    if Role.PANEL_MEMBER not in rights.roles_over(by, locked) or locked.application.declared_by(by) is not True:
        refuse(RECONSIDERATION, "sign", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if locked.stage != ReconsiderationStage.ASSIGNED:
        refuse(RECONSIDERATION, "sign", Refusal.WRONG_STAGE, WORDINGS[Refusal.WRONG_STAGE])
    if not locked.opinions_are_in:
        refuse(RECONSIDERATION, "sign", "every_opinion_is_in", _("Some reviewers have not handed in their opinions."))
    return locked


def _is_disputed(request: Reconsideration, code: str, step: str) -> None:
    """Only items are reviewed that the centre disputes."""
    leaf = request.library.leaves.get(code)
    if (leaf.criterion.code if leaf else code) not in request.contested:
        refuse(RECONSIDERATION, step, "item_is_disputed", _("The centre does not dispute this item."))
