"""Messages to a visitor's browser through its push service (การแจ้งเตือนผ่านเบราว์เซอร์).

Web push as in RFC 8030, encrypted for the browser (RFC 8291), signed with the platform's key (RFC 8292).
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SERVICES = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""Push services of the browsers; nothing is sent to any other address, whatever a browser says."""

PATIENCE = 10
LASTS = 10 * 60
"""Seconds for which a push service keeps the message for a phone without a connection; later it is no news."""

GONE = frozenset({404, 410})


class PushFailed(Exception):
    """The message was not taken; `is_gone` when the browser does not want any more."""

    def __init__(self, words: str, *, is_gone: bool = False) -> None:
        self.is_gone = is_gone
        super().__init__(words)


def is_push_service(endpoint: str) -> bool:
    """Whether an address belongs to the push service of a browser."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    return parts.scheme == "https" and any(host == one or host.endswith(f".{one}") for one in SERVICES)


def public_key_of(key: ec.EllipticCurvePrivateKey) -> str:
    """The public half as browsers want it: the uncompressed point in base64url."""
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def send(
    message: Mapping[str, str],
    *,
    endpoint: str,
    p256dh: str,
    auth: str,
    key: ec.EllipticCurvePrivateKey,
    about: str,
) -> None:
    """Send a message to one browser; `about` is how the push service reaches us. Raises PushFailed."""
    # With the first message: they bring a second client of HTTP along, which every start would load.
    from py_vapid import Vapid02, VapidException
    from pywebpush import WebPushException, webpush

    try:
        webpush(
            {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}},
            data=json.dumps(message, ensure_ascii=False),
            vapid_private_key=Vapid02(key),
            vapid_claims={"sub": about},
            ttl=LASTS,
            timeout=PATIENCE,
            headers={"Urgency": "high"},
        )
    except WebPushException as failed:
        status = failed.response.status_code if failed.response is not None else 0
        raise PushFailed(f"{status}: {failed.message}"[:300], is_gone=status in GONE) from failed
    except (requests.RequestException, VapidException, ValueError) as failed:
        raise PushFailed(f"{type(failed).__name__}"[:300]) from failed
