"""Files from devices that travel by other hands are sealed so that only the platform opens them (การผนึกไฟล์)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.encoding import force_bytes

FORMAT = "saduak-field-export/1"
_INFO = b"saduak field export 1"
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The number of points of P-256 (NIST SP 800-186)."""


class SealBroken(Exception):
    """The file cannot be opened: it is damaged, or it was sealed for a key that the platform no longer has."""


def public_point() -> str:
    """The platform's key as devices take it along: an uncompressed point of P-256 in base64."""
    point = _private(settings.SECRET_KEY).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return to_base64(point)


def unsealed(file: Any) -> dict[str, Any]:
    """The content of a file as docs/field-export.md describes it. Raises SealBroken."""
    try:
        if file["format"] != FORMAT:
            raise SealBroken
        seal = file["server"]
        ephemeral = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64(seal["ephemeral"]))
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            shared = HKDF(SHA256(), 32, salt=None, info=_INFO).derive(_private(secret).exchange(ec.ECDH(), ephemeral))
            try:
                key = AESGCM(shared).decrypt(from_base64(seal["iv"]), from_base64(seal["wrapped"]), None)
            except InvalidTag:
                continue
            return dict(json.loads(AESGCM(key).decrypt(from_base64(file["iv"]), from_base64(file["content"]), None)))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidTag, RecursionError) as wrong:
        raise SealBroken from wrong
    raise SealBroken


def to_base64(content: bytes) -> str:
    """Base64 for addresses and files, without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """The bytes again. Raises ValueError."""
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))


def _private(secret: str | bytes) -> ec.EllipticCurvePrivateKey:
    """A key that follows from the signing key, so that no other secret must be kept."""
    drawn = HKDF(SHA256(), 48, salt=None, info=b"saduak field export key").derive(force_bytes(secret))
    return ec.derive_private_key(int.from_bytes(drawn) % (_ORDER - 1) + 1, ec.SECP256R1())
