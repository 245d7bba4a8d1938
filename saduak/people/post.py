"""E-mails about accounts on their way to the worker (จดหมายเกี่ยวกับบัญชีผู้ใช้).

They carry links that open an account, so they lie sealed while they wait. And nobody can tell by how long a page takes
whether an address belongs to an account.
"""

import json
from typing import Any

from django.core.mail import EmailMultiAlternatives
from procrastinate.contrib.django import app

from saduak.people.sealing import box

SOON = 10
"""Before letters: somebody sits and waits for the link."""


def leave_to_worker(message: Any) -> None:
    """Have the message sent once this transaction is there."""
    app.configure_task("people.send_mail", priority=SOON).defer(sealed=sealed(message))


def sealed(message: Any) -> str:
    """Everything of the message that is sent, encrypted."""
    said = {
        "subject": message.subject,
        "body": message.body,
        "from_email": message.from_email,
        "to": message.to,
        "headers": message.extra_headers,
        "alternatives": [list(each) for each in getattr(message, "alternatives", ())],
    }
    return box("post").encrypt(json.dumps(said).encode()).decode()


def opened(sealed: str) -> EmailMultiAlternatives:
    """The message again. Raises InvalidToken when the signing key has changed meanwhile."""
    said = json.loads(box("post").decrypt(sealed.encode()))
    alternatives = said.pop("alternatives")
    message = EmailMultiAlternatives(**said)
    for content, kind in alternatives:
        message.attach_alternative(content, kind)
    return message
