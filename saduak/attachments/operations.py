"""Storing files."""

import hashlib
from datetime import datetime
from typing import Any

import structlog
from django.core.files.base import File
from django.db import connection, transaction
from django.utils import timezone

from saduak.attachments import names, sounds, storage
from saduak.attachments.examined import Examined
from saduak.attachments.examining import MAX_BYTES, examine
from saduak.attachments.models import Attachment, Content
from saduak.attachments.refusals import FileRefused, Refusal

log = structlog.get_logger("saduak.attachments")


@transaction.atomic
def store(upload: "File[Any]", *, by: Any | None, keep_place: bool = False, at: datetime | None = None) -> Attachment:
    """Store one file, its bytes only once however often they are handed in.

    `keep_place` keeps the camera's date and place beside a picture, for evidence that needs them. The bytes are
    written before the row: a transaction that fails leaves at most bytes that nobody knows, for the nightly sweep.
    Raises FileRefused; then nothing was stored.
    """
    upload.seek(0)
    received = upload.read(MAX_BYTES + 1)
    examined = examine(received, keep_place=keep_place)
    return _keep(examined, received, upload.name or "", by=by, at=at or timezone.now())


@transaction.atomic
def store_sound(upload: "File[Any]", *, by: Any | None, at: datetime | None = None) -> tuple[Attachment, int]:
    """Store a spoken word, which `store` does not take; with its length in milliseconds.

    Raises FileRefused; then nothing was stored.
    """
    upload.seek(0)
    received = upload.read(sounds.MOST_BYTES + 1)
    examined = sounds.examine(received)
    return _keep(examined, received, upload.name or "", by=by, at=at or timezone.now()), examined.milliseconds or 0


@transaction.atomic
def store_own_pdf(
    pdf: bytes, *, name: str, pages: int, by: Any | None = None, at: datetime | None = None
) -> Attachment:
    """Store a PDF that the platform itself has made, as it is: it may carry files inside, which no upload may.

    Raises FileRefused when it cannot be kept.
    """
    examined = Examined(content=pdf, media_type="application/pdf", pages=pages)
    return _keep(examined, pdf, name, by=by, at=at or timezone.now())


def _keep(examined: Examined, received: bytes, name: str, *, by: Any | None, at: datetime) -> Attachment:
    hold(hashlib.sha256(examined.content).hexdigest())
    try:
        kept = storage.keep(examined.content)
    except OSError as failed:  # The disk is full, read-only or gone: for those who run the platform to mend.
        log.exception("file not kept", reason=str(failed))
        raise FileRefused(Refusal.NOT_KEPT) from failed
    content, _ = Content.objects.get_or_create(
        sha256=kept,
        defaults={
            "size": len(examined.content),
            "media_type": examined.media_type,
            "width": examined.width,
            "height": examined.height,
            "pages": examined.pages,
            "dhash": examined.dhash,
            "stored_at": at,
        },
    )
    return Attachment.objects.create(
        content=content,
        received_sha256=hashlib.sha256(received).hexdigest(),
        name=names.cleaned(name, examined.media_type),
        taken_at=examined.taken_at,
        edited_at=examined.edited_at,
        latitude=examined.latitude,
        longitude=examined.longitude,
        stored_at=at,
        stored_by=by,
    )


def hold(sha256: str) -> None:
    """Until this transaction ends nobody else stores or sweeps these bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_lock_number(sha256)])


def try_to_hold(sha256: str) -> bool:
    """As `hold`, but without waiting; tells whether it was possible."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_lock_number(sha256)])
        return bool(cursor.fetchone()[0])


def _lock_number(sha256: str) -> int:
    """The digest's first 63 bits, made negative to stay apart from anybody's small lock numbers."""
    return -(int(sha256[:16], 16) >> 1) - 1
