"""Who may see and release notices. The grants stand in the table of the directory, which knows the offices."""

from enum import StrEnum
from typing import Any

from saduak.access.grants import holds
from saduak.notices.models import Notice, NoticeQuerySet


class Permission(StrEnum):
    """What the tables grant about notices."""

    OUTBOX = "notices.outbox"


def visible_to(user: Any) -> NoticeQuerySet:
    """Everybody sees the notices that reached them; who works the outbox sees all."""
    if holds(user, Permission.OUTBOX):
        return Notice.objects.all()
    return Notice.objects.received_by(user)
