"""How allauth fits this house: nobody signs up, links carry our own address, secrets lie encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from saduak.people import post
from saduak.people.models import User
from saduak.people.sealing import box


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by those who appoint."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("The e-mail or the password is not right."),
        "username_password_mismatch": _("The user name or the password is not right."),
        "enter_current_password": _("This is not your password of today."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or no longer. Type the one that the app shows now."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes, or choose a new password."),
        "rate_limited": _("Too many attempts. Please wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """As it is, without the host's name before it."""
        return str(subject).strip()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave it to the worker: a mail server fails no page by being away, nor tells of accounts by being slow."""
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        post.leave_to_worker(message)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Under the public address, whatever host the request named."""
        uidb36, _dash, token = key.partition("-")
        return settings.PUBLIC_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps secrets encrypted under the signing key; a copy of the database alone opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        """As it is stored."""
        return box("second factor").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """As it was."""
        return box("second factor").decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a key is called until its owner names it."""
        return gettext("My key")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that a passkey shows, and the host it is bound to."""
        return {**super().get_public_key_credential_rp_entity(), "name": "saduak"}


class OutsideAccountAdapter(DefaultSocialAccountAdapter):
    """An outside identity opens the account to which its owner has connected it, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False


def password_link(user: User) -> str:
    """The address at which the person chooses a password; valid once, for PASSWORD_RESET_TIMEOUT."""
    from allauth.account.forms import default_token_generator

    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return AccountAdapter().get_reset_password_from_key_url(key)
