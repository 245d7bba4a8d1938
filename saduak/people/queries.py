"""Reads about accounts."""

from collections.abc import Callable
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from saduak.audit.models import Record
from saduak.people.models import User
from saduak.people.rules import second_factor_due


def officer_since(user: User) -> date | None:
    """Since when the person holds an office, by the package that knows offices; None: holds none today."""
    known: Callable[[User], date | None] = import_string(settings.OFFICER_SINCE)
    return known(user)


def has_second_factor(user: User) -> bool:
    """Whether the person has set up an app or a key; recovery codes alone are none."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()


def second_factor_due_for(user: User) -> date | None:
    """The day from which an officer without a second factor is stopped; None for people without an office."""
    since = officer_since(user)
    if since is None:
        return None
    joined = timezone.localdate(user.joined_at)
    return second_factor_due(since, joined, grace_days=settings.SECOND_FACTOR_GRACE_DAYS)


def own_sign_ins(user: User, *, limit: int = 50) -> list[Record]:
    """The person's latest sign-ins, failed ones and sign-outs, newest first."""
    return list(Record.objects.by(user).sign_ins()[:limit])


def open_sessions(user: User, *, current: str | None) -> list[dict[str, Any]]:
    """Where the person is signed in now, newest first: `{session, is_current}`; ended ones are swept away."""
    sessions = sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.created_at, reverse=True)
    return [{"session": one, "is_current": one.session_key == current} for one in sessions]
