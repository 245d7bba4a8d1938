"""The public register: finding certified centres, reading about one, checking a certificate."""

from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.access.pace import is_too_often
from saduak.certification.forms.register import DayForm, NumberForm, RegisterFilters
from saduak.certification.models import Certificate
from saduak.certification.presenters import register as presenters
from saduak.certification.presenters.memory import told_of
from saduak.certification.queries import register
from saduak.certification.queries.credentials import signed_among
from saduak.certification.queries.memory import Memory
from saduak.certification.queries.past import told_of_centre
from saduak.certification.queries.register import Wish
from saduak.certification.rules import read_certificate_number
from saduak.design import spreadsheets
from saduak.design.components import Crumb
from saduak.design.pages import light, render
from saduak.directory.presenters import doors_of, hours_of
from saduak.directory.queries import surviving_centre

PER_PAGE = 20
MISSES, IN_SECONDS = 30, 300
"""As many numbers that do not exist may be tried from one address in so many seconds."""


@open_to_everyone
@require_safe
@light
def find_centres_view(request: HttpRequest) -> HttpResponse:
    """The certified centres that fit what the address says, or exactly these as a sheet."""
    filters = RegisterFilters(request.GET)
    today = timezone.localdate()
    if request.GET.get("export") in ("csv", "xlsx"):
        return _sheet(request.GET["export"], filters, today)
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    found = register.find(filters.wish, on=today, skip=(max(number, 1) - 1) * PER_PAGE, number=PER_PAGE)
    page = Paginator(range(found.total), PER_PAGE).get_page(number)
    if page.number != number and found.total:
        found = register.find(filters.wish, on=today, skip=page.start_index() - 1, number=PER_PAGE)
    context = {
        "filters": filters,
        "found": found,
        "page": page,
        "lines": _lines(found.certificates, filters.wish, today),
        "as_of": filters.wish.as_of,
        "number_found": presenters.number_found(found),
        "how_read": presenters.how_it_was_read(found),
        "exports": [(kind.upper(), _address(request, export=kind)) for kind in ("xlsx", "csv")],
        "today": today,
    }
    response = render(request, "certification/register/find.html", context, part="results")
    response["HX-Replace-Url"] = _short_address(request)
    return response


@open_to_everyone
@require_safe
@light
def show_registered_centre_view(request: HttpRequest, code: str) -> HttpResponse:
    """A centre of the register with its certificates over time; a merged record leads to the one that stayed."""
    if (surviving := surviving_centre(code)) is not None:
        return redirect("show_registered_centre", code=surviving.code)
    centre = get_object_or_404(register.centres_on_record(), code=code)
    today = timezone.localdate()
    lines = presenters.lines_of(register.certificates_of(centre), today)
    form = DayForm(request.GET if request.GET.get("on") else None)
    context = {
        "form": form,
        "told": told_of(Memory(centre), form.day, today),
        "centre": centre,
        "newest": lines[0] if lines else None,
        "past": told_of_centre(centre),
        "lines": lines,
        "signed": signed_among(line.certificate for line in lines),
        "hours": hours_of(centre),
        "doors": doors_of(centre),
        "map_url": presenters.map_of(centre),
        "trail": presenters.trail_to(Crumb(centre.name)),
    }
    return render(request, "certification/register/centre.html", context, status=422 if form.errors else 200)


@open_to_everyone
@require_safe
@light
def check_certificate_view(request: HttpRequest) -> HttpResponse:
    """Where the number of a certificate is typed; leads to its answer."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        return redirect("check_certificate_number", number=form.cleaned_data["number"])
    return render(request, "certification/register/check.html", {"form": form}, status=422 if form.errors else 200)


@open_to_everyone
@require_safe
@light
def check_certificate_number_view(request: HttpRequest, number: str) -> HttpResponse:
    """What the certificate of that number is worth at this moment; the QR code on it leads here."""
    kept = read_certificate_number(number)
    if kept is not None and kept != number:
        return redirect("check_certificate_number", number=kept)
    certificate = register.certificate_by_number(kept) if kept else None
    context = {"number": number, "checked_at": timezone.now(), "form": NumberForm()}
    if certificate is None:
        if is_too_often(request, "check_certificate", times=MISSES, seconds=IN_SECONDS):
            return HttpResponse(status=429, headers={"Retry-After": str(IN_SECONDS)})
        return render(request, "certification/register/no_certificate.html", context, status=404)
    (line,) = presenters.lines_of([certificate], timezone.localdate())
    context |= {
        "line": line,
        "name": presenters.name_on(certificate),
        "signed": signed_among([certificate]),
        "newer": None if line.is_valid else register.newer_than(certificate),
    }
    return render(request, "certification/register/answer.html", context)


def _short_address(request: HttpRequest) -> str:
    """The address to pass on: without what is not chosen."""
    chosen = [(key, value) for key, values in request.GET.lists() for value in values if value]
    return f"{request.path}?{urlencode(chosen)}" if chosen else request.path


def _sheet(kind: str, filters: RegisterFilters, today: date) -> HttpResponse:
    rows = presenters.rows_of(register.every(filters.wish, on=today), filters.wish, today)
    make = spreadsheets.xlsx if kind == "xlsx" else spreadsheets.csv_text
    day = filters.wish.as_of or today
    return spreadsheets.respond(make(presenters.HEADINGS, rows), f"saduak-register-{day:%Y-%m-%d}.{kind}")


def _lines(certificates: tuple[Certificate, ...], wish: Wish, today: date) -> list[presenters.Line]:
    if wish.as_of is None:
        return presenters.lines_of(certificates, today)
    return presenters.lines_as_of(certificates, wish.as_of)


def _address(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query.update(changes)
    return f"?{query.urlencode()}"
