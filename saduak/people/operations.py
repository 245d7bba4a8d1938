"""What changes accounts."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from saduak.audit.operations import granted, revoked
from saduak.people import post
from saduak.people.adapters import password_link
from saduak.people.models import User


@transaction.atomic
def open_account(
    *, username: str, name: str, email: str, by: Any | None, request: HttpRequest | None = None, **facts: str
) -> User:
    """Make an account without a password; `invite` lets its owner choose one.

    Raises ValidationError when the user name or the e-mail belongs to another account.
    """
    user = User(username=username, name=name, email=User.objects.normalize_email(email), **facts)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    if by is not None:
        granted(by, to=user, what=_("An account"), kind="account", reference=user.username, request=request)
    return user


def invite(user: User, *, by: Any | None = None) -> None:
    """Mail the person the address at which to choose a password, valid for PASSWORD_RESET_TIMEOUT.

    Raises ValidationError when the account has no e-mail address or is closed.
    """
    if not user.email:
        raise ValidationError(_("The account has no e-mail address."))
    if not user.is_active:
        raise ValidationError(_("The account is closed."))
    words = {
        "person": user,
        "by": by,
        "link": password_link(user),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
    }
    with override("th"):
        subject = render_to_string("people/email/invitation_subject.txt", words).strip()
        message = render_to_string("people/email/invitation_message.txt", words)
    post.leave_to_worker(EmailMessage(subject, message, None, [user.email]))


@transaction.atomic
def correct_details(user: User, **facts: str) -> User:
    """Correct name, title, position, telephone, e-mail or user name. Raises ValidationError."""
    for field, value in facts.items():
        setattr(user, field, value)
    user.full_clean()
    user.save(update_fields=list(facts))
    return user


@transaction.atomic
def close_account(user: User, *, by: Any, request: HttpRequest | None = None) -> User:
    """Nobody signs in with the account any more; what its owner did stays on record. Raises ValidationError."""
    if user == by:
        raise ValidationError(_("You cannot close your own account."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    sign_out_everywhere(user)
    revoked(by, of=user, what=_("The account"), kind="account", reference=user.username, request=request)
    return user


@transaction.atomic
def reopen_account(user: User, *, by: Any, request: HttpRequest | None = None) -> User:
    """The owner may sign in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    granted(by, to=user, what=_("The account"), kind="account", reference=user.username, request=request)
    return user


@transaction.atomic
def sign_out_everywhere(user: User, *, but: str | None = None) -> int:
    """End every session of the person, except the one with the key `but`; tells how many ended."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    for session in sessions:
        session.end()
    return len(sessions)
