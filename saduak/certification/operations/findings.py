"""The centre answers what was found, somebody else verifies it, and it is closed, asked again, or goes further."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.attachments.models import Attachment
from saduak.certification import oversight
from saduak.certification.models import FindingTurn, Proposal, Surveillance
from saduak.certification.models.surveillance import Verified
from saduak.certification.operations import proposals
from saduak.certification.operations import telling_of_surveillance as telling
from saduak.certification.operations.surveillance import ask, due_days, take
from saduak.certification.operations.taking import one_line_end, refuse
from saduak.certification.procedure.certificates import ActKind, CertificateStage, Ground
from saduak.certification.procedure.roles import WORDINGS
from saduak.certification.procedure.surveillance import SURVEILLANCE
from saduak.journal.steps import StepOvertaken, StepRefused, lock
from saduak.procedure.kit import Refusal


@transaction.atomic
def write_answer(
    turn: FindingTurn,
    answer: str,
    *,
    by: Any,
    files: Iterable[Attachment] = (),
    at: datetime | None = None,
    seen: str | None = None,
) -> FindingTurn:
    """Write the centre's answer to one finding, with its evidence; it can be changed until all are sent.

    `seen` is the answer as the person read it. Raises StepRefused and StepOvertaken.
    """
    surveillance = lock(turn.finding.surveillance)
    if not oversight.may_answer(by, surveillance) or turn.number != surveillance.turns:
        refuse(SURVEILLANCE, "answer", Refusal.WRONG_STAGE, WORDINGS[Refusal.WRONG_STAGE])
    locked = FindingTurn.objects.select_for_update().get(pk=turn.pk)
    if seen is not None and one_line_end(seen) != locked.answer:
        raise StepOvertaken(surveillance, ())
    if not answer.strip():
        refuse(SURVEILLANCE, "answer", "answer_is_given", _("Write what the centre has done."))
    locked.answer, locked.answered_at, locked.answered_by = one_line_end(answer), at or timezone.now(), by
    locked.save(update_fields=["answer", "answered_at", "answered_by"])
    locked.files.add(*files)
    _set_due(surveillance)
    return locked


@transaction.atomic
def drop_file(turn: FindingTurn, file: Attachment, *, by: Any) -> None:
    """Take a file out of an answer that is not sent yet."""
    surveillance = lock(turn.finding.surveillance)
    if not oversight.may_answer(by, surveillance) or turn.number != surveillance.turns:
        refuse(SURVEILLANCE, "answer", Refusal.WRONG_STAGE, WORDINGS[Refusal.WRONG_STAGE])
    turn.files.remove(file)


@transaction.atomic
def send_answers(
    surveillance: Surveillance, *, by: Any, at: datetime | None = None, seen: int | None = None
) -> Surveillance:
    """Send the answers; from now on they are verified."""
    files = surveillance.current.values_list("finding__code", "files__content__sha256").order_by("finding", "files")
    given = [[code, sha256] for code, sha256 in files if sha256]
    return take("answer", surveillance, by=by, at=at, seen=seen, facts={"files": given, "turn": surveillance.turns})


@transaction.atomic
def verify(turn: FindingTurn, verdict: str, *, by: Any, remark: str = "", at: datetime | None = None) -> FindingTurn:
    """Say whether an answer mends the finding; never by who recorded it. What is not mended has a remark."""
    surveillance = lock(turn.finding.surveillance)
    if not oversight.may_verify(by, surveillance) or turn.number != surveillance.turns:
        refuse(SURVEILLANCE, "close", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if verdict not in Verified.values:
        refuse(SURVEILLANCE, "close", "verdict_is_known", _("Say whether it is mended."))
    if verdict == Verified.NOT_MENDED and not remark.strip():
        refuse(SURVEILLANCE, "close", "remark_is_given", _("Write what is still missing."))
    locked = FindingTurn.objects.select_for_update().get(pk=turn.pk)
    locked.verdict, locked.remark, locked.verified_by = verdict, remark.strip(), by
    locked.verified_at = at or timezone.now()
    locked.save(update_fields=["verdict", "remark", "verified_by", "verified_at"])
    return locked


@transaction.atomic
def close(surveillance: Surveillance, *, by: Any, at: datetime | None = None, seen: int | None = None) -> Surveillance:
    """Close a surveillance in which everything is mended; the centre is told."""
    at = at or timezone.now()
    closed = take("close", surveillance, by=by, at=at, seen=seen, facts=_verdicts(surveillance))
    telling.tell_the_centre(closed, "closed", by=by, at=at)
    return closed


@transaction.atomic
def repeat(surveillance: Surveillance, *, by: Any, at: datetime | None = None, seen: int | None = None) -> Surveillance:
    """Ask the centre once more about what is not mended, with new days."""
    at = at or timezone.now()
    left = [turn.finding for turn in _left(surveillance)]
    due = due_days(surveillance, left, at)
    changes: dict[str, Any] = {"answer_due": min(due.values())} if due else {}  # The procedure words why not.
    again = take(
        "repeat",
        surveillance,
        by=by,
        at=at,
        seen=seen,
        facts=_verdicts(surveillance),
        turns=surveillance.turns + 1,
        asked_on=timezone.localdate(at),
        **changes,
    )
    ask(left, due, turn=again.turns)
    telling.tell_the_centre(again, "repeated", by=by, at=at)
    return again


@transaction.atomic
def bring_before_committee(
    surveillance: Surveillance, *, by: Any, at: datetime | None = None, seen: int | None = None
) -> Surveillance:
    """What is not mended goes to the steering committee as a proposal about the certificate."""
    at = at or timezone.now()
    reason = "\n".join(f"{turn.finding.code}: {turn.finding.text} ({turn.remark})" for turn in _left(surveillance))
    moved = take("bring_before_committee", surveillance, by=by, at=at, seen=seen, facts=_verdicts(surveillance))
    return _propose(moved, Ground.NOT_MET, reason, by=by, at=at)


def escalate_due(*, at: datetime | None = None) -> list[Surveillance]:
    """Bring before the committee what the centre has not answered in time; each in a transaction of its own."""
    at = at or timezone.now()
    escalated = []
    for one in Surveillance.objects.due_to_escalate(timezone.localdate(at)):
        if one.certificate.is_alive_on(timezone.localdate(at)):
            with suppress(StepRefused), transaction.atomic():  # The centre was faster.
                escalated.append(_escalate(one, at=at))
    return escalated


def settle(proposal: Proposal, *, by: Any, at: datetime) -> None:
    """Close the surveillance from which a proposal came, once it is resolved; in the transaction of the resolution."""
    for one in Surveillance.objects.filter(proposal=proposal):
        take("settle", one, by=by, at=at, note=proposal.decided_reason, facts={"decision": proposal.decision})


def _escalate(surveillance: Surveillance, *, at: datetime) -> Surveillance:
    silent = surveillance.current.filter(answer="").select_related("finding")
    codes = ", ".join(turn.finding.code for turn in silent)
    which = f" ข้อ {codes}" if codes else ""
    reason = f"ศูนย์ไม่ส่งคำชี้แจงภายในกำหนด (การติดตามเลขที่ {surveillance.reference}{which})"
    moved = take("escalate", surveillance, by=None, at=at, note=reason, facts={"unanswered": codes})
    moved = _propose(moved, Ground.NO_ANSWER, reason, by=None, at=at)
    telling.tell_the_centre(moved, "escalated", by=None, at=at)
    return moved


def _propose(surveillance: Surveillance, ground: str, reason: str, *, by: Any | None, at: datetime) -> Surveillance:
    """Link what is proposed already, or propose the suspension, of a suspended certificate that it is upheld."""
    certificate = surveillance.certificate
    proposal = certificate.proposals.open().first()
    if proposal is None or hasattr(proposal, "surveillance"):
        kind = ActKind.SUSPEND if certificate.stage == CertificateStage.VALID else ActKind.PROLONG
        proposal = proposals.propose(certificate, kind, ground=ground, reason=reason, by=by, at=at)
    surveillance.proposal = proposal
    surveillance.save(update_fields=["proposal"])
    return surveillance


def _set_due(surveillance: Surveillance) -> None:
    """The clock of the case: the first day among what is unanswered; when nothing is, the last that was set."""
    days = list(surveillance.current.order_by("due_on").values_list("due_on", "answer"))
    waiting = [due for due, answer in days if not answer]
    surveillance.answer_due = waiting[0] if waiting else days[-1][0]
    surveillance.save(update_fields=["answer_due"])


def _left(surveillance: Surveillance) -> list[FindingTurn]:
    left = surveillance.current.filter(verdict=Verified.NOT_MENDED)
    return list(left.select_related("finding__recorded_by").order_by("finding"))


def _verdicts(surveillance: Surveillance) -> dict[str, Any]:
    found = surveillance.current.order_by("finding").values_list("finding__code", "verdict")
    return {"verdicts": [list(one) for one in found], "turn": surveillance.turns}
