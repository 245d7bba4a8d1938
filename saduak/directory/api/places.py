"""Provinces, ministries, agencies and centres, for everybody."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from saduak.directory.models import Agency, Centre, Ministry, Province
from saduak.directory.queries import search_centres, surviving_centre
from saduak.machines.doors import anyone
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.words import gettext_lazy

router = Router(tags=["Directory"])


class NameTold(Schema):
    """A name in both languages; `en` is empty where none is known."""

    th: str
    en: str


class ProvinceTold(Schema):
    """A province; `code` is that of TIS 1099 and of ISO 3166-2:TH."""

    code: str
    name: NameTold
    region: str = Field(..., description="One of the six geographical regions, in Thai.")


class MinistryTold(Schema):
    """A ministry, or what ranks with one."""

    code: str
    name: NameTold


class AgencyTold(Schema):
    """A government agency or state enterprise."""

    code: str
    name: NameTold
    kind: str
    ministry: str | None = Field(..., description="The ministry's code; null outside every ministry.")
    part_of: str | None = Field(..., description="The code of the agency above it.")
    exists_today: bool


class HoursTold(Schema):
    """Days of the week, Monday being 1, with opening and closing time."""

    days: list[int]
    opens: str
    closes: str


class CentreTold(Schema):
    """A centre in service."""

    code: str
    name: NameTold
    agency: str = Field(..., description="The agency's code.")
    province: str = Field(..., description="The province's code.")
    district: str
    address: str
    postcode: str
    phone: str
    email: str
    website: str
    opening_hours: list[HoursTold]
    latitude: float | None = Field(..., description="WGS 84 degrees.")
    longitude: float | None
    url: str = Field(..., description="Its public page.")


class CentresAsked(Paging):
    """Which centres are asked for."""

    q: str = Field("", max_length=200, description="Words in the name, district, agency or province.")
    province: str = Field("", max_length=2, description="A province's code.")
    agency: str = Field("", max_length=20, description="An agency's code; its parts are included.")


class AgenciesAsked(Paging):
    """Which agencies are asked for."""

    ministry: str = Field("", max_length=20, description="A ministry's code.")


@router.get("/provinces", auth=anyone, summary=gettext_lazy("The 77 provinces, by code."), response=list[ProvinceTold])
def list_provinces(request: HttpRequest) -> Any:
    return [_province(one) for one in Province.objects.order_by("code")]


@router.get("/ministries", auth=anyone, summary=gettext_lazy("The ministries, by code."), response=list[MinistryTold])
def list_ministries(request: HttpRequest) -> Any:
    return [{"code": one.code, "name": name_of(one)} for one in Ministry.objects.order_by("code")]


@router.get("/agencies", auth=anyone, summary=gettext_lazy("The agencies, by code."), response=page_of(AgencyTold))
def list_agencies(request: HttpRequest, asked: Query[AgenciesAsked]) -> Any:
    found = Agency.objects.select_related("ministry", "parent").order_by("code")
    if asked.ministry:
        found = found.filter(ministry__code=asked.ministry)
    return paged(request, asked, found, _agency)


@router.get("/agencies/{code}", auth=anyone, summary=gettext_lazy("One agency."), response=AgencyTold)
def show_agency(request: HttpRequest, code: str) -> Any:
    return _agency(get_object_or_404(Agency.objects.select_related("ministry", "parent"), code=code))


@router.get(
    "/centres",
    auth=anyone,
    summary=gettext_lazy("Centres in service, those that fit best first; without words by name."),
    response=page_of(CentreTold),
)
def list_centres(request: HttpRequest, asked: Query[CentresAsked]) -> Any:
    province = Province.objects.filter(code=asked.province).first() if asked.province else None
    agency = Agency.objects.filter(code=asked.agency).first() if asked.agency else None
    if (asked.province and province is None) or (asked.agency and agency is None):
        return paged(request, asked, [], centre_told)
    found = search_centres(asked.q, province=province, agency=agency, skip=asked.skip, number=asked.per_page)
    return paged(request, asked, found.centres, centre_told, total=found.total)


@router.get(
    "/centres/{code}",
    auth=anyone,
    summary=gettext_lazy("One centre; the code of a record that was merged into another one answers with that one."),
    response=CentreTold,
)
def show_centre(request: HttpRequest, code: str) -> Any:
    centre = surviving_centre(code)
    if centre is None or not centre.is_open:
        centre = get_object_or_404(Centre.objects.visible_to(AnonymousUser()).with_names(), code=code)
    return centre_told(centre)


def name_of(thing: Any) -> dict[str, str]:
    """The name of a thing of the directory."""
    return {"th": thing.name_th, "en": thing.name_en}


def _province(province: Province) -> dict[str, Any]:
    return {"code": province.code, "name": name_of(province), "region": province.region_th}


def _agency(agency: Agency) -> dict[str, Any]:
    return {
        "code": agency.code,
        "name": name_of(agency),
        "kind": agency.kind,
        "ministry": agency.ministry.code if agency.ministry else None,
        "part_of": agency.parent.code if agency.parent else None,
        "exists_today": agency.is_active,
    }


def centre_told(centre: Centre) -> dict[str, Any]:
    """A centre; bring its agency and province along."""
    return {
        "code": centre.code,
        "name": name_of(centre),
        "agency": centre.agency.code,
        "province": centre.province.code,
        "district": centre.district,
        "address": centre.address,
        "postcode": centre.postcode,
        "phone": centre.phone,
        "email": centre.email,
        "website": centre.website,
        "opening_hours": centre.opening_hours,
        "latitude": centre.latitude,
        "longitude": centre.longitude,
        "url": f"{settings.PUBLIC_URL}{centre.get_absolute_url()}",
    }
