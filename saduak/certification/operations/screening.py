"""The secretariat looks through a submitted dossier."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification.models import Application, ScreeningMark
from saduak.certification.models.screening import Finding
from saduak.certification.operations import telling
from saduak.certification.operations.taking import refuse, take
from saduak.certification.procedure.applications import APPLICATION, Stage
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.directory.queries import office_calendar
from saduak.journal.steps import StepOvertaken, lock
from saduak.procedure.kit import Refusal
from saduak.standards.criteria import Kind
from saduak.thai.calendar import Explained


@transaction.atomic
def find(
    application: Application,
    code: str,
    finding: str,
    *,
    by: Any,
    remark: str = "",
    at: datetime | None = None,
    seen: int | None = None,
) -> ScreeningMark:
    """Write down what the screening finds of one criterion; only a gate can be found not met.

    Raises StepRefused, also when what is not in order has no remark, and StepOvertaken. Raises KeyError for an unknown
    criterion.
    """
    locked = _under_screening(application, by=by, seen=seen)
    criterion = locked.library.criterion(code)
    if finding == Finding.FAILED and criterion.kind is not Kind.GATE:
        refuse(
            APPLICATION, "screen_out", "only_a_gate_fails", _("Only a physical criterion can be found not met here.")
        )
    if finding == Finding.TO_MEND and locked.was_returned:
        refuse(
            APPLICATION,
            "return",
            "not_returned_before",
            _("A dossier may be returned once only, and this one has been."),
        )
    if finding != Finding.ACCEPTED and not remark.strip():
        refuse(APPLICATION, "return", "remark_is_given", _("Write what is missing, so that the centre understands it."))
    mark, _is_new = ScreeningMark.objects.update_or_create(
        application=locked,
        code=code,
        defaults={"finding": finding, "remark": remark.strip(), "at": at or timezone.now(), "by": by},
    )
    return mark


@transaction.atomic
def accept_the_rest(application: Application, *, by: Any, at: datetime | None = None, seen: int | None = None) -> int:
    """Find every criterion in order that has no finding yet; returns how many."""
    locked = _under_screening(application, by=by, seen=seen)
    at = at or timezone.now()
    rest = [
        ScreeningMark(application=locked, code=code, finding=Finding.ACCEPTED, at=at, by=by)
        for code in locked.unscreened
    ]
    ScreeningMark.objects.bulk_create(rest)
    return len(rest)


@transaction.atomic
def return_for_mending(
    application: Application, *, by: Any, note: str = "", at: datetime | None = None, seen: int | None = None
) -> Application:
    """Return the dossier, once, for the named items, to be mended within the round's working days.

    The centre is told in the same transaction.
    """
    at = at or timezone.now()
    due = mending_term(application, timezone.localdate(at))
    items = {code: application.screening_by_code[code].remark for code in application.named_items}
    returned = take(
        "return",
        application,
        by=by,
        at=at,
        seen=seen,
        note=note,
        facts={"items": items, "mend_until": due.day.isoformat()},
        was_returned=True,
        returned_at=at,
        mend_until=due.day,
    )
    telling.tell_the_centre(returned, telling.returned(returned, due=due.day, note=note), by=by, at=at)
    return returned


@transaction.atomic
def pass_screening(
    application: Application, *, by: Any, note: str = "", at: datetime | None = None, seen: int | None = None
) -> Application:
    """Let the application go on to a sub-committee, and tell the centre."""
    at = at or timezone.now()
    passed = take("pass_screening", application, by=by, at=at, seen=seen, note=note)
    telling.tell_the_centre(passed, telling.passed(passed, note=note), by=by, at=at)
    return passed


@transaction.atomic
def screen_out(
    application: Application, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Application:
    """End the application because a gate is not met, with the reasons that the centre will read."""
    _reason_is_given("screen_out", reason)
    at = at or timezone.now()
    failed = {code: application.screening_by_code[code].remark for code in application.failed_gates}
    out = take("screen_out", application, by=by, at=at, seen=seen, note=reason, facts={"failed": failed})
    telling.tell_the_centre(out, telling.screened_out(out, reason=reason), by=by, at=at)
    return out


@transaction.atomic
def correct_screening(
    application: Application, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Application:
    """Take the screening up again before a sub-committee has the unit."""
    _reason_is_given("correct_screening", reason)
    return take("correct_screening", application, by=by, at=at, seen=seen, note=reason)


def mending_term(application: Application, today: date) -> Explained:
    """The day by which a dossier returned today is to be mended, with every day counted and skipped.

    Counts working days of government offices in the centre's province, from the day after.
    """
    calendar = office_calendar(application.centre.province)
    return calendar.add_working_days(today, application.round.mending_working_days)


def _reason_is_given(step: str, reason: str) -> None:
    if not reason.strip():
        refuse(APPLICATION, step, "reason_is_given", _("Write the reason."))


def _under_screening(application: Application, *, by: Any, seen: int | None) -> Application:
    locked = lock(application)
    if seen is not None and seen != locked.version:
        raise StepOvertaken(locked, tuple(locked.history.filter(facts__version__gt=seen)))
    if Role.SECRETARIAT not in policies.roles_of(by, locked):
        refuse(APPLICATION, "pass_screening", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if locked.stage != Stage.SUBMITTED:
        refuse(APPLICATION, "pass_screening", Refusal.WRONG_STAGE, WORDINGS[Refusal.WRONG_STAGE])
    return locked
