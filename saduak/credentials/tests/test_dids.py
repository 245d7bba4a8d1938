from datetime import UTC, datetime

import pytest

from saduak.credentials.dids import Method, address_of, described_by_itself, document_of, method_in, web_did
from saduak.credentials.multikey import public_text
from saduak.credentials.proofs import Purpose
from saduak.credentials.tests.signers import ISSUER, KEY, METHOD

PUBLIC = public_text(KEY)


@pytest.mark.parametrize(
    ("address", "path", "did"),
    [
        pytest.param("https://gecc.example.go.th", "", "did:web:gecc.example.go.th", id="a host"),
        pytest.param("https://GECC.example.go.th/", "example", "did:web:gecc.example.go.th:example", id="with a path"),
        pytest.param("http://localhost:8000", "", "did:web:localhost%3A8000", id="with a port"),
    ],
)
def test_an_issuer_is_named_by_its_web_address(address, path, did):
    assert web_did(address, path) == did


@pytest.mark.parametrize(
    ("did", "address"),
    [
        ("did:web:gecc.example.go.th", "https://gecc.example.go.th/.well-known/did.json"),
        ("did:web:gecc.example.go.th:example", "https://gecc.example.go.th/example/did.json"),
        ("did:web:localhost%3A8000", "https://localhost:8000/.well-known/did.json"),
        ("did:web:", None),
        ("did:web:a/b", None),
        ("did:web:a%2Fb", None),
        ("did:web:a:..", None),
        ("did:web:a::b", None),
        ("did:web:user@host", None),
        ("did:key:z6Mk", None),
        ("https://a.example", None),
    ],
)
def test_where_the_document_of_an_issuer_lies(did, address):
    assert address_of(did) == address


def test_every_key_is_found_at_its_address():
    document = document_of(ISSUER, [Method(METHOD, PUBLIC)])

    assert method_in(document, METHOD, Purpose.ASSERTION) == Method(METHOD, PUBLIC)
    assert method_in(document, f"{ISSUER}#other", Purpose.ASSERTION) is None
    assert method_in(document, METHOD, "keyAgreement") is None


def test_a_stolen_key_says_since_when():
    stolen = datetime(2026, 5, 1, tzinfo=UTC)

    assert method_in(document_of(ISSUER, [Method(METHOD, PUBLIC, stolen)]), METHOD, Purpose.ASSERTION).revoked == stolen


def test_short_addresses_are_read_as_those_of_their_document():
    document = {
        "id": ISSUER,
        "verificationMethod": {"id": "#k", "type": "Multikey", "controller": ISSUER, "publicKeyMultibase": PUBLIC},
        "assertionMethod": "#k",
    }

    assert method_in(document, f"{ISSUER}#k", Purpose.ASSERTION) == Method(f"{ISSUER}#k", PUBLIC)


@pytest.mark.parametrize(
    "wrong",
    [{"controller": "did:web:elsewhere.example"}, {"type": "JsonWebKey"}, {"publicKeyMultibase": 7}],
    ids=["controlled by others", "of another type", "no text"],
)
def test_a_key_that_is_not_the_issuers_own_is_not_taken(wrong):
    document = document_of(ISSUER, [Method(METHOD, PUBLIC)])
    document["verificationMethod"][0] |= wrong

    assert method_in(document, METHOD, Purpose.ASSERTION) is None


def test_a_key_that_is_its_own_name_needs_no_look_up():
    did = f"did:key:{PUBLIC}"

    assert method_in(described_by_itself(did), f"{did}#{PUBLIC}", Purpose.ASSERTION).public == PUBLIC
    assert described_by_itself(ISSUER) is None
