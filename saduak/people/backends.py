"""Whether a name and a password belong together (การตรวจสอบรหัสผ่าน)."""

from typing import Any

from allauth.account import auth_backends


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """As allauth's, which asks the same account again when an e-mail was typed.

    Hashing twice takes twice as long, and would tell that the e-mail belongs to an account.
    """

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        """The person, or None; whoever was typed, one password is hashed."""
        self._asked: set[int] = set()
        return super().authenticate(request, **credentials)

    def _check_password(self, user: Any, password: str) -> Any:
        if user is None or user.pk in self._asked:
            return None
        self._asked.add(user.pk)
        return super()._check_password(user, password)
