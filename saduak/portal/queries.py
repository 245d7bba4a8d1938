"""What waits for a person, asked of every package (งานของฉัน)."""

from typing import Any

from django.apps import apps
from django.utils.module_loading import autodiscover_modules

from saduak.design.work import WorkItem, by_urgency


def work_for(user: Any) -> list[WorkItem]:
    """Every package's work for this person, the most pressing first; it stands in `queries` or `queries.work`."""
    autodiscover_modules("queries", "queries.work")
    found: list[WorkItem] = []
    for config in apps.get_app_configs():
        queries = getattr(config.module, "queries", None)
        ask = getattr(getattr(queries, "work", queries), "work_for", None)
        if ask is not None and config.name != "saduak.portal":
            found += ask(user)
    return by_urgency(found)
