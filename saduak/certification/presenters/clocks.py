"""The terms that run for an application, each with how it was counted (นาฬิกา)."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saduak.certification.models import Application
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.design.components import Clock
from saduak.directory.queries import office_calendar
from saduak.thai import dates

_PHASE_OF = {
    Stage.DRAFT: Phase.APPLICATION,
    Stage.SUBMITTED: Phase.SCREENING,
    Stage.SCREENED: Phase.SCREENING,
    Stage.ASSIGNED: Phase.VISITS,
    Stage.VISIT_PLANNED: Phase.VISITS,
    Stage.VISITED: Phase.VISITS,
    Stage.ASSESSED: Phase.RESOLUTION,
    Stage.PROPOSED: Phase.RESOLUTION,
}


def phase_label(phase: Phase) -> str:
    """A phase of the calendar in words."""
    return {
        Phase.APPLICATION: _("Applications"),
        Phase.SCREENING: _("Screening"),
        Phase.VISITS: _("Visits"),
        Phase.RESOLUTION: _("Resolution"),
    }[phase]


def clocks_of(application: Application, today: date) -> list[Clock]:
    """What runs for the application now, the most pressing first."""
    if application.stage == Stage.RETURNED:
        return [_mending(application, today)]
    phase = _phase_that_binds(application)
    return [_phase_end(application, phase, today)] if phase else []


def due_of(application: Application) -> date | None:
    """The day by which the application has to move; None where no time runs, as in a round for practice."""
    if application.stage == Stage.RETURNED:
        return application.mend_until
    phase = _phase_that_binds(application)
    return application.round.window(phase).closes_on if phase else None


def _phase_that_binds(application: Application) -> Phase | None:
    """The phase in which the application is; the calendar of a round for practice binds nobody."""
    return None if application.round.is_example else _PHASE_OF.get(Stage(application.stage))


def tone_on(due: date, today: date) -> str:
    """The colour of a term: danger when it is over, warning within three days."""
    left = (due - today).days
    return "danger" if left < 0 else "warning" if left <= 3 else "plain"


def days_left(due: date, today: date) -> str:
    """How far away a day is, in words."""
    left = (due - today).days
    if left == 0:
        return _("today is the last day")
    if left < 0:
        return ngettext("%(days)s day ago", "%(days)s days ago", -left) % {"days": -left}
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}


def _mending(application: Application, today: date) -> Clock:
    """The day to mend by, and every day that was not counted on the way to it."""
    due, returned_at = application.mend_until, application.returned_at
    assert due is not None  # noqa: S101 – a constraint of the database.
    assert returned_at is not None  # noqa: S101 – likewise.
    language = get_language() or "th"
    returned_on = timezone.localdate(returned_at)
    calendar = office_calendar(application.centre.province)
    counted = calendar.add_working_days(returned_on, application.round.mending_working_days)
    lines = [
        _("Returned on %(day)s; counting begins on the working day after it.")
        % {"day": dates.short(returned_on, language)},
        ngettext("%(days)s working day is counted.", "%(days)s working days are counted.", len(counted.counted))
        % {"days": len(counted.counted)},
    ]
    if counted.skipped:
        lines += [_("Not counted:"), *counted.sentences(language)]
    if counted.day != due:
        lines.append(_("The list of holidays has changed since. The day that was fixed on the return stays."))
    if counted.years_without_list:
        lines.append(_("For part of this time the official list of holidays is not yet known."))
    remaining = days_left(due, today)
    if due > today:
        working = calendar.working_days_left(today, due)
        remaining += " · " + ngettext("%(days)s working day", "%(days)s working days", working) % {"days": working}
    return Clock(
        label=_("Mend the named items by"), due=due, remaining=remaining, tone=tone_on(due, today), lines=lines
    )


def default_of(application: Application) -> str:
    """What will count when the authority misses its date; "" where the round has set nothing."""
    after = application.default_after
    if application.default_since is not None:
        return _("The date has passed: it comes onto the next agenda as it was proposed.")
    if after is None:
        return ""
    words = {
        Stage.SUBMITTED: _("If it is not decided by %(day)s, it will count as passed on %(next)s."),
        Stage.ASSESSED: _("If it is not proposed by %(day)s, it will count as proposed on %(next)s."),
        Stage.PROPOSED: _(
            "If it is not resolved on by %(day)s, it comes onto the next agenda as proposed on %(next)s."
        ),
    }[Stage(application.stage)]
    language = get_language() or "th"
    return words % {"day": dates.short(after, language), "next": dates.short(after + timedelta(days=1), language)}


def _phase_end(application: Application, phase: Phase, today: date) -> Clock:
    window = application.round.window(phase)
    language = get_language() or "th"
    words = {
        Phase.APPLICATION: _("Last day for applications"),
        Phase.SCREENING: _("Screening ends"),
        Phase.VISITS: _("Visits end"),
        Phase.RESOLUTION: _("Resolutions end"),
    }
    lines = [
        _("The calendar of the round gives this phase from %(first)s to %(last)s, both days included.")
        % {"first": dates.short(window.opens_on, language), "last": dates.short(window.closes_on, language)}
    ]
    if phase is Phase.APPLICATION:
        lines.append(_("A draft that is not submitted by then lapses on the day after."))
    if words_of_default := default_of(application):
        lines.append(words_of_default)
    due = window.closes_on
    return Clock(label=words[phase], due=due, remaining=days_left(due, today), tone=tone_on(due, today), lines=lines)
