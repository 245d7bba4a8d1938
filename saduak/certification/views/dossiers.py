"""The dossier as it is read, for whoever may; those from outside the centre are written down."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from saduak.access.doors import needs
from saduak.audit.operations import looked_at
from saduak.certification import policies
from saduak.certification.models import Application
from saduak.certification.policies import Permission
from saduak.certification.presenters import cases, checklist, dossiers, files, remarks
from saduak.certification.views.fetching import application_for
from saduak.design.pages import render


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def show_dossier_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Every answer with its evidence, in the order of the criteria."""
    application = _dossier_for(request, reference, what=gettext_noop("self-assessment"))
    standing = checklist.checklist_of(application).standing
    return render(
        request,
        "certification/show_dossier.html",
        {
            "application": application,
            "page": cases.page_of(application, request.user, at=timezone.now(), tab="show_dossier"),
            "standing": standing,
            "out_of": _("of %(most)s") % {"most": standing.most},
            "gates": f"{standing.gates_met}/{standing.gates}",
            "answered": f"{standing.answered}/{standing.criteria}",
            "chapters": dossiers.chapters_of(application),
            "remarks": remarks.for_reader(request.user, application),
        },
    )


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def show_files_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Every file of the dossier, with the criteria that it serves."""
    application = _dossier_for(request, reference, what=gettext_noop("list of files"))
    return render(
        request,
        "certification/show_files.html",
        {
            "application": application,
            "page": cases.page_of(application, request.user, at=timezone.now(), tab="show_files"),
            "files": files.files_of(application),
        },
    )


def _dossier_for(request: HttpRequest, reference: str, *, what: str) -> Application:
    application = application_for(request, reference)
    if not policies.may_read_dossier(request.user, application):
        raise PermissionDenied
    if policies.reads_from_outside(request.user, application):
        looked_at(
            request.user,
            kind=application.case_kind,
            reference=application.reference,
            what=what,
            request=request,
        )
    return application
