"""Credentials signed and verified per second, beside the bare Ed25519 signature in the same run.

.venv/bin/python -m benchmarks.credentials_per_second [seconds]

The document has the size and the parts of a certificate's own. Issuing counts its canonical form, the proof and the
digest under which it is kept; verifying counts reading the text, every check, and both status lists. Neither counts
the database: what a whole resolution costs is measured elsewhere.
"""

import hashlib
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from saduak.credentials import proofs
from saduak.credentials.dids import Method, document_of
from saduak.credentials.multikey import public_text
from saduak.credentials.reading import canonical, read
from saduak.credentials.reports import Verdict
from saduak.credentials.shape import CONTEXT
from saduak.credentials.sources import Sources, given
from saduak.credentials.status_lists import StatusPurpose, encode
from saduak.credentials.statuses import entry, one_and_one_in_full
from saduak.credentials.verifying import LIST_TYPE, verify

DID = "did:web:gecc.example.go.th"
KEY = Ed25519PrivateKey.generate()
METHOD = f"{DID}#{public_text(KEY)}"
NOW = datetime.now(UTC)
LISTS = {each: f"https://gecc.example.go.th/credentials/status/{each}/1" for each in StatusPurpose}


def unsigned(n: int) -> dict:
    """The n-th credential, about 5 kB."""
    name = "ใบรับรองมาตรฐานศูนย์ราชการสะดวก ระดับเป็นเลิศ (Certificate of the Government Easy Contact Center)"
    part = {"id": f"https://gecc.example.go.th/{n}", "type": ["Achievement"], "name": name, "description": name}
    return {
        "@context": [CONTEXT, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": f"https://gecc.example.go.th/credentials/GECC-2569-{n:04}.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": DID, "type": ["Profile"], "name": "คณะกรรมการอำนวยการศูนย์ราชการสะดวก"},
        "name": name,
        "validFrom": "2026-01-01T00:00:00+07:00",
        "validUntil": "2099-01-01T00:00:00+07:00",
        "credentialSubject": {
            **part,
            "achievement": {**part, "criteria": {"narrative": name * 4}, "levels": [part] * 4},
        },
        **one_and_one_in_full({each: entry(each, address, n % 100_000) for each, address in LISTS.items()}),
    }


def listing(purpose: StatusPurpose) -> dict:
    """A signed list with a thousand bits set."""
    address = LISTS[purpose]
    subject = {
        "type": "BitstringStatusList",
        "statusPurpose": purpose.value,
        "encodedList": encode(range(100_000, 101_000)),
    }
    document = {
        "@context": [CONTEXT],
        "id": address,
        "type": ["VerifiableCredential", LIST_TYPE],
        "issuer": DID,
        "credentialSubject": subject,
    }
    return proofs.sign(document, KEY, method=METHOD, created=NOW)


def rate(do: Callable[[int], object], seconds: float) -> float:
    """How often a second it can be done, on one core."""
    do(0)
    started, done = time.perf_counter(), 0
    while (spent := time.perf_counter() - started) < seconds:
        done += 1
        do(done)
    return done / spent


def main() -> None:
    """Measure all four and print them."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    hashes = hashlib.sha256(b"1").digest() + hashlib.sha256(b"2").digest()
    signature, public = KEY.sign(hashes), KEY.public_key()
    documents = [unsigned(n) for n in range(200)]
    signed = [canonical(proofs.sign(each, KEY, method=METHOD, created=NOW)) for each in documents]
    sources = Sources(
        issuers=given({DID: document_of(DID, [Method(METHOD, public_text(KEY))])}),
        lists=given({LISTS[each]: listing(each) for each in StatusPurpose}),
        trusted=frozenset({DID}),
    )

    def issue(n: int) -> str:
        text = canonical(proofs.sign(documents[n % 200], KEY, method=METHOD, created=NOW))
        return hashlib.sha256(text).hexdigest()

    def check(n: int) -> None:
        assert verify(read(signed[n % 200]), sources, at=NOW).verdict is Verdict.GENUINE

    issued, bare = rate(issue, seconds), rate(lambda n: KEY.sign(hashes), seconds)
    verified, bare_check = rate(check, seconds), rate(lambda n: public.verify(signature, hashes), seconds)
    print(f"signed           {issued:9,.0f} per second on one core, {len(signed[0]) / 1000:.1f} kB each")
    print(f"bare signature   {bare:9,.0f} per second")
    print(f"verified         {verified:9,.0f} per second, with both status lists")
    print(f"bare verification{bare_check:9,.0f} per second")


if __name__ == "__main__":
    main()
