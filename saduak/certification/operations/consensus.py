"""The assessors agree, the chair signs, the sub-committee proposes."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification.models import AgreedMark, Application, Consensus, Visit
from saduak.certification.models.marking import answers_of
from saduak.certification.operations.taking import check_answer, digest, refuse, take
from saduak.certification.procedure.applications import APPLICATION, Stage
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.journal.steps import lock
from saduak.procedure.kit import Refusal
from saduak.standards.rules import Verdict, score


class AgreementOvertaken(Exception):
    """Somebody else has settled the leaf since the person opened it; `current` stands now, or nothing does."""

    def __init__(self, code: str, current: AgreedMark | None) -> None:
        self.code, self.current = code, current
        super().__init__(f"{code} was settled in the meantime.")


@transaction.atomic
def settle(
    visit: Visit,
    code: str,
    said: str,
    *,
    by: Any,
    reason: str = "",
    seen: str | None = None,
    at: datetime | None = None,
) -> AgreedMark | None:
    """Write down the agreed value of one leaf, with the reason where the sheets differ; None when nothing is said.

    `seen` is the stamp of the value that the person was looking at ("": none). That a whole criterion does not apply
    ends when one of its leaves is given a value. Raises StepRefused when a sheet is missing or the scores are signed,
    AnswersRefused, and AgreementOvertaken when somebody else was faster.
    """
    consensus, reason = _open_consensus(visit, by=by), reason.strip()
    check_answer(visit.application.library, code, said)
    known = consensus.marks.filter(code=code).first()
    if known is not None and (known.answer, known.reason) == (said, reason):
        return known
    if seen is not None and seen != (known.stamp if known else ""):
        raise AgreementOvertaken(code, known)
    leaf = visit.application.library.leaves.get(code)
    if leaf is not None and said != Verdict.NOT_APPLICABLE:
        consensus.marks.filter(code=leaf.criterion.code, answer=Verdict.NOT_APPLICABLE).exclude(code=code).delete()
    if not said and not reason:
        consensus.marks.filter(code=code).delete()
        return None
    facts = {"answer": said, "reason": reason, "changed_at": at or timezone.now(), "changed_by": by}
    put, _is_new = AgreedMark.objects.update_or_create(consensus=consensus, code=code, defaults=facts)
    return put


@transaction.atomic
def adopt_what_is_equal(visit: Visit, *, by: Any, at: datetime | None = None) -> int:
    """Take over the value of every leaf on which all sheets agree and that has none yet; returns how many."""
    consensus = _open_consensus(visit, by=by)
    at = at or timezone.now()
    equal: dict[str, str] = {}
    for line in visit.lines:
        if line.equal and line.proposal is not None and visit.agreed_on(line.leaf) is None:
            whole = line.proposal is Verdict.NOT_APPLICABLE
            equal[line.leaf.criterion.code if whole else line.leaf.code] = str(line.proposal)
    AgreedMark.objects.bulk_create(
        AgreedMark(consensus=consensus, code=code, answer=said, changed_at=at, changed_by=by)
        for code, said in equal.items()
    )
    return len(equal)


def wording_of(visit: Visit) -> str:
    """The hash over every agreed value and reason as they stand: what a person reads before signing."""
    return digest(sorted([mark.code, mark.answer, mark.reason] for mark in visit.agreed.values()))


@transaction.atomic
def sign(
    application: Application,
    *,
    by: Any,
    summary: str,
    read: str | None = None,
    at: datetime | None = None,
    seen: int | None = None,
) -> Application:
    """The chair signs the agreed scores; total and level follow from them.

    `read` is the `wording_of` what the chair has read. Raises StepRefused when a value or reason has changed since,
    and StepOvertaken.
    """
    at = at or timezone.now()
    locked = lock(application)
    visit = locked.current_visit
    if visit is not None and read is not None and read != wording_of(visit):
        refuse(
            APPLICATION,
            "sign_consensus",
            "what_is_signed_was_read",
            _("An agreed value has changed since you opened this page. Read the total and the level again."),
        )
    agreed = visit.agreed.values() if visit is not None else ()
    result = score(locked.library, answers_of(agreed))
    signed = take(
        "sign_consensus",
        application,
        by=by,
        at=at,
        seen=seen,
        facts={"total": str(result.total), "level": result.level.code if result.level else ""},
        total=result.total,
        level=result.level.code if result.level else "",
    )
    content = sorted([mark.code, mark.answer, mark.reason] for mark in agreed)
    Consensus.objects.filter(visit=visit).update(
        summary=summary.strip(),
        signed_by=by,
        signed_at=at,
        sha256=digest({"application": application.reference, "agreed": content, "total": str(result.total)}),
    )
    return signed


@transaction.atomic
def reopen(
    application: Application, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Application:
    """The chair opens the agreed scores again before they were proposed, with the reason."""
    if not reason.strip():
        refuse(APPLICATION, "reopen_consensus", "reason_is_given", _("Write the reason."))
    reopened = take("reopen_consensus", application, by=by, at=at, seen=seen, note=reason, total=None, level="")
    Consensus.objects.filter(visit=reopened.current_visit).update(signed_by=None, signed_at=None, sha256="")
    return reopened


@transaction.atomic
def propose(application: Application, *, by: Any, at: datetime | None = None, seen: int | None = None) -> Application:
    """The sub-committee proposes the unit, with its total and level, to the steering committee."""
    return take("propose", application, by=by, at=at, seen=seen)


@transaction.atomic
def take_back(
    application: Application, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Application:
    """Take a proposal back that stands on no agenda yet."""
    if not reason.strip():
        refuse(APPLICATION, "take_back_proposal", "reason_is_given", _("Write the reason."))
    return take("take_back_proposal", application, by=by, at=at, seen=seen, note=reason, default_since=None)


def _open_consensus(visit: Visit, *, by: Any) -> Consensus:
    application = lock(visit.application)
    roles = policies.roles_of(by, application)
    if Role.PANEL_MEMBER not in roles or application.declared_by(by) is not True:
        refuse(APPLICATION, "sign_consensus", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if application.stage != Stage.VISITED:
        refuse(APPLICATION, "sign_consensus", Refusal.WRONG_STAGE, WORDINGS[Refusal.WRONG_STAGE])
    if not visit.sheets_are_in:
        refuse(
            APPLICATION,
            "sign_consensus",
            "every_sheet_is_submitted",
            _("Some assessors have not submitted their score sheets."),
        )
    consensus, _is_new = Consensus.objects.get_or_create(visit=visit)
    return consensus
