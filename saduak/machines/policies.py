"""Who keeps connected systems. The grants stand in the table of the directory, which knows the offices."""

from enum import StrEnum
from typing import Any

from saduak.access.grants import holds
from saduak.machines.models import Client


class Permission(StrEnum):
    """What the tables grant about connected systems."""

    KEEP_CLIENTS = "machines.keep_clients"
    SEE_CLIENTS = "machines.see_clients"


def may_keep(user: Any) -> bool:
    """Whether the person may let systems in and keep them out."""
    return holds(user, Permission.KEEP_CLIENTS)


def may_tend(user: Any, client: Client) -> bool:
    """Whether the person may revoke tokens of the system, and tend its webhooks: its owner, and who keeps it."""
    return client.owner_id == user.pk or may_keep(user)
