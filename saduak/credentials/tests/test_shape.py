"""What the public test suite of the W3C's data model 2.0 asks of an issuer, statement by statement.

The statements are those of the suite (w3c/vc-data-model-2.0-test-suite); the examples are our own.
"""

import pytest

from saduak.credentials.contexts import problems_of_words
from saduak.credentials.shape import CONTEXT, problems_of_credential, problems_of_presentation
from saduak.credentials.tests.signers import ISSUER

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
LEAST = {
    "@context": [CONTEXT],
    "type": ["VerifiableCredential"],
    "issuer": ISSUER,
    "credentialSubject": {"id": "did:example:subject"},
}
GONE = object()


def made(**changes):
    return {name: value for name, value in {**LEAST, **changes}.items() if value is not GONE}


def contexts(*more):
    return {"@context": [CONTEXT, *more]}


TYPED = {"type": "https://example.org/#Kind"}
STATUS = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://saduak.example/credentials/status/revocation/1",
}
KIND = {"Kind": "https://example.org/#Kind"}
BOTH = [{"@value": "ใบรับรอง", "@language": "th"}, {"@value": "Certificate", "@language": "en"}]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="the least there is"),
        pytest.param(contexts(EXAMPLES), id="several contexts"),
        pytest.param(contexts(KIND) | {"type": ["VerifiableCredential", "Kind"]}, id="a context as an object"),
        pytest.param(contexts({"own": "https://example.org/own"}) | {"own": 7}, id="a property of its own"),
        pytest.param({"https://example.org/own": 7}, id="a property in full"),
        pytest.param(contexts({"ex": "https://example.org/", "Kind": {"@id": "ex:Kind"}}), id="a word with a prefix"),
        pytest.param(
            contexts("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
            | {"type": ["VerifiableCredential", "OpenBadgeCredential"], "awardedDate": "2026-01-01T00:00:00Z"},
            id="an Open Badge",
        ),
        pytest.param(
            contexts({"@vocab": "https://example.org/"}) | {"own": 7}, id="whatever words, all with a meaning"
        ),
        pytest.param({"id": "urn:uuid:0f8b…".replace("…", "0")}, id="an identifier"),
        pytest.param({"id": "did:example:1"}, id="an identifier of another kind"),
        pytest.param({"type": ["VerifiableCredential", "https://example.org/#Kind"]}, id="a type as an address"),
        pytest.param({"type": ["https://example.org/#Kind", "VerifiableCredential"]}, id="types in any order"),
        pytest.param(
            contexts(EXAMPLES) | {"type": ["VerifiableCredential", "Whatever"]}, id="every word has a meaning"
        ),
        pytest.param({"name": "Certificate", "description": "What it is"}, id="a name as text"),
        pytest.param({"name": BOTH[0]}, id="a name in a language"),
        pytest.param({"name": BOTH, "description": BOTH}, id="a name in several languages"),
        pytest.param({"name": {**BOTH[1], "@direction": "ltr"}}, id="a name with a direction"),
        pytest.param({"issuer": {"id": ISSUER, "name": BOTH}}, id="an issuer as an object"),
        pytest.param({"credentialSubject": [{"id": "did:example:1"}, {"name": "x"}]}, id="several subjects"),
        pytest.param({"validFrom": "2026-01-01T00:00:00.123Z"}, id="a moment with milliseconds"),
        pytest.param({"validUntil": "2026-01-01T00:00:00-05:00"}, id="a moment with an offset"),
        pytest.param({"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2026-01-01T00:00:00Z"}, id="a short term"),
        pytest.param({"credentialStatus": STATUS}, id="a status"),
        pytest.param({"credentialStatus": [STATUS, {**STATUS, "statusPurpose": "suspension"}]}, id="several statuses"),
        pytest.param({"credentialStatus": {"id": "did:example:1", **TYPED}}, id="a status of another kind"),
        pytest.param({"credentialSchema": {"id": "https://example.org/s", "type": "JsonSchema"}}, id="a schema"),
        pytest.param({"refreshService": TYPED, "termsOfUse": [TYPED], "evidence": [TYPED]}, id="what else has a type"),
        pytest.param(
            {"relatedResource": [{"id": "https://example.org/a", "digestSRI": "sha256-x"}]}, id="a related resource"
        ),
    ],
)
def test_a_credential_may_have(changes):
    assert problems_of_credential(made(**changes)) == []
    assert problems_of_words(made(**changes)) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        pytest.param({"@context": GONE}, "@context", id="no context"),
        pytest.param({"@context": CONTEXT}, "@context", id="a context that is no list"),
        pytest.param({"@context": [EXAMPLES, CONTEXT]}, "@context", id="another context first"),
        pytest.param(contexts("https ://no-address/v1"), "@context", id="a context that is no address"),
        pytest.param(contexts(123192875), "@context", id="a context that is a number"),
        pytest.param(contexts("https://unknown.example/v1"), "@context", id="a context that nobody here knows"),
        pytest.param(contexts({"VerifiableCredential": "https://example.org/#Bad"}), "@context", id="a second meaning"),
        pytest.param(
            contexts({"@protected": True, **KIND}, {"Kind": "https://example.org/#Other"}),
            "@context",
            id="a second meaning of a protected word",
        ),
        pytest.param(
            contexts({"Kind": "https ://no-address#Kind"}) | {"type": ["VerifiableCredential", "Kind"]},
            "@context",
            id="a type that stands for no address",
        ),
        pytest.param({"id": None}, "id", id="an identifier that is nothing"),
        pytest.param({"id": "not an address"}, "id", id="an identifier that is no address"),
        pytest.param({"id": ["did:example:1", "did:example:2"]}, "id", id="several identifiers"),
        pytest.param({"type": GONE}, "type", id="no type"),
        pytest.param({"type": ["Kind"]}, "type", id="without the type of a credential"),
        pytest.param(
            contexts({"@vocab": None}) | {"type": ["VerifiableCredential", "Kind"]}, "type", id="unknown type"
        ),
        pytest.param({"statusEntry": STATUS}, "statusEntry", id="a property that means nothing"),
        pytest.param(contexts({"Kind": 7}), "@context", id="a word that stands for a number"),
        pytest.param({"id": "https://[half"}, "id", id="an address that ends too early"),
        pytest.param({"name": {**BOTH[0], "url": "x"}}, "name", id="a name with more in it"),
        pytest.param({"name": {"@value": "x", "@language": "no language"}}, "name", id="a language that is none"),
        pytest.param({"description": 7}, "description", id="a description that is no text"),
        pytest.param({"issuer": {"id": ISSUER, "name": 7}}, "issuer.name", id="an issuer's name that is no text"),
        pytest.param({"issuer": GONE}, "issuer", id="no issuer"),
        pytest.param({"issuer": "no address"}, "issuer", id="an issuer that is no address"),
        pytest.param({"issuer": None}, "issuer", id="an issuer that is nothing"),
        pytest.param({"issuer": {"id": None}}, "issuer", id="an issuer whose identifier is nothing"),
        pytest.param({"issuer": {"id": "no address"}}, "issuer", id="an issuer whose identifier is no address"),
        pytest.param({"issuer": {"name": "x"}}, "issuer", id="an issuer without identifier"),
        pytest.param({"credentialSubject": GONE}, "credentialSubject", id="no subject"),
        pytest.param({"credentialSubject": {}}, "credentialSubject", id="a subject of which nothing is said"),
        pytest.param({"credentialSubject": [{"id": "did:example:1"}, {}]}, "credentialSubject", id="one of them empty"),
        pytest.param({"credentialSubject": "did:example:1"}, "credentialSubject", id="a subject as text"),
        pytest.param(
            {"credentialSubject": {"id": ["did:a:1", "did:a:2"]}}, "credentialSubject.id", id="two subjects' ids"
        ),
        pytest.param({"validFrom": "2026-01-01"}, "validFrom", id="a day instead of a moment"),
        pytest.param({"validUntil": "2026-01-01T00:00:00"}, "validUntil", id="a moment without time zone"),
        pytest.param(
            {"validFrom": "2027-01-01T00:00:00Z", "validUntil": "2026-01-01T00:00:00Z"}, "validUntil", id="ends first"
        ),
        pytest.param({"credentialStatus": {"id": "did:example:1"}}, "credentialStatus", id="a status without type"),
        pytest.param({"credentialStatus": {"type": 2}}, "credentialStatus", id="a status whose type is a number"),
        pytest.param({"credentialStatus": {**STATUS, "id": "no address"}}, "credentialStatus.id", id="a status's id"),
        pytest.param(
            {"credentialStatus": {**STATUS, "id": ["did:a:1", "did:a:2"]}},
            "credentialStatus.id",
            id="two ids of a status",
        ),
        pytest.param(
            {"credentialStatus": {**STATUS, "statusListIndex": True}}, "credentialStatus.statusListIndex", id="no index"
        ),
        pytest.param(
            {"credentialStatus": {**STATUS, "statusListIndex": "-1"}}, "credentialStatus.statusListIndex", id="below 0"
        ),
        pytest.param(
            {"credentialStatus": {**STATUS, "statusPurpose": 1}}, "credentialStatus.statusPurpose", id="no purpose"
        ),
        pytest.param(
            {"credentialStatus": {**STATUS, "statusListCredential": "x"}},
            "credentialStatus.statusListCredential",
            id="no list",
        ),
        pytest.param(
            {"credentialStatus": {**STATUS, "statusSize": 0}}, "credentialStatus.statusSize", id="a size of nothing"
        ),
        pytest.param(
            {"credentialStatus": {**STATUS, "statusSize": 2}}, "credentialStatus.statusMessage", id="no messages"
        ),
        pytest.param(
            {"credentialStatus": {**STATUS, "statusPurpose": "message"}},
            "credentialStatus.statusMessage",
            id="a message without messages",
        ),
        pytest.param(
            {"credentialSchema": {"id": "https://a.example/s"}}, "credentialSchema", id="a schema without type"
        ),
        pytest.param({"credentialSchema": {"type": "JsonSchema"}}, "credentialSchema.id", id="a schema without id"),
        pytest.param({"credentialSchema": {"type": "JsonSchema", "id": 7}}, "credentialSchema.id", id="a schema's id"),
        pytest.param({"refreshService": {"id": "did:a:1"}}, "refreshService", id="a refresh service without type"),
        pytest.param({"termsOfUse": {}}, "termsOfUse", id="terms of use without type"),
        pytest.param({"evidence": [{"id": "did:a:1"}]}, "evidence", id="evidence without type"),
        pytest.param({"proof": {"cryptosuite": "x"}}, "proof", id="a proof without type"),
        pytest.param({"relatedResource": ["https://a.example/"]}, "relatedResource", id="a resource as text"),
        pytest.param({"relatedResource": [{"digestSRI": "x"}]}, "relatedResource", id="a resource without id"),
        pytest.param({"relatedResource": [{"id": "https://a.example/"}]}, "relatedResource", id="without digest"),
        pytest.param(
            {"relatedResource": 2 * [{"id": "https://a.example/", "digestSRI": "x"}]}, "relatedResource", id="twice"
        ),
    ],
)
def test_a_credential_may_not_have(changes, name):
    found = [*problems_of_credential(made(**changes)), *problems_of_words(made(**changes))]

    assert name in {place for place, _ in found}


PRESENTATION = {"@context": [CONTEXT], "type": ["VerifiablePresentation"]}
ENVELOPE = {"@context": CONTEXT, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt;base64,x"}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"id": "urn:uuid:1"},
        {"type": ["VerifiablePresentation", "https://example.org/#Kind"]},
        {"holder": "did:example:1"},
        {"holder": {"id": "did:example:1"}},
        {"verifiableCredential": [LEAST, LEAST]},
        {"verifiableCredential": [ENVELOPE]},
    ],
    ids=str,
)
def test_a_presentation_may_have(changes):
    assert problems_of_presentation(PRESENTATION | changes) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"@context": [EXAMPLES, CONTEXT]}, "@context"),
        ({"type": ["Kind"]}, "type"),
        ({"type": []}, "type"),
        ({"holder": {"name": "x"}}, "holder"),
        ({"verifiableCredential": ["https://a.example/"]}, "verifiableCredential[0]"),
        ({"verifiableCredential": [{"@context": [CONTEXT]}]}, "verifiableCredential[0].type"),
        ({"verifiableCredential": [{**ENVELOPE, "@context": []}]}, "verifiableCredential[0].@context"),
        ({"verifiableCredential": [{**ENVELOPE, "id": "x"}]}, "verifiableCredential[0].id"),
    ],
    ids=str,
)
def test_a_presentation_may_not_have(changes, name):
    assert name in {place for place, _ in problems_of_presentation(PRESENTATION | changes)}
