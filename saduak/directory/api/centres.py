"""Centres are entered, corrected, closed and opened again; who heads a centre keeps its own facts."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from saduak.design.forms import PhoneField
from saduak.directory.api.places import CentreTold, centre_told
from saduak.directory.forms.centres import HoursField
from saduak.directory.models import Agency, Centre, Province
from saduak.directory.operations import centres
from saduak.directory.policies import Permission
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import SeenAsked
from saduak.machines.words import gettext_lazy

router = Router(tags=["Directory"])


class CentreRecordTold(CentreTold):
    """A centre as its record has it, in service or not."""

    is_open: bool
    merged_into: str = Field(..., description="The code of the record that it became part of; empty for none.")
    version: int


class CentreFactsAsked(Schema):
    """What visitors need; what is left out stays as it is."""

    district: str | None = Field(None, max_length=120)
    address: str | None = Field(None, max_length=500)
    postcode: str | None = Field(None, max_length=5)
    opening_hours: str | None = Field(None, max_length=1000, description="In words, such as จ.-ศ. 08.30-16.30")
    opening_note: str | None = Field(None, max_length=300)
    phone: str | None = Field(None, max_length=60)
    email: str | None = Field(None, max_length=254)
    website: str | None = Field(None, max_length=200)
    line_id: str | None = Field(None, max_length=60)
    latitude: Decimal | None = Field(None, ge=-90, le=90, decimal_places=5)
    longitude: Decimal | None = Field(None, ge=-180, le=180, decimal_places=5)


class CentreAsked(CentreFactsAsked):
    """A new centre; its code follows from its province."""

    name_th: str = Field(..., min_length=1, max_length=300)
    name_en: str | None = Field(None, max_length=300)
    agency: str = Field(..., min_length=1, max_length=20, description="The agency's code.")
    province: str = Field(..., min_length=1, max_length=2, description="The province's code.")


class CentreCorrectedAsked(CentreFactsAsked, SeenAsked):
    """Facts as they are to be; names, agency and province only from the secretariat."""

    name_th: str | None = Field(None, min_length=1, max_length=300)
    name_en: str | None = Field(None, max_length=300)
    agency: str | None = Field(None, min_length=1, max_length=20)
    province: str | None = Field(None, min_length=1, max_length=2)
    note: str = Field("", max_length=2000)


class TurnAsked(Schema):
    """Why a centre is closed or opened again."""

    note: str = Field(..., min_length=1, max_length=2000)


@router.post(
    "/centres",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Enter a centre."),
    response={201: CentreRecordTold},
)
def open_centre(request: HttpRequest, asked: CentreAsked) -> Any:
    person = may(request, Permission.EDIT_DIRECTORY)
    made = centres.open_centre(by=person, **_facts(asked.dict()))
    return Status(201, _record(request, made))


def _centre_for(request: HttpRequest, code: str) -> Centre:
    may(request, Permission.SEE_DIRECTORY)
    visible = Centre.objects.visible_to(person_of(request)).with_names().select_related("merged_into")
    return get_object_or_404(visible, code=code)


def _record(_request: HttpRequest, centre: Centre) -> dict[str, Any]:
    return {
        **centre_told(centre),
        "is_open": centre.is_open,
        "merged_into": centre.merged_into.code if centre.merged_into else "",
        "version": centre.version,
    }


def _correct(centre: Centre, *, by: Any, seen: int, note: str, **said: Any) -> None:
    centres.correct_centre(centre, by=by, seen=seen, note=note, **_facts(said))


def _facts(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, as the operation takes it. Raises Problem, which points to what makes no sense."""
    facts = {name: value for name, value in said.items() if value is not None}
    for name, field in (("opening_hours", HoursField(required=False)), ("phone", PhoneField(required=False))):
        if name in facts:
            try:
                facts[name] = field.clean(facts[name])
            except ValidationError as refused:
                raise wrong(refused.messages[0], pointer=f"/{name}") from None
    if "agency" in facts:
        facts["agency"] = Agency.objects.filter(code=facts["agency"], is_active=True).first()
        if facts["agency"] is None:
            raise wrong(_("There is no agency of this code."), pointer="/agency")
    if "province" in facts:
        facts["province"] = Province.objects.filter(code=facts["province"]).first()
        if facts["province"] is None:
            raise wrong(_("There is no province of this code."), pointer="/province")
    return facts


CENTRES = Cases(router, "/centres/{code}", _centre_for, _record, CentreRecordTold)

CENTRES.shows("show_centre_record", "record", gettext_lazy("The record of a centre, in service or not."))
CENTRES.step(
    "correct_centre",
    "",
    _correct,
    CentreCorrectedAsked,
    gettext_lazy("Correct a centre; its head keeps what visitors need."),
    permission=Permission.EDIT_OWN_CENTRE,
    method="PATCH",
)
CENTRES.step(
    "close_centre",
    "close",
    centres.close_centre,
    TurnAsked,
    gettext_lazy("Take a centre out of service for good; its past stays."),
    permission=Permission.EDIT_DIRECTORY,
)
CENTRES.step(
    "reopen_centre",
    "reopen",
    centres.reopen_centre,
    TurnAsked,
    gettext_lazy("Put a closed centre into service again."),
    permission=Permission.EDIT_DIRECTORY,
)
