"""The modules that look at a PDF in a browser find in it, and in every change of it, what Python finds."""

import random
from base64 import b64encode
from datetime import timedelta

import pytest

from saduak.credentials.papers import inside, with_seal
from saduak.credentials.reading import Unreadable
from saduak.credentials.sealing import RANGE, seal_of
from saduak.credentials.sources import nowhere
from saduak.credentials.tests.papers import known, paper
from saduak.credentials.tests.signers import ISSUER, NOW, sources
from saduak.credentials.verifying import verify
from saduak.documents.certificates import render_certificate
from saduak.documents.tests.factories import CertificateSheetFactory
from tests.support.node import run

PROGRAM = """
    const { verifyPaper } = await import(`${site}/credentials/papers.js`);
    const { signatureHolds, verdictOf } = await import(`${site}/credentials/reports.js`);
    const told = {};
    const { at, cases } = await given();
    for (const [name, { pdf, issuers }] of Object.entries(cases)) {
        const sources = {
            issuers: async (asked) => (issuers[asked] ? { document: issuers[asked], how: "given" } : null),
            lists: async () => null,
            trusted: new Set(Object.keys(issuers)),
            examples: new Set(),
        };
        try {
            const { report } = await verifyPaper(new Uint8Array(Buffer.from(pdf, "base64")), sources, at);
            told[name] = { verdict: verdictOf(report), checks: report.checks, holds: signatureHolds(report) };
        } catch (error) {
            if (!error.fault) throw error;
            told[name] = error.fault;
        }
    }
    console.log(JSON.stringify(told));
"""


def changed(pdf):
    """The PDF with one bit of a byte changed: anywhere, and in every part of the seal."""
    begins, ends = (int(number) for number in [*RANGE.finditer(pdf)][-1].group(2, 3))
    dice = random.Random(2569)
    places = (*dice.sample(range(len(pdf)), 5), *range(begins, begins + 1900, 151), begins, ends - 1, 0, len(pdf) - 1)
    for place in places:
        made = bytearray(pdf)
        made[place] = ord("1") if pdf[place] == ord("0") else ord("0") if chr(pdf[place]).isalnum() else pdf[place] ^ 1
        yield f"byte {place} changed", (bytes(made), known())


@pytest.fixture(scope="module")
def cases():
    """PDF files, each with what is at hand."""
    pdf = paper()
    sealed_at = seal_of(pdf).at
    range_of_another = RANGE.search(paper(2))[0]
    return {
        "sealed": (pdf, known()),
        "sealed by another": (paper(2), known()),
        "no keys of papers at hand": (pdf, sources(lists=nowhere)),
        "nobody known": (pdf, sources(issuers=nowhere, trusted=frozenset(), lists=nowhere)),
        "sealed after the theft": (pdf, known(revoked=sealed_at)),
        "sealed before the theft": (pdf, known(revoked=sealed_at + timedelta(days=1))),
        "a byte more": (pdf + b"\n", known()),
        "a byte less": (pdf[:-1], known()),
        "another range": (pdf + range_of_another, known()),
        "an empty range": (RANGE.sub(b"/ByteRange [0 9 9 9]", pdf), known()),
        "no seal": (pdf.replace(b"/ByteRange", b"/ByteRonge"), known()),
        "no credential in it": (render_certificate(CertificateSheetFactory()), known()),
        "no embedded file": (pdf.replace(b"/EmbeddedFile", b"/EmbeddedFool"), known()),
        "a credential as plain text": (
            b'%PDF-1.7\n1 0 obj <</Type/EmbeddedFile>>\nstream\r\n{"credentialSubject": {}}\r\nendstream', known(),
        ),
        "packed endlessly": (b"%PDF-1.7\n1 0 obj <</Type/EmbeddedFile/Filter/FlateDecode>> stream\nxx", known()),
        "nothing but its name": (b"%PDF-", known()),
        **dict(changed(pdf)),
    }  # fmt: skip


def told_here(pdf, at_hand):
    try:
        document = inside(pdf)
    except Unreadable as unreadable:
        return unreadable.fault.value
    report = with_seal(verify(document, at_hand, at=NOW), document, pdf, at_hand)
    return {**report.as_document(), "holds": report.signature_holds}


def issuers_of(at_hand):
    found = at_hand.issuers(ISSUER)
    return {ISSUER: found.document} if found else {}


def gist(report):
    """A report without the reason why a seal fails: where its certificate is damaged, who reads less names another."""
    if not isinstance(report, dict):
        return report
    checks = [{**each, "because": "", "facts": {}} if each["topic"] == "paper" else each for each in report["checks"]]
    return {**report, "checks": checks}


def test_a_browser_finds_the_same(cases):
    asked = {
        name: {"pdf": b64encode(pdf).decode(), "issuers": issuers_of(at_hand)} for name, (pdf, at_hand) in cases.items()
    }

    told = run(PROGRAM, {"at": int(NOW.timestamp() * 1000), "cases": asked})

    here = {name: told_here(pdf, at_hand) for name, (pdf, at_hand) in cases.items()}
    assert {name for name in here if gist(told[name]) != gist(here[name])} == set()
    assert {name for name in here if told[name] != here[name] and not name.startswith("byte")} == set()
    assert [name for name in here if name.startswith("byte") and told[name]["verdict"] != "not_genuine"] == []
