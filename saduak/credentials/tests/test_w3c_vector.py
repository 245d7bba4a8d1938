"""The test vector of the W3C is reproduced byte for byte.

Source: Data Integrity EdDSA Cryptosuites 1.0, appendix B.3 (representation: eddsa-jcs-2022). The example names are the
W3C's; the values are facts.
"""

import hashlib
from datetime import UTC, datetime

from saduak.credentials import multikey, proofs
from saduak.credentials.reading import canonical

PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
PRIVATE = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
METHOD = f"did:key:{PUBLIC}#{PUBLIC}"
CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"]
DOCUMENT = {
    "@context": CONTEXTS,
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
CREATED = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
CANONICAL_DOCUMENT = (
    b'{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/examples/v2"],'
    b'"credentialSubject":{"alumniOf":"The School of Examples","id":"did:example:abcdefgh"},'
    b'"description":"A minimum viable example of an Alumni Credential.",'
    b'"id":"urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33","issuer":"https://vc.example/issuers/5678",'
    b'"name":"Alumni Credential","type":["VerifiableCredential","AlumniCredential"],'
    b'"validFrom":"2023-01-01T00:00:00Z"}'
)
CANONICAL_FACTS = (
    b'{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/examples/v2"],'
    b'"created":"2023-02-24T23:36:38Z","cryptosuite":"eddsa-jcs-2022","proofPurpose":"assertionMethod",'
    b'"type":"DataIntegrityProof","verificationMethod":"did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2'
    b'#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"}'
)
DOCUMENT_HASH = "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
FACTS_HASH = "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
SIGNATURE = (
    "407cd12654b33d718ecbb99179a1506daaa849450bf3fc523cce3e1c96f8b803"
    "51da3f253d725c6f00b07c9e5448d50b3ef78012b9ab54255116d069c6dd2808"
)
PROOF_VALUE = "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"


def test_the_keys_are_read_and_written():
    key = multikey.read_private(PRIVATE)

    assert (multikey.public_text(key), multikey.private_text(key)) == (PUBLIC, PRIVATE)
    assert multikey.public_text(multikey.read_public(PUBLIC)) == PUBLIC


def test_the_document_has_the_same_canonical_form_and_hash():
    assert canonical(DOCUMENT) == CANONICAL_DOCUMENT
    assert hashlib.sha256(CANONICAL_DOCUMENT).hexdigest() == DOCUMENT_HASH


def test_the_proof_has_the_same_facts_hashes_and_signature():
    signed = proofs.sign(DOCUMENT, multikey.read_private(PRIVATE), method=METHOD, created=CREATED)

    facts = {name: value for name, value in signed["proof"].items() if name != "proofValue"}
    assert canonical(facts) == CANONICAL_FACTS
    assert proofs.signed_bytes(DOCUMENT, facts).hex() == FACTS_HASH + DOCUMENT_HASH
    assert multikey.from_multibase(signed["proof"]["proofValue"]).hex() == SIGNATURE
    assert signed["proof"]["proofValue"] == PROOF_VALUE
    assert {name: value for name, value in signed.items() if name != "proof"} == DOCUMENT


def test_the_vector_holds_under_its_key():
    secured = {**DOCUMENT, "proof": {**_facts(), "proofValue": PROOF_VALUE}}

    assert proofs.mismatch(secured, secured["proof"], multikey.read_public(PUBLIC)) is None


def _facts():
    return proofs.sign(DOCUMENT, multikey.read_private(PRIVATE), method=METHOD, created=CREATED)["proof"]
