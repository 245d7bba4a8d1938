"""The modules that verify in a browser come to what Python comes to, on the same documents."""

import copy
import json
from datetime import timedelta

import pytest

from saduak.credentials.dids import Method, document_of
from saduak.credentials.reading import Unreadable, read
from saduak.credentials.sources import given
from saduak.credentials.tests.signers import (
    INDEX,
    ISSUER,
    NEXT_KEY,
    NEXT_METHOD,
    NOW,
    OTHER_KEY,
    SIGNED,
    listing,
    signed,
    sources,
)
from saduak.credentials.verifying import verify
from tests.support.node import run

PROGRAM = """
    const { read } = await import(`${site}/credentials/reading.js`);
    const { verdictOf } = await import(`${site}/credentials/reports.js`);
    const { verify } = await import(`${site}/credentials/verifying.js`);
    const told = {};
    for (const [name, { text, issuers, lists, trusted, examples, at }] of Object.entries(await given())) {
        const look = (kept) => async (asked) => (kept[asked] ? { document: kept[asked], how: "given" } : null);
        const sources = {
            issuers: look(issuers), lists: look(lists), trusted: new Set(trusted), examples: new Set(examples),
        };
        try {
            const report = await verify(read(new TextEncoder().encode(text)), sources, at);
            told[name] = { verdict: verdictOf(report), checks: report.checks };
        } catch (error) {
            if (!error.fault) throw error;
            told[name] = error.fault;
        }
    }
    console.log(JSON.stringify(told));
"""
EMPTY = [listing("revocation"), listing("suspension")]
STATUS = signed()["credentialStatus"]
DAY = timedelta(days=1)
ELSEWHERE = "did:web:elsewhere.example"


def changed(**changes):
    return {**signed(), **changes}


def proof(**changes):
    return changed(proof={**signed()["proof"], **changes})


def case(document, at=NOW, **at_hand):
    """A document, as an object or as its text, with what is at hand."""
    return document, at_hand, at


def tampered():
    """The document with each of its facts changed in turn, down to the last one inside."""
    for path in paths(signed()):
        document = copy.deepcopy(signed())
        *way, last = path
        place = document
        for step in way:
            place = place[step]
        place[last] = place[last] + "x"
        yield "tampered " + ".".join(map(str, path)), case(document)


def paths(value, way=()):
    """The way to every text inside."""
    if isinstance(value, str):
        yield way
    else:
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(inner, (*way, name))


CASES = {
    "genuine": case(signed()),
    "written with other blanks and another order": case(
        json.dumps(dict(reversed(signed().items())), indent=3, ensure_ascii=True)
    ),
    "with a byte order mark": case("\ufeff" + json.dumps(signed())),
    **dict(tampered()),
    "another key in our name": case(signed(key=OTHER_KEY)),
    "somebody else's key": case(signed(method=f"{ELSEWHERE}#k")),
    "a key that the issuer never had": case(signed(method=f"{ISSUER}#unknown")),
    "a key that is none": case(
        signed(method=f"{ISSUER}#bad"),
        issuers=given({ISSUER: document_of(ISSUER, [Method(f"{ISSUER}#bad", "z6MkIsNoKey")])}),
    ),
    "another issuer": case(signed(), trusted=frozenset({ELSEWHERE})),
    "nobody trusted": case(signed(), trusted=frozenset()),
    "no keys at hand": case(signed(issuer=ELSEWHERE, method=f"{ELSEWHERE}#k")),
    "an example": case(signed(), examples=frozenset({ISSUER})),
    "an expired example": case(signed(validUntil="2026-11-01T00:00:00Z"), examples=frozenset({ISSUER})),
    "no proof": case({name: value for name, value in signed().items() if name != "proof"}),
    "another kind of proof": case(proof(cryptosuite="ecdsa-jcs-2019")),
    "a chained proof": case(proof(previousProof="urn:uuid:1")),
    "a proof for another purpose": case(proof(proofPurpose="authentication")),
    "a proof that is cut off": case(proof(proofValue=signed()["proof"]["proofValue"][:-2])),
    "a proof in other letters": case(proof(proofValue="u" + signed()["proof"]["proofValue"][1:])),
    "a proof over other contexts": case(proof(**{"@context": ["https://elsewhere.example/"]})),
    "a proof of no day": case(proof(created="2026-02-30T00:00:00Z")),
    "proofs without end": case(changed(proof=9 * [signed()["proof"]])),
    "a second proof": case(signed(signed(), key=NEXT_KEY, method=NEXT_METHOD)),
    "a second proof that does not hold": case(signed(signed(), key=OTHER_KEY)),
    "not yet valid": case(signed(validFrom="2026-12-01T00:00:00Z")),
    "expired": case(signed(), at=NOW + 2000 * DAY),
    "at its last moment": case(signed(validUntil="2026-11-20T12:00:00.000+07:00")),
    "after the theft": case(signed(), stolen=SIGNED),
    "before the theft": case(signed(), stolen=SIGNED + DAY),
    "revoked": case(signed(), lists=[listing("revocation", INDEX), EMPTY[1]]),
    "suspended": case(signed(), lists=[EMPTY[0], listing("suspension", INDEX)]),
    "its neighbours revoked": case(signed(), lists=[listing("revocation", INDEX - 1, INDEX + 1), EMPTY[1]]),
    "no list at hand": case(signed(), lists=[]),
    "an outdated list": case(signed(), lists=[listing("revocation", created=NOW - 2 * DAY), EMPTY[1]]),
    "an old list that holds": case(signed(), lists=[listing("revocation", created=NOW - 2 * DAY, until=NOW), EMPTY[1]]),
    "revoked in an old list": case(signed(), lists=[listing("revocation", INDEX, created=NOW - 9 * DAY), EMPTY[1]]),
    "suspended in an old list": case(signed(), lists=[EMPTY[0], listing("suspension", INDEX, created=NOW - 9 * DAY)]),
    "a list tampered with": case(signed(), lists=[{**listing("revocation", INDEX), "proof": EMPTY[0]["proof"]}]),
    "a list for another purpose": case(signed(), lists=[listing("suspension", id=EMPTY[0]["id"]), EMPTY[1]]),
    "a list that is none": case(
        signed(),
        lists=[listing("revocation", credentialSubject={"statusPurpose": "revocation", "encodedList": "uH4sI"})],
    ),
    "a list that is short": case(
        signed(),
        lists=[
            listing(
                "revocation",
                credentialSubject={"statusPurpose": "revocation", "encodedList": "uH4sIAAAAAAAAA2NgAAAAAAACAAAA"},
            )
        ],
    ),
    "no status in it": case(signed(credentialStatus=[])),
    "a status without a place": case(signed(credentialStatus={"type": "X", "statusPurpose": "revocation"})),
    "a bit that does not exist": case(signed(credentialStatus=[{**STATUS[0], "statusListIndex": "131072"}])),
    "a place that is no number": case(signed(credentialStatus=[{**STATUS[0], "statusListIndex": "١"}])),
    "statuses without end": case(signed(credentialStatus=9 * STATUS[:1])),
    "a status under its full name": case(
        signed(credentialStatus=STATUS[1], **{"https://www.w3.org/2018/credentials#credentialStatus": STATUS[0]})
    ),
    "no issuer": case(signed(issuer="no address")),
    "names and addresses of all kinds": case(
        signed(
            name=[{"@value": "ใบ", "@language": "th"}, {"@value": "x", "@direction": "rtl"}],
            termsOfUse={"type": "T", "id": "urn:x"},
            relatedResource=[{"id": "https://a.example/[x", "digestSRI": "sha384-x"}],
        )
    ),
    "a language that is none": case(signed(name={"@value": "x", "@language": "thai language"})),
    "evidence without a type": case(signed(evidence=[{"id": "urn:x"}])),
    "a schema without an address": case(signed(credentialSchema={"type": "JsonSchema"})),
    "an address that is none": case(signed(relatedResource={"id": "https://[::1/x", "digestSRI": "x"})),
    "an end before the beginning": case(signed(validUntil="2020-01-01T00:00:00Z")),
    "a subject that says nothing": case(signed(credentialSubject=[{}])),
    "numbers of all kinds": case(signed(numbers=[0.1, 1e21, -0.0, 1e-7, 123456789, 2**53 - 1])),
    "names beyond ASCII": case(signed(**{"ชื่อ": "x", "\U0001f600": 1, "\ufb33": 2})),
    "names of JavaScript": case(signed(__proto__={"issuer": "x"}, constructor=1, toString=2)),
    "a name twice": case('{"a": 1, "b": {"a": 2}, "\\u0061": 3}'),
    "a large number": case('{"a": 9007199254740992}'),
    "an endless number": case('{"a": 1e999}'),
    "half a letter": case('{"a": "\\ud800"}'),
    "half a letter in a name": case('{"\\udc00": 1}'),
    "too deep": case('{"a":' * 41 + "1" + "}" * 41),
    "deep enough": case('{"a":' * 40 + "1" + "}" * 40),
    "a list": case("[]"),
    "a letter": case("สวัสดี"),
    "no constant of JSON": case('{"a": NaN}'),
    "too large": case(" " * 300_000),
    "empty": case("{}"),
}


@pytest.fixture(scope="module")
def in_node():
    """What the modules say of every document."""
    asked = {}
    for name, (document, at_hand, at) in CASES.items():
        lists = at_hand.get("lists", EMPTY)
        issuers = at_hand.get("issuers") or sources(stolen=at_hand.get("stolen")).issuers
        found = issuers(ISSUER)
        asked[name] = {
            "text": document if isinstance(document, str) else json.dumps(document),
            "issuers": {ISSUER: found.document} if found else {},
            "lists": {each["id"]: each for each in lists},
            "trusted": sorted(at_hand.get("trusted", {ISSUER})),
            "examples": sorted(at_hand.get("examples", ())),
            "at": int(at.timestamp() * 1000),
        }
    return run(PROGRAM, asked)


@pytest.mark.parametrize("name", CASES)
def test_a_browser_comes_to_the_same_report(in_node, name):
    document, at_hand, at = CASES[name]
    try:
        read_here = read(document if isinstance(document, str) else json.dumps(document))
        told = verify(read_here, sources(**at_hand), at=at).as_document()
    except Unreadable as unreadable:
        told = unreadable.fault.value

    assert in_node[name] == told
