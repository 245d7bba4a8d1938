"""`saduak verify FILE`: is this certificate genuine, and does it hold?"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from saduak.credentials import fetching, sources
from saduak.credentials.issuers import PATHS, Issuer, did_of
from saduak.credentials.papers import inside, is_paper, with_seal
from saduak.credentials.reading import Document, Unreadable, id_of, read
from saduak.credentials.reports import Outcome, Report, Verdict
from saduak.credentials.sources import Look, Sources
from saduak.credentials.verifying import verify
from saduak.credentials.wording import FAULTS, OUTCOMES, TOPICS, VERDICTS, sentence

UNREADABLE = 2
RESULTS = {
    Verdict.GENUINE: 0,
    Verdict.NOT_GENUINE: 1,
    Verdict.GENUINE_NO_LONGER_VALID: 3,
    Verdict.GENUINE_NOT_FULLY_CHECKED: 4,
    Verdict.CANNOT_SAY: 5,
    Verdict.UNKNOWN_ISSUER: 6,
    Verdict.EXAMPLE: 7,
}
HELP = """\
Verify a certificate (PDF or JSON) and say exactly what was checked, and what was not. No database is needed.

Whose word counts: the issuer whose document is given with --did, or named with --trust; without either, the issuer of
this platform's public address. With --offline nothing is fetched: give the issuer's document (did.json) with --did,
and the status lists with --status, or a folder with --keep in which an earlier run kept what it fetched.

The command ends with
  0  genuine, in force, everything was checked
  1  not genuine: changed, signed by somebody else, or not signed
  2  a file could not be read
  3  genuine, but it does not hold now: ended, suspended, expired or not yet valid
  4  genuine, but not everything could be checked
  5  the key of the issuer was not at hand, so nothing can be said
  6  the signature fits, but the issuer is not one whose word counts
  7  an example
"""


class Command(BaseCommand):
    """Verifies one file; reads the database at no time."""

    help = HELP
    requires_system_checks = ()
    requires_migrations_checks = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The help is laid out by hand."""
        return super().create_parser(
            prog_name, subcommand, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        """What a person may add."""
        parser.add_argument("file", metavar="FILE", help="the certificate; - reads the standard input")
        parser.add_argument("--offline", action="store_true", help="fetch nothing")
        parser.add_argument("--did", metavar="FILE", action="append", default=[], help="an issuer's did.json, trusted")
        parser.add_argument("--status", metavar="FILE", action="append", default=[], help="a status list")
        parser.add_argument("--trust", metavar="DID", action="append", default=[], help="an issuer whose word counts")
        parser.add_argument("--keep", metavar="FOLDER", type=Path, help="where what is fetched is kept")
        parser.add_argument("--json", action="store_true", help="print the report for programs")
        parser.add_argument("--language", choices=["th", "en"], default=None, help="the language of the report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, tell, and end with the number that stands for the verdict."""
        with translation.override(options["language"] or translation.get_language() or settings.LANGUAGE_CODE):
            raw = self._bytes(options["file"])
            document = self._certificate(options["file"], raw)
            known = self._sources(options)
            report = verify(document, known, at=timezone.now())
            if is_paper(raw):
                report = with_seal(report, document, raw, known)
            as_json = json.dumps(report.as_document(), ensure_ascii=False, indent=2)
            self.stdout.write(as_json if options["json"] else in_words(report, document))
        if result := RESULTS[report.verdict]:
            sys.exit(result)

    def _sources(self, options: dict[str, Any]) -> Sources:
        pinned = {id_of(each): each for each in map(self._read, options["did"])}
        lists = {id_of(each): each for each in map(self._read, options["status"])}
        web = _web(offline=options["offline"], keep=options["keep"])
        trusted = {*pinned, *options["trust"]} or {did_of(Issuer.PROGRAMME)}
        return Sources(
            issuers=sources.one_after_another(sources.given(pinned), sources.itself, fetching.issuer_from(web)),
            lists=sources.one_after_another(sources.given(lists), web),
            trusted=frozenset(trusted),
            examples=_examples(trusted),
        )

    def _certificate(self, name: str, raw: bytes) -> Document:
        try:
            return inside(raw) if is_paper(raw) else read(raw)
        except Unreadable as unreadable:
            raise CommandError(f"{name}: {FAULTS[unreadable.fault]}", returncode=UNREADABLE) from None

    def _read(self, name: str) -> Document:
        try:
            return read(self._bytes(name))
        except Unreadable as unreadable:
            raise CommandError(f"{name}: {FAULTS[unreadable.fault]}", returncode=UNREADABLE) from None

    def _bytes(self, name: str) -> bytes:
        try:
            return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}", returncode=UNREADABLE) from None


def _examples(trusted: set[str]) -> frozenset[str]:
    """The names under which examples are signed; also one that somebody trusts by mistake."""
    path = f":{PATHS[Issuer.EXAMPLE]}"
    return frozenset(did if did.endswith(path) else f"{did}{path}" for did in trusted if did.startswith("did:web:"))


def _web(*, offline: bool, keep: Path | None) -> Look:
    """Fetches, else takes what was kept; offline only the latter."""
    kept = fetching.Kept(keep) if keep else None
    if offline:
        return kept.look if kept else sources.nowhere
    if kept:
        return sources.one_after_another(kept.keeping(fetching.from_the_web), kept.look)
    return fetching.from_the_web


def in_words(report: Report, document: Document) -> str:
    """The report for people: the verdict, a line for each check, and what could not be checked."""
    title, explanation = VERDICTS[report.verdict]
    lines = [f"{title}", f"{explanation}", ""]
    if report.signature_holds:
        subject = document.get("credentialSubject")
        named = [document.get("name"), subject.get("name") if isinstance(subject, dict) else None, document.get("id")]
        lines += [*(text for text in named if isinstance(text, str)), ""]
    marks = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_CHECKED: "?"}
    for each in report.checks:
        lines.append(f"{marks[each.outcome]} {TOPICS[each.topic]} ({OUTCOMES[each.outcome]})")
        lines.append(f"    {sentence(each)}")
    return "\n".join(lines)
