"""Whatever the document allows to be asked, and what it does not: no failure of ours, and no answer it does not name.

`SADUAK_EXAMPLES=200` asks more often than the three times for each operation that every run does.
"""

import os

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

from saduak.certification.tests.world import World
from saduak.config.api import api
from saduak.machines.models import Webhook
from saduak.machines.scopes import Scope
from saduak.machines.tests.factories import ClientFactory, token_of

EXAMPLES = int(os.environ.get("SADUAK_EXAMPLES", "3"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
IDS = sorted(operation.view_func.__name__ for _route, operation in api.operations())
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker):
    """A world with a case at work and one decided, whose people each have a system with every scope."""
    signals = (request_started, request_finished)
    for signal in signals:  # As Django's own client does: the connection holds the world.
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        yield _world()
        transaction.set_rollback(True)
    for signal in signals:
        signal.connect(close_old_connections)


def _world():
    world = World(today=timezone.localdate())
    draft = world.answer_everything(world.draft())
    earlier = World(cycle_be=2560, **world.bodies, criteria=world.criteria, centre=world.centre)
    earlier.share_people_of(world)
    certificate = earlier.certified().certificate
    headers = []
    for person in (world.head, world.secretariat, world.steering_secretary):
        client = ClientFactory(acts_for=person, per_minute=60_000)
        headers.append({"Authorization": f"Bearer {token_of(*Scope, client=client)[1]}", "Accept-Language": "en"})
    webhook = Webhook.objects.create(
        client=client, url="https://example.go.th/", events=["round.*"], secret=b"", position=0, made_at=timezone.now()
    )
    meeting = world.meeting()
    known = {
        "reference": [
            draft.reference,
            certificate.application.reference,
            world.round.reference,
            world.criteria.code,
            meeting.reference,
        ],
        "number": [certificate.reference],
        "code": [world.centre.code, world.centre.agency.code, next(iter(draft.library.leaves))],
        "evidence": [draft.evidence.get().pk],
        "webhook": [str(webhook.pk)],
    }
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    operations = {one.ok().definition.raw["operationId"]: one.ok() for one in schema.get_all_operations()}
    return operations, headers, known


@pytest.mark.parametrize("name", IDS)
def test_no_answer_is_a_failure_or_not_in_the_document(asked, name):
    operations, headers, known = asked
    operation = operations[name]
    strategies = [operation.as_strategy(generation_mode=mode) for mode in MODES if _has(operation, mode)]

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(data=st.data())
    def ask(data):
        case = data.draw(st.one_of(strategies))
        for parameter, values in known.items():
            if parameter in (case.path_parameters or {}) and data.draw(st.integers(0, 3)):
                case.path_parameters[parameter] = data.draw(st.sampled_from(values))
        with transaction.atomic():
            answer = case.call(headers=data.draw(st.sampled_from(headers)))
            transaction.set_rollback(True)
        case.validate_response(answer, checks=CHECKS)

    ask()


def _has(operation, mode):
    """Whether there is anything to be asked wrongly."""
    return mode is GenerationMode.POSITIVE or bool(
        operation.query or operation.path_parameters or operation.headers or operation.body
    )


def test_every_operation_is_asked(asked):
    assert sorted(asked[0]) == IDS
