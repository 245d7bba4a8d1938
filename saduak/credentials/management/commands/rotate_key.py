"""`saduak rotate-key`: the next signing key, and what to do when one was stolen."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from saduak.credentials.issuers import Issuer, did_of
from saduak.credentials.models import Key, SealingKey, SigningKey
from saduak.credentials.operations import keys, sealing_keys, signing_keys
from saduak.credentials.procedure import KeyStage
from saduak.credentials.proofs import moment_of
from saduak.journal.steps import StepRefused


@dataclass(frozen=True)
class Kept:
    """A kind of keys, and what is done with them."""

    model: type[Any]
    deeds: ModuleType


DOCUMENTS, PAPERS = Kept(SigningKey, signing_keys), Kept(SealingKey, sealing_keys)


class Command(BaseCommand):
    """Retires a key, or gives it up, and makes the next one."""

    help = (
        "Retire the key that signs credentials and make the next one. Old credentials stay verifiable. With "
        "--stolen-since, the key is given up instead: what it signed from that moment on is believed no more, unless "
        "the register has it; `saduak sign-certificates` then signs those certificates anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What a person may add."""
        parser.add_argument("--issuer", choices=Issuer.values, default=Issuer.PROGRAMME.value, help="whose key")
        parser.add_argument("--list", action="store_true", help="list the keys and change nothing")
        parser.add_argument(
            "--stolen-since", metavar="MOMENT", help="like 2026-11-20T00:00:00+07:00: the key was stolen then"
        )
        parser.add_argument("--papers", action="store_true", help="the key that seals PDF files, in place of the other")
        parser.add_argument("--pkcs12", metavar="FILE", help="seal from now on with this key and its certificate")
        parser.add_argument("--password-file", metavar="FILE", help="where the password of the PKCS #12 file stands")
        parser.add_argument("--key", metavar="KEY", help="which key was stolen (z6Mk…); else the one that signs now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and tell which keys there are."""
        issuer = Issuer(options["issuer"])
        kept = PAPERS if options["papers"] or options["pkcs12"] else DOCUMENTS
        if options["stolen_since"]:
            self._give_up(issuer, options["key"], self._moment(options["stolen_since"]), kept)
        elif options["pkcs12"]:
            self._bring_in(issuer, options["pkcs12"], options["password_file"])
        elif not options["list"]:
            kept.deeds.rotate(issuer)
        self.stdout.write(did_of(issuer))
        for key in kept.model.objects.filter(issuer=issuer):
            self.stdout.write(f"  {key.reference}  {key.stage:<12}  made {key.made_at:%Y-%m-%d %H:%M}{_end_of(key)}")

    def _bring_in(self, issuer: Issuer, file: str, password_file: str | None) -> None:
        try:
            password = Path(password_file).read_bytes().strip() if password_file else None
            sealing_keys.bring_in(issuer, Path(file).read_bytes(), password)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}", returncode=2) from None
        except sealing_keys.NoSuchKey as refused:
            raise CommandError(f"{file}: {refused}", returncode=2) from None

    def _give_up(self, issuer: Issuer, reference: str | None, since: datetime, kept: Kept) -> None:
        known = kept.model.objects.filter(issuer=issuer)
        key = (known.filter(reference=reference) if reference else known.filter(stage=KeyStage.ACTIVE)).first()
        if key is None:
            raise CommandError("There is no such key.")
        try:
            keys.declare_stolen(key, since=since)
        except (StepRefused, ValueError) as refused:
            raise CommandError(str(refused)) from None
        kept.deeds.current(issuer)

    def _moment(self, text: str) -> datetime:
        moment = moment_of(text)
        if moment is None:
            raise CommandError("Write the moment like 2026-11-20T00:00:00+07:00.", returncode=2)
        return moment


def _end_of(key: Key) -> str:
    if key.stolen_at:
        return f", stolen {timezone.localtime(key.stolen_at):%Y-%m-%d %H:%M}"
    return f", retired {key.retired_at:%Y-%m-%d %H:%M}" if key.retired_at else ""
