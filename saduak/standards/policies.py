"""Who may keep the criteria, and who may read which of them."""

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from saduak.access.grants import Grants
from saduak.directory.policies import is_secretariat
from saduak.standards.procedure import Role


class Permission(StrEnum):
    """What the table grants in standards; reading what is published needs none."""

    EDIT = "standards.edit"


GRANTS: Grants = {Permission.EDIT: (is_secretariat,)}


def roles_of(user: Any) -> Collection[str]:
    """The person's roles over every set of criteria."""
    return frozenset({Role.SECRETARIAT}) if is_secretariat(user) else frozenset()
