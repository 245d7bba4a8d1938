"""What waits for a person, asked of every package (งานของฉัน)."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.module_loading import autodiscover_modules

from saduak.design.work import WorkItem, by_urgency


def work_for(user: Any) -> list[WorkItem]:
    """Every package's work for this person, the most pressing first; it stands in `queries` or `queries.work`."""
    return by_urgency([item for ask in _asked() for item in ask(user)])


@cache
def _asked() -> list[Callable[[Any], list[WorkItem]]]:
    """The packages' `work_for`: which there are is known once all of them are loaded."""
    autodiscover_modules("queries", "queries.work")
    return list(_found())


def _found() -> Iterator[Callable[[Any], list[WorkItem]]]:
    for config in apps.get_app_configs():
        queries = getattr(config.module, "queries", None)
        ask = getattr(getattr(queries, "work", queries), "work_for", None)
        if ask is not None and config.name != "saduak.portal":
            yield ask
