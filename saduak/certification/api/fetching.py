"""The one door through which operations come to a case: somebody else's is a 404, as on the pages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from saduak.certification import policies
from saduak.certification.models import Application, Certificate, Meeting, Panel, Round, Surveillance
from saduak.certification.policies import Permission
from saduak.machines.callers import person_of
from saduak.machines.cases import may
from saduak.machines.problems import wrong


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
