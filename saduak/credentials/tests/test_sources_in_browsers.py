"""Where a kept verifier looks: in its own copy, at the addresses of issuers that it knows, and nowhere else."""

from saduak.credentials.proofs import moment
from saduak.credentials.tests.signers import ISSUER, METHOD, NOW, SIGNED, listing, signed, sources
from tests.support.node import run

PROGRAM = """
    const { freshFirst, listsFrom, pinned } = await import(`${site}/credentials/sources.js`);
    const { addressOf } = await import(`${site}/credentials/dids.js`);
    const { snapshot, fresh, known, older, newer, list, stranger } = await given();
    const asked = [];
    const look = (answer) => async (address) => { asked.push(address); return answer; };
    const how = (found) => found?.how ?? "nothing";
    const unreached = freshFirst(snapshot, look(null));
    const reached = freshFirst(snapshot, look({ document: fresh, how: "fetched", at: 0 }));
    const forged = freshFirst(snapshot, look({ document: { ...fresh, id: "did:web:other" }, how: "fetched", at: 0 }));
    const issuer = fresh.id;
    const lists = listsFrom([list], snapshot, look(null));
    console.log(JSON.stringify({
        known: how(await pinned(snapshot)(issuer, known)),
        older: how(await pinned(snapshot)(issuer, older)),
        newer: how(await pinned(snapshot)(issuer, newer)),
        stranger: how(await pinned(snapshot)("did:web:other", known)),
        unreached: [how(await unreached(issuer, known)), how(await unreached(issuer, newer))],
        reached: how(await reached(issuer, newer)),
        forged: how(await forged(issuer, known)),
        strangers: [how(await reached("did:web:other", known)), how(await reached("constructor", known))],
        given: how(await lists(list.id, stranger)),
        asked,
        of_one_it_knows: how(await lists("https://saduak.example/x", { issuer })),
        addresses: [
            "did:web:a.go.th", "did:web:a.go.th%3A8443:example", "did:web:a.go.th:..", "did:web:a/b", "did:key:z6",
        ].map(addressOf),
    }));
"""


def test_a_kept_copy_asks_only_whom_it_knows_and_calls_no_newer_key_a_strangers():
    document = sources().issuers(ISSUER).document
    unknown = {"verificationMethod": f"{ISSUER}#unknown"}

    told = run(
        PROGRAM,
        {
            "snapshot": {"documents": {ISSUER: document}, "at": moment(NOW)},
            "fresh": document,
            "known": {"verificationMethod": METHOD, "created": moment(NOW.replace(year=2030))},
            "older": {**unknown, "created": moment(SIGNED)},
            "newer": {**unknown, "created": moment(NOW.replace(year=2030))},
            "list": listing("revocation"),
            "stranger": signed(issuer="did:web:other"),
        },
    )

    own = "https://saduak.example/.well-known/did.json"
    assert told == {
        "known": "given",
        "older": "given",
        "newer": "nothing",
        "stranger": "nothing",
        "unreached": ["given", "nothing"],
        "reached": "fetched",
        "forged": "given",
        "strangers": ["nothing", "nothing"],
        "given": "given",
        "asked": [own, own, own, "https://saduak.example/x"],
        "of_one_it_knows": "nothing",
        "addresses": [
            "https://a.go.th/.well-known/did.json",
            "https://a.go.th:8443/example/did.json",
            None,
            None,
            None,
        ],
    }
