"""Documents of issuers and status lists are fetched from the web, and kept for the day without a connection."""

import hashlib
import http.client
import json
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from django.utils import timezone

from saduak.credentials.dids import address_of
from saduak.credentials.proofs import moment, moment_of
from saduak.credentials.reading import LARGEST, Document, Unreadable, read
from saduak.credentials.sources import Found, How, Look

SECONDS = 10
LOCAL = ("localhost", "127.0.0.1", "::1")


class _NotElsewhere(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: an address stands for the host that it names."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage,
        newurl: str,
    ) -> None:  # fmt: skip
        return None


def from_the_web(address: str) -> Found | None:
    """What lies at an https address (or on this machine) now; None when it cannot be had or is no document."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
        return None
    asking = urllib.request.Request(address, headers={"Accept": "application/json, */*"})  # noqa: S310  As above.
    try:
        with urllib.request.build_opener(_NotElsewhere).open(asking, timeout=SECONDS) as answer:
            return Found(read(answer.read(LARGEST + 1)), How.FETCHED, timezone.now())
    except (urllib.error.URLError, http.client.HTTPException, OSError, Unreadable, ValueError):
        return None


def issuer_from(look: Look) -> Look:
    """Finds the document of a `did:web` by looking at its address."""

    def look_up(did: str) -> Found | None:
        address = address_of(did)
        return look(address) if address else None

    return look_up


class Kept:
    """A folder in which what was fetched is kept, each with its moment, to be used when nothing can be fetched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def look(self, address: str) -> Found | None:
        """What was fetched from there the last time."""
        try:
            kept = json.loads(self._file(address).read_text())
            fetched, document = moment_of(kept["fetched"]), kept["document"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Found(document, How.CACHED, fetched) if isinstance(document, dict) else None

    def keeping(self, look: Look) -> Look:
        """Looks, and keeps what it finds."""

        def look_and_keep(address: str) -> Found | None:
            found = look(address)
            if found is not None and found.at is not None:
                self._keep(address, found.document, found.at)
            return found

        return look_and_keep

    def _keep(self, address: str, document: Document, at: datetime) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self._file(address).with_suffix(".new")
        aside.write_text(json.dumps({"address": address, "fetched": moment(at), "document": document}))
        aside.rename(self._file(address))

    def _file(self, address: str) -> Path:
        return self.folder / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.json"
