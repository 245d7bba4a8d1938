"""The one door through which operations come to a case: somebody else's is a 404, as on the pages."""

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Schema

from saduak.certification import policies
from saduak.certification.models import Application, Certificate, Meeting, Panel, Round, Surveillance
from saduak.certification.policies import Permission
from saduak.journal.models import Case
from saduak.machines.callers import person_of
from saduak.machines.cases import may
from saduak.machines.problems import wrong
from saduak.procedure.kit import Procedure

LARGEST = 2**31 - 1


class SeenAsked(Schema):
    """The version of the case that the asker has read; whoever has read an older one changes nothing."""

    seen: int = Field(..., ge=0, le=LARGEST, description="The member `version` of the case as it was read.")


class ReasonAsked(SeenAsked):
    """A step with its reason, which the others read."""

    reason: str = Field(..., min_length=1, max_length=4000)


class NoteAsked(SeenAsked):
    """A step with a note that the centre will read."""

    note: str = Field("", max_length=4000)


Reference = Annotated[str, Field(min_length=1, max_length=60)]
"""The reference of a case or a body."""

PersonKey = Annotated[int, Field(ge=1, le=LARGEST)]
"""A person, by the id under which people are told."""


class StepTold(Schema):
    """A step that belongs to the person at this stage: open, or shut for the reasons that are named."""

    name: str
    label: str
    clause: str
    is_open: bool
    reasons: list[str]


def undeclared_for(request: HttpRequest, reference: str) -> Application:
    """The application, if it exists for the person, also before a declaration. Raises Http404."""
    person = may(request, Permission.SEE_APPLICATIONS)
    return get_object_or_404(Application.objects.visible_to(person).for_page(), reference=reference)


def application_for(request: HttpRequest, reference: str) -> Application:
    """The application, if it exists for the person. Raises Http404, and PermissionDenied before a declaration."""
    found = undeclared_for(request, reference)
    if policies.must_declare_first(person_of(request), found):
        raise PermissionDenied
    return found


def round_for(request: HttpRequest, reference: str) -> Round:
    """The round, if it exists for the person. Raises Http404."""
    return get_object_or_404(Round.objects.visible_to(person_of(request)), reference=reference)


def round_named(person: Any, reference: str) -> Round:
    """The round that a body names. Raises Problem, which points to `/round`."""
    found = Round.objects.visible_to(person).filter(reference=reference).first()
    if found is None:
        raise wrong(_("There is no round of this reference."), pointer="/round")
    return found


def meeting_for(request: HttpRequest, reference: str) -> Meeting:
    """The meeting, if it exists for the person. Raises Http404."""
    person = may(request, Permission.SEE_MEETINGS)
    return get_object_or_404(Meeting.objects.visible_to(person).for_page(), reference=reference)


def panel_of(round_: Round, reference: str) -> Panel:
    """The sub-committee of the round by the reference of its body. Raises Problem, which points to `/panel`."""
    for panel in round_.panels.select_related("body"):
        if panel.body.reference == reference:
            return panel
    raise wrong(_("This sub-committee does not take part in the round."), pointer="/panel")


def certificate_for(request: HttpRequest, number: str) -> Certificate:
    """The certificate, if its case exists for the person. Raises Http404."""
    person = may(request, Permission.SEE_CERTIFICATES)
    return get_object_or_404(Certificate.objects.visible_to(person).for_page(), reference=number)


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
