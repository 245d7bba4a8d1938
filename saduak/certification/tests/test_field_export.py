"""Files that devices seal for the platform, and that anybody may carry."""

import json
import os
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from saduak.certification.models import FieldPhoto, ScoreSheet
from saduak.certification.operations import bringing, photographs
from saduak.certification.operations.bringing import bring_in
from saduak.certification.operations.envelopes import FieldRefused
from saduak.certification.rules import Phase
from saduak.certification.sealing import FORMAT, SealBroken, from_base64, public_point, unsealed
from saduak.certification.tests.devices import Device, base64
from saduak.certification.tests.world import World, picture


def sealed(content):
    """As docs/field-export.md describes it."""
    platform = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64(public_point()))
    ephemeral, key, first, second = (
        ec.generate_private_key(ec.SECP256R1()),
        os.urandom(32),
        os.urandom(12),
        os.urandom(12),
    )
    shared = HKDF(SHA256(), 32, salt=None, info=b"saduak field export 1").derive(
        ephemeral.exchange(ec.ECDH(), platform)
    )
    point = ephemeral.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    wrapped = AESGCM(shared).encrypt(first, key, None)
    return {
        "format": FORMAT,
        "server": {"ephemeral": base64(point), "iv": base64(first), "wrapped": base64(wrapped)},
        "iv": base64(second),
        "content": base64(AESGCM(key).encrypt(second, json.dumps(content).encode(), None)),
    }


class TestSeal:
    """Without a database."""

    def test_the_platform_opens_what_was_sealed_for_it(self):
        assert unsealed(sealed({"events": [1]})) == {"events": [1]}

    def test_also_after_its_secret_was_changed_while_the_old_one_is_known(self, settings):
        file = sealed({"events": []})
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret", [settings.SECRET_KEY]

        assert unsealed(file) == {"events": []}

        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(SealBroken):
            unsealed(file)

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param({"format": "saduak-field-export/0"}, id="another format"),
            pytest.param({"iv": base64(b"x" * 12)}, id="another beginning"),
            pytest.param({"content": "ก"}, id="no base64"),
            pytest.param({"server": {}}, id="no seal"),
            pytest.param({"server": None}, id="nothing for a seal"),
        ],
    )
    def test_a_changed_file_does_not_open(self, change):
        with pytest.raises(SealBroken):
            unsealed(sealed({"events": []}) | change)


@pytest.mark.django_db
class TestBringing:
    """What a file holds is taken in as if the device had sent it."""

    @pytest.fixture
    def world(self):
        return World()

    @pytest.fixture
    def noon(self, world):
        return world.during(Phase.VISITS, 12)

    @pytest.fixture
    def device(self, world):
        return Device(world.member, world.visited().current_visit)

    def brought(self, content, world, noon):
        return bring_in(json.dumps(sealed(content)).encode(), by=world.member, at=noon)

    def test_marks_and_photographs_are_taken_in_once(self, world, device, noon):
        content = picture().read()
        photo = device.photo("P1", sha256(content).hexdigest())
        file = {
            "events": [device.mark("P1", "met"), photo, device.mark("nowhere", "met")],
            "photos": [
                {"photo": photo["event"]["payload"]["photo"], "content": base64(content)},
                {"photo": "of nothing", "content": base64(content)},
                {"content": "without a name"},
            ],
        }

        first, second = self.brought(file, world, noon), self.brought(file, world, noon)

        assert (first.accepted, first.known, len(first.refused), first.photographs) == (2, 0, 1, 1)
        assert (second.accepted, second.known, len(second.refused), second.photographs) == (0, 2, 1, 0)
        assert first.sheets == second.sheets == (ScoreSheet.objects.get(assessor=world.member),)
        assert FieldPhoto.objects.get().attachment is not None

    def test_a_photograph_that_was_damaged_is_left_out(self, world, device, noon):
        photo = device.photo("P1", "0" * 64)
        item = {"photo": photo["event"]["payload"]["photo"], "content": base64(b"something else")}

        assert self.brought({"events": [photo], "photos": [item]}, world, noon).photographs == 0
        assert FieldPhoto.objects.get().attachment is None

    def test_a_sheet_has_so_many_photographs_and_no_more(self, world, device, noon, monkeypatch):
        monkeypatch.setattr(photographs, "MOST_PHOTOS", 1)

        self.brought({"events": [device.photo("P1", "1" * 64), device.photo("P1", "2" * 64)]}, world, noon)

        assert FieldPhoto.objects.count() == 1

    @pytest.mark.parametrize("content", [b"no file", b"[]", b'{"format": "saduak-field-export/1"}'])
    def test_a_file_that_is_none_is_refused(self, world, noon, content):
        with pytest.raises(FieldRefused):
            bring_in(content, by=world.member, at=noon)

    def test_a_file_of_too_many_events_is_refused(self, world, device, noon, monkeypatch):
        monkeypatch.setattr(bringing, "MOST_IN_A_FILE", 1)

        with pytest.raises(FieldRefused):
            self.brought({"events": [device.mark("P1", "met"), device.mark("P2", "met")]}, world, noon)
        assert not ScoreSheet.objects.exists()
