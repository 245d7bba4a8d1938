"""Permissions, and the lines of predicates that grant them (ตารางสิทธิ)."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.utils.module_loading import autodiscover_modules

Predicate = Callable[[Any], bool]
"""A sentence about a person that is true or not; its docstring is printed in `docs/access.md`."""

Grants = Mapping[StrEnum, tuple[Predicate, ...]]
"""Permission → predicates; one true predicate grants it."""


def all_grants() -> dict[StrEnum, tuple[Predicate, ...]]:
    """Every permission of the platform: the `GRANTS` tables of the packages' `policies`, put together."""
    autodiscover_modules("policies")
    together: dict[StrEnum, tuple[Predicate, ...]] = {}
    for config in apps.get_app_configs():
        table: Grants = getattr(getattr(config.module, "policies", None), "GRANTS", {})
        if doubled := together.keys() & table.keys():
            raise ValueError(f"Granted in two places: {', '.join(sorted(doubled))}.")
        together.update(table)
    return together


def holds(user: Any, permission: StrEnum) -> bool:
    """Whether the person may use what `permission` guards. Raises KeyError for a permission that no table grants."""
    return bool(user.is_authenticated) and any(predicate(user) for predicate in _GRANTS[permission])


class _Lazily(dict[StrEnum, tuple[Predicate, ...]]):
    """Reads the tables at the first question, when all packages are loaded."""

    def __missing__(self, permission: StrEnum) -> tuple[Predicate, ...]:
        self.update(all_grants())
        if permission not in self:
            raise KeyError(permission)
        return self[permission]


_GRANTS = _Lazily()
