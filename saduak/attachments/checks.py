"""Whether what is stored is still what was stored."""

from collections.abc import Iterator

from saduak.attachments import storage
from saduak.attachments.models import Content


def harmed() -> Iterator[tuple[Content, str]]:
    """Every content whose bytes are missing or altered, with a sentence for the operator. Reads every file."""
    for content in Content.objects.order_by("stored_at", "sha256").iterator():
        try:
            storage.read(content.sha256)
        except storage.ContentLost as lost:
            yield content, str(lost)
