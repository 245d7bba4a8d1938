"""The one door through which operations come to a case: somebody else's is a 404, as on the pages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from saduak.access.grants import holds
from saduak.certification import policies
from saduak.certification.models import Application, Certificate, Reconsideration, Surveillance
from saduak.certification.policies import Permission
from saduak.journal.models import Case
from saduak.machines.callers import person_of
from saduak.procedure.kit import Procedure

LARGEST = 2**31 - 1


class SeenAsked(Schema):
    """The version of the case that the asker has read; whoever has read an older one changes nothing."""

    seen: int = Field(..., ge=0, le=LARGEST, description="The member `version` of the case as it was read.")


class ReasonAsked(SeenAsked):
    """A step with its reason, which the others read."""

    reason: str = Field(..., min_length=1, max_length=4000)


class StepTold(Schema):
    """A step that belongs to the person at this stage: open, or shut for the reasons that are named."""

    name: str
    label: str
    clause: str
    is_open: bool
    reasons: list[str]


def may(request: HttpRequest, permission: Permission) -> Any:
    """The person for whom the caller acts, who may open the page of that permission. Raises PermissionDenied."""
    person = person_of(request)
    if not holds(person, permission):
        raise PermissionDenied
    return person


def application_for(request: HttpRequest, reference: str) -> Application:
    """The application, if it exists for the person. Raises Http404, and PermissionDenied before a declaration."""
    person = may(request, Permission.SEE_APPLICATIONS)
    found = get_object_or_404(Application.objects.visible_to(person).for_page(), reference=reference)
    if policies.must_declare_first(person, found):
        raise PermissionDenied
    return found


def certificate_for(request: HttpRequest, number: str) -> Certificate:
    """The certificate, if its case exists for the person. Raises Http404."""
    person = may(request, Permission.SEE_CERTIFICATES)
    return get_object_or_404(Certificate.objects.visible_to(person).for_page(), reference=number)


def reconsideration_for(request: HttpRequest, reference: str) -> Reconsideration:
    """The request to reconsider, if it exists for the person. Raises Http404."""
    person = may(request, Permission.SEE_APPLICATIONS)
    return get_object_or_404(Reconsideration.objects.visible_to(person).for_page(), reference=reference)


def surveillance_for(request: HttpRequest, reference: str) -> Surveillance:
    """The surveillance, if it exists for the person. Raises Http404."""
    person = may(request, Permission.SEE_SURVEILLANCE)
    return get_object_or_404(Surveillance.objects.visible_to(person).for_page(), reference=reference)


def steps_of(procedure: Procedure[Any], case: Case, roles: Any) -> list[dict[str, Any]]:
    """The steps that belong to these roles at this stage, in the order of the regulation."""
    return [
        {
            "name": decision.step.name,
            "label": str(decision.step.label),
            "clause": decision.step.clause,
            "is_open": decision.allowed,
            "reasons": [str(reason) for reason in decision.reasons],
        }
        for decision in procedure.decisions(case, roles=roles, at=timezone.now())
    ]
