"""How events are signed, and when a failed sending is tried again (กติกาการส่งเหตุการณ์)."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta

SECRET = "whsec_"  # noqa: S105  What a secret begins with.
SECRET_BYTES = 32
VERSION = "v1"

WAITS = tuple(
    timedelta(seconds=seconds)
    for seconds in (10, 60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600, 12 * 3600, 24 * 3600, 24 * 3600)
)
"""How long after each failed attempt the next one comes; after the last the event is given up, some three days on."""

STOPPED_AFTER = timedelta(days=3)
"""An address that took nothing for so long is sent nothing more until its owner resumes it."""


def new_secret() -> str:
    """A secret of 256 random bits, written as Standard Webhooks has it."""
    return SECRET + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, *, message_id: str, timestamp: int, body: str) -> str:
    """What stands in the header `webhook-signature`.

    HMAC-SHA256 over id, timestamp and body with full stops between, in base64. Source: Standard Webhooks
    specification 1.0.
    """
    key = base64.b64decode(secret.removeprefix(SECRET))
    digest = hmac.digest(key, f"{message_id}.{timestamp}.{body}".encode(), hashlib.sha256)
    return f"{VERSION},{base64.b64encode(digest).decode()}"


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed attempts; None when there were enough."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
