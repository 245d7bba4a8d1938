"""The terms that run in a surveillance, each with how it was counted (นาฬิกา)."""

from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saduak.certification.models import FindingTurn, Surveillance
from saduak.certification.presenters.clocks import days_left, tone_on
from saduak.certification.procedure.surveillance import BEFORE_CHECK, ENDED, SurveillanceStage
from saduak.certification.rules import ANSWER_WORKING_DAYS
from saduak.design.components import Clock
from saduak.directory.queries import office_calendar
from saduak.thai import dates
from saduak.thai.calendar import OfficeCalendar


def clocks_of(surveillance: Surveillance, today: date) -> list[Clock]:
    """The days that run: by when it is checked, and by when the centre answers each finding."""
    if surveillance.stage in ENDED:
        return []
    if surveillance.stage in BEFORE_CHECK:
        due = surveillance.due_on
        lines = [_("Calendar days are counted; the last day is included.")]
        return [Clock(_("To be checked by"), due, days_left(due, today), tone_on(due, today), lines=lines)]
    if surveillance.stage != SurveillanceStage.AWAITING:
        return []
    calendar = office_calendar(surveillance.certificate.centre.province)
    return [
        _answer_clock(surveillance, turn, calendar, today) for turn in surveillance.current.select_related("finding")
    ]


def _answer_clock(surveillance: Surveillance, turn: FindingTurn, calendar: OfficeCalendar, today: date) -> Clock:
    """The day by which a finding is answered, and every day that was not counted on the way to it."""
    language = get_language() or "th"
    asked_on = surveillance.asked_on or today
    counted = calendar.add_working_days(asked_on, ANSWER_WORKING_DAYS[turn.finding.severity])
    lines = [
        _("Asked on %(day)s; counting begins on the working day after it.") % {"day": dates.short(asked_on, language)},
        ngettext("%(days)s working day is counted.", "%(days)s working days are counted.", len(counted.counted))
        % {"days": len(counted.counted)},
        _("The number of days follows from the severity; it is the platform's own, unchecked against any order."),
    ]
    if counted.skipped:
        lines += [_("Not counted:"), *counted.sentences(language)]
    if counted.day != turn.due_on:
        lines.append(_("The list of holidays has changed since. The day that was fixed then stays."))
    if counted.years_without_list:
        lines.append(_("For part of this time the official list of holidays is not yet known."))
    answered = turn.answer != ""
    return Clock(
        label=_("Answer finding %(code)s by") % {"code": turn.finding.code},
        due=turn.due_on,
        remaining=_("answered, not sent yet") if answered else days_left(turn.due_on, today),
        tone="plain" if answered else tone_on(turn.due_on, today),
        lines=lines,
    )
