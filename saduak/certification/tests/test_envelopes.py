"""What a device may send, before anything is looked up; no database is asked."""

from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from saduak.certification.operations.envelopes import FieldRefused, canonical, known_key, opened
from saduak.certification.tests.devices import base64

MARK = {"kind": "mark", "code": "P1", "answer": "met", "note": ""}
PHOTO = {
    "kind": "photo",
    "photo": str(uuid4()),
    "code": "P1",
    "sha256": "a" * 64,
    "taken_at": "2026-11-20T09:00:00+07:00",
    "latitude": "18.58",
    "longitude": "99.01",
    "accuracy": 12,
}
EVENT = {
    "uuid": str(uuid4()),
    "device": str(uuid4()),
    "seq": 1,
    "visit": 7,
    "base_version": [],
    "payload": MARK,
    "client_time": "2026-11-20T09:00:00+07:00",
    "clock_offset": 0,
}


def sent(payload=MARK, **changes):
    return {"event": {**EVENT, "payload": payload, **changes}, "signature": "x"}


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(MARK, id="a mark"),
        pytest.param(PHOTO, id="a photograph of a place"),
        pytest.param(PHOTO | {"latitude": None, "longitude": None, "accuracy": None}, id="a photograph of no place"),
        pytest.param({"kind": "drop_photo", "photo": str(uuid4())}, id="a photograph is dropped"),
        pytest.param({"kind": "submit", "marks": "b" * 64}, id="handing in"),
    ],
)
def test_what_a_device_says_is_taken_as_it_is(payload):
    envelope = opened(sent(payload))

    assert (envelope.kind, envelope.payload, envelope.code) == (payload["kind"], payload, payload.get("code", ""))


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(sent(MARK | {"points": 5}), id="a field too many"),
        pytest.param(sent(PHOTO | {"kind": "submit"}), id="the fields of another kind"),
        pytest.param(sent({"kind": "wish"}), id="no kind"),
        pytest.param(sent(MARK | {"note": "ก\x00"}), id="a note with an unseen character"),
        pytest.param(sent(MARK | {"answer": "m" * 21}), id="a long answer"),
        pytest.param(sent(MARK | {"code": "ข้อ 1"}), id="a code that is none"),
        pytest.param(sent(base_version="a" * 64), id="a base that is no list"),
        pytest.param(sent(base_version=["a" * 64] * 51), id="a base of too many"),
        pytest.param(sent(base_version=["A"]), id="a base that is no version"),
        pytest.param(sent(seq=True), id="a yes for a number"),
        pytest.param(sent(seq=0), id="a number too small"),
        pytest.param(sent(client_time="2026-11-20T09:00:00"), id="a moment of no zone"),
        pytest.param(sent(client_time="1999-11-20T09:00:00Z"), id="a moment long ago"),
        pytest.param(sent(PHOTO | {"latitude": None}), id="half a place"),
        pytest.param(sent(PHOTO | {"latitude": "90.01"}), id="beyond the pole"),
        pytest.param(sent(PHOTO | {"longitude": "north"}), id="a place in words"),
        pytest.param(sent(PHOTO | {"accuracy": -1}), id="less than exact"),
        pytest.param({**sent(), "signature": 5}, id="a number for a signature"),
        pytest.param({"event": EVENT}, id="no signature"),
        pytest.param("event", id="words"),
    ],
)
def test_what_no_device_says_is_refused(item):
    with pytest.raises(FieldRefused):
        opened(item)


@pytest.mark.parametrize("content", [float("nan"), 2**70, "\ud800"], ids=["no number", "too large", "half a character"])
def test_what_cannot_be_said_exactly_has_no_version(content):
    with pytest.raises(FieldRefused):
        canonical({"note": content})


def public(key):
    return base64(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def test_a_device_has_a_key_on_the_one_curve():
    text = public(ec.generate_private_key(ec.SECP256R1()))

    assert known_key(text) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ก", id="Thai"),
        pytest.param("aGVsbG8", id="no key"),
        pytest.param(public(ec.generate_private_key(ec.SECP384R1())), id="another curve"),
        pytest.param(public(rsa.generate_private_key(65537, 2048)), id="another kind"),
    ],
)
def test_any_other_key_is_refused(text):
    with pytest.raises(FieldRefused):
        known_key(text)
