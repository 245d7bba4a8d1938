"""Whether a name and a password belong together (การตรวจสอบรหัสผ่าน)."""

from typing import Any

from allauth.account import auth_backends

from saduak.people.models import User
from saduak.postgres.standing import Standing

_OF_A_NUMBER = Standing(lambda pk: User.objects.filter(pk=pk).order_by(), pk=-2)


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """As allauth's, which asks the same account again when an e-mail was typed.

    Hashing twice takes twice as long, and would tell that the e-mail belongs to an account.
    """

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        """The person, or None; whoever was typed, one password is hashed."""
        self._asked: set[int] = set()
        return super().authenticate(request, **credentials)

    def get_user(self, user_id: Any) -> Any:
        """The person of a session, read anew with each request; None for one whose account is closed."""
        found = _OF_A_NUMBER.first(pk=int(user_id))
        return found if found is not None and self.user_can_authenticate(found) else None

    def _check_password(self, user: Any, password: str) -> Any:
        if user is None or user.pk in self._asked:
            return None
        self._asked.add(user.pk)
        return super()._check_password(user, password)
