"""Requests to reconsider: asked by the centre, admitted, given to another sub-committee, reviewed and signed."""

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from saduak.audit.operations import looked_at
from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.api.fetching import application_for
from saduak.certification.models import Reconsideration
from saduak.certification.models.reviews import GroundFile
from saduak.certification.operations import reconsiderations
from saduak.certification.policies import Permission
from saduak.certification.procedure.reconsiderations import RECONSIDERATION
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.scopes import Scope
from saduak.machines.steps import NoteAsked, ReasonAsked, SeenAsked, StepTold, steps_of
from saduak.machines.words import gettext_lazy

router = Router(tags=["Reconsiderations"])

Code = Annotated[str, Field(min_length=1, max_length=20)]


class ReconsiderationTold(Schema):
    """A centre's request to reconsider one decision on one application."""

    reference: str
    application: str
    stage: str
    version: int
    subject: str
    ask_until: date | None
    admit_until: date | None
    answer_until: date | None
    is_example: bool


class GroundTold(Schema):
    """Why one criterion is disputed, and the files that show it, by id."""

    code: str
    text: str
    files: list[int]


class ReconsiderationInFullTold(ReconsiderationTold):
    """A request with its grounds, what the review found once it is signed, and what the person can do next."""

    statement: str
    grounds: list[GroundTold]
    proposes_change: bool | None = Field(..., description="Null until the person may read the finding.")
    level: str
    summary: str
    steps: list[StepTold]


class ReconsiderationsAsked(Paging):
    """Which requests are asked for."""

    stage: str = Field("", max_length=40)
    application: str = Field("", max_length=60, description="The reference of an application.")


class GroundsAsked(SeenAsked):
    """What the centre asks for, and a ground for each disputed criterion by its code; an empty one takes it back."""

    statement: str = Field(..., max_length=6000)
    grounds: dict[Annotated[str, Field(max_length=20)], Annotated[str, Field(max_length=6000)]] = Field(
        default_factory=dict, max_length=100
    )


@router.get(
    "/reconsiderations",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The requests to reconsider that exist for the person, the latest first."),
    response=page_of(ReconsiderationTold),
)
def list_reconsiderations(request: HttpRequest, asked: Query[ReconsiderationsAsked]) -> Any:
    person = may(request, Permission.SEE_APPLICATIONS)
    found = Reconsideration.objects.visible_to(person).select_related("application").order_by("-pk")
    wanted = {"stage": asked.stage, "application__reference": asked.application}
    return paged(request, asked, found.filter(**{name: value for name, value in wanted.items() if value}), _told)


@router.post(
    "/reconsiderations/{reference}/grounds/{code}/files",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Add a file to the ground of one criterion."),
    response={201: ReconsiderationInFullTold},
)
def add_ground_file(request: HttpRequest, reference: str, code: str, file: File[UploadedFile]) -> Any:
    found = reconsideration_for(request, reference)
    reconsiderations.add_file(found, code, file, by=person_of(request))
    return Status(201, _in_full(request, reconsideration_for(request, reference)))


def undeclared_for(request: HttpRequest, reference: str) -> Reconsideration:
    """The request to reconsider, if it exists for the person, also before a declaration. Raises Http404."""
    person = may(request, Permission.SEE_APPLICATIONS)
    return get_object_or_404(Reconsideration.objects.visible_to(person).for_page(), reference=reference)


def reconsideration_for(request: HttpRequest, reference: str) -> Reconsideration:
    """The request to reconsider, if it exists for the person. Raises Http404; before a declaration PermissionDenied."""
    found = undeclared_for(request, reference)
    if rights.must_declare_first(person_of(request), found):
        raise PermissionDenied
    return found


def _file_for(request: HttpRequest, reference: str, file: int) -> tuple[Reconsideration, GroundFile]:
    found = reconsideration_for(request, reference)
    return found, get_object_or_404(GroundFile, pk=file, ground__reconsideration=found)


def _told(found: Reconsideration) -> dict[str, Any]:
    names = ("reference", "stage", "version", "subject", "ask_until", "admit_until", "answer_until", "is_example")
    return {**{name: getattr(found, name) for name in names}, "application": found.application.reference}


def _in_full(request: HttpRequest, found: Reconsideration) -> dict[str, Any]:
    """A request as the person reads it; somebody from outside the centre is written into the audit."""
    person = person_of(request)
    reads, reads_review = rights.may_read_grounds(person, found), rights.may_read_review(person, found)
    if reads and rights.reads_from_outside(person, found):
        looked_at(
            person, kind=found.case_kind, reference=found.reference, what=gettext_noop("grounds"), request=request
        )
    grounds = found.grounds.order_by("code").prefetch_related("files") if reads else ()
    return {
        **_told(found),
        "statement": found.statement if reads else "",
        "grounds": [
            {"code": each.code, "text": each.text, "files": [file.pk for file in each.files.all()]} for each in grounds
        ],
        "proposes_change": found.proposes_change if reads_review else None,
        "level": found.level if reads_review else "",
        "summary": found.summary if reads_review else "",
        "steps": steps_of(RECONSIDERATION, found, rights.roles_over(person, found)),
    }


def _drop_file(ground: tuple[Reconsideration, GroundFile], *, by: Any) -> None:
    reconsiderations.drop_file(*ground, by=by)


AT = "/reconsiderations/{reference}"
RECONSIDERATIONS = Cases(router, AT, reconsideration_for, _in_full, ReconsiderationInFullTold)
FILES = Cases(router, f"{AT}/files/{{file}}", _file_for)

Cases(router, "/applications/{reference}", application_for).makes(
    "start_reconsideration",
    "reconsiderations",
    reconsiderations.start,
    None,
    gettext_lazy("Begin a request to reconsider the decision that stands on an application."),
    RECONSIDERATIONS,
)
RECONSIDERATIONS.shows("show_reconsideration", "", gettext_lazy("One request to reconsider."))
RECONSIDERATIONS.step(
    "write_reconsideration",
    "",
    reconsiderations.write,
    GroundsAsked,
    gettext_lazy("Write what the centre asks for and why; criteria that are not named keep their grounds."),
    method="PUT",
)
FILES.step(
    "drop_ground_file",
    "",
    _drop_file,
    None,
    gettext_lazy("Take a file away from its ground."),
    method="DELETE",
    told=False,
)
RECONSIDERATIONS.step(
    "ask_reconsideration", "ask", reconsiderations.ask, SeenAsked, gettext_lazy("Hand the request in.")
)
RECONSIDERATIONS.step(
    "withdraw_reconsideration",
    "withdraw",
    reconsiderations.withdraw,
    ReasonAsked,
    gettext_lazy("Withdraw the request; the first decision stands."),
)
RECONSIDERATIONS.step(
    "admit_reconsideration",
    "admit",
    reconsiderations.admit,
    NoteAsked,
    gettext_lazy("Admit the request; the centre is told."),
)
RECONSIDERATIONS.step(
    "refuse_reconsideration",
    "refuse",
    reconsiderations.refuse_request,
    ReasonAsked,
    gettext_lazy("Do not admit the request; the centre reads why, and the first decision stands."),
)
