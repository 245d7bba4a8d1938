"""A desk's reports: one day, its fairness, how true the told waits were, the week ahead, a period (รายงาน)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saduak.access.doors import needs
from saduak.audit.operations import exported
from saduak.catalogue.models import Service
from saduak.design.components import Crumb, Tab
from saduak.design.pages import render
from saduak.design.tables import Column, Table
from saduak.frontdesk.estimation.measuring import HOLDS_BETWEEN
from saduak.frontdesk.forms.reports import DayForm, PeriodForm
from saduak.frontdesk.models import Desk, PriorityClass, Ticket
from saduak.frontdesk.operations.figures import agrees
from saduak.frontdesk.policies import Permission, desk_roles_of
from saduak.frontdesk.presenters import reports as words
from saduak.frontdesk.presenters import reports_of_fairness as fairness_words
from saduak.frontdesk.presenters import reports_of_waits as wait_words
from saduak.frontdesk.presenters.hours import day_in_words
from saduak.frontdesk.procedure import Role
from saduak.frontdesk.queries import figures
from saduak.frontdesk.queries.hours import opening
from saduak.frontdesk.queries.loads import loads
from saduak.frontdesk.queries.recount import recount
from saduak.frontdesk.rules.fairness import fairness
from saduak.frontdesk.views.fetching import desk_for
from saduak.thai import dates

READERS = frozenset({Role.SUPERVISOR, Role.SECRETARIAT, Role.AUDITOR})
DAYS = 30
LONGEST = 400
"""Days of a period at most: a year and its edges."""


@needs(Permission.READ_REPORTS)
@require_safe
def show_day_report_view(request: HttpRequest, code: str) -> HttpResponse:
    """One day: waits and visits by service, class and hour, outcomes, staffing; `?check=1` counts the journal again."""
    desk, today = _desk(request, code), timezone.localdate()
    day, form = _day(request, today)
    lines = figures.lines_of(desk.pk, day)
    together = words.total(lines)
    hours = words.by_hour(together.line, figures.ready_of(desk.pk, day, timezone.now()))
    services = {one.pk: one for one in Service.objects.of(desk.centre)}
    classes = {one.pk: one for one in PriorityClass.objects.filter(desk=desk).order_by("position", "pk")}
    of_services, of_classes = words.by_service(lines, services), words.by_class(lines, classes)
    tables = {
        "services": _table(request, of_services, words.columns(_("Service")), _("By service"), "s"),
        "classes": _table(request, of_classes, words.columns(_("Visitors")), _("By visitors"), "c"),
        "hours": _table(request, hours, words.hour_columns(), _("By hour"), "h"),
        "endings": _table(request, words.endings(lines), words.ending_columns(), _("How visits ended"), "e"),
    }
    context = {
        "together": together,
        "tables": tables,
        "chart": words.arrivals_against_staffing(hours, together.mean_visit),
        "check": _check(desk, day) if request.GET.get("check") else None,
        "hours": day_in_words(opening(desk, day)).hours,
    }
    return _file(request, desk, tables, f"day-{day}") or _page(request, desk, "day", context, day=day, form=form)


@needs(Permission.READ_REPORTS)
@require_safe
def show_fairness_report_view(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a day was fair: waits by class, who was passed most and why, calls out of order."""
    desk, today = _desk(request, code), timezone.localdate()
    day, form = _day(request, today)
    first = figures.first_calls(desk.pk, day)
    report = fairness(first.calls)
    names = {one.code: one.name for one in PriorityClass.objects.filter(desk=desk)}
    counters = {str(one.pk): one.label for one in desk.counters.all()}
    passings, against, apart = (
        fairness_words.passings_in_words(report.passings, first.tickets, counters),
        fairness_words.passings_in_words(report.against, first.tickets, counters),
        fairness_words.out_of_order_in_words(report.out_of_order, first.tickets, counters),
    )
    passed, alone = fairness_words.told_columns(passes=True), fairness_words.told_columns(passes=False)
    rows = fairness_words.class_rows(report, names)
    tables = {
        "classes": _table(request, rows, fairness_words.class_columns(), _("Waits by visitors"), "c"),
        "passings": _table(request, passings, passed, _("Who passed the one who was passed most"), "p"),
        "apart": _table(request, apart, alone, _("Calls out of order"), "o"),
        "against": _table(request, against, passed, _("Calls that the rule does not explain"), "a"),
    }
    context = {
        "report": report,
        "longest": words.minutes(max((one.longest for one in report.classes), default=0)),
        "priority_share": round(sum(row.share for row in rows if row.b > 1), 1),
        "most_passed": passings[0].passed if passings else "",
        "tables": tables,
        "hours": day_in_words(opening(desk, day)).hours,
    }
    return _file(request, desk, tables, f"fairness-{day}") or _page(
        request, desk, "fairness", context, day=day, form=form
    )


@needs(Permission.READ_REPORTS)
@require_safe
def show_waits_report_view(request: HttpRequest, code: str) -> HttpResponse:
    """How true the waits were that visitors were told, by day of a period."""
    desk, today = _desk(request, code), timezone.localdate()
    since, until, form = _period(request, today)
    found = figures.accuracies(desk.pk, since, until)
    days = [wait_words.DayOfWaits(day, measured) for day, measured in found.items()]
    every = figures.together(found.values())
    tables = {"days": _table(request, days, wait_words.accuracy_columns(), _("By day"), "d", sorted_by="-day")}
    context = {
        "every": wait_words.DayOfWaits(until, every) if every else None,
        "holds": every.holds if every else False,
        "aims": [round(share * 100) for share in HOLDS_BETWEEN],
        "tables": tables,
        "chart": wait_words.accuracy_chart(days),
    }
    return _file(request, desk, tables, f"waits-{since}-{until}") or _page(request, desk, "waits", context, form=form)


@needs(Permission.READ_REPORTS)
@require_safe
def show_load_report_view(request: HttpRequest, code: str) -> HttpResponse:
    """How many will probably come in the week ahead, and how many counters that needs."""
    desk, today = _desk(request, code), timezone.localdate()
    week = loads(desk, [today + timedelta(days=number) for number in range(8)], before=today)
    rows = [wait_words.LoadRow(one) for one in week if one.slots]
    tables = {"days": _table(request, rows, wait_words.load_columns(), _("The week ahead"), "d")}
    language = request.LANGUAGE_CODE
    charts = [
        wait_words.load_chart(one.load, dates.with_weekday(one.day, "th" if language == "th" else "en")) for one in rows
    ]
    context = {"tables": tables, "charts": [chart for chart in charts if chart]}
    return _file(request, desk, tables, f"load-{today}") or _page(request, desk, "load", context)


@needs(Permission.READ_REPORTS)
@require_safe
def show_period_report_view(request: HttpRequest, code: str) -> HttpResponse:
    """The days of a period, up to a year, from the figures that are kept of each day."""
    desk, today = _desk(request, code), timezone.localdate()
    since, until, form = _period(request, today)
    kept = figures.kept_lines(desk.pk, since, until)
    rows = [words.DayRow(str(day), words.total(lines).line, day) for day, lines in sorted(kept.items())]
    every: dict[Any, Any] = {(row.day, 0): row.line for row in rows}
    tables = {"days": _table(request, rows, words.day_columns(), _("By day"), "d", sorted_by="-day")}
    context = {
        "together": words.total(every) if rows else None,
        "tables": tables,
        "chart": words.days_chart(rows),
        "since": since,
        "until": until,
    }
    return _file(request, desk, tables, f"days-{since}-{until}") or _page(request, desk, "period", context, form=form)


def _desk(request: HttpRequest, code: str) -> Desk:
    desk = desk_for(request, code)
    if not desk_roles_of(request.user, desk.centre) & READERS:
        raise PermissionDenied
    return desk


def _day(request: HttpRequest, today: date) -> tuple[date, DayForm]:
    """The day asked for, today at the latest; today where none is, or none can be."""
    form = DayForm(request.GET if "day" in request.GET else None)
    wished = form.cleaned_data.get("day") if form.is_valid() else None
    return min(wished or today, today), form


def _period(request: HttpRequest, today: date) -> tuple[date, date, PeriodForm]:
    """The days asked for, the last thirty where none are; never more than a year."""
    asks = request.GET if {"since", "until"} & set(request.GET) else None
    form = PeriodForm(asks)
    found = form.cleaned_data if form.is_valid() else {}
    until = min(found.get("until") or today, today)
    since = found.get("since") or until - timedelta(days=DAYS)
    return max(since, until - timedelta(days=LONGEST)), until, form


def _check(desk: Desk, day: date) -> dict[str, Any]:
    """Whether journal, slices and kept figures tell the same."""
    counted = recount(Ticket.objects.on(desk.centre, day))
    shown = Ticket.objects.filter(reference__in=counted.differing).order_by("sequence")[:20]
    return {
        "tickets": counted.tickets,
        "differing": [ticket.shown for ticket in shown],
        "is_kept": agrees(desk, day),
        "agrees": not counted.differing and agrees(desk, day),
    }


def _table(
    request: HttpRequest, rows: Sequence[Any], columns: Sequence[Column], label: str, name: str, *, sorted_by: str = ""
) -> Table:
    return Table(
        request, rows, columns, label=label, name=name, sorted_by=sorted_by, empty=_("There is nothing of this here")
    )


def _file(request: HttpRequest, desk: Desk, tables: dict[str, Table], about: str) -> HttpResponse | None:
    """The table that is asked for as a file, written down in the audit; None when a page is asked for."""
    for name, table in tables.items():
        if table.wants_export:
            detail = {"rows": len(table.ordered), "query": request.GET.dict()}
            exported(
                request.user,
                kind="desk_report",
                reference=desk.centre.code,
                what=f"{about} {name}",
                request=request,
                detail=detail,
            )
            return table.export(f"{desk.centre.code}-{about}-{name}")
    return None


def _page(
    request: HttpRequest,
    desk: Desk,
    part: str,
    context: dict[str, Any],
    *,
    day: date | None = None,
    form: Any = None,
) -> HttpResponse:
    code = desk.centre.code
    parts = {
        "day": _("A day"),
        "fairness": _("Fairness"),
        "waits": _("Told waits"),
        "load": _("The week ahead"),
        "period": _("A period"),
    }
    today = timezone.localdate()
    frame = {
        "desk": desk,
        "centre": desk.centre,
        "part": part,
        "tabs": [
            Tab(label, reverse(f"show_{name}_report", args=[code]), name == part) for name, label in parts.items()
        ],
        "trail": [
            Crumb(_("Front desks"), reverse("list_desks")),
            Crumb(_("The floor now"), reverse("show_floor", args=[code])),
            Crumb(desk.centre.name),
        ],
        "form": form,
        "day": day,
        "before": day - timedelta(days=1) if day else None,
        "after": day + timedelta(days=1) if day and day < today else None,
    }
    return render(request, f"frontdesk/reports/{part}.html", {**frame, **context})
