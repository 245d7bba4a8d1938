"""Whether what is stored is still what was stored."""

from collections.abc import Iterator

from saduak.attachments import storage
from saduak.attachments.models import Content


def harmed(newest: int | None = None) -> Iterator[tuple[Content, str]]:
    """Contents whose bytes are missing or altered, the newest first, each with a sentence for the operator.

    Reads every file from end to end, or only so many of the newest.
    """
    for content in Content.objects.order_by("-stored_at", "sha256")[:newest].iterator():
        try:
            storage.read(content.sha256)
        except storage.ContentLost as lost:
            yield content, str(lost)
