"""Pages of provinces, inspection regions and holidays."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from saduak.access.doors import needs
from saduak.design.pages import render
from saduak.design.tables import Column, Table
from saduak.directory import policies, presenters
from saduak.directory.forms.others import HolidayForm, MoveProvinceForm
from saduak.directory.models import Holiday, InspectionRegion
from saduak.directory.operations import calendar
from saduak.directory.queries import holiday_years, provinces_with_regions
from saduak.thai.dates import be_year
from saduak.thai.numerals import whole_number

PROVINCES = (
    Column("code", gettext_lazy("Code"), sort=lambda row: row.code),
    Column("name", gettext_lazy("Province"), sort=lambda row: row.name_th),
    Column("region", gettext_lazy("Geographical region"), value="region_th", sort=lambda row: row.region_th),
    Column(
        "inspection", gettext_lazy("Inspection region"), value="inspection_name", sort=lambda row: row.inspection_number
    ),
    Column(
        "centres",
        gettext_lazy("Centres in service"),
        value="centre_number",
        sort=lambda row: row.centre_number,
        number=True,
    ),
)
HOLIDAYS = (
    Column("day", gettext_lazy("Day"), shown=presenters.day_of, sort=("day",)),
    Column("name", gettext_lazy("Name")),
    Column("kind", gettext_lazy("Kind"), value="get_kind_display"),
    Column("where", gettext_lazy("Where"), value=presenters.where_of),
    Column(
        "offices",
        gettext_lazy("Offices"),
        value=lambda day: _("Closed") if day.offices_close else pgettext("state", "Open"),
    ),
    Column("source", gettext_lazy("Source"), value=presenters.source_of, shown=presenters.source_in_words),
)


@needs(policies.Permission.SEE_DIRECTORY)
def list_provinces_view(request: HttpRequest) -> HttpResponse:
    """The provinces with their regions of today and their centres."""
    rows = provinces_with_regions(timezone.localdate())
    table = Table(request, rows, PROVINCES, label=_("Provinces"), sorted_by="code", per_page=100)
    if table.wants_export:
        return table.export("provinces")
    return render(request, "directory/provinces.html", {"table": table})


@needs(policies.Permission.SEE_DIRECTORY)
def list_regions_view(request: HttpRequest) -> HttpResponse:
    """The inspection regions with their provinces of today."""
    context = {"regions": InspectionRegion.objects.with_provinces_on(timezone.localdate())}
    return render(request, "directory/regions.html", context)


@needs(policies.Permission.SEE_DIRECTORY)
def show_region_view(request: HttpRequest, number: int) -> HttpResponse:
    """An inspection region, with every province that belongs or belonged to it."""
    region = get_object_or_404(InspectionRegion, number=number)
    may_edit = policies.may(request.user, policies.Permission.EDIT_DIRECTORY)
    return _region_page(request, region, MoveProvinceForm() if may_edit else None)


@needs(policies.Permission.EDIT_DIRECTORY)
def move_province_view(request: HttpRequest, number: int) -> HttpResponse:
    """Let a province join this region."""
    region = get_object_or_404(InspectionRegion, number=number)
    form = MoveProvinceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            calendar.move_province(to=region, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("The province belongs to this region."))
            return redirect("show_region", number=number)
    return _region_page(request, region, form, status=422 if form.errors else 200)


@needs(policies.Permission.SEE_DIRECTORY)
def list_holidays_view(request: HttpRequest) -> HttpResponse:
    """The holiday table, a year at a time."""
    years = holiday_years()
    asked = whole_number(request.GET.get("year", ""))
    year = asked if asked in years else be_year(timezone.localdate())
    rows = Holiday.objects.filter(day__year=year - 543).with_places()
    columns: tuple[Column, ...] = HOLIDAYS
    may_edit = policies.may(request.user, policies.Permission.EDIT_DIRECTORY)
    if may_edit:
        columns = (*HOLIDAYS, Column("correct", _("Correct"), value=lambda day: "", shown=presenters.link_to_correct))
    table = Table(
        request, rows, columns, label=_("Holidays of %(year)s") % {"year": year}, sorted_by="day", per_page=100
    )
    if table.wants_export:
        return table.export(f"holidays-{year}")
    context = {"table": table, "years": presenters.year_tabs(years, year), "may_edit": may_edit}
    return render(request, "directory/holidays.html", context)


@needs(policies.Permission.EDIT_DIRECTORY)
def add_holiday_view(request: HttpRequest) -> HttpResponse:
    """Enter a day, such as a one-off day of some provinces."""
    return _edited(request, HolidayForm(request.POST or None), None)


@needs(policies.Permission.EDIT_DIRECTORY)
def correct_holiday_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a day; one that was called off becomes a day on which offices do not close."""
    holiday = get_object_or_404(Holiday, pk=pk)
    return _edited(request, HolidayForm(request.POST or None, instance=holiday), holiday)


def _edited(request: HttpRequest, form: HolidayForm, holiday: Holiday | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            if holiday is None:
                calendar.add_holiday(by=request.user, **form.cleaned_data)
            else:
                calendar.correct_holiday(holiday, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The day is saved."))
            return redirect("list_holidays")
    context = {
        "form": form,
        "heading": _("Correct the day") if holiday else _("New holiday"),
        "save": _("Save the day"),
        "back": "list_holidays",
    }
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)


def _region_page(
    request: HttpRequest, region: InspectionRegion, form: MoveProvinceForm | None, *, status: int = 200
) -> HttpResponse:
    belongings = region.belongings.select_related("province").order_by("province__code", "from_day")
    today = timezone.localdate()
    context = {
        "region": region,
        "now": [one for one in belongings if one.holds_on(today)],
        "not_now": [one for one in belongings if not one.holds_on(today)],
        "form": form,
        "history": presenters.timeline_of(region.history, InspectionRegion),
    }
    return render(request, "directory/region.html", context, status=status)
