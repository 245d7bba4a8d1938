"""What is done to a certificate between its issue and its end: suspended, upheld, restored, revoked, given back.

Each act is written down with its ground, its reason and its authority, and moves the certificate in the same
transaction. Resolutions call `by_resolution`; the other deeds rest on a rule (`procedure.certificates.Rule`).
"""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import oversight
from saduak.certification.models import Certificate, CertificateAct, Resolution
from saduak.certification.operations import letters_of_acts
from saduak.certification.operations.taking import refuse
from saduak.certification.procedure.certificates import (
    AGAINST,
    CERTIFICATE,
    IN_FAVOUR,
    URGENT,
    ActKind,
    CertificateStage,
    Ground,
    Rule,
)
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.certification.procedure.standing import EFFECTIVE_ON
from saduak.certification.rules import PROVISIONAL_DAYS
from saduak.journal.steps import StepOvertaken, StepRefused, lock, take_step
from saduak.procedure.kit import CLOCK, Refusal

GROUNDS: dict[str, tuple[Ground, ...]] = {
    ActKind.SUSPEND: AGAINST,
    ActKind.PROLONG: AGAINST,
    ActKind.REVOKE: AGAINST,
    ActKind.RESTORE: IN_FAVOUR,
}
"""Kind of act → the grounds on which the committee can take it."""

FOR_A_TIME = frozenset({ActKind.SUSPEND, ActKind.PROLONG})
"""Acts that can have a last day."""


@transaction.atomic
def by_resolution(
    kind: str,
    certificate: Certificate,
    resolution: Resolution,
    *,
    ground: str,
    reason: str,
    by: Any,
    until: date | None = None,
    at: datetime | None = None,
    seen: int | None = None,
) -> Certificate:
    """Do what the steering committee has resolved; it holds from the day of the resolution, and `until` a day if given.

    Raises StepRefused and StepOvertaken; then nothing is written.
    """
    if ground not in GROUNDS[kind]:
        refuse(CERTIFICATE, kind, "ground_fits", _("Choose a ground that fits the act."))
    return _act(
        kind,
        certificate,
        ground=ground,
        reason=reason,
        since=resolution.resolved_on,
        until=until,
        by=by,
        roles={Role.STEERING_SECRETARY},
        resolution=resolution,
        at=at,
        seen=seen,
    )


@transaction.atomic
def order_suspension(
    certificate: Certificate,
    *,
    ground: str,
    reason: str,
    by: Any,
    until: date | None = None,
    at: datetime | None = None,
    seen: int | None = None,
) -> Certificate:
    """Suspend at once by order of the secretariat, on an urgent ground, until the committee has met.

    The order ends by itself after `until`, at most `PROVISIONAL_DAYS` from now. Raises StepRefused and StepOvertaken.
    """
    at = at or timezone.now()
    last = timezone.localdate(at) + timedelta(days=PROVISIONAL_DAYS)
    if ground not in URGENT:
        refuse(
            CERTIFICATE,
            "suspend",
            "ground_is_urgent",
            _("Only an urgent ground allows an order; others need the committee."),
        )
    if until is not None and until > last:
        refuse(
            CERTIFICATE,
            "suspend",
            "order_is_provisional",
            _("An order holds for 60 days at most; then the committee resolves."),
        )
    return _act(
        ActKind.SUSPEND,
        certificate,
        ground=ground,
        reason=reason,
        until=until or last,
        by=by,
        roles={Role.SECRETARIAT},
        rule=Rule.PROVISIONAL_ORDER,
        at=at,
        seen=seen,
    )


@transaction.atomic
def lift_order(
    certificate: Certificate, *, ground: str, reason: str, by: Any, at: datetime | None = None, seen: int | None = None
) -> Certificate:
    """Restore what the secretariat itself suspended; what the committee suspended, the committee restores.

    Raises StepRefused and StepOvertaken.
    """
    if ground not in IN_FAVOUR:
        refuse(CERTIFICATE, "restore", "ground_fits", _("Choose a ground that fits the act."))
    locked = lock(certificate)
    if locked.stage == CertificateStage.SUSPENDED and (locked.act is None or locked.act.resolution_id is not None):
        refuse(CERTIFICATE, "restore", "own_order", _("The committee has suspended this certificate, and restores it."))
    return _act(
        ActKind.RESTORE,
        certificate,
        ground=ground,
        reason=reason,
        by=by,
        roles={Role.SECRETARIAT},
        rule=Rule.ORDER_LIFTED,
        at=at,
        seen=seen,
    )


@transaction.atomic
def give_back(
    certificate: Certificate, *, reason: str, by: Any, at: datetime | None = None, seen: int | None = None
) -> Certificate:
    """The head of the centre gives the certificate back for good. Raises StepRefused and StepOvertaken."""
    return _act(
        ActKind.RETURN,
        certificate,
        ground=Ground.OWN_WISH,
        reason=reason,
        by=by,
        roles={Role.CENTRE_HEAD},
        rule=Rule.HOLDERS_WISH,
        at=at,
        seen=seen,
    )


def restore_due(*, at: datetime | None = None) -> list[Certificate]:
    """End every suspension whose last day has passed; each in a transaction of its own."""
    at = at or timezone.now()
    restored = []
    for certificate in Certificate.objects.due_to_restore(timezone.localdate(at)):
        with suppress(StepRefused), transaction.atomic():  # Somebody was faster.
            restored.append(
                _act(
                    ActKind.RESTORE,
                    certificate,
                    ground=Ground.TIME_OVER,
                    since=certificate.suspended_until and certificate.suspended_until + timedelta(days=1),
                    reason="พ้นกำหนดเวลาพักใช้ที่ระบุไว้ โดยไม่มีมติเป็นอย่างอื่น",
                    by=None,
                    roles={CLOCK},
                    rule=Rule.TIME_IS_OVER,
                    at=at,
                )
            )
    return restored


def _act(
    kind: str,
    certificate: Certificate,
    *,
    ground: str,
    reason: str,
    by: Any | None,
    roles: set[str],
    at: datetime | None,
    seen: int | None = None,
    since: date | None = None,
    until: date | None = None,
    resolution: Resolution | None = None,
    rule: str = "",
) -> Certificate:
    """Write the act down and let it move the certificate; `roles` are those that this way of acting is open to.

    It holds from `since`, or from the day on which it is taken.
    """
    at = at or timezone.now()
    since, reason = since or timezone.localdate(at), reason.strip()
    locked = lock(certificate)
    held = roles if by is None else oversight.roles_over(by, locked) & roles
    if not held:
        refuse(CERTIFICATE, kind, Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if seen is not None and seen != locked.version:
        raise StepOvertaken(locked, tuple(locked.history.filter(facts__version__gt=seen)))
    if not reason:
        refuse(CERTIFICATE, kind, "reason_is_given", _("Write the reason."))
    if until is not None and until < since:
        refuse(CERTIFICATE, kind, "last_day_is_ahead", _("The last day of the suspension lies before its first."))
    act = CertificateAct.objects.create(
        certificate=locked,
        kind=kind,
        ground=ground,
        reason=reason,
        from_day=since,
        until_day=until,
        resolution=resolution,
        rule=rule,
        taken_at=at,
        taken_by=by,
    )
    if resolution is None:
        letters_of_acts.draft_soon(act)
    return take_step(
        CERTIFICATE,
        kind,
        locked,
        by=by,
        roles=held,
        at=at,
        note=reason,
        facts={
            "ground": ground,
            "reason": reason,
            **({"resolution": resolution.number} if resolution is not None else {"rule": rule}),
            EFFECTIVE_ON: since.isoformat(),
            **({"until_day": until.isoformat()} if until is not None else {}),
        },
        act=act,
        suspended_until=until if kind in FOR_A_TIME else None,
    )
