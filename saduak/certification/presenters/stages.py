"""Stages as a track of named steps with dates, and in colour (ขั้นตอน)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Application, Round
from saduak.certification.procedure.applications import FINAL, TRACK, Stage
from saduak.certification.procedure.rounds import RoundStage
from saduak.design.components import Stop
from saduak.journal.models import Entry

TONES: dict[str, str] = {
    Stage.SUBMITTED: "info",
    Stage.RETURNED: "attention",
    Stage.SCREENED: "info",
    Stage.SCREENED_OUT: "danger",
    Stage.ASSIGNED: "info",
    Stage.VISIT_PLANNED: "info",
    Stage.VISITED: "info",
    Stage.ASSESSED: "info",
    Stage.PROPOSED: "info",
    Stage.CERTIFIED: "success",
    Stage.NOT_CERTIFIED: "danger",
    RoundStage.OPEN: "success",
}
"""Stage → tone of its badge; all others are plain."""

_STANDS_AT = {Stage.RETURNED: Stage.SUBMITTED}
"""Stages that lie beside the straight way, and where on it they belong."""


def tone_of(stage: str) -> str:
    """The tone of a stage's badge."""
    return TONES.get(stage, "plain")


def label_of(case: Application | Round) -> object:
    """The stage in words."""
    stages = RoundStage if isinstance(case, Round) else Stage
    return stages(case.stage).label


def track_of(application: Application, entries: Iterable[Entry]) -> list[Stop]:
    """The way of an application: what it has passed with its days, where it stands, and what lies ahead."""
    reached = _reached(entries)
    stage = Stage(application.stage)
    if stage in FINAL and stage not in TRACK:
        passed = [Stop(each.label, "done", reached[each]) for each in TRACK if each in reached]
        return [*passed, Stop(stage.label, "left", application.stage_since)]
    here = TRACK.index(_STANDS_AT.get(stage, stage))
    return [_stop(place, here, application, reached) for place in range(len(TRACK))]


def _stop(place: int, here: int, application: Application, reached: dict[str, datetime]) -> Stop:
    each = TRACK[place]
    if place < here:
        return Stop(each.label, "done", reached.get(each))
    if place > here:
        return Stop(each.label, "ahead")
    if application.stage == Stage.RETURNED:
        return Stop(Stage.RETURNED.label, "now", application.stage_since)
    state = "done" if each is TRACK[-1] else "now"
    return Stop(each.label, state, application.stage_since)


def _reached(entries: Iterable[Entry]) -> dict[str, datetime]:
    """When each stage was last come to."""
    return {entry.to_stage: entry.at for entry in entries if entry.to_stage != entry.from_stage}


NEXT: dict[str, object] = {
    Stage.DRAFT: _("The centre finishes and submits its self-assessment."),
    Stage.SUBMITTED: _("The secretariat looks through the dossier."),
    Stage.RETURNED: _("The centre mends the named items."),
    Stage.SCREENED: _("The secretariat assigns a sub-committee."),
    Stage.ASSIGNED: _("The sub-committee declares its interests and fixes the visit."),
    Stage.VISIT_PLANNED: _("The sub-committee visits."),
    Stage.VISITED: _("The assessors score and agree."),
    Stage.ASSESSED: _("The sub-committee proposes the unit."),
    Stage.PROPOSED: _("The steering committee resolves."),
}
"""Stage → what is awaited; nothing is in a final stage."""


def awaited_in(stage: str) -> object:
    """What is awaited while a case stands in the stage; "" when nothing is."""
    return NEXT.get(stage, "")
