"""The PDF of a certificate: with its credential inside, sealed, and kept as it was sealed (ไฟล์ใบรับรอง)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from saduak.attachments.models import Attachment
from saduak.attachments.operations import store_own_pdf
from saduak.certification.models import Certificate, CertificateFile
from saduak.certification.operations.certificates import sheet_of
from saduak.credentials import sealing
from saduak.credentials.issuers import Issuer
from saduak.credentials.operations import sealing_keys
from saduak.documents.certificates import CertificateSheet, fingerprint, render_certificate

REASON = "ใบรับรองมาตรฐานการให้บริการของศูนย์ราชการสะดวก (GECC certificate)"


def file_of(certificate: Certificate, *, at: datetime | None = None) -> CertificateFile:
    """The sealed PDF in the certificate's present words; made when nobody has asked for it in these words yet.

    Raises VaultLocked when the sealing key cannot be opened, and FileRefused when the file cannot be kept.
    """
    at = at or timezone.now()
    sheet = sheet_of(certificate)
    key = sealing_keys.current(Issuer.EXAMPLE if certificate.is_example else Issuer.PROGRAMME, at=at)
    word = fingerprint(sheet, key.reference)
    kept = CertificateFile.objects.filter(certificate=certificate, fingerprint=word).select_related("file__content")
    if (found := kept.first()) is not None:
        return found
    pdf = sealing.seal(render_certificate(sheet), key.open(), bytes(key.certificate), reason=REASON)
    try:
        with transaction.atomic():
            return CertificateFile.objects.create(
                certificate=certificate, fingerprint=word, file=_stored(pdf, sheet, at), key=key, sealed_at=at
            )
    except IntegrityError:  # Somebody else asked for the same words at the same time, and was faster.
        return kept.get()


def _stored(pdf: bytes, sheet: CertificateSheet, at: datetime) -> Attachment:
    return store_own_pdf(pdf, name=f"{sheet.number}.pdf", pages=1, at=at)
