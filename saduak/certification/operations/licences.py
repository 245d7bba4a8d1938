"""The terms under which a centre shows plaque and emblem, and that it accepted them (เงื่อนไขการใช้ป้ายและตรา)."""

from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import oversight
from saduak.certification.models import Certificate, TermsAccepted
from saduak.certification.operations.taking import refuse
from saduak.certification.procedure.assets import ASSET
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.journal.steps import lock, record
from saduak.procedure.kit import Refusal

EDITION = "1"
"""The edition of the terms in force; another text is another edition with files of its own."""
TEXTS = Path(__file__).parents[1] / "data" / "terms"


@cache
def terms(language: str, edition: str = EDITION) -> tuple[str, ...]:
    """The clauses of an edition in Thai or English, one text each."""
    name = f"{edition}.{'en' if language == 'en' else 'th'}.txt"
    return tuple(line for line in (TEXTS / name).read_text(encoding="utf-8").splitlines() if line)


@cache
def digest(edition: str = EDITION) -> str:
    """SHA-256 in hexadecimal over the Thai and the English text of an edition."""
    both = b"".join((TEXTS / f"{edition}.{language}.txt").read_bytes() for language in ("th", "en"))
    return sha256(both).hexdigest()


@transaction.atomic
def accept(certificate: Certificate, *, by: Any, at: datetime | None = None) -> TermsAccepted:
    """The head of the centre accepts the terms in force, once for each certificate and edition. Raises StepRefused."""
    at = at or timezone.now()
    held = lock(certificate)
    if Role.CENTRE_HEAD not in oversight.roles_over(by, held):
        refuse(ASSET, "acknowledge", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if held.standing_on(timezone.localdate(at)) != CertificateStage.VALID:
        refuse(ASSET, "acknowledge", "certificate_is_valid", _("The certificate is not valid today."))
    accepted, is_new = TermsAccepted.objects.get_or_create(
        certificate=held,
        edition=EDITION,
        defaults={"sha256": digest(), "accepted_at": at, "accepted_by": by},
    )
    if is_new:
        facts = {"edition": EDITION, "sha256": accepted.sha256}
        record(held, step="accept_terms", clause="12.13", by=by, role=Role.CENTRE_HEAD, at=at, facts=facts)
    return accepted
