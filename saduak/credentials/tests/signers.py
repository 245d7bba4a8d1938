"""An issuer with a key that is always the same, and a credential of a centre that does not exist."""

import copy
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from saduak.credentials import multikey, proofs, status_lists
from saduak.credentials.dids import Method, document_of
from saduak.credentials.shape import CONTEXT
from saduak.credentials.sources import Sources, given

ISSUER = "did:web:saduak.example"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NEXT_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
METHOD, NEXT_METHOD = (f"{ISSUER}#{multikey.public_text(key)}" for key in (KEY, NEXT_KEY))
NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
SIGNED = NOW - timedelta(days=30)
INDEX = 94_567

UNSIGNED = {
    "@context": [CONTEXT],
    "id": "https://saduak.example/credentials/GECC-2569-0001.json",
    "type": ["VerifiableCredential"],
    "issuer": {"id": ISSUER, "name": "สำนักงานปลัดสำนักนายกรัฐมนตรี"},
    "validFrom": "2026-10-01T00:00:00+07:00",
    "validUntil": "2029-09-30T23:59:59+07:00",
    "credentialSubject": {"id": "https://saduak.example/register/centres/C1/", "name": "ศูนย์ราชการสะดวกทดสอบ"},
    "credentialStatus": [
        {
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(INDEX),
            "statusListCredential": f"https://saduak.example/credentials/status/{purpose}/1",
        }
        for purpose in ("revocation", "suspension")
    ],
}


def signed(document=UNSIGNED, *, key=KEY, method=METHOD, created=SIGNED, **changes):
    """The document with changes, signed."""
    return proofs.sign(copy.deepcopy({**document, **changes}), key, method=method, created=created)


def listing(purpose, *indexes, created=NOW, until=None, **changes):
    """A list with these bits set, signed with the issuer's next key."""
    address = f"https://saduak.example/credentials/status/{purpose}/1"
    return signed(
        {
            "@context": [CONTEXT],
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": ISSUER,
            "validFrom": proofs.moment(created),
            **({"validUntil": proofs.moment(until)} if until else {}),
            "credentialSubject": {
                "id": f"{address}#list",
                "type": "BitstringStatusList",
                "statusPurpose": purpose,
                "encodedList": status_lists.encode(indexes),
            },
            **changes,
        },
        created=created,
        key=NEXT_KEY,
        method=NEXT_METHOD,
    )


def sources(*, stolen=None, lists=None, register=None, **changes):
    """Everything at hand: the issuer's document in a file, fresh lists with no bit set."""
    lists = [listing("revocation"), listing("suspension")] if lists is None else lists
    methods = [Method(METHOD, multikey.public_text(KEY), stolen), Method(NEXT_METHOD, multikey.public_text(NEXT_KEY))]
    described = document_of(ISSUER, methods)
    return Sources(
        **{
            "issuers": given({ISSUER: described}),
            "lists": lists if callable(lists) else given({each["id"]: each for each in lists}),
            "trusted": frozenset({ISSUER}),
            "register": register,
            **changes,
        }
    )
