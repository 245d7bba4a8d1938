"""The seal over a PDF: any byte that changes afterwards breaks it (ลายมือชื่อดิจิทัลบนไฟล์ PDF).

PAdES baseline B-B (ETSI EN 319 142-1) with ECDSA on P-256, as a certifying signature that allows no change. What is
brought to be checked is never taken apart as a PDF: a file is ours when all its bytes, but for the seal itself, are
those that one of our keys has signed, whatever its parts are.
"""

import io
import re
from base64 import b64encode, urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from asn1crypto import cms, keys, x509
from cryptography import x509 as certificates
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

YEARS = 20
"""How long a certificate of our own making says that it holds; a key follows another much earlier."""
ROOM = 8192
"""Hexadecimal digits that a seal may take; one with a certificate of our own making takes about 1,700."""
RANGE = re.compile(rb"/ByteRange ?\[ ?(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10}) ?\]")
HEXADECIMAL = re.compile(rb"<(?:[0-9A-F]{2})+>")
MOMENT = re.compile(rb"/M \(((?:[^()\\]|\\[0-7]{3}){1,60})\)")
OCTAL = re.compile(rb"\\([0-7]{3})")

PrivateKey = ec.EllipticCurvePrivateKey


class SealFault(StrEnum):
    """Why a seal does not hold."""

    NO_SEAL = "no_seal"
    SEAL_IS_BROKEN = "seal_is_broken"
    SEALED_BY_ANOTHER = "sealed_by_another"


@dataclass(frozen=True)
class Seal:
    """A seal that fits every byte of its file: the certificate of its key (DER), and the moment it names, if any."""

    certificate: bytes
    at: datetime | None


class SealBroken(ValueError):
    """The seal does not hold; `fault` says why."""

    def __init__(self, fault: SealFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


def certificate_for(private: PrivateKey, *, name: str, at: datetime) -> bytes:
    """A certificate of our own making for the key, in the name of `name` (64 bytes), as DER (X.509, RFC 5280)."""
    subject = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        certificates.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * YEARS))
        .add_extension(certificates.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_for_sealing(), critical=True)
        .add_extension(certificates.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.DER)


def seal(pdf: bytes, private: PrivateKey, certificate: bytes, *, reason: str) -> bytes:
    """The PDF with a seal over all its bytes, appended to it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # Take long to load.
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(as_der(private)),
        cert_registry=SimpleCertificateStore(),
    )
    described = signers.PdfSignatureMetadata(
        field_name="Seal",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=reason,
    )
    writer = signers.PdfSigner(described, signer=signer)
    # It runs an event loop of its own, which a thread that runs one already would refuse.
    with ThreadPoolExecutor(1) as hand:
        made = hand.submit(writer.sign_pdf, IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=ROOM).result()
    return bytes(made.getbuffer())


def seal_of(pdf: bytes) -> Seal:
    """The seal of a file, if it fits all its bytes; whose it is, the caller asks. Raises SealBroken."""
    signed, written = _parts(pdf)
    try:
        content = cms.ContentInfo.load(written)
        certificate, info = _read(content)
        attributes = {each["type"].native: each["values"][0].native for each in info["signed_attrs"]}
        digest = hashes.Hash(hashes.SHA256())
        for part in signed:
            digest.update(part)
        _demand(attributes["message_digest"] == digest.finalize())
        public = serialization.load_der_public_key(certificate.public_key.dump())
        if not isinstance(public, ec.EllipticCurvePublicKey):
            raise SealBroken(SealFault.SEAL_IS_BROKEN)
        public.verify(info["signature"].native, info["signed_attrs"].untag().dump(), ec.ECDSA(hashes.SHA256()))
        # As ours are written; the room that it does not need is zeros. Last, for writing it anew takes longest.
        _take_what_is_left_out_as_read(info)
        _demand(written == content.dump(force=True).ljust(len(written), b"\0"))
    except SealBroken:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, InvalidSignature, UnsupportedAlgorithm):
        raise SealBroken(SealFault.SEAL_IS_BROKEN) from None
    return Seal(certificate.dump(), _moment_in(signed[1]))


def _parts(pdf: bytes) -> tuple[tuple[bytes, bytes], bytes]:
    """What the seal covers, before and after itself, and the seal."""
    found = next(reversed([*RANGE.finditer(pdf)]), None)  # The last one is the one that was written last.
    if found is None:
        raise SealBroken(SealFault.NO_SEAL)
    first, begins, goes_on, rest = map(int, found.groups())
    gap = pdf[begins:goes_on]
    whole = first == 0 < begins < goes_on and goes_on + rest == len(pdf)
    if not whole or not HEXADECIMAL.fullmatch(gap):
        raise SealBroken(SealFault.SEAL_IS_BROKEN)
    return (pdf[:begins], pdf[goes_on:]), bytes.fromhex(gap[1:-1].decode())


def _read(content: cms.ContentInfo) -> tuple[x509.Certificate, cms.SignerInfo]:
    """The certificate and the signature of a seal that says what ours say."""
    data = content["content"]
    (info,), (chosen,), (algorithm,) = data["signer_infos"], data["certificates"], data["digest_algorithms"]
    certificate = chosen.chosen
    _demand(content["content_type"].native == "signed_data" and data["version"].native == "v1")
    _demand(data["encap_content_info"].native == {"content_type": "data", "content": None})
    _demand(data["crls"].native is None and info["unsigned_attrs"].native is None and info["version"].native == "v1")
    _demand({algorithm["algorithm"].native, info["digest_algorithm"]["algorithm"].native} == {"sha256"})
    _demand({algorithm["parameters"].native, info["digest_algorithm"]["parameters"].native} == {None})
    _demand(info["signature_algorithm"].native == {"algorithm": "sha256_ecdsa", "parameters": None})
    named = info["sid"].chosen
    _demand(named["issuer"].dump() == certificate.issuer.dump())
    _demand(named["serial_number"].native == certificate.serial_number)
    return certificate, info


def _take_what_is_left_out_as_read(info: cms.SignerInfo) -> None:
    """The algorithm that a reference to a certificate leaves out counts as changed since it was read.

    Whatever holds something changed is written twice, and so is all that holds that: a file took 80 ms in place of 3.
    """
    for attribute in info["signed_attrs"]:
        if attribute["type"].native == "signing_certificate_v2":
            for value in attribute["values"]:
                for named in value["certs"]:
                    named["hash_algorithm"]._mutated = False


def _demand(holds: bool) -> None:
    if not holds:
        raise SealBroken(SealFault.SEAL_IS_BROKEN)


def _moment_in(text: bytes) -> datetime | None:
    """The moment of a signature's own dictionary, as D:20261120123201+07'00' or ending with Z."""
    found = MOMENT.search(text)
    if found is None:
        return None
    told = OCTAL.sub(lambda octal: bytes([int(octal[1], 8) & 0xFF]), found[1]).decode("latin-1").replace("'", "")
    try:
        return datetime.strptime(told, "D:%Y%m%d%H%M%S%z")
    except ValueError:
        return None


def _for_sealing() -> certificates.KeyUsage:
    return certificates.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def as_der(private: PrivateKey) -> bytes:
    """The private key as PKCS #8, not encrypted."""
    return private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def from_der(told: bytes) -> PrivateKey:
    """The private key that `as_der` told."""
    private = serialization.load_der_private_key(told, password=None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)  # noqa: S101  No other is ever kept.
    return private


def reference_of(certificate: bytes) -> str:
    """What the key of a certificate is called among the keys of its issuer."""
    return "x5t-" + sha256(certificate).hexdigest()[:40]


def as_jwk(certificate: bytes) -> dict[str, object]:
    """The public key of a certificate as a JSON Web Key, with the certificate (RFC 7517, RFC 7518 section 6.2)."""
    public = certificates.load_der_x509_certificate(certificate).public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)  # noqa: S101  No other is ever kept.
    numbers = public.public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "alg": "ES256",
        "x": _base64url(numbers.x.to_bytes(32)),
        "y": _base64url(numbers.y.to_bytes(32)),
        "x5c": [b64encode(certificate).decode()],
    }


def _base64url(told: bytes) -> str:
    return urlsafe_b64encode(told).rstrip(b"=").decode()
