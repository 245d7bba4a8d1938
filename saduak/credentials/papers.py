"""A PDF that carries its credential inside: what is in it, and whether its seal holds (ใบรับรองฉบับ PDF).

The PDF is not taken apart: its bytes are searched for the embedded file, which is unpacked up to the size of a
document. So a file made to harm whoever reads it finds no reader here.
"""

import zlib
from collections.abc import Iterator
from datetime import datetime

from saduak.credentials.dids import PaperMethod, papers_in
from saduak.credentials.proofs import moment
from saduak.credentials.reading import LARGEST, Document, Fault, Unreadable, id_of, read
from saduak.credentials.reports import Because, Check, Outcome, Report, Topic
from saduak.credentials.sealing import SealBroken, SealFault, seal_of
from saduak.credentials.sources import Sources

LARGEST_PAPER = 5 * 1024 * 1024
"""Bytes of a PDF that is looked at; ours have about 150 kB."""
BEGINS = b"%PDF-"
NEAR = 600
"""Bytes within which the words around an embedded file are looked for."""
MOST = 5
"""Embedded files that are looked at."""
OF_SEALS = {
    SealFault.NO_SEAL: Because.NO_SEAL,
    SealFault.SEAL_IS_BROKEN: Because.SEAL_IS_BROKEN,
    SealFault.SEALED_BY_ANOTHER: Because.SEALED_BY_ANOTHER,
}


def is_paper(raw: bytes) -> bool:
    """Whether the bytes begin as a PDF does."""
    return raw.startswith(BEGINS)


def inside(pdf: bytes) -> Document:
    """The credential that the PDF carries. Raises Unreadable."""
    if len(pdf) > LARGEST_PAPER:
        raise Unreadable(Fault.TOO_LARGE)
    for head, content in _embedded(pdf):
        try:
            document = read(_unpacked(content) if b"/FlateDecode" in head else _plain(content))
        except (Unreadable, zlib.error):
            continue
        if "credentialSubject" in document:
            return document
    raise Unreadable(Fault.NO_DOCUMENT_IN_IT)


def _embedded(pdf: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What is said of each embedded file, and the bytes from its beginning on."""
    place = -1
    for _turn in range(MOST):
        place = pdf.find(b"/EmbeddedFile", place + 1)
        begins = pdf.find(b"stream", place, place + NEAR)
        if place < 0:
            return
        if begins < 0:
            continue
        head = pdf[max(0, pdf.rfind(b"obj", place - NEAR if place > NEAR else 0, place)) : begins]
        begins += len(b"stream\r\n" if pdf.startswith(b"stream\r\n", begins) else b"stream\n")
        yield head, pdf[begins : begins + LARGEST]


def with_seal(report: Report, document: Document, pdf: bytes, sources: Sources) -> Report:
    """The report with what the seal of the PDF around the document tells."""
    return Report((*report.checks, _seal(document, pdf, sources)))


def _seal(document: Document, pdf: bytes, sources: Sources) -> Check:
    try:
        seal = seal_of(pdf)
    except SealBroken as broken:
        return Check(Topic.PAPER, Outcome.FAILED, OF_SEALS[broken.fault])
    found = sources.issuers(id_of(document.get("issuer")))
    known = papers_in(found.document) if found else []
    facts = {"sealed": moment(seal.at) if seal.at else ""}
    if not known:
        return Check(Topic.PAPER, Outcome.NOT_CHECKED, Because.NO_KEY_OF_THE_SEAL, facts)
    key = next((each for each in known if each.certificate == seal.certificate), None)
    if key is None:
        return Check(Topic.PAPER, Outcome.FAILED, Because.SEALED_BY_ANOTHER, facts)
    return _of_key(key, seal.at, facts)


def _of_key(key: PaperMethod, sealed_at: datetime | None, facts: dict[str, str]) -> Check:
    facts |= {"key": key.id}
    if key.revoked is None:
        return Check(Topic.PAPER, Outcome.PASSED, Because.SEAL_FITS, facts)
    facts |= {"revoked": moment(key.revoked)}
    if sealed_at is None or sealed_at >= key.revoked:
        return Check(Topic.PAPER, Outcome.FAILED, Because.SEALED_AFTER_THEFT, facts)
    return Check(Topic.PAPER, Outcome.NOT_CHECKED, Because.SEAL_WAS_STOLEN_LATER, facts)


def _unpacked(content: bytes) -> bytes:
    return zlib.decompressobj().decompress(content, LARGEST)


def _plain(content: bytes) -> bytes:
    return content.partition(b"endstream")[0].rstrip(b"\r\n")
