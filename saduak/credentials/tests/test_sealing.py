"""A seal holds for the very bytes that were sealed, and for no others."""

import io
import json
import random
import zlib
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from asn1crypto import cms, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import CertificateBuilder, load_der_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from saduak.credentials.papers import LARGEST_PAPER, inside, with_seal
from saduak.credentials.reading import Fault, Unreadable
from saduak.credentials.reports import Because, Outcome, Topic, Verdict
from saduak.credentials.sealing import RANGE, SealBroken, SealFault, seal_of
from saduak.credentials.sources import Sources
from saduak.credentials.tests.papers import key, known, paper
from saduak.credentials.tests.signers import ISSUER, NOW, signed, sources
from saduak.credentials.verifying import verify
from saduak.documents.certificates import render_certificate
from saduak.documents.tests.factories import CertificateSheetFactory

RSA = rsa.generate_private_key(65537, 2048)
YEAR = timedelta(days=365)


def fault_of(pdf):
    with pytest.raises(SealBroken) as broken:
        seal_of(pdf)
    return broken.value.fault


def flipped(pdf, place):
    changed = bytearray(pdf)
    changed[place] = ord("1") if pdf[place] == ord("0") else ord("0") if chr(pdf[place]).isalnum() else pdf[place] ^ 1
    return bytes(changed)


def gap_of(pdf):
    found = [*RANGE.finditer(pdf)][-1]
    return int(found[2]), int(found[3])


def test_it_fits_what_was_sealed():
    seal = seal_of(paper())

    assert seal.certificate == key()[1]
    assert datetime.now(UTC) - seal.at < timedelta(hours=1)


def sealed_again(pdf, *, certificate=None, words=()):
    """The same file with other bytes after the seal, sealed with the same key, and perhaps another certificate."""
    begins, ends = gap_of(pdf)
    before, after = pdf[:begins], pdf[ends:]
    for old, new in words:
        assert len(old) == len(new)
        assert old in after
        after = after.replace(old, new)
    content = cms.ContentInfo.load(bytes.fromhex(pdf[begins + 1 : ends - 1].decode()))
    info = content["content"]["signer_infos"][0]
    digest = next(each for each in info["signed_attrs"] if each["type"].native == "message_digest")
    digest["values"] = [sha256(before + after).digest()]
    info["signature"] = key()[0].sign(info["signed_attrs"].untag().dump(force=True), ec.ECDSA(hashes.SHA256()))
    if certificate is not None:
        content["content"]["certificates"][0] = cms.CertificateChoices("certificate", certificate)
    room = (ends - begins - 2) // 2
    return before + b"<" + content.dump(force=True).ljust(room, b"\0").hex().upper().encode() + b">" + after


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"/M (", b"/N (", id="no moment"),
        pytest.param(b"/M (D", b"/M (X", id="a moment that is none"),
    ],
)
def test_a_seal_that_names_no_moment_holds_without_one(old, new):
    seal = seal_of(sealed_again(paper(), words=[(old, new)]))

    assert (seal.certificate, seal.at) == (key()[1], None)


def test_a_certificate_of_another_kind_of_key_seals_nothing():
    own = load_der_x509_certificate(key()[1])
    builder = CertificateBuilder(own.subject, own.issuer, RSA.public_key(), own.serial_number, NOW, NOW + YEAR)
    of_rsa = builder.sign(key()[0], hashes.SHA256()).public_bytes(Encoding.DER)

    assert fault_of(sealed_again(paper(), certificate=x509.Certificate.load(of_rsa))) == SealFault.SEAL_IS_BROKEN
    assert seal_of(sealed_again(paper())).certificate == key()[1]


def test_another_implementation_finds_it_whole_and_over_everything():
    reader = PdfFileReader(io.BytesIO(paper()))
    trusting = ValidationContext(trust_roots=[x509.Certificate.load(key()[1])], allow_fetching=False)

    status = validate_pdf_signature(reader.embedded_signatures[0], trusting)

    assert (status.intact, status.valid, status.trusted, status.docmdp_ok) == (True, True, True, True)
    assert status.coverage.name == "ENTIRE_FILE"


def test_one_changed_byte_is_found_wherever_it_is():
    pdf = paper()
    begins, ends = gap_of(pdf)
    dice = random.Random(2569)
    anywhere = dice.sample(range(len(pdf)), 40)
    in_the_seal = dice.sample(range(begins, begins + 1800), 60) + dice.sample(range(begins + 1800, ends), 10)
    for place in (*anywhere, *in_the_seal, 0, len(pdf) - 1, begins, ends - 1):
        try:
            seal = seal_of(flipped(pdf, place))
        except SealBroken:
            continue
        assert seal.certificate != key()[1], f"byte {place} of {len(pdf)}, seal from {begins} to {ends}"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param(lambda pdf: pdf + b"\n", SealFault.SEAL_IS_BROKEN, id="a byte is added"),
        pytest.param(lambda pdf: pdf[:-1], SealFault.SEAL_IS_BROKEN, id="a byte is missing"),
        pytest.param(lambda pdf: pdf + b"/ByteRange [0 1 2 3]", SealFault.SEAL_IS_BROKEN, id="another range is added"),
        pytest.param(
            lambda pdf: RANGE.sub(b"/ByteRange [0 9 9 9]", pdf), SealFault.SEAL_IS_BROKEN, id="the range is empty"
        ),
        pytest.param(lambda pdf: pdf.lower(), SealFault.NO_SEAL, id="everything is in small letters"),
        pytest.param(lambda pdf: b"", SealFault.NO_SEAL, id="nothing is left"),
    ],
)
def test_a_changed_file_has_no_seal_that_holds(change, fault):
    assert fault_of(change(paper())) == fault


def test_a_paper_that_was_never_sealed_has_no_seal():
    assert fault_of(render_certificate(CertificateSheetFactory())) == SealFault.NO_SEAL


def test_the_credential_comes_out_as_it_went_in():
    assert inside(paper()) == signed()


def told(pdf, at_hand):
    document = inside(pdf)
    report = with_seal(verify(document, at_hand, at=NOW), document, pdf, at_hand)
    return report.verdict, report.check(Topic.PAPER)


def test_a_genuine_paper_is_told_so():
    verdict, check = told(paper(), known())

    assert check.because == Because.SEAL_FITS
    assert check.facts["key"].startswith(f"{ISSUER}#x5t-")
    assert verdict == Verdict.GENUINE_NOT_FULLY_CHECKED  # No list was at hand.


def test_whatever_is_inside_a_changed_paper_is_not_genuine():
    changed = paper().replace(b"/Lang", b"/Lamg", 1)

    assert told(changed, known())[0] == Verdict.NOT_GENUINE
    assert not with_seal(verify(signed(), known(), at=NOW), signed(), changed, known()).signature_holds


def test_the_seal_of_another_is_not_the_programmes():
    verdict, check = told(paper(2), known(1))

    assert (verdict, check.because) == (Verdict.NOT_GENUINE, Because.SEALED_BY_ANOTHER)


def test_without_the_keys_of_papers_the_seal_is_left_open():
    verdict, check = told(paper(), sources())

    assert (check.outcome, check.because) == (Outcome.NOT_CHECKED, Because.NO_KEY_OF_THE_SEAL)
    assert verdict == Verdict.GENUINE_NOT_FULLY_CHECKED
    assert told(paper(), Sources())[1].because == Because.NO_KEY_OF_THE_SEAL


@pytest.mark.parametrize(
    ("hours", "because", "outcome"),
    [
        pytest.param(-1, Because.SEALED_AFTER_THEFT, Outcome.FAILED, id="stolen before"),
        pytest.param(1, Because.SEAL_WAS_STOLEN_LATER, Outcome.NOT_CHECKED, id="stolen later"),
    ],
)
def test_a_stolen_key_is_named(hours, because, outcome):
    stolen = known(revoked=seal_of(paper()).at + timedelta(hours=hours))

    check = told(paper(), stolen)[1]

    assert (check.because, check.outcome) == (because, outcome)


EMBEDDED = b"%%PDF-1.7\n1 0 obj\n<</Type/EmbeddedFile%s>>\nstream\n%s\nendstream\n"


@pytest.mark.parametrize(
    ("pdf", "fault"),
    [
        pytest.param(b"%PDF-1.7\n", Fault.NO_DOCUMENT_IN_IT, id="nothing inside"),
        pytest.param(b"%PDF-/EmbeddedFile" * 9, Fault.NO_DOCUMENT_IN_IT, id="names without files"),
        pytest.param(EMBEDDED % (b"", b"{}"), Fault.NO_DOCUMENT_IN_IT, id="another document"),
        pytest.param(EMBEDDED % (b"/Filter/FlateDecode", b"no"), Fault.NO_DOCUMENT_IN_IT, id="packed wrongly"),
        pytest.param(
            EMBEDDED % (b"/Filter/FlateDecode", zlib.compress(b"[" * 40_000_000, 9)),
            Fault.NO_DOCUMENT_IN_IT,
            id="grows without end",
        ),
        pytest.param(b"%PDF-" + b" " * LARGEST_PAPER, Fault.TOO_LARGE, id="too large"),
    ],
)
def test_a_pdf_without_a_credential_is_refused(pdf, fault):
    with pytest.raises(Unreadable) as unreadable:
        inside(pdf)

    assert unreadable.value.fault == fault


def test_an_embedded_file_need_not_be_packed():
    assert inside(EMBEDDED % (b"", json.dumps(signed()).encode())) == signed()
