"""Who may hear that something happened (ผู้รับฟัง)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class Topic:
    """What a stream is about: one kind of case, narrowed to one case or one centre if given."""

    case_kind: str
    reference: str | None = None
    centre_id: int | None = None


Audience = Callable[[Any, Topic], bool]
"""Whether a person may hear about a topic. A topic without a reference means every case of its kind."""

Audiences = Mapping[str, Audience]
"""Kind of case → audience. A package says it as `AUDIENCES` in its `policies`; a kind that none names is silent."""


def everyone(person: Any, topic: Topic) -> bool:
    """The audience of a public kind: anybody, signed in or not."""
    return True


def readers_of(model: Any) -> Audience:
    """The audience of cases that each have their readers: whoever finds the case through `visible_to` hears about it.

    A topic without a reference has no audience, because among all cases of the kind there are unreadable ones.
    """

    def reads(person: Any, topic: Topic) -> bool:
        return (
            topic.reference is not None and model.objects.visible_to(person).filter(reference=topic.reference).exists()
        )

    return reads


@cache
def all_audiences() -> dict[str, Audience]:
    """The `AUDIENCES` tables of the packages' `policies`, put together. Raises ValueError for a kind named twice."""
    autodiscover_modules("policies")
    together: dict[str, Audience] = {}
    for config in apps.get_app_configs():
        table: Audiences = getattr(getattr(config.module, "policies", None), "AUDIENCES", {})
        if doubled := together.keys() & table.keys():
            raise ValueError(f"An audience in two places: {', '.join(sorted(doubled))}.")
        together.update(table)
    return together


def may_hear(person: Any, topic: Topic) -> bool:
    """Whether the person may open a stream about the topic; only a public kind has strangers in its audience."""
    audience = all_audiences().get(topic.case_kind)
    if audience is None or not (person.is_authenticated or audience is everyone):
        return False
    return audience(person, topic)
