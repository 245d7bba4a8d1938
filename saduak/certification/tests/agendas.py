"""Units that are born proposed, for meetings: the way there has its own tests."""

from decimal import Decimal

from django.utils import timezone

from saduak.certification.models import Application, Assignment, Dossier
from saduak.certification.operations.taking import digest
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import application_reference
from saduak.directory.tests.factories import CentreFactory
from tests.support.remembering import remembered


@remembered
def proposed_units(world, count=1, *, centres=None, **facts):
    """`count` proposed units of the world's round, assigned to its sub-committee, each of a centre of its own."""
    centres = centres or [CentreFactory(agency=world.centre.agency, **facts) for _ in range(count)]
    first = Application.objects.filter(round=world.round).count() + 1
    return [_proposed(world, centre, number) for number, centre in enumerate(centres, first)]


def _proposed(world, centre, number):
    now = timezone.now()
    content = {"format": "saduak-dossier/1", "reference": number}
    unit = Application.objects.create(
        reference=application_reference(world.cycle_be, number),
        stage=Stage.PROPOSED,
        stage_since=now,
        round=world.round,
        centre=centre,
        started_by=world.secretariat,
        started_at=now,
        submitted_at=now,
        total=Decimal("91.50"),
        level="excellent",
    )
    Dossier.objects.create(
        application=unit,
        number=1,
        handed_over_at=now,
        handed_over_by=world.secretariat,
        content=content,
        sha256=digest(content),
    )
    Assignment.objects.create(
        application=unit,
        panel=world.panel,
        unit_number=number,
        at=now,
        by=world.secretariat,
    )
    return unit
