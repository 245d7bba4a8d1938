"""Django as a WSGI application: all of it for people, a short way in for devices (ทางเข้าของคำขอ).

Devices, boards and telephones that follow a ticket ask every few seconds, by a token or a secret address. Nothing of
sessions, forms, accounts and static files concerns them, so their requests do not pass through it.
"""

import os
import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saduak.config.settings")

OF_DEVICES = re.compile(
    r"/api/v1/desk/"
    r"|/queue/(?:kiosk/(?:state|tickets|numbers|print|check-in)|tablet/(?:state|rate)|board/[^/]+/state|t/[^/]+/state)$"
)
"""Addresses that read no session and show no page."""

WAY_OF_DEVICES = [
    "saduak.config.request_log.RequestLog",
    "saduak.machines.middleware.Machines",
    "django.middleware.security.SecurityMiddleware",
    "saduak.config.request_size.RequestSize",
    "saduak.config.request_text.RequestText",
    "saduak.design.preferences.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "saduak.design.errors.RefusalMiddleware",
]
"""What their requests pass through: the log, sizes, texts, the language, the host, refusals in words."""


class ForDevices(WSGIHandler):
    """Django's handler with the short way in."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Once, before the process answers anybody."""
        everything, settings.MIDDLEWARE = settings.MIDDLEWARE, WAY_OF_DEVICES
        try:
            super().load_middleware(is_async)
        finally:
            settings.MIDDLEWARE = everything


_for_people = get_wsgi_application()
_for_devices = ForDevices()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Each request by its way."""
    way = _for_devices if OF_DEVICES.match(environ.get("PATH_INFO", "")) else _for_people
    return way(environ, start_response)
