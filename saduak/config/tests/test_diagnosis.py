"""The doctor sees what is wrong and says it in plain words."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import translation

from saduak.attachments import storage
from saduak.attachments.tests.factories import AttachmentFactory
from saduak.certification.models import Application
from saduak.certification.tests.certificates import certificate
from saduak.certification.tests.world import World
from saduak.config import diagnosis
from saduak.config.diagnosis import State, examine
from saduak.credentials.issuers import Issuer
from saduak.credentials.operations import signing_keys
from saduak.notices.models import Notice
from saduak.people.tests.factories import UserFactory


@pytest.fixture(autouse=True)
def _healthy(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(diagnosis, "packages", lambda root: [])
    settings.DATA = tmp_path
    settings.CREDENTIAL_SECRET_FILE = tmp_path / "credential-secret"
    settings.PUBLIC_URL = "https://saduak.example.go.th"
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()


def found(state, now=None):
    with translation.override("en"):
        return [finding.words for finding in examine(now) if finding.state is state]


@pytest.mark.django_db
def test_a_sound_platform_has_nothing_bad():
    assert found(State.BAD) == []
    assert found(State.DOUBTFUL) == [
        "It does not wait for the disk: a power cut can lose data.",  # True of the tests' own database.
        "No worker is at work now; `saduak serve` runs one.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("free", "state"), [(3 * 1024**3, State.GOOD), (1024**3, State.DOUBTFUL), (100 * 1024**2, State.BAD)]
)
def test_a_disk_that_runs_full_is_told(monkeypatch, free, state):
    monkeypatch.setattr(diagnosis.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))

    assert any("GB are free" in words for words in found(state))


@pytest.mark.django_db
def test_a_signing_key_that_others_can_read_is_bad(settings):
    key = settings.DATA / "secret-key"
    key.touch()
    key.chmod(0o644)

    assert found(State.BAD) == [f"Others can read the signing key {key}."]


@pytest.mark.django_db
def test_a_clock_that_is_wrong_is_bad():
    assert any("from the database's clock" in words for words in found(State.BAD, datetime.now(UTC) - timedelta(1)))


@pytest.mark.django_db
def test_what_script_setup_brings_is_missed(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(diagnosis, "FONTS", tmp_path)
    settings.STATIC_ROOT = tmp_path / "nowhere"

    assert found(State.BAD) == [
        "The Thai fonts are missing; `script/setup` brings them.",
        "They are not collected yet; `saduak prepare` does it.",
    ]


def test_without_a_database_the_rest_is_still_looked_at(monkeypatch):
    def refuse():
        raise DatabaseError("connection refused")

    monkeypatch.setattr(diagnosis.connection, "cursor", refuse)

    assert found(State.BAD) == ["It does not answer: connection refused"]
    assert any("GB are free" in words for words in found(State.GOOD))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("locale", "last"),
    [("th_TH.UTF-8", "ระบบพร้อมทำงาน"), ("en_US.UTF-8", "The platform can run."), ("C", "The platform can run.")],
)
def test_the_command_speaks_the_operators_language(monkeypatch, locale, last):
    monkeypatch.setenv("LC_ALL", locale)
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)

    assert ended.value.code == 0
    assert out.getvalue().strip().endswith(last)


@pytest.mark.django_db
def test_a_stored_file_that_is_gone_is_bad():
    attachment = AttachmentFactory()
    storage.place().delete(storage.address(attachment.sha256))

    assert any(f"{attachment.sha256} is missing" in words for words in found(State.BAD))


@pytest.mark.django_db
def test_notices_that_could_not_be_delivered_are_told():
    now = datetime.now(UTC)
    Notice.objects.create(to_user=UserFactory(), message_id="1", state="failed", released_at=now, batch="", body="")

    assert "1 notices could not be delivered; the outbox tells why." in found(State.DOUBTFUL)


@pytest.mark.django_db
def test_a_score_that_was_altered_is_told():
    unit = World().assessed()
    [good] = diagnosis._scores()
    Application.objects.update(total=99)

    [bad] = diagnosis._scores()

    assert good.state is State.GOOD
    assert bad.state is State.BAD
    assert unit.reference in bad.words


@pytest.mark.django_db
def test_signing_keys_that_do_not_open_are_bad(settings):
    signing_keys.current(Issuer.PROGRAMME)

    settings.CREDENTIAL_SECRET = "words of another platform, long enough"

    assert any("is not the one that sealed them" in words for words in found(State.BAD))


@pytest.mark.django_db
def test_certificates_without_signature_are_told():
    certificate()

    assert "1 certificates wait for their signature; `saduak sign-certificates` signs them." in found(State.DOUBTFUL)
