"""Draws of centres to be followed up: announced before their seed can be known, drawn, and called off."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from saduak.certification import policies
from saduak.certification.api.rounds import DrawInFullTold, draw_told
from saduak.certification.api.words import Day
from saduak.certification.models import Draw
from saduak.certification.operations import draws
from saduak.certification.operations.draws import Announcement
from saduak.certification.policies import Permission
from saduak.certification.procedure.draws import DRAW
from saduak.directory.models import Province
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import ReasonAsked, SeenAsked, StepTold, steps_of
from saduak.machines.words import gettext_lazy

router = Router(tags=["Surveillance"])


class DrawCaseTold(DrawInFullTold):
    """A draw as a case, with what the person can do next."""

    version: int
    steps: list[StepTold]


class AnnounceAsked(Schema):
    """What is published before the seed can be known."""

    title: str = Field(..., min_length=1, max_length=200)
    purpose: str = Field(..., min_length=1, max_length=2000)
    strata: Literal["none", "province", "level", "ministry"] = "none"
    size: int = Field(..., ge=1, le=100_000)
    seed_source: str = Field(..., min_length=1, max_length=1000, description="A public figure nobody can know yet.")
    seed_day: Day
    due_on: Day = Field(..., description="By when the centres are checked.")
    provinces: list[Annotated[str, Field(max_length=2)]] = Field(default_factory=list, max_length=77)
    is_example: bool = False


class SeedAsked(SeenAsked):
    """The seed, exactly as its source published it."""

    seed: str = Field(..., min_length=1, max_length=200)


@router.post(
    "/draws",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Announce a draw: its frame is frozen and published before its seed can be known."),
    response={201: DrawCaseTold},
)
def announce_draw(request: HttpRequest, asked: AnnounceAsked) -> Any:
    person = may(request, Permission.RUN_SURVEILLANCE)
    named = {one.code: one for one in Province.objects.filter(code__in=asked.provinces)}
    for position, code in enumerate(asked.provinces):
        if code not in named:
            raise wrong(_("There is no province of this code."), pointer=f"/provinces/{position}")
    said = Announcement(**asked.dict(exclude={"provinces"}), provinces=tuple(named.values()))
    return Status(201, _draw(request, draws.announce(said, by=person)))


def _draw_for(request: HttpRequest, reference: str) -> Draw:
    return get_object_or_404(Draw, reference=reference)


def _draw(request: HttpRequest, draw: Draw) -> dict[str, Any]:
    steps = steps_of(DRAW, draw, policies.roles_over_rounds(person_of(request)))
    return {**draw_told(draw), "record": draw.record, "version": draw.version, "steps": steps}


DRAWS = Cases(router, "/draws/{reference}", _draw_for, _draw, DrawCaseTold)

DRAWS.shows("show_draw_case", "case", gettext_lazy("One draw with the steps that belong to the person now."))
DRAWS.step(
    "draw_sample",
    "draw",
    draws.draw,
    SeedAsked,
    gettext_lazy("Draw with the seed as its source published it; every centre drawn is followed up."),
    permission=Permission.RUN_SURVEILLANCE,
)
DRAWS.step(
    "call_draw_off",
    "call-off",
    draws.call_off,
    ReasonAsked,
    gettext_lazy("Call a draw off before its seed was used."),
    permission=Permission.RUN_SURVEILLANCE,
)
