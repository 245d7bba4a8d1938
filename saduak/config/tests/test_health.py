"""A proxy learns whether to send requests here."""

import pytest
from django.db import DatabaseError

from saduak.config import health


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
@pytest.mark.django_db
def test_all_is_well(client, address, settings):
    settings.ALLOWED_HOSTS = ["saduak.example.go.th"]  # A balancer asks by number.

    answer = client.get(address, headers={"host": "192.0.2.1"})

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer


@pytest.mark.django_db
def test_without_its_database_it_is_not_ready_but_alive(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", refuse)

    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/ready").json() == {"status": "database unreachable"}
    assert client.get("/health/live").status_code == 200


@pytest.mark.django_db
def test_with_a_migration_missing_it_is_not_ready(client, monkeypatch):
    health._all_migrations_are_there.cache_clear()
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: ["0009_new"])

    assert client.get("/health/ready").json() == {"status": "migrations missing"}

    monkeypatch.undo()
    assert client.get("/health/ready").json() == {"status": "ready"}
