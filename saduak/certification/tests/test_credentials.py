"""The credential of a certificate: what it says, who signed it, and what the status lists tell of it."""

import copy
import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft201909Validator
from openbadgeslib.ob3 import OpenBadgeCredential

from saduak.certification.models import Certificate
from saduak.certification.operations import acts, credentials
from saduak.certification.procedure.certificates import ActKind, CertificateStage, Ground
from saduak.certification.queries.credentials import credential_of, unsigned
from saduak.certification.tests import certificates
from saduak.certification.tests.world import World
from saduak.credentials.issuers import Issuer, did_of
from saduak.credentials.operations import keys
from saduak.credentials.queries import issuer_document
from saduak.credentials.reading import digest, read
from saduak.credentials.shape import problems_of_credential
from saduak.credentials.status_lists import decode, is_set
from saduak.credentials.statuses import FULL_NAME
from saduak.credentials.tests.second_implementation import answers_of
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from tests.support.node import CHECKOUT
from tests.support.remembering import made_once

pytestmark = pytest.mark.django_db
PURPOSES = ("revocation", "suspension")
SCHEMA = CHECKOUT / ".tools" / "badges" / "ob_v3p0_achievementcredential_schema.json"
NAME = "https://schema.org/name"


@pytest.fixture
@made_once
def certificate():
    return certificates.certificate(CentreFactory(name_th="ศูนย์ราชการสะดวกลำพูน", name_en="Lamphun centre"))


def signed(certificate):
    (issued,) = credentials.sign([certificate])
    return read(issued.document)


def lists(client):
    """The first list of each purpose, by its address."""
    documents = (read(client.get(reverse("status_list", args=[purpose, 1])).content) for purpose in PURPOSES)
    return {document["id"]: document for document in documents}


def bits(document, client):
    """Revoked, not in force: as the lists tell it now."""
    served = lists(client)
    entries = {each["statusPurpose"]: each for each in (document["credentialStatus"], document[FULL_NAME])}
    return tuple(
        is_set(
            decode(served[entries[purpose]["statusListCredential"]]["credentialSubject"]["encodedList"]),
            int(entries[purpose]["statusListIndex"]),
        )
        for purpose in PURPOSES
    )


class TestDocument:
    """What it says."""

    def test_it_names_the_centre_the_level_the_criteria_and_the_term(self, certificate, settings):
        document = signed(certificate)
        subject, achievement = document["credentialSubject"], document["credentialSubject"]["achievement"]
        criteria = certificate.round.criteria

        assert document["id"] == f"{settings.PUBLIC_URL}/credentials/{certificate.reference}.json"
        assert subject["name"] == "ศูนย์ราชการสะดวกลำพูน (Lamphun centre)"
        assert subject[NAME] == [
            {"@value": "ศูนย์ราชการสะดวกลำพูน", "@language": "th"},
            {"@value": "Lamphun centre", "@language": "en"},
        ]
        assert "ขอบเขตการรับรอง" in subject["narrative"]
        assert subject["result"][0]["value"] == "advanced"
        assert achievement["version"] == criteria.reference
        assert criteria.sha256 in achievement["alignment"][0]["targetDescription"]
        assert document["validFrom"] == f"{certificate.issued_on}T00:00:00+07:00"
        assert document["validUntil"] == f"{certificate.expires_on}T23:59:59+07:00"
        assert document["issuer"]["id"] == did_of(Issuer.PROGRAMME)

    def test_it_validates_against_the_schema_of_open_badges(self, certificate):
        if not SCHEMA.exists():
            pytest.skip("script/setup fetches the schema from the source of openbadgeslib")
        schema = json.loads(SCHEMA.read_text())
        validator = Draft201909Validator(schema, format_checker=Draft201909Validator.FORMAT_CHECKER)

        assert [error.json_path for error in validator.iter_errors(signed(certificate))] == []
        assert list(validator.iter_errors({**signed(certificate), "issuer": 7})) != []

    def test_openbadgeslib_reads_it(self, certificate):
        document = signed(certificate)

        badge = OpenBadgeCredential.from_vc_document(document)

        assert badge.issuer.id == document["issuer"]["id"]
        assert badge.credential_status == [document["credentialStatus"]]

    def test_it_has_the_shape_of_a_verifiable_credential(self, certificate):
        assert problems_of_credential(signed(certificate)) == []

    def test_it_keeps_the_name_of_the_day_of_issue(self, certificate):
        certificate.centre.name_th = "ชื่อใหม่"
        certificate.centre.save()

        assert "ชื่อใหม่" not in signed(certificate)["credentialSubject"]["name"]

    def test_an_example_says_so_and_is_signed_by_another_issuer(self, client):
        example = certificates.certificate(is_example=True)

        document = signed(example)

        assert document["issuer"]["id"] == did_of(Issuer.EXAMPLE) != did_of(Issuer.PROGRAMME)
        for named in (document, document["issuer"], document["credentialSubject"]):
            assert named["name"].startswith("ตัวอย่าง ")
        served = client.get(reverse("example_issuer_document")).json()
        assert served["id"] == did_of(Issuer.EXAMPLE)


class TestSigning:
    """When it is signed, and by whom."""

    def test_a_resolution_signs_what_it_certifies(self):
        certificate = World().certified().certificate

        assert not unsigned().exists()
        assert credential_of(certificate).issued_at == certificate.stage_since

    def test_many_are_signed_with_as_many_questions_as_two(self):
        many = [certificates.certificate() for _ in range(12)]
        credentials.sign(many[:1])

        with CaptureQueriesContext(connection) as for_two:
            credentials.sign(many[1:3])
        with CaptureQueriesContext(connection) as for_nine:
            credentials.sign(many[3:])

        assert len(for_nine) == len(for_two)

    def test_what_came_another_way_is_signed_by_the_clock(self):
        older = [certificates.certificate() for _ in range(3)]

        assert credentials.sign_missing() == 3
        assert credentials.sign_missing() == 0
        assert all(credential_of(each) for each in older)

    def test_after_a_theft_what_the_key_signed_since_then_is_signed_anew(self, client):
        now = timezone.now()
        before, after = certificates.certificate(), certificates.certificate()
        credentials.sign([before], at=now - timedelta(days=9))
        credentials.sign([after], at=now - timedelta(days=1))
        key = credential_of(after).key
        old = read(credential_of(after).document)

        keys.declare_stolen(key, since=now - timedelta(days=5), at=now)
        assert credentials.sign_missing(at=now) == 1
        assert credentials.sign_missing(at=now) == 0
        again = credential_of(after)

        assert (again.edition, again.key == key, credential_of(before).edition) == (2, False, 1)
        assert bits(old, client) == (True, True)
        assert bits(read(again.document), client) == (False, False)

    def test_after_a_move_everything_is_signed_in_the_new_name(self, settings):
        moved = certificates.certificate()
        credentials.sign([moved])

        settings.PUBLIC_URL = "https://new.example.go.th"
        call_command("sign_certificates", "--anew")

        document = read(credential_of(moved).document)
        assert document["issuer"]["id"] == "did:web:new.example.go.th"
        assert document["id"].startswith("https://new.example.go.th/")

    def test_the_command_signs_what_is_missing(self, certificate):
        out = StringIO()

        call_command("sign_certificates", stdout=out)

        assert "1" in out.getvalue()
        assert credential_of(certificate)


class TestAddress:
    """Where it is found."""

    def test_everybody_may_fetch_it_and_keep_it(self, client, certificate):
        document = signed(certificate)

        answer = client.get(reverse("certificate_credential", args=[certificate.reference]))

        assert answer["Content-Type"] == "application/vc+ld+json"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert read(answer.content) == document
        assert digest(document) == credential_of(certificate).sha256
        again = client.get(
            reverse("certificate_credential", args=[certificate.reference]), headers={"If-None-Match": answer["ETag"]}
        )
        assert again.status_code == 304

    def test_the_w3cs_media_type_is_given_to_whoever_asks(self, client, certificate):
        signed(certificate)

        answer = client.get(
            reverse("certificate_credential", args=[certificate.reference]), headers={"Accept": "application/vc"}
        )

        assert answer["Content-Type"] == "application/vc"

    def test_a_certificate_that_waits_for_its_signature_has_none(self, client, certificate):
        assert client.get(reverse("certificate_credential", args=[certificate.reference])).status_code == 404
        assert client.get(reverse("certificate_credential", args=["GECC-2569-9999"])).status_code == 404


@pytest.fixture
def committee(certificate):
    """Who acts on the certificate, and by which resolution."""
    secretary = person_of(Office.STEERING_SECRETARY, body=certificate.resolution.meeting.body)
    resolution = certificates.resolution_of(certificate.round, date(2026, 11, 18))

    def act(kind):
        ground = Ground.MENDED if kind == ActKind.RESTORE else Ground.NOT_MET
        acts.by_resolution(kind, certificate, resolution, ground=ground, reason="ตามรายงาน", by=secretary)

    return act


class TestStatus:
    """What the lists tell after each act."""

    def test_suspended_restored_revoked_as_another_implementation_sees_it(self, client, certificate, committee):
        document = signed(certificate)
        others = [signed(certificates.certificate()) for _ in range(3)]
        tampered = copy.deepcopy(document)
        tampered["credentialSubject"]["name"] += " สาขาอื่น"
        issuer = {document["issuer"]["id"]: issuer_document(document["issuer"]["id"])}
        cases, seen = [(tampered, issuer | lists(client)), (document, issuer | lists(client))], [bits(document, client)]

        for kind in (ActKind.SUSPEND, ActKind.RESTORE, ActKind.REVOKE):
            committee(kind)
            seen.append(bits(document, client))
            cases.append((document, issuer | lists(client)))
        forged, *answers = answers_of(*cases)

        assert seen == [(False, False), (False, True), (False, False), (True, True)]
        assert [(each["bits"]["revocation"], each["bits"]["suspension"]) for each in answers] == seen
        assert {(each["verified"], each["unknown"], each["unlisted"]) for each in answers} == {(True, "", "")}
        assert not forged["verified"]
        assert all(bits(other, client) == (False, False) for other in others)

    def test_a_suspension_ends_with_its_last_day_before_the_clock_comes_by(self, client, certificate):
        document = signed(certificate)
        certificates.acted(certificate, CertificateStage.SUSPENDED, until=timezone.localdate())
        assert bits(document, client) == (False, True)

        Certificate.objects.update(suspended_until=timezone.localdate() - timedelta(days=1))

        assert bits(document, client) == (False, False)

    @pytest.mark.parametrize(
        ("stage", "told"),
        [
            (CertificateStage.VALID, (False, False)),
            (CertificateStage.EXPIRED, (False, False)),
            (CertificateStage.SUSPENDED, (False, True)),
            (CertificateStage.REVOKED, (True, True)),
            (CertificateStage.RETURNED, (True, True)),
            (CertificateStage.RENEWED, (True, True)),
        ],
    )
    def test_every_stage_has_its_bits(self, client, stage, told):
        document = signed(certificates.certificate(stage=stage))

        assert bits(document, client) == told

    def test_a_list_stays_the_same_bytes_until_a_bit_changes(self, client, certificate, committee):
        signed(certificate)
        address = reverse("status_list", args=["suspension", 1])
        first = client.get(address)

        assert client.get(address).content == first.content
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        committee(ActKind.SUSPEND)
        assert client.get(address)["ETag"] != first["ETag"]
        assert client.get(reverse("status_list", args=["suspension", 2])).status_code == 404
