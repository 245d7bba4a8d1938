"""Sessions in the database, as Django keeps them, asked for in words that never change (เซสชัน)."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from saduak.postgres.standing import Standing

_OF_A_KEY = Standing(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).order_by(),
    key="an example",
    now=timezone.now(),
)


class SessionStore(db.SessionStore):
    """One session; read anew with each request, so that signing out everywhere ends it at once."""

    def _get_session_from_db(self) -> Any:
        found = _OF_A_KEY.first(key=self.session_key, now=timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found
