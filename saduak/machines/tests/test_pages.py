"""Letting systems in, and tending what they have."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from saduak.audit.models import Act, Record
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.machines.minting import digest_of
from saduak.machines.models import Client, Delivery, State, Token, Webhook
from saduak.machines.operations import clients
from saduak.machines.scopes import Scope
from saduak.machines.tests.factories import ClientFactory, token_of, with_token
from saduak.people.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

FACTS = {"name": "ระบบจังหวัด", "purpose": "รับผลการรับรอง", "contact": "it@example.go.th", "per_minute": "60"}


@pytest.fixture
def administrator(client):
    person = person_of(Office.ADMINISTRATOR)
    client.force_login(person)
    return person


def test_a_system_is_let_in_gets_a_token_once_and_loses_it_again(client, administrator):
    owner = UserFactory(username="owner")
    client.post(reverse("add_client"), {**FACTS, "owner": "owner"})
    added = Client.objects.get()
    asked = client.get(reverse("give_token", args=[added.pk]))
    assert reverse("account_reauthenticate") in asked.url
    client.post(asked.url, {"password": PASSWORD})
    made = client.post(
        reverse("give_token", args=[added.pk]), {"scopes": [Scope.WEBHOOKS_MANAGE], "until": "31/12/2580"}
    )
    token = Token.objects.get()
    words = made.content.decode().split('<code class="secret" tabindex="0">')[1].split("<")[0]

    assert (made.status_code, bytes(token.digest)) == (201, digest_of(words))
    assert "no-store" in made["Cache-Control"]
    assert words not in client.get(added.get_absolute_url()).content.decode()
    assert client.get("/api/v1/webhooks", **with_token(words)).status_code == 200
    client.post(reverse("revoke_token", args=[token.pk]))
    assert client.get("/api/v1/webhooks", **with_token(words)).status_code == 401
    assert list(Record.objects.concerning(owner).order_by("pk").values_list("act", flat=True)) == [
        Act.GRANTED,
        Act.GRANTED,
        Act.REVOKED,
    ]


def test_a_token_for_cases_needs_a_person(administrator):
    with pytest.raises(ValidationError, match="ในนาม"):
        clients.give_token(ClientFactory(), scopes=[Scope.CASES_READ], by=administrator)


def test_the_person_is_not_taken_away_from_under_a_token(administrator):
    system = token_of(Scope.CASES_READ, acts_for=administrator)[0].client

    with pytest.raises(ValidationError):
        clients.correct(system, acts_for=None, by=administrator)


def test_another_person_for_a_system_is_told_to_the_audit_and_another_purpose_is_not(administrator):
    system = ClientFactory()

    corrected = clients.correct(system, acts_for=administrator, by=administrator)
    again = clients.correct(system, purpose="อ่านรายงาน", by=administrator)

    assert (corrected.acts_for, again.purpose, again.version) == (administrator, "อ่านรายงาน", system.version + 2)
    assert Record.objects.filter(act=Act.GRANTED, detail__has_key="acts_for").count() == 1


def test_a_token_does_not_begin_after_its_end(administrator):
    past = timezone.now() - timedelta(minutes=1)

    with pytest.raises(ValidationError) as refused:
        clients.give_token(ClientFactory(), scopes=[Scope.WEBHOOKS_MANAGE], by=administrator, expires_at=past)

    assert list(refused.value.message_dict) == ["expires_at"]
    assert not Token.objects.exists()


def test_what_was_switched_off_or_revoked_stays_so_without_another_word_to_the_audit(administrator):
    token, _words = token_of()

    for _time in range(2):
        clients.turn(token.client, on=False, by=administrator)
        clients.revoke(token, by=administrator)

    assert Record.objects.filter(act=Act.REVOKED).count() == 2


def test_what_was_typed_is_kept_when_it_is_refused(client, administrator):
    answer = client.post(reverse("add_client"), {**FACTS, "owner": "nobody at all"})

    assert answer.status_code == 422
    assert "ระบบจังหวัด" in answer.content.decode()
    assert not Client.objects.exists()


def test_a_system_that_is_switched_off_is_not_heard(client, administrator):
    token, words = token_of()
    client.post(reverse("turn_client", args=[token.client_id]), {})

    assert client.get("/api/v1/provinces", **with_token(words)).status_code == 401
    client.post(reverse("turn_client", args=[token.client_id]), {"on": "1"})
    assert client.get("/api/v1/provinces", **with_token(words)).status_code == 200


def test_a_system_whose_time_is_over_is_not_heard(client):
    system = ClientFactory(expires_on=timezone.localdate() - timedelta(days=1))

    assert client.get("/api/v1/provinces", **with_token(token_of(client=system)[1])).status_code == 401


class TestOwner:
    """Who answers for a system sees it, and nobody else's."""

    @pytest.fixture
    def system(self, client):
        system = ClientFactory()
        client.force_login(system.owner)
        return system

    @pytest.fixture
    def webhook(self, system):
        facts = {"url": "https://example.go.th/x", "events": ["round.*"], "secret": b"", "position": 9}
        return Webhook.objects.create(client=system, made_at=timezone.now(), stopped_at=timezone.now(), **facts)

    def test_sees_the_own_only(self, client, system):
        other = ClientFactory()

        assert system.name in client.get(reverse("list_clients")).content.decode()
        assert other.name not in client.get(reverse("list_clients")).content.decode()
        assert system.name in client.get(reverse("show_interface")).content.decode()
        assert client.get(other.get_absolute_url()).status_code == 404

    def test_revokes_a_token(self, client, system):
        token, _words = token_of(client=system)

        client.post(reverse("revoke_token", args=[token.pk]))

        assert Token.objects.get().revoked_at is not None

    def test_resumes_a_webhook_and_has_events_sent_again(self, client, webhook):
        now = timezone.now()
        Delivery.objects.create(
            webhook=webhook, sequence=1, event="round.open", body="{}", next_at=now, made_at=now, state=State.GIVEN_UP,
            error="TimeoutError",
        )  # fmt: skip
        page = client.get(webhook.get_absolute_url()).content.decode()
        assert "round.open" in page
        assert "TimeoutError" in page

        client.post(reverse("resume_webhook", args=[webhook.pk]))
        client.post(reverse("replay_webhook", args=[webhook.pk]), {"since": "1/1/2563"})

        webhook.refresh_from_db()
        assert webhook.stopped_at is None

    def test_is_told_at_the_field_which_day_makes_no_sense(self, client, webhook):
        answer = client.post(reverse("replay_webhook", args=[webhook.pk]), {"since": "someday"})

        assert answer.status_code == 422


class TestInterfacePage:
    """The page for developers."""

    def test_names_every_operation_scope_and_problem(self, client):
        page = client.get(reverse("show_interface")).content.decode()

        assert "/api/v1/register" in page
        assert "cases:write" in page
        assert 'id="problem-not-found"' in page

    def test_leads_to_the_document(self, client):
        assert client.get(reverse("show_description")).json()["openapi"].startswith("3.1")


def test_more_systems_ask_no_more_of_the_database(client, administrator, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ClientFactory()
    client.get(reverse("list_clients"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("list_clients"))
    for _ in range(5):
        ClientFactory()

    with django_assert_num_queries(len(few)):
        client.get(reverse("list_clients"))
