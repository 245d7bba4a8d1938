"""Drafting, releasing and delivering notices."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from saduak.attachments.models import Attachment
from saduak.journal.models import Case
from saduak.notices.channels import DeliveryFailed, channel_named
from saduak.notices.models import Notice, State
from saduak.notices.rules import wait_after
from saduak.notices.wording import worded
from saduak.procedure.kit import Reason


class Refusal(StrEnum):
    """Why a deed was refused."""

    NO_ADDRESS = "no_address"
    NOTHING_TO_RELEASE = "nothing_to_release"
    NO_LONGER_A_DRAFT = "no_longer_a_draft"
    NOT_AS_SEEN = "not_as_seen"
    NOT_FAILED = "not_failed"


SENTENCES = {
    Refusal.NO_ADDRESS: _("There is no account and no valid e-mail address to send it to."),
    Refusal.NOTHING_TO_RELEASE: _("There is no draft left to release; somebody may have released or cancelled them."),
    Refusal.NO_LONGER_A_DRAFT: _("It is no longer a draft; somebody released or cancelled it."),
    Refusal.NOT_AS_SEEN: _("The drafts changed since you opened the page. Please look through them again."),
    Refusal.NOT_FAILED: _("Only a notice that was not delivered can be tried again."),
}


class NoticeRefused(Exception):
    """The deed was refused; `reasons` say why. Nothing was changed. Pages answer 409 or 422."""

    def __init__(self, code: Refusal) -> None:
        self.code = code
        self.reasons = (Reason(code.value, SENTENCES[code]),)
        super().__init__(str(SENTENCES[code]))


@transaction.atomic
def draft(
    *,
    to_user: Any | None = None,
    to_email: str = "",
    channel: str = "email",
    template: str,
    context: Mapping[str, Any],
    case: Case | None = None,
    batch: str = "",
    language: str = "th",
    attachments: Iterable[Attachment] = (),
    at: datetime | None = None,
) -> Notice:
    """Write a notice down in its final words, to be looked at and released later.

    A person without an e-mail address is told on the platform when the channel needs one. `batch` names the drafts that
    are released together. Raises NoticeRefused, KeyError for an unknown channel, and what `worded` raises.
    """
    to_email = to_email or (to_user.email if to_user else "")
    if channel_named(channel).needs_email and not _is_address(to_email):
        if to_user is None:
            raise NoticeRefused(Refusal.NO_ADDRESS)
        channel, to_email = "inbox", ""
    subject, body = worded(template, context, language)
    number = uuid.uuid4()
    notice = Notice.objects.create(
        id=number,
        to_user=to_user,
        to_name=str(to_user) if to_user else "",
        to_email=to_email,
        channel=channel,
        template=template,
        language=language,
        subject=subject,
        body=body,
        case_kind=case.case_kind if case else "",
        case_reference=case.reference if case else "",
        batch=batch,
        message_id=f"<{number}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>",
        drafted_at=at or timezone.now(),
    )
    notice.attachments.set(attachments)
    return notice


@transaction.atomic
def release(
    what: str | Iterable[Notice], *, by: Any | None, at: datetime | None = None, seen: int | None = None
) -> list[Notice]:
    """Release the drafts of a batch (its name), or these drafts: all of them in one transaction, or none.

    The jobs that deliver them are enqueued in the same transaction. `seen` is the number of drafts the person was
    looking at. Raises NoticeRefused.
    """
    if isinstance(what, str):
        chosen = Notice.objects.drafts().filter(batch=what)
    else:
        chosen = Notice.objects.filter(pk__in=[notice.pk for notice in what])
    notices = list(chosen.select_for_update(of=("self",)).order_by("pk"))
    if not notices:
        raise NoticeRefused(Refusal.NOTHING_TO_RELEASE)
    if any(notice.state != State.DRAFT for notice in notices):
        raise NoticeRefused(Refusal.NO_LONGER_A_DRAFT)
    if seen is not None and seen != len(notices):
        raise NoticeRefused(Refusal.NOT_AS_SEEN)
    for notice in notices:
        notice.state = State.RELEASED
        notice.released_at = at or timezone.now()
        notice.released_by = by
    Notice.objects.bulk_update(notices, ["state", "released_at", "released_by"])
    _enqueue(notices)
    return notices


@transaction.atomic
def cancel(notice: Notice, *, by: Any, at: datetime | None = None) -> Notice:
    """Take a draft back; it stays in the outbox as cancelled. Raises NoticeRefused."""
    notice = _locked(notice, State.DRAFT, otherwise=Refusal.NO_LONGER_A_DRAFT)
    notice.state = State.CANCELLED
    notice.cancelled_at = at or timezone.now()
    notice.cancelled_by = by
    notice.save(update_fields=["state", "cancelled_at", "cancelled_by"])
    return notice


@transaction.atomic
def retry(notice: Notice, *, by: Any, at: datetime | None = None) -> Notice:
    """Try a notice that was not delivered from the beginning. Raises NoticeRefused."""
    notice = _locked(notice, State.FAILED, otherwise=Refusal.NOT_FAILED)
    notice.state = State.RELEASED
    notice.released_at = at or timezone.now()
    notice.released_by = by
    notice.attempts = 0
    notice.save(update_fields=["state", "released_at", "released_by", "attempts"])
    _enqueue([notice])
    return notice


def deliver(number: uuid.UUID | str, *, at: datetime | None = None) -> None:
    """Try once to deliver a released notice; one that is not released, or in somebody's hands, is left alone.

    The attempt is counted before it begins. When the process dies between handing over and noting it, the next attempt
    sends the notice once more, under the same message number.
    """
    at = at or timezone.now()
    with transaction.atomic():
        notice = _in_our_hands(number)
        if notice is None:
            return
        notice.attempts += 1
        notice.tried_at = at
        notice.save(update_fields=["attempts", "tried_at"])
    with transaction.atomic():
        notice = _in_our_hands(number)
        if notice is None:
            return
        try:
            with transaction.atomic():
                channel_named(notice.channel).deliver(notice)
        except Exception as error:  # A channel of any make may fail in any way; no notice may hold up the others.
            _note_failure(notice, error, at=at)
        else:
            notice.state = State.SENT
            notice.sent_at = at
            notice.last_error = ""
        notice.save(update_fields=["state", "sent_at", "last_error"])


def mark_read(notice: Notice, *, at: datetime | None = None) -> None:
    """Note the first time its recipient opened it."""
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=at or timezone.now())


@transaction.atomic
def forget(kind: str, references: Iterable[str]) -> int:
    """Delete the notices about these cases, words and addresses, but for those on their way; gives their number.

    For cases whose person is to be forgotten; others keep what was said.
    """
    about = Notice.objects.filter(case_kind=kind, case_reference__in=list(references))
    return about.exclude(state=State.RELEASED).delete()[1].get(Notice._meta.label, 0)


def catch_up(*, overdue: datetime) -> int:
    """Enqueue anew what should have been tried before `overdue`, because its job was lost; gives their number."""
    stuck = [notice for notice in Notice.objects.filter(state=State.RELEASED) if _next_try(notice) < overdue]
    if stuck:
        _enqueue(stuck)
    return len(stuck)


def _next_try(notice: Notice) -> datetime:
    """When the next attempt is due."""
    if notice.attempts == 0 or notice.tried_at is None:
        return notice.released_at or notice.drafted_at
    return notice.tried_at + (wait_after(notice.attempts) or timedelta())


def _note_failure(notice: Notice, error: Exception, *, at: datetime) -> None:
    """Try again later, or give up."""
    notice.last_error = f"{type(error).__name__}: {error}"[:2000]
    wait = wait_after(notice.attempts)
    if wait is None or (isinstance(error, DeliveryFailed) and error.for_good):
        notice.state = State.FAILED
    else:
        _enqueue([notice], at=at + wait)


def _enqueue(notices: list[Notice], *, at: datetime | None = None) -> None:
    """One job for each notice, in this transaction."""
    task = app.configure_task("notices.deliver", schedule_at=at) if at else app.configure_task("notices.deliver")
    jobs: list[dict[str, Any]] = [{"number": str(notice.pk)} for notice in notices]
    task.batch_defer(*jobs)


def _in_our_hands(number: uuid.UUID | str) -> Notice | None:
    """The released notice, locked; None when it is not released or somebody else has it."""
    chosen = Notice.objects.filter(pk=number, state=State.RELEASED)
    return chosen.select_for_update(of=("self",), skip_locked=True).first()


def _locked(notice: Notice, state: State, *, otherwise: Refusal) -> Notice:
    """The notice as it is now, locked. Raises NoticeRefused when it is not in this state."""
    locked = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if locked.state != state:
        raise NoticeRefused(otherwise)
    return locked


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
