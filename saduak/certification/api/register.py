"""The public register: who is certified, was certified on any day, and by which acts."""

import json
from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from saduak.certification.api.words import CertificateTold, Day, PlaceTold, certificate_told, place_of
from saduak.certification.models import Certificate
from saduak.certification.presenters.history import deed
from saduak.certification.queries import register
from saduak.certification.queries.credentials import credential_of
from saduak.certification.queries.memory import Memory, TakenAct, stages_on
from saduak.certification.queries.register import Wish, certificate_by_number
from saduak.certification.rules import read_certificate_number
from saduak.directory.models import Agency, Province
from saduak.directory.queries import surviving_centre
from saduak.machines.doors import anyone
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import wrong
from saduak.machines.words import gettext_lazy

router = Router(tags=["Register"])


class RegisteredTold(Schema):
    """A centre of the register with the certificate that counts."""

    centre: PlaceTold
    certificate: CertificateTold


class CheckedTold(CertificateTold):
    """A certificate with all that its check tells."""

    centre: PlaceTold
    centre_name_th: str = Field(..., description="The name as the certificate has it.")
    centre_name_en: str
    resolution: str
    resolved_on: date
    suspended_until: date | None
    criteria: str = Field(..., description="The reference of the criteria's version.")
    criteria_sha256: str
    has_credential: bool


class ActTold(Schema):
    """One act over a certificate: what was recorded when, and from which day it holds."""

    sequence: int
    step: str
    what: str
    to_stage: str
    effective_on: date
    recorded_at: datetime
    resolution: str


class StandingTold(Schema):
    """The standing of a centre on a day, with the acts that made it so."""

    on: date
    status: str = Field(..., description="Empty when the centre was not certified then.")
    since: date | None
    certificate: CertificateTold | None
    acts: list[ActTold]
    known_then: bool = Field(..., description="Whether the register could say the same on that very day.")


class RegisterAsked(Paging):
    """Which part of the register is asked for."""

    q: str = Field("", max_length=200, description="Words in the name, district, agency or province.")
    province: str = Field("", max_length=2)
    agency: str = Field("", max_length=20, description="An agency's code; its parts are included.")
    level: Literal["", "basic", "advanced", "excellent"] = ""
    cycle_be: int | None = Field(None, ge=2500, le=2800, description="The year of the round, Buddhist era.")
    status: Literal["", "valid", "ended"] = ""
    on: Day | None = Field(None, description="The register of that day; today's when left out.")
    sort: Literal["", "name", "newest", "ending"] = Field("", description="Without: what fits best first.")


class DayAsked(Schema):
    """The day that is asked for."""

    on: Day | None = Field(None, description="Today when left out.")


@router.get(
    "/register",
    auth=anyone,
    summary=gettext_lazy("Certified centres, each with its newest certificate, or as the register was on any day."),
    response=page_of(RegisteredTold),
)
def list_register(request: HttpRequest, asked: Query[RegisterAsked]) -> Any:
    wish = _wish(asked)
    if wish is None:
        return paged(request, asked, [], place_of)
    today = timezone.localdate()
    found = register.find(wish, on=today, skip=asked.skip, number=asked.per_page)
    stages = stages_on(wish.as_of, found.certificates) if wish.as_of else {}
    return paged(
        request,
        asked,
        found.certificates,
        lambda one: _registered(one, wish.as_of or today, stages.get(one.pk, "")),
        total=found.total,
    )


@router.get(
    "/register/{code}",
    auth=anyone,
    summary=gettext_lazy("Every certificate of a centre, the newest first."),
    response=list[CertificateTold],
)
def list_certificates_of_centre(request: HttpRequest, code: str) -> Any:
    today = timezone.localdate()
    return [certificate_told(one, today) for one in register.certificates_of(_centre(code))]


@router.get(
    "/register/{code}/standing",
    auth=anyone,
    summary=gettext_lazy("The standing of a centre on any day up to today, and the acts that made it so."),
    response=StandingTold,
)
def show_standing(request: HttpRequest, code: str, asked: Query[DayAsked]) -> Any:
    today = timezone.localdate()
    day = past_day(asked.on) or today
    memory = Memory(_centre(code))
    found = memory.on(day)
    return {
        "on": day,
        "status": found.stage,
        "since": found.slice.from_day if found.slice else None,
        "certificate": certificate_told(found.certificate, day, found.stage) if found.certificate else None,
        "acts": [_act(one) for one in found.acts],
        "known_then": memory.known_then(day).says == found.says,
    }


@router.get(
    "/certificates/{number}",
    auth=anyone,
    summary=gettext_lazy(
        "What a certificate is worth at this moment; its number may be typed in any way that can be understood."
    ),
    response=CheckedTold,
)
def check_certificate(request: HttpRequest, number: str) -> Any:
    one = _certificate(number)
    criteria = one.round.criteria
    return {
        **certificate_told(one, timezone.localdate()),
        "centre": place_of(one.centre),
        "centre_name_th": one.centre_name_th,
        "centre_name_en": one.centre_name_en,
        "resolution": one.resolution.number,
        "resolved_on": one.resolution.resolved_on,
        "suspended_until": one.suspended_until,
        "criteria": criteria.reference,
        "criteria_sha256": criteria.sha256,
        "has_credential": credential_of(one) is not None,
    }


@router.get(
    "/certificates/{number}/credential",
    auth=anyone,
    summary=gettext_lazy("The signed credential of a certificate: Open Badges 3.0, W3C Verifiable Credentials 2.0."),
    response=dict[str, Any],
)
def show_credential(request: HttpRequest, number: str) -> Any:
    issued = credential_of(_certificate(number))
    if issued is None:
        raise Http404
    return json.loads(issued.document)


def past_day(day: date | None) -> date | None:
    """A day that is not still to come. Raises Problem."""
    if day is not None and day > timezone.localdate():
        raise wrong(_("This day is still to come."), parameter="on")
    return day


def _wish(asked: RegisterAsked) -> Wish | None:
    """What is looked for; None when it names a place that is not there."""
    province = Province.objects.filter(code=asked.province).first() if asked.province else None
    agency = Agency.objects.filter(code=asked.agency).first() if asked.agency else None
    if (asked.province and province is None) or (asked.agency and agency is None):
        return None
    return Wish(
        text=asked.q,
        province=province,
        agency=agency,
        level=asked.level,
        cycle=asked.cycle_be,
        is_valid={"valid": True, "ended": False}.get(asked.status),
        as_of=past_day(asked.on),
        order=asked.sort,
    )


def _centre(code: str) -> Any:
    return surviving_centre(code) or get_object_or_404(register.centres_on_record(), code=code)


def _certificate(number: str) -> Certificate:
    found = certificate_by_number(read_certificate_number(number) or number)
    if found is None:
        raise Http404
    return found


def _registered(certificate: Certificate, day: date, status: str = "") -> dict[str, Any]:
    return {"centre": place_of(certificate.centre), "certificate": certificate_told(certificate, day, status)}


def _act(taken: TakenAct) -> dict[str, Any]:
    entry = taken.entry
    return {
        "sequence": entry.sequence,
        "step": entry.step,
        "what": deed(entry.step),
        "to_stage": entry.to_stage,
        "effective_on": taken.effective_on,
        "recorded_at": entry.at,
        "resolution": str(entry.facts.get("resolution", "")),
    }
