"""Whatever the document allows to be asked, and what it does not: no failure of ours, and no answer it does not name.

`SADUAK_EXAMPLES=200` asks more often than the three times for each operation that every run does.
"""

import os
import re
from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from saduak.certification.operations import surveillance
from saduak.certification.tests.past_results import line
from saduak.certification.tests.plaques import Place, reported
from saduak.certification.tests.world import World
from saduak.config.api import api, desk
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.machines.models import Webhook
from saduak.machines.scopes import Scope
from saduak.machines.tests.factories import ClientFactory, token_of
from saduak.standards.tests.factories import SMALL, CriteriaSetFactory
from tests.support.beginning import Beginning

EXAMPLES = int(os.environ.get("SADUAK_EXAMPLES", "3"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
IDS = sorted(one.view_func.__name__ for interface in (api, desk) for _route, one in interface.operations())
PLACES = re.compile(r"([a-z-]+)/{(\w+)}")
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker):
    """A world with a case at work and one decided, whose people each have a system with every scope."""
    signals = (request_started, request_finished)
    for signal in signals:  # As Django's own client does: the connection holds the world.
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        world, beginning = _world(), Beginning()
        yield *world, beginning
        beginning.end()
        transaction.set_rollback(True)
    for signal in signals:
        signal.connect(close_old_connections)


def _world():
    world = World(today=timezone.localdate())
    draft = world.answer_everything(world.draft())
    earlier = World(cycle_be=2560, **world.bodies, criteria=world.criteria, centre=world.centre)
    earlier.share_people_of(world)
    certificate = earlier.certified().certificate
    unit = world.visited(other := CentreFactory(), by=person_of(Office.CENTRE_HEAD, centre=other))
    sheet = world.score(unit, world.chair, submit=False)
    place = Place(issued_on=timezone.localdate() - timedelta(days=20))
    piece, report, past = place.order().assets.get(), reported(place), line()
    followed = surveillance.open_by_hand(
        place.certificate, reason="ตรวจ", due_on=timezone.localdate() + timedelta(days=9), by=world.secretariat
    )
    criteria = CriteriaSetFactory(source=SMALL)
    headers = []
    for person in (world.head, world.secretariat, world.steering_secretary, world.chair):
        client = ClientFactory(acts_for=person, per_minute=60_000)
        # Used today already: the first use of a day is written down, and would be taken back with every question.
        _, words = token_of(*Scope, client=client, last_used_on=timezone.localdate())
        headers.append({"Authorization": f"Bearer {words}", "Accept-Language": "en"})
    webhook = Webhook.objects.create(
        client=client, url="https://example.go.th/", events=["round.*"], secret=b"", position=0, made_at=timezone.now()
    )
    meeting = world.meeting()
    known = {
        "applications": [draft.reference, unit.reference, certificate.application.reference],
        "sheets": [sheet.reference],
        "rounds": [world.round.reference],
        "meetings": [meeting.reference],
        "certificates": [certificate.reference, place.certificate.reference],
        "surveillances": [followed.reference],
        "assets": [piece.reference],
        "asset-orders": [piece.order.reference],
        "misuse-reports": [report.reference],
        "past-results": [past.pk],
        "criteria": [world.criteria.code],
        "criteria-drafts": [criteria.reference],
        "centres": [world.centre.code],
        "register": [world.centre.code],
        "agencies": [world.centre.agency.code],
        "evidence": [draft.evidence.get().pk],
        "webhooks": [str(webhook.pk)],
    }
    """What stands before a place in an address → what can be put there."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    operations = {one.ok().definition.raw["operationId"]: one.ok() for one in schema.get_all_operations()}
    return operations, headers, known


@pytest.mark.parametrize("name", IDS)
def test_no_answer_is_a_failure_or_not_in_the_document(asked, name):
    operations, headers, known, beginning = asked
    operation = operations[name]
    strategies = [operation.as_strategy(generation_mode=mode) for mode in MODES if _has(operation, mode)]

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(data=st.data())
    def ask(data):
        case = data.draw(st.one_of(strategies))
        for before, parameter in PLACES.findall(operation.path):
            if before in known and parameter in (case.path_parameters or {}) and data.draw(st.integers(0, 3)):
                case.path_parameters[parameter] = data.draw(st.sampled_from(known[before]))
        with beginning.again():
            answer = case.call(headers=data.draw(st.sampled_from(headers)))
        case.validate_response(answer, checks=CHECKS)

    ask()


def _has(operation, mode):
    """Whether there is anything to be asked wrongly."""
    return mode is GenerationMode.POSITIVE or bool(
        operation.query or operation.path_parameters or operation.headers or operation.body
    )


def test_every_operation_is_asked(asked):
    assert sorted(asked[0]) == IDS
