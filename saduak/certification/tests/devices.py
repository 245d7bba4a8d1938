"""A device as an assessor has it, without a browser: it signs its changes and knows what it made them upon."""

from base64 import urlsafe_b64encode
from datetime import UTC
from uuid import UUID, uuid4

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from saduak.certification.operations import devices
from saduak.certification.operations.envelopes import canonical, version_of


def base64(content):
    return urlsafe_b64encode(content).rstrip(b"=").decode()


class Device:
    """`Device(person, visit)` is registered and has the dossier; `mark` and `submit` give signed events."""

    def __init__(self, owner, visit, *, at=None):
        self.owner, self.visit = owner, visit
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.seq = 0
        self.clock_offset = 0
        self.lines = {}
        self.marks = {}
        public = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.known = devices.register(uuid4(), "โทรศัพท์", base64(public), by=owner)
        devices.take_along(visit, self.known, by=owner, at=at)

    def owner_sheet(self):
        return self.visit.sheets.get(assessor=self.owner)

    def signed(self, event):
        first, second = decode_dss_signature(self.key.sign(canonical(event), ec.ECDSA(hashes.SHA256())))
        return {"event": event, "signature": base64(first.to_bytes(32) + second.to_bytes(32))}

    def event(self, payload, *, base=(), at=None):
        self.seq += 1
        return {
            "uuid": str(uuid4()),
            "device": str(self.known.uuid),
            "seq": self.seq,
            "visit": self.visit.pk,
            "base_version": sorted(base),
            "payload": payload,
            "client_time": (at or timezone.now()).astimezone(UTC).isoformat(),
            "clock_offset": self.clock_offset,
        }

    def mark(self, code, answer, note="", *, at=None):
        event = self.event(
            {"kind": "mark", "code": code, "answer": answer, "note": note}, base=self.lines.get(code, ()), at=at
        )
        self.lines[code] = [version_of(event)]
        self.marks[code] = [code, answer, note]
        return self.signed(event)

    def submit(self, *, at=None):
        said = sorted(mark for mark in self.marks.values() if mark[1] or mark[2])
        return self.signed(self.event({"kind": "submit", "marks": version_of(said)}, at=at))

    def everything(self, *, at=None, **different):
        """A mark for every leaf, met in full but for what is named."""
        leaves = self.visit.application.library.leaves.values()
        full = {leaf.code: "met" if leaf.is_yes_or_no else f"{leaf.max_score:f}" for leaf in leaves}
        return [self.mark(code, said, at=at) for code, said in {**full, **different}.items()]

    def photo(self, code, sha256, **place):
        facts = {"latitude": None, "longitude": None, "accuracy": None, **place}
        payload = {
            "kind": "photo",
            "photo": str(uuid4()),
            "code": code,
            "sha256": sha256,
            "taken_at": timezone.now().astimezone(UTC).isoformat(),
            **facts,
        }
        return self.signed(self.event(payload))

    def drop(self, photo):
        return self.signed(self.event({"kind": "drop_photo", "photo": photo["event"]["payload"]["photo"]}))


def edited(device, item, **payload):
    """The same event with other content, signed by the same device: as after a restored backup."""
    event = {**item["event"], "payload": {**item["event"]["payload"], **payload}}
    return device.signed(event)


def uuid_of(item):
    return UUID(item["event"]["uuid"])
