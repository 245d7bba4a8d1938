"""Reading what a device has signed: nothing is believed before its shape and its signature are right."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import FieldDevice, FieldEvent
from saduak.certification.sealing import from_base64

LONGEST_NOTE = 4000
FIELDS = {"uuid", "device", "seq", "visit", "base_version", "payload", "client_time", "clock_offset"}
_VERSION = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[\w.-]{1,20}")


class FieldRefused(Exception):
    """Something from a device cannot be taken; `reason` says why, for a person. Nothing was changed."""

    def __init__(self, reason: object) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True)
class Envelope:
    """One signed event as it was read; `content` is exactly what was signed."""

    content: dict[str, Any]
    signature: str
    uuid: UUID
    device: UUID
    seq: int
    visit: int
    base: tuple[str, ...]
    payload: dict[str, Any]
    client_time: datetime
    clock_offset: int

    @property
    def kind(self) -> FieldEvent.Kind:
        """What kind of change it is."""
        return FieldEvent.Kind(self.payload["kind"])

    @property
    def code(self) -> str:
        """The line that it concerns; "" for the whole sheet."""
        return str(self.payload.get("code", ""))

    @property
    def sha256(self) -> str:
        """The version that it makes."""
        return version_of(self.content)


def canonical(content: Any) -> bytes:
    """RFC 8785: the same bytes on the device and here. Raises FieldRefused for what JSON cannot say exactly."""
    try:
        return rfc8785.dumps(content)
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeEncodeError):
        raise FieldRefused(_("The entry is damaged.")) from None


def version_of(content: Any) -> str:
    """The name of the version that an event makes."""
    return hashlib.sha256(canonical(content)).hexdigest()


def opened(item: Any) -> Envelope:
    """One `{"event": …, "signature": …}` as it comes from a device. Raises FieldRefused for a wrong shape."""
    try:
        event, signature = item["event"], item["signature"]
        if set(event) != FIELDS or not isinstance(signature, str) or len(signature) > 200:
            raise ValueError("shape")
        return Envelope(
            content=event,
            signature=signature,
            uuid=UUID(_text(event["uuid"], 36)),
            device=UUID(_text(event["device"], 36)),
            seq=_whole(event["seq"], 1, 2**31 - 1),
            visit=_whole(event["visit"], 1, 2**53),
            base=_base(event["base_version"]),
            payload=_payload(event["payload"]),
            client_time=_moment(event["client_time"]),
            clock_offset=_whole(event["clock_offset"], -(2**31), 2**31 - 1),
        )
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation, OverflowError):
        raise FieldRefused(_("The entry is damaged.")) from None


def verify(envelope: Envelope, device: FieldDevice) -> None:
    """Raises FieldRefused unless the event was signed by that device's own key."""
    key = load_der_public_key(from_base64(device.public_key))
    try:
        raw = from_base64(envelope.signature)
        if len(raw) != 64 or not isinstance(key, ec.EllipticCurvePublicKey):
            raise InvalidSignature
        both = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        key.verify(both, canonical(envelope.content), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        raise FieldRefused(_("The entry was not signed by the device that it names.")) from None


def known_key(text: str) -> str:
    """A device's public key, checked. Raises FieldRefused for anything but a P-256 key."""
    try:
        key = load_der_public_key(from_base64(text))
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise FieldRefused(_("The key of this device cannot be read."))
    return text


def _payload(payload: dict[str, Any]) -> dict[str, Any]:
    kind = FieldEvent.Kind(payload["kind"])
    match kind:
        case FieldEvent.Kind.MARK:
            _exactly(payload, {"kind", "code", "answer", "note"})
            _matching(_CODE, payload["code"])
            _text(payload["answer"], 20)
            _text(payload["note"], LONGEST_NOTE)
        case FieldEvent.Kind.PHOTO:
            _exactly(payload, {"kind", "photo", "code", "sha256", "taken_at", "latitude", "longitude", "accuracy"})
            UUID(_text(payload["photo"], 36))
            _matching(_CODE, payload["code"])
            _matching(_VERSION, payload["sha256"])
            _moment(payload["taken_at"])
            _place(payload)
        case FieldEvent.Kind.DROP_PHOTO:
            _exactly(payload, {"kind", "photo"})
            UUID(_text(payload["photo"], 36))
        case _:  # Handing in.
            _exactly(payload, {"kind", "marks"})
            _matching(_VERSION, payload["marks"])
    return payload


def _exactly(payload: dict[str, Any], fields: set[str]) -> None:
    if set(payload) != fields:
        raise ValueError("fields")


def _base(versions: Any) -> tuple[str, ...]:
    if not isinstance(versions, list) or len(versions) > 50:
        raise ValueError("base")
    for version in versions:
        _matching(_VERSION, version)
    return tuple(versions)


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        raise ValueError("text")
    return value


def _matching(pattern: re.Pattern[str], value: Any) -> None:
    if not pattern.fullmatch(_text(value, 100)):
        raise ValueError("text")


def _whole(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError("number")
    return value


def _moment(value: Any) -> datetime:
    at = datetime.fromisoformat(_text(value, 40))
    if at.tzinfo is None or not 2000 <= at.year <= 2200:
        raise ValueError("moment")
    return at.astimezone(UTC)


def _place(payload: dict[str, Any]) -> None:
    latitude, longitude, accuracy = payload["latitude"], payload["longitude"], payload["accuracy"]
    if (latitude is None) != (longitude is None):
        raise ValueError("place")
    if latitude is not None and (abs(Decimal(_text(latitude, 12))) > 90 or abs(Decimal(_text(longitude, 12))) > 180):
        raise ValueError("place")
    if accuracy is not None:
        _whole(accuracy, 0, 10_000_000)
