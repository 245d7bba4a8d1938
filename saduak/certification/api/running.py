"""Rounds are prepared, changed, opened and closed by the secretariat."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from saduak.certification import policies
from saduak.certification.api.fetching import round_for
from saduak.certification.api.rounds import RoundTold, round_told
from saduak.certification.api.words import Day
from saduak.certification.models import Round
from saduak.certification.operations import rounds
from saduak.certification.operations.renewals import LONGEST
from saduak.certification.policies import Permission
from saduak.certification.procedure.rounds import ROUND
from saduak.certification.rules import Default, Phase, Window
from saduak.directory.models import Body
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import ReasonAsked, Reference, SeenAsked, StepTold, steps_of
from saduak.machines.words import gettext_lazy
from saduak.standards.models import CriteriaSet

router = Router(tags=["Rounds and figures"])


class WindowAsked(Schema):
    """One phase, both days included."""

    opens_on: Day
    closes_on: Day


class CalendarAsked(Schema):
    """The four phases; each runs forward, and none begins before the one before it has ended."""

    application: WindowAsked
    screening: WindowAsked
    visits: WindowAsked
    resolution: WindowAsked

    @property
    def windows(self) -> tuple[Window, ...]:
        """The phases as the operation takes them."""
        return tuple(
            Window(phase, asked.opens_on, asked.closes_on) for phase in Phase if (asked := getattr(self, phase.value))
        )


class TermsAsked(Schema):
    """What a round is called, what it asks and how long things last in it; what is left out stays as it is."""

    title_th: str = Field(..., min_length=1, max_length=200)
    title_en: str = Field("", max_length=200)
    criteria: Reference = Field(..., description="The reference of the criteria's version.")
    validity_years: int | None = Field(None, ge=1, le=10)
    mending_working_days: int | None = Field(None, ge=1, le=90)
    reconsideration_days: int | None = Field(None, ge=1, le=365)
    admission_working_days: int | None = Field(None, ge=1, le=365)
    answer_days: int | None = Field(None, ge=1, le=730)
    renewal_months: int | None = Field(None, ge=1, le=36)
    surveillance_months: int | None = Field(None, ge=0, le=60)
    reminder_months: list[Annotated[int, Field(ge=1, le=LONGEST)]] | None = Field(None, max_length=24)
    defaults: list[Default] | None = Field(None, max_length=len(Default))

    def facts(self) -> dict[str, Any]:
        """What was said, as the operation takes it. Raises Problem."""
        names = [name for name in TermsAsked.model_fields if name != "criteria"]
        said = {name: value for name in names if (value := getattr(self, name)) is not None}
        if self.reminder_months is not None:
            said["reminder_months"] = sorted(set(self.reminder_months), reverse=True)
        found = CriteriaSet.objects.filter(reference=self.criteria).first()
        if found is None:
            raise wrong(_("There are no criteria of this reference."), pointer="/criteria")
        return {**said, "criteria": found}


class RoundAsked(TermsAsked):
    """A new round."""

    cycle_be: int = Field(..., ge=2560, le=2700, description="Buddhist era.")
    calendar: CalendarAsked


class TermsChangeAsked(TermsAsked, SeenAsked):
    """The terms of a round that is still being prepared, as they are to be."""


class CalendarChangeAsked(ReasonAsked):
    """The calendar as it is to be, and why it is moved."""

    calendar: CalendarAsked


class PanelAsked(Schema):
    """A sub-committee that takes part, and the last unit number that it gave out elsewhere."""

    panel: Reference = Field(..., description="The reference of the body.")
    last_unit_number: int = Field(0, ge=0, le=100_000)


class RoundCaseTold(RoundTold):
    """A round as a case, with its terms and what the person can do next."""

    version: int
    mending_working_days: int
    reconsideration_days: int
    admission_working_days: int
    answer_days: int
    renewal_months: int
    surveillance_months: int
    reminder_months: list[int]
    defaults: list[str]
    panels: list[str]
    steps: list[StepTold]


@router.post(
    "/rounds",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Prepare a round."),
    response={201: RoundCaseTold},
)
def prepare_round(request: HttpRequest, asked: RoundAsked) -> Any:
    person = may(request, Permission.RUN_ROUNDS)
    made = rounds.prepare(cycle_be=asked.cycle_be, calendar=asked.calendar.windows, by=person, **asked.facts())
    return Status(201, _round(request, made))


@router.put(
    "/rounds/{reference}/terms",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Change the title, the criteria or the terms of a round that is still being prepared."),
    response=RoundCaseTold,
)
def change_round_terms(request: HttpRequest, reference: str, asked: TermsChangeAsked) -> Any:
    person = may(request, Permission.RUN_ROUNDS)
    rounds.change_terms(round_for(request, reference), by=person, seen=asked.seen, **asked.facts())
    return _round(request, round_for(request, reference))


def _round(request: HttpRequest, round_: Round) -> dict[str, Any]:
    told = round_told(round_)
    return {
        **{
            name: getattr(round_, name) for name in RoundCaseTold.model_fields if name not in {*told, "panels", "steps"}
        },
        **told,
        "panels": [panel.body.reference for panel in round_.panels.select_related("body")],
        "steps": steps_of(ROUND, round_, policies.roles_over_rounds(person_of(request))),
    }


def _change_calendar(round_: Round, *, calendar: CalendarAsked, **said: Any) -> None:
    rounds.change_calendar(round_, calendar.windows, **said)


def _bring_in(round_: Round, *, panel: str, **said: Any) -> None:
    bodies = Body.objects.sub_committees().on(timezone.localdate())
    body = next((one for one in bodies if one.reference == panel), None)
    if body is None:
        raise wrong(_("There is no sub-committee of this reference in office."), pointer="/panel")
    rounds.bring_in(round_, body, **said)


ROUNDS = Cases(router, "/rounds/{reference}", round_for, _round, RoundCaseTold)

ROUNDS.shows(
    "show_round_case", "case", gettext_lazy("One round with its terms and the steps that belong to the person.")
)
ROUNDS.step(
    "change_round_calendar",
    "calendar",
    _change_calendar,
    CalendarChangeAsked,
    gettext_lazy("Move the phases of a round, with the reason."),
    permission=Permission.RUN_ROUNDS,
    method="PUT",
)
ROUNDS.step(
    "bring_panel_in",
    "panels",
    _bring_in,
    PanelAsked,
    gettext_lazy("Let a sub-committee take part in a round."),
    permission=Permission.RUN_ROUNDS,
)
ROUNDS.step(
    "open_round",
    "open",
    rounds.open_round,
    SeenAsked,
    gettext_lazy("Open a round: its criteria are pinned, and centres apply in its window."),
    permission=Permission.RUN_ROUNDS,
)
ROUNDS.step(
    "close_round",
    "close",
    rounds.close,
    SeenAsked,
    gettext_lazy("Close a round in which every application has its outcome."),
    permission=Permission.RUN_ROUNDS,
)
