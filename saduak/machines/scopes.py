"""What a token may be given to do (ขอบเขตสิทธิของโทเคน)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One thing that a token may do. What anybody may read needs none."""

    CASES_READ = "cases:read", _("read the cases of the person it acts for")
    CASES_WRITE = "cases:write", _("take steps in the cases of the person it acts for")
    CREDENTIALS_ISSUE = "credentials:issue", _("issue signed credentials in the name of connected systems")
    CREDENTIALS_VERIFY = "credentials:verify", _("have credentials verified")
    WEBHOOKS_MANAGE = "webhooks:manage", _("keep webhooks, and have their events sent again")


FOR_SOMEBODY = frozenset({Scope.CASES_READ, Scope.CASES_WRITE})
"""Scopes with which a client acts for one person, sees what that person sees, and does what that person may do."""
