"""The certificate as everybody may fetch it, and its end by the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from saduak.certification.models import Certificate
from saduak.certification.operations import certificates
from saduak.certification.operations.certificates import sheet_of
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.tasks import turn_the_day
from saduak.certification.tests.world import World
from saduak.directory.models import Membership, Office
from saduak.directory.tests.factories import person_of
from tests.support.pdf import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def certificate(world):
    return world.certified().certificate


def fetched(client, certificate, **headers):
    return client.get(reverse("certificate_pdf", args=[certificate.reference]), headers=headers)


class TestSheet:
    """What the certificate says."""

    def test_everybody_may_fetch_it(self, client, certificate):
        answer = fetched(client, certificate)

        assert answer["Content-Type"] == "application/pdf"
        text = text_of(answer.content)
        assert certificate.centre_name_th in text
        assert "GECC-2563-0001" in text
        assert "เป็นเลิศ" in text

    def test_it_is_made_of_the_same_bytes_each_time(self, client, certificate):
        assert fetched(client, certificate).content == fetched(client, certificate).content

    def test_who_holds_it_already_is_told_so(self, client, certificate):
        first = fetched(client, certificate)

        again = fetched(client, certificate, if_none_match=first["ETag"])

        assert again.status_code == 304
        assert again.content == b""

    def test_another_word_makes_another_file(self, client, certificate):
        first = fetched(client, certificate)
        certificate.centre.agency.name_th = "กรมที่เปลี่ยนชื่อ"
        certificate.centre.agency.save()

        again = fetched(client, certificate, if_none_match=first["ETag"])

        assert again.status_code == 200

    def test_it_keeps_the_name_that_the_centre_had(self, certificate):
        name = certificate.centre_name_th
        certificate.centre.name_th = "ชื่อใหม่"
        certificate.centre.save()

        assert sheet_of(certificate).centre_th == name

    def test_its_code_leads_to_the_register(self, certificate, settings):
        settings.PUBLIC_URL = "https://gecc.example.go.th"

        assert sheet_of(certificate).verify_url == "https://gecc.example.go.th/register/c/GECC-2563-0001/"

    def test_the_chair_of_the_meeting_signs(self, world):
        chair = person_of(Office.CHAIR, body=world.steering)
        certificate = world.certified().certificate
        Membership.objects.filter(person=chair).delete()

        assert sheet_of(certificate).signatory_name == str(chair)

    def test_an_unknown_number_is_not_found(self, client, world):
        assert client.get(reverse("certificate_pdf", args=["GECC-2563-9999"])).status_code == 404


class TestExpiry:
    """The clock ends certificates on the day after their last day, by the clocks of Bangkok."""

    @staticmethod
    def at(certificate, days, *clock):
        day = certificate.expires_on + timedelta(days=days)
        return datetime(day.year, day.month, day.day, *clock, tzinfo=timezone.get_default_timezone())

    @pytest.mark.parametrize("is_example", [False, True], ids=["round", "practice round"])
    def test_it_is_in_force_to_the_last_minute_of_its_last_day(self, certificate, is_example):
        Certificate.objects.update(is_example=is_example)

        assert certificates.expire_due(at=self.at(certificate, 0, 23, 59, 59)) == []

        certificate.refresh_from_db()
        assert certificate.stage == CertificateStage.VALID

    @pytest.mark.parametrize("is_example", [False, True], ids=["round", "practice round"])
    def test_it_ends_at_midnight(self, certificate, is_example):
        Certificate.objects.update(is_example=is_example)

        midnight = self.at(certificate, 1, 0, 0, 0)
        assert len(certificates.expire_due(at=midnight)) == 1

        certificate.refresh_from_db()
        assert certificate.stage == CertificateStage.EXPIRED
        assert certificate.stage_since == midnight
        assert certificate.history.last().by is None
        assert certificates.expire_due(at=midnight) == []

    def test_the_clock_comes_by_soon_after_midnight_in_bangkok(self):
        turns = next(
            task for task in app.periodic_registry.periodic_tasks.values() if task.task.name.endswith("turn_the_day")
        )

        eve = datetime(2026, 1, 14, 23, 59, 59, tzinfo=timezone.get_default_timezone())
        turn = turns.croniter.get_next(ret_type=float, start_time=eve.timestamp())

        assert timezone.localtime(datetime.fromtimestamp(turn, UTC)).strftime("%d %H.%M") == "15 00.05"

    def test_turning_the_day_ends_what_is_due(self, certificate):
        turn_the_day(0)

        certificate.refresh_from_db()
        assert certificate.stage == CertificateStage.EXPIRED

    def test_the_last_day_is_three_years_less_a_day_after_the_first(self, certificate):
        assert certificate.expires_on.year - certificate.issued_on.year == 3
