"""Signing somebody in where that is not the point of a test."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.test import Client
from django.utils.crypto import get_random_string

_thoroughly = Client.force_login


def force_login(client: Any, user: Any, backend: str | None = None) -> None:
    """Let the client be signed in as `user`: a session is written, and nothing else.

    Django's own way begins two sessions, turns one into the other and notes when the person signed in last, in ten
    statements. It is still taken where the client has a session already, which must keep what it holds.
    """
    if settings.SESSION_COOKIE_NAME in client.cookies:
        _thoroughly(client, user, backend)
        return
    user.backend = backend or client._get_backend()
    request = HttpRequest()
    request.session = session = import_module(settings.SESSION_ENGINE).SessionStore(get_random_string(32))
    session._session_cache = {
        SESSION_KEY: user._meta.pk.value_to_string(user),
        BACKEND_SESSION_KEY: user.backend,
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    session.save(must_create=True)
    client._set_login_cookies(request)
