"""Sessions that are kept in this process, for the long tables. Named by `SESSION_ENGINE`."""

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError

_kept = {}


class SessionStore(SessionBase):
    """A session as the database would keep it; what is taken back there stays here."""

    def load(self):
        """What was kept; nothing for an unknown session."""
        if self.session_key not in _kept:
            self._session_key = None
            return {}
        return self.decode(_kept[self.session_key])

    def exists(self, session_key):
        """Whether there is such a session."""
        return session_key in _kept

    def create(self):
        """Begin one under a new key."""
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create=False):
        """Keep it. Raises CreateError for a key that is taken, UpdateError for one that is gone."""
        if self.session_key is None:
            return self.create()
        if must_create and self.session_key in _kept:
            raise CreateError
        if not must_create and self.session_key not in _kept:
            raise UpdateError
        _kept[self.session_key] = self.encode(self._get_session(no_load=must_create))
        return None

    def delete(self, session_key=None):
        """End one, this one when left out."""
        _kept.pop(session_key or self.session_key, None)

    @classmethod
    def clear_expired(cls):
        """None is kept for so long."""


def put(session_key, facts):
    """Let the session under this key hold these facts, whatever has become of it."""
    _kept[session_key] = SessionStore(session_key).encode(facts)
