"""What the register gives away: the data sets, their columns and their rows (ข้อมูลเปิด).

Names of columns and codes never change within a data set; a new column comes last. Nothing here is about a person.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Certificate, PastResult, Span
from saduak.certification.queries.past import gathered
from saduak.certification.queries.register import centres_on_record
from saduak.directory.models import Province
from saduak.journal.models import Entry

AT_ONCE = 5_000
TEXT, WHOLE, DECIMAL, DAY, YES_NO = "string", "integer", "number", "date", "boolean"


@dataclass(frozen=True)
class Field:
    """One column: its name, its type as Table Schema names it, and what it means."""

    name: str
    kind: str
    means: Any


@dataclass(frozen=True)
class DataSet:
    """One data set: its name in the address, what it is, its columns, and its rows as they are on a day."""

    name: str
    title: Any
    means: Any
    fields: tuple[Field, ...]
    rows: Callable[[date], Iterator[tuple[Any, ...]]]


_NUMBER = Field("certificate_number", TEXT, _("Number of the certificate; its key everywhere"))
_CENTRE = Field("centre_code", TEXT, _("Code of the centre, as in the data set of centres"))
_EXAMPLE = Field("is_example", YES_NO, _("True for data made up for a demonstration: leave it out when you count"))
_PLACE = (
    Field("province_code", TEXT, _("Two-digit TIS 1099 code of the province; the number of ISO 3166-2:TH")),
    Field("province_th", TEXT, _("Province in Thai")),
)
_AGENCY = (
    Field("agency_code", TEXT, _("Code of the agency")),
    Field("agency_th", TEXT, _("Agency in Thai")),
    Field("ministry_th", TEXT, _("Ministry in Thai; empty outside every ministry")),
)
_STATUS = _("valid, suspended, expired, revoked, returned, or renewed for replaced by a newer one")
_LEVEL = Field("level", TEXT, _("basic, advanced or excellent"))
_CYCLE = Field("cycle_be", WHOLE, _("Year of the round, Buddhist era"))


def _certificates(day: date) -> Iterator[tuple[Any, ...]]:
    chosen = Certificate.objects.order_by("pk").select_related(
        "centre__agency__ministry", "centre__province", "round", "resolution"
    )
    for one in chosen.iterator(chunk_size=AT_ONCE):
        agency = one.centre.agency
        yield (
            one.reference,
            one.centre.code,
            one.centre_name_th,
            one.centre_name_en,
            agency.code,
            agency.name_th,
            agency.ministry.name_th if agency.ministry else "",
            one.centre.province.code,
            one.centre.province.name_th,
            one.level,
            one.round.cycle_be,
            one.issued_on,
            one.expires_on,
            str(one.standing_on(day).value),
            one.resolution.number,
            one.resolution.resolved_on,
            one.is_example,
        )


def _history(day: date) -> Iterator[tuple[Any, ...]]:
    spans = iter(
        Span.objects.filter(from_day__lte=day).order_by("certificate", "from_day").select_related("certificate__centre")
    )
    while some := list(islice(spans, AT_ONCE)):
        acts = Entry.objects.in_bulk([span.began_by for span in some if span.began_by is not None])
        for span in some:
            act = acts.get(span.began_by or 0)
            yield (
                span.certificate.reference,
                span.certificate.centre.code,
                span.stage,
                span.from_day,
                span.until_day if span.until_day is None or span.until_day < day else None,
                act.step if act else "time",
                str(act.facts.get("resolution", "")) if act else "",
                span.certificate.is_example,
            )


def _centres(day: date) -> Iterator[tuple[Any, ...]]:
    real = Exists(Certificate.objects.filter(centre=OuterRef("pk"), is_example=False))
    told = Exists(PastResult.objects.filter(centre=OuterRef("pk"), is_example=False))
    for one in centres_on_record().annotate(is_real=real | told).order_by("pk").iterator(chunk_size=AT_ONCE):
        ministry = one.agency.ministry
        yield (
            one.code,
            one.name_th,
            one.name_en,
            one.agency.code,
            one.agency.name_th,
            ministry.name_th if ministry else "",
            one.province.code,
            one.province.name_th,
            one.district,
            one.postcode,
            _float(one.latitude),
            _float(one.longitude),
            one.website,
            one.is_open,
            not one.is_real,
        )


def _results(day: date) -> Iterator[tuple[Any, ...]]:
    provinces = {one.pk: one for one in Province.objects.all()}
    issued = Certificate.objects.order_by("round__cycle_be", "centre__province__code", "level")
    for cycle, province, level, number, examples in issued.values_list(
        "round__cycle_be", "centre__province", "level"
    ).annotate(number=Count("pk"), examples=Count("pk", filter=Q(is_example=True))):
        place = provinces[province]
        yield cycle, place.code, place.name_th, "register", level, number, examples
    told: dict[tuple[int, str, str], list[int]] = {}
    for one in gathered():
        counts = told.setdefault((one.cycle_be, provinces[one.province].code, one.outcome), [0, 0])
        counts[0] += 1
        counts[1] += one.is_example
    names = {one.code: one.name_th for one in provinces.values()}
    for (cycle, code, outcome), (number, examples) in sorted(told.items()):
        yield cycle, code, names[code], "records", outcome, number, examples


def _past(day: date) -> Iterator[tuple[Any, ...]]:
    for one in PastResult.objects.order_by("pk").select_related("centre", "province").iterator(chunk_size=AT_ONCE):
        yield (
            one.cycle_be,
            one.centre_name,
            one.agency_name,
            one.province.code,
            one.province.name_th,
            one.outcome,
            one.source,
            one.page,
            one.holding,
            one.centre.code if one.centre else "",
            one.is_example,
        )


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


SETS = (
    DataSet(
        "certificates",
        _("Certificates"),
        _("Every certificate that a resolution has given, with its status on the day the file was made."),
        (
            _NUMBER,
            _CENTRE,
            Field("centre_name_th", TEXT, _("Name of the centre as the certificate has it")),
            Field("centre_name_en", TEXT, _("The same in English; often empty")),
            *_AGENCY,
            *_PLACE,
            _LEVEL,
            _CYCLE,
            Field("issued_on", DAY, _("Day of the resolution, from which it holds")),
            Field("expires_on", DAY, _("Last day of its term")),
            Field("status", TEXT, _STATUS),
            Field("resolution_number", TEXT, _("Number of the resolution")),
            Field("resolved_on", DAY, _("Day of the resolution")),
            _EXAMPLE,
        ),
        _certificates,
    ),
    DataSet(
        "status-history",
        _("History of statuses"),
        _("Which status each certificate had from which day until which day, without a gap."),
        (
            _NUMBER,
            _CENTRE,
            Field("status", TEXT, _STATUS),
            Field("from_day", DAY, _("First day")),
            Field("until_day", DAY, _("Last day; empty while it lasts")),
            Field("act", TEXT, _("What made it so: issue, suspend, restore, revoke …; “time” where a term ran out")),
            Field("resolution_number", TEXT, _("Number of the resolution; empty where a rule allows the act")),
            _EXAMPLE,
        ),
        _history,
    ),
    DataSet(
        "centres",
        _("Centres in the register"),
        _("Every centre that has or had a certificate, or of which older papers tell a result."),
        (
            _CENTRE,
            Field("name_th", TEXT, _("Name in Thai")),
            Field("name_en", TEXT, _("Name in English; often empty")),
            *_AGENCY,
            *_PLACE,
            Field("district", TEXT, _("District and sub-district")),
            Field("postcode", TEXT, _("Postcode")),
            Field("latitude", DECIMAL, _("Latitude in WGS 84 degrees; empty where unknown")),
            Field("longitude", DECIMAL, _("Longitude in WGS 84 degrees; empty where unknown")),
            Field("website", TEXT, _("Website")),
            Field("is_in_service", YES_NO, _("False once it was closed for good")),
            _EXAMPLE,
        ),
        _centres,
    ),
    DataSet(
        "results-by-year",
        _("Results by year"),
        _("How many centres came out how, by year and province."),
        (
            _CYCLE,
            *_PLACE,
            Field("basis", TEXT, _("register for certificates of this register, records for what older papers tell")),
            Field(
                "result",
                TEXT,
                _("basic, advanced, excellent; of records also certified (no level told), declined, or disputed"),
            ),
            Field("number", WHOLE, _("How many")),
            Field("of_which_examples", WHOLE, _("How many of them are example data: take them off when you count")),
        ),
        _results,
    ),
    DataSet(
        "past-results",
        _("Results from records"),
        _("What older papers tell of earlier years, line by line with its source. These are no certificates."),
        (
            _CYCLE,
            Field("centre_name", TEXT, _("Name of the centre as the source has it")),
            Field("agency_name", TEXT, _("Name of the agency as the source has it")),
            *_PLACE,
            Field("result", TEXT, _("basic, advanced, excellent, certified (no level told) or declined")),
            Field("source", TEXT, _("The paper or page that says so")),
            Field("page", TEXT, _("Page in it")),
            Field("verdict", TEXT, _("open: as the source tells it; holds or set_aside: as a person has settled it")),
            Field("centre_code", TEXT, _("Code of the centre that it was matched to; empty for none")),
            _EXAMPLE,
        ),
        _past,
    ),
)
"""Every data set, in the order of the page."""


def data_set(name: str) -> DataSet | None:
    """The data set of that name."""
    return next((one for one in SETS if one.name == name), None)


def latest_entry() -> int:
    """The sequence number of the journal's last entry: nothing of the register changes without one."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def field_names(fields: Iterable[Field]) -> list[str]:
    """The heading of a file."""
    return [field.name for field in fields]
