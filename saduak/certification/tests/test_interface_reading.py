"""What machines read of certification without a token."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.certification.models import Certificate
from saduak.certification.tests.world import World
from saduak.directory.tests.factories import CentreFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    return World().certified().certificate


def told(client, path, **query):
    answer = client.get(f"/api/v1/{path}", query, headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_register_is_found_filtered_and_paged(client, certificate):
    (line,) = told(client, "register", status="ended", level=certificate.level)["items"]

    assert line["certificate"]["number"] == certificate.reference
    assert line["centre"]["code"] == certificate.centre.code
    assert told(client, "register", status="valid")["total"] == 0
    assert told(client, "register", province="99")["total"] == 0


def test_a_certificate_is_checked_by_its_number_however_typed(client, certificate):
    checked = told(client, f"certificates/{certificate.reference.lower()}")

    assert (checked["number"], checked["status"]) == (certificate.reference, "expired")
    assert checked["criteria_sha256"] == certificate.round.criteria.sha256


def test_its_credential_is_what_was_signed(client, certificate):
    credential = told(client, f"certificates/{certificate.reference}/credential")

    assert credential["proof"]["cryptosuite"] == "eddsa-jcs-2022"


def test_the_standing_of_a_centre_names_the_acts_that_made_it_so(client, certificate):
    entry = Certificate.objects.get().history.get(step="issue")

    known = told(client, f"register/{certificate.centre.code}/standing", on=certificate.issued_on)

    assert [act["sequence"] for act in known["acts"]] == [entry.sequence]
    assert known["status"] == "valid"
    before = told(client, f"register/{certificate.centre.code}/standing", on=certificate.issued_on - timedelta(days=1))
    assert (before["status"], before["certificate"]) == ("", None)


def test_nobody_asks_for_a_day_to_come(client, certificate):
    answer = client.get(f"/api/v1/register/{certificate.centre.code}/standing", {"on": "2199-01-01"})

    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "on")


def test_rounds_show_their_calendar_and_figures_count(client, certificate):
    (round_,) = told(client, "rounds")

    assert [window["phase"] for window in round_["calendar"]] == ["application", "screening", "visits", "resolution"]
    assert told(client, f"rounds/{round_['reference']}") == round_
    figures = told(client, "figures", on=certificate.issued_on)
    assert figures["by_level"] == {certificate.level: 1}


def test_the_criteria_are_there_in_full(client, certificate):
    (version,) = told(client, "criteria")
    full = told(client, f"criteria/{version['reference']}")

    assert version["sha256"] == full["sha256"] == certificate.round.criteria.sha256
    assert full["strands"][0]["criteria"]
    mapping = told(client, f"criteria/{version['reference']}/mapping", older=version["reference"])
    assert {line["kind"] for line in mapping["lines"]} == {"same"}


def test_open_data_and_draws_are_listed(client):
    assert {"certificates", "centres"} <= {one["name"] for one in told(client, "open-data")}
    assert told(client, "draws") == []


def test_a_longer_register_asks_no_more_of_the_database(client, certificate):
    path = "/api/v1/register"
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    _another_certificate(certificate)
    with CaptureQueriesContext(connection) as two:
        answer = client.get(path)

    assert answer.json()["total"] == 2
    assert len(two) == len(one)


def _another_certificate(certificate):
    certificate.pk = None
    certificate.reference, certificate.centre = "GECC-2563-0099", CentreFactory()
    certificate.save(force_insert=True)
