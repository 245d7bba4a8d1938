"""The terms that run for a request to reconsider, each with how it was counted (นาฬิกาของการขอทบทวนผล)."""

from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saduak.certification.models import Application, Reconsideration
from saduak.certification.presenters.clocks import days_left, tone_on
from saduak.certification.procedure.reconsiderations import HEARD, ReconsiderationStage
from saduak.certification.queries.reconsiderations import term_to_ask, told_on
from saduak.certification.rules import RECONSIDERATION_DAYS, Default
from saduak.design.components import Clock
from saduak.directory.queries import office_calendar
from saduak.thai import dates
from saduak.thai.calendar import Explained


def clocks_of(request: Reconsideration, today: date) -> list[Clock]:
    """What runs for the request now."""
    if request.stage == ReconsiderationStage.DRAFT:
        clock = clock_to_ask(request.application, today)
        return [clock] if clock else []
    if request.stage == ReconsiderationStage.ASKED:
        return [_to_admit(request, today), _to_answer(request, today)]
    if request.stage in {ReconsiderationStage.ADMITTED, *HEARD}:
        return [_to_answer(request, today)]
    return []


def clock_to_ask(application: Application, today: date) -> Clock | None:
    """By when the centre can ask; None while the letter has not left, so that no term runs."""
    told = told_on(application)
    if told is None:
        return None
    counted = term_to_ask(application, told)
    lines = [
        _("The centre was told on %(day)s; counting begins on the day after it.") % {"day": _day(told)},
        *_days(counted, application.round.reconsideration_days),
        _("This number of days is the platform's default, unchecked against the text of the law.")
        if application.round.reconsideration_days == RECONSIDERATION_DAYS
        else _("The round sets this number of days."),
        *_practice(application),
    ]
    return _clock(_("Ask for reconsideration by"), counted.day, today, lines)


def _to_admit(request: Reconsideration, today: date) -> Clock:
    asked, due = _asked_on(request), request.admit_until
    assert due is not None  # noqa: S101  A constraint of the database.
    days = request.application.round.admission_working_days
    counted = office_calendar(request.centre.province).add_working_days(asked, days)
    lines = [
        _("The request was handed in on %(day)s; counting begins on the working day after it.") % {"day": _day(asked)},
        ngettext("%(days)s working day is counted.", "%(days)s working days are counted.", days) % {"days": days},
        *_skipped(counted),
        _("If the secretariat has not answered by then, the request counts as admitted on the day after.")
        if request.application.round.sets(Default.ADMISSION)
        else _("The round sets no outcome for the case that this day is missed."),
        *_practice(request.application),
    ]
    return _clock(_("Say by then whether it is admitted"), due, today, lines)


def _to_answer(request: Reconsideration, today: date) -> Clock:
    asked, due = _asked_on(request), request.answer_until
    assert due is not None  # noqa: S101  A constraint of the database.
    days = request.application.round.answer_days
    counted = office_calendar(request.centre.province).add_calendar_days(asked, days)
    lines = [
        _("The request was handed in on %(day)s; counting begins on the day after it.") % {"day": _day(asked)},
        *_days(counted, days),
        _("If the committee has not resolved by then, the proposal comes onto its next agenda as decided.")
        if request.application.round.sets(Default.ANSWER)
        else _("The round sets no outcome for the case that this day is missed."),
        *_practice(request.application),
    ]
    return _clock(_("Answer the request by"), due, today, lines)


def _clock(label: str, due: date, today: date, lines: list[str]) -> Clock:
    return Clock(label=label, due=due, remaining=days_left(due, today), tone=tone_on(due, today), lines=lines)


def _days(counted: Explained, days: int) -> list[str]:
    lines = [
        ngettext("%(days)s day is counted, closed days too.", "%(days)s days are counted, closed days too.", days)
        % {"days": days}
    ]
    if counted.skipped:
        lines.append(_("Offices are closed on the last day, which moves to the next working day:"))
        lines += counted.sentences(get_language() or "th")
    return lines


def _skipped(counted: Explained) -> list[str]:
    return [_("Not counted:"), *counted.sentences(get_language() or "th")] if counted.skipped else []


def _practice(application: Application) -> list[str]:
    return [_("A round for practice: this day is shown but does not bind.")] if application.is_example else []


def _asked_on(request: Reconsideration) -> date:
    assert request.asked_at is not None  # noqa: S101  A constraint of the database.
    return timezone.localdate(request.asked_at)


def _day(day: date) -> str:
    return dates.short(day, get_language() or "th")
