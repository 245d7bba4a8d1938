"""Sealed papers of the issuer of tests, each with a credential inside."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec

from saduak.credentials import sealing
from saduak.credentials.dids import Method, PaperMethod, document_of
from saduak.credentials.multikey import public_text
from saduak.credentials.sources import Sources, given
from saduak.credentials.tests.signers import ISSUER, KEY, METHOD, signed
from saduak.documents.certificates import CertificateSheet, render_certificate

MADE = datetime(2026, 10, 1, tzinfo=UTC)
SHEET = CertificateSheet(
    number="GECC-2569-0001",
    centre_th="ศูนย์ราชการสะดวกทดสอบ",
    agency_th="กรมทดสอบ",
    level="excellent",
    level_th="เป็นเลิศ",
    level_en="Excellent",
    year_be=2569,
    issued_on=date(2026, 10, 1),
    expires_on=date(2029, 9, 30),
    signatory_office_th="ประธานกรรมการ",
    verify_url="https://saduak.example/register/c/GECC-2569-0001/",
)


def key(which=1):
    """A key that seals, the same for one number, with its certificate."""
    return _key(which)


@cache
def _key(which):
    private = ec.derive_private_key(which, ec.SECP256R1())
    return private, sealing.certificate_for(private, name="GECC", at=MADE)


def paper(which=1):
    """A certificate with a signed credential inside, sealed by that key."""
    return _paper(which)


@cache
def _paper(which):
    sheet = replace(SHEET, credential=json.dumps(signed(), ensure_ascii=False))
    return sealing.seal(render_certificate(sheet), *key(which), reason="GECC")


def known(which=1, *, revoked=None):
    """Sources that know the sealing key of that number, besides the signing keys."""
    certificate = key(which)[1]
    address = f"{ISSUER}#{sealing.reference_of(certificate)}"
    document = document_of(ISSUER, [Method(METHOD, public_text(KEY))], [PaperMethod(address, certificate, revoked)])
    return Sources(issuers=given({ISSUER: document}), trusted=frozenset({ISSUER}))
