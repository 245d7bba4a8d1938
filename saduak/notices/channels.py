"""Ways by which a notice reaches a person; another one registers itself here (ช่องทางการแจ้ง)."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from saduak.attachments import storage
from saduak.notices.models import Notice


class DeliveryFailed(Exception):
    """The notice did not get through; `for_good` tells that trying again would not help."""

    def __init__(self, sentence: str, *, for_good: bool = False) -> None:
        self.for_good = for_good
        super().__init__(sentence)


@dataclass(frozen=True)
class Channel:
    """A way to a person. `deliver` returns once the notice is handed over, or raises.

    Any error means "try again later", except a `DeliveryFailed` for good. `needs_email` tells that an address must be
    there when the notice is drafted; a person without one is told on the platform instead.
    """

    name: str
    label: object
    deliver: Callable[[Notice], None]
    needs_email: bool = False


_CHANNELS: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Make a channel known by its name, in the place of one that had it."""
    _CHANNELS[channel.name] = channel


def channel_named(name: str) -> Channel:
    """The channel of that name. Raises KeyError."""
    return _CHANNELS[name]


def _by_email(notice: Notice) -> None:
    """Hand the notice to the mail server; sent again, it has the same Message-ID, by which programs know it."""
    message = EmailMessage(
        notice.subject,
        notice.body,
        to=[notice.to_email],
        headers={"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"},
    )
    for attachment in notice.attachments.select_related("content"):
        message.attach(attachment.name, storage.read(attachment.sha256), attachment.media_type)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        raise DeliveryFailed(f"{code} {words.decode(errors='replace')}", for_good=code >= 500) from refused


def _on_the_platform(notice: Notice) -> None:
    """The person's own page shows every notice that was sent; nothing more is to be done."""


register(Channel("email", _("E-mail"), _by_email, needs_email=True))
register(Channel("inbox", _("On the platform"), _on_the_platform))
