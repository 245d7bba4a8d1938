"""How a notice's state is coloured, and its way told."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.design.components import KeptFile, Moment
from saduak.notices.channels import channel_named
from saduak.notices.models import Notice, State

TONES = {
    State.DRAFT: "attention",
    State.RELEASED: "info",
    State.SENT: "success",
    State.FAILED: "danger",
    State.CANCELLED: "plain",
}


def tone_of(notice: Notice) -> str:
    """The colour of its state, beside the word."""
    return TONES[State(notice.state)]


def channel_of(notice: Notice) -> object:
    """What its channel is called; the bare name of one that this platform no longer has."""
    try:
        return channel_named(notice.channel).label
    except KeyError:
        return notice.channel


def way_of(notice: Notice) -> list[Moment]:
    """What happened to it, the latest first."""
    way = [Moment(notice.drafted_at, _("Written as a draft"))]
    if notice.released_at:
        way.append(Moment(notice.released_at, _("Released"), who=notice.released_by or ""))
    if notice.tried_at and notice.last_error:
        way.append(Moment(notice.tried_at, _("Delivery failed"), note=notice.last_error))
    if notice.sent_at:
        way.append(Moment(notice.sent_at, _("Sent"), note=notice.to_email))
    if notice.read_at:
        way.append(Moment(notice.read_at, _("Opened on the platform"), who=notice.to))
    if notice.cancelled_at:
        way.append(Moment(notice.cancelled_at, _("Cancelled"), who=notice.cancelled_by or ""))
    return sorted(way, key=lambda moment: moment.at, reverse=True)


def files_of(notice: Notice) -> list[KeptFile]:
    """Its attachments, each with the address at which it opens."""
    return [
        KeptFile(
            attachment.name,
            reverse("open_notice_file", args=[notice.pk, attachment.pk]),
            attachment.size,
            attachment.media_type,
        )
        for attachment in notice.attachments.select_related("content")
    ]
