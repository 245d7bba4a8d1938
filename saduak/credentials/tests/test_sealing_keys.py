"""Keys that seal papers: made, brought in, followed by others, given up."""

from datetime import timedelta
from io import StringIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from django.core.management import CommandError, call_command
from django.utils import timezone

from saduak.credentials import sealing
from saduak.credentials.dids import papers_in
from saduak.credentials.issuers import Issuer, did_of
from saduak.credentials.models import SealingKey
from saduak.credentials.operations import keys, sealing_keys
from saduak.credentials.procedure import KeyStage
from saduak.credentials.queries import issuer_document
from saduak.journal.models import Entry
from saduak.journal.steps import StepRefused
from tests.support.together import together

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PASSWORD = b"opens the file"


def exported(private):
    """The key with a certificate, as an authority hands it over."""
    signer = ec.generate_private_key(ec.SECP256R1())
    certificate = x509.load_der_x509_certificate(sealing.certificate_for(signer, name="Authority", at=NOW))
    if isinstance(private, ec.EllipticCurvePrivateKey):
        certificate = x509.load_der_x509_certificate(sealing.certificate_for(private, name="GECC", at=NOW))
        return pkcs12.serialize_key_and_certificates(
            b"seal", private, certificate, None, BestAvailableEncryption(PASSWORD)
        )
    builder = x509.CertificateBuilder(
        certificate.subject, certificate.subject, private.public_key(), 1, NOW, NOW + timedelta(days=1)
    )
    own = builder.sign(private, sealing.hashes.SHA256())
    return pkcs12.serialize_key_and_certificates(b"seal", private, own, None, BestAvailableEncryption(PASSWORD))


def test_a_key_is_made_at_its_first_use_and_kept():
    key = sealing_keys.current(Issuer.PROGRAMME)

    assert sealing_keys.current(Issuer.PROGRAMME) == key
    assert key.reference == sealing.reference_of(bytes(key.certificate))
    assert str(key) == key.reference
    assert sealing.as_der(key.open()) not in bytes(key.sealed)
    assert Entry.objects.of(key).get().step == "make"


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_two_at_once_make_one_key():
    made = together(*[lambda: sealing_keys.current(Issuer.PROGRAMME)] * 2)

    assert made[0] == made[1]
    assert SealingKey.objects.count() == 1


def test_what_a_retired_key_sealed_stays_verifiable():
    old = sealing_keys.current(Issuer.PROGRAMME)

    new = sealing_keys.rotate(Issuer.PROGRAMME)

    old.refresh_from_db()
    assert (old.stage, new.stage) == (KeyStage.RETIRED, KeyStage.ACTIVE)
    known = papers_in(issuer_document(did_of(Issuer.PROGRAMME)))
    assert [each.certificate for each in known] == [bytes(old.certificate), bytes(new.certificate)]


def test_the_key_of_an_authority_seals_from_now_on():
    private = ec.generate_private_key(ec.SECP256R1())
    old = sealing_keys.current(Issuer.PROGRAMME)

    key = sealing_keys.bring_in(Issuer.PROGRAMME, exported(private), PASSWORD)

    assert sealing_keys.current(Issuer.PROGRAMME) == key
    assert sealing.as_der(key.open()) == sealing.as_der(private)
    old.refresh_from_db()
    assert old.stage == KeyStage.RETIRED


@pytest.mark.parametrize(
    ("file", "password"),
    [
        pytest.param(b"no such file", PASSWORD, id="another kind of file"),
        pytest.param(exported(ec.generate_private_key(ec.SECP256R1())), b"other", id="another password"),
        pytest.param(exported(ec.generate_private_key(ec.SECP384R1())), PASSWORD, id="another curve"),
        pytest.param(exported(rsa.generate_private_key(65537, 2048)), PASSWORD, id="an RSA key"),
    ],
)
def test_what_cannot_seal_is_not_brought_in(file, password):
    with pytest.raises(sealing_keys.NoSuchKey):
        sealing_keys.bring_in(Issuer.PROGRAMME, file, password)

    assert not SealingKey.objects.exists()


def test_a_stolen_key_is_given_up_and_marked_for_everybody():
    key, since = sealing_keys.current(Issuer.PROGRAMME), NOW - timedelta(days=1)

    keys.declare_stolen(key, since=since)

    (known,) = papers_in(issuer_document(did_of(Issuer.PROGRAMME)))
    assert abs(known.revoked - since) < timedelta(seconds=1)
    assert sealing_keys.current(Issuer.PROGRAMME) != key
    with pytest.raises(StepRefused):
        keys.declare_stolen(SealingKey.objects.get(pk=key.pk), since=since)


def test_a_key_is_not_stolen_in_the_future():
    with pytest.raises(ValueError, match="future"):
        keys.declare_stolen(sealing_keys.current(Issuer.PROGRAMME), since=NOW + timedelta(days=1))


@pytest.mark.parametrize(
    "method",
    [
        "no method",
        {"controller": "did:web:other", "type": "JsonWebKey", "publicKeyJwk": {"x5c": ["AA=="]}},
        {"controller": "did:web:a", "type": "Multikey", "publicKeyJwk": {"x5c": ["AA=="]}},
        {"controller": "did:web:a", "type": "JsonWebKey", "publicKeyJwk": {"x5c": []}},
        {"controller": "did:web:a", "type": "JsonWebKey", "publicKeyJwk": "no key"},
        {"controller": "did:web:a", "type": "JsonWebKey", "publicKeyJwk": {"x5c": ["not base64!"]}},
        {"controller": "did:web:a", "type": "JsonWebKey", "publicKeyJwk": {"x5c": [7]}},
    ],
)
def test_a_method_written_otherwise_seals_nothing(method):
    assert papers_in({"id": "did:web:a", "verificationMethod": [method]}) == []


class TestCommand:
    """`saduak rotate-key --papers`."""

    @staticmethod
    def run(*arguments):
        out = StringIO()
        call_command("rotate_key", *arguments, stdout=out)
        return out.getvalue()

    def test_it_rotates_and_lists_them(self):
        old = sealing_keys.current(Issuer.PROGRAMME)

        said = self.run("--papers")

        assert old.reference in said
        assert sealing_keys.current(Issuer.PROGRAMME).reference in said

    def test_it_brings_in_the_key_of_an_authority(self, tmp_path):
        (tmp_path / "key.p12").write_bytes(exported(ec.generate_private_key(ec.SECP256R1())))
        (tmp_path / "password").write_bytes(PASSWORD + b"\n")

        said = self.run("--pkcs12", str(tmp_path / "key.p12"), "--password-file", str(tmp_path / "password"))

        assert sealing_keys.current(Issuer.PROGRAMME).reference in said

    def test_it_says_what_is_wrong_with_a_file(self, tmp_path):
        (tmp_path / "key.p12").write_bytes(b"nothing")

        with pytest.raises(CommandError, match="p12"):
            self.run("--pkcs12", str(tmp_path / "key.p12"))
        with pytest.raises(CommandError, match="missing"):
            self.run("--pkcs12", str(tmp_path / "missing"))
