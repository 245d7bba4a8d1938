"""The centres of an agency in a round, each with its application."""

from typing import Any

from django.db.models import Prefetch

from saduak.certification.models import Application, EvidenceUse, Round
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.rounds import RoundStage
from saduak.directory.models import Centre, Office
from saduak.directory.queries import memberships_of


def latest_round() -> Round | None:
    """The round that runs, the latest if several do; else the latest that was closed."""
    begun = Round.objects.exclude(stage=RoundStage.PREPARED)
    return begun.open().order_by("-cycle_be").first() or begun.order_by("-cycle_be").first()


def centres_overseen(user: Any, round_: Round) -> list[tuple[Centre, Application | None]]:
    """Every open centre of the agencies that the person coordinates, by name, with its application in the round."""
    agencies = {m.agency_id for m in memberships_of(user) if m.agency_id and m.office == Office.AGENCY_COORDINATOR}
    centres = Centre.objects.in_service().filter(agency__in=agencies).with_names().in_order_of_names()
    applications = (
        Application.objects.filter(round=round_, centre__agency__in=agencies)
        .exclude(stage=Stage.WITHDRAWN)
        .for_page()
        .prefetch_related(
            "answers", Prefetch("evidence_uses", EvidenceUse.objects.select_related("evidence__attachment__content"))
        )
    )
    by_centre = {application.centre_id: application for application in applications}
    return [(centre, by_centre.get(centre.pk)) for centre in centres]
