"""The pages of the platform by place, collected from every package for the rail and the palette (เมนู)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from django.apps import apps
from django.urls import get_script_prefix, reverse
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from saduak.access.grants import holds

PLACES: dict[str, object] = {
    "work": _("My work"),
    "certification": _("Certification"),
    "certificates": _("Certificates and follow-up"),
    "frontdesk": _("Front desk"),
    "directory": _("Directory"),
    "reports": _("Reports"),
    "settings": _("Settings"),
}
"""Place → what the rail calls it, in the order of the rail."""

ROOM = 20
"""Pages that the rail shows at once; a place that would go beyond is folded, unless the reader is in it."""
WORTH_FOLDING = 3


@dataclass(frozen=True)
class Item:
    """One page in the rail. `needs=None`: everybody who is signed in; lower `order` comes first within its place."""

    label: object
    url_name: str
    place: str
    needs: StrEnum | None = None
    order: int = 100

    def __post_init__(self) -> None:
        if self.place not in PLACES:
            raise ValueError(f"“{self.place}” is no place of the rail.")

    @property
    def url(self) -> str:
        """The page's address."""
        return _address(self.url_name, get_script_prefix())


@dataclass(frozen=True)
class Door:
    """One page that everybody may open, at the head and foot of every public page; lower `order` comes first."""

    label: object
    url_name: str
    order: int = 100

    @property
    def url(self) -> str:
        """The page's address."""
        return _address(self.url_name, get_script_prefix())


@dataclass(frozen=True)
class Found:
    """Something that a search found: its words, where it is, and what tells it from its like."""

    label: object
    url: str
    detail: object = ""


@dataclass(frozen=True)
class Source:
    """Something the search box looks through.

    `search(user, words)` gives at most ten, none that the person may not see.
    """

    label: object
    search: Callable[[Any, str], Sequence[Found]]
    needs: StrEnum | None = None


@dataclass(frozen=True)
class Group:
    """What one source found."""

    label: object
    found: Sequence[Found]


@dataclass(frozen=True)
class Place:
    """A heading of the rail with its pages; a folded one shows them when it is opened."""

    name: str
    label: object
    items: tuple[Item, ...]
    is_folded: bool = False


@cache
def all_items() -> tuple[Item, ...]:
    """The `ITEMS` of every package's `navigation` module, in the order of the rail."""
    places = list(PLACES)
    return tuple(sorted(_declared("ITEMS"), key=lambda item: (places.index(item.place), item.order)))


@cache
def all_doors() -> tuple[Door, ...]:
    """The `DOORS` of every package's `navigation` module, in their order."""
    return tuple(sorted(_declared("DOORS"), key=lambda door: door.order))


@cache
def all_sources() -> tuple[Source, ...]:
    """The `SOURCES` of every package's `navigation` module."""
    return tuple(_declared("SOURCES"))


def items_for(user: Any) -> list[Item]:
    """The pages that this person may open."""
    if not user.is_authenticated:
        return []
    held = {needs for needs in _needed() if needs is None or holds(user, needs)}
    return [item for item in all_items() if item.needs in held]


def sources_for(user: Any) -> list[Source]:
    """What this person may search from the palette."""
    return [source for source in all_sources() if _is_open(source, user)]


def search(user: Any, words: str) -> list[Group]:
    """What the words find for this person: pages first, then each source's finds; sources with none are left out."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    pages = [
        Found(item.label, item.url, PLACES[item.place])
        for item in items_for(user)
        if all(word in f"{PLACES[item.place]} {item.label}".casefold() for word in wanted)
    ]
    groups = [Group(_("Pages"), pages), *(Group(one.label, one.search(user, words)) for one in sources_for(user))]
    return [group for group in groups if group.found]


def rail_for(user: Any) -> list[Place]:
    """The places with at least one page for this person."""
    mine = items_for(user)
    places = (Place(name, label, tuple(i for i in mine if i.place == name)) for name, label in PLACES.items())
    return [place for place in places if place.items]


def current(places: Sequence[Place], path: str) -> str:
    """The address of the rail's page to which `path` belongs: the longest that it continues; empty for none."""
    urls = (item.url for place in places for item in place.items)
    return max((url for url in urls if path.startswith(url.rstrip("/") + "/") or path == url), key=len, default="")


def folded(places: Sequence[Place], url: str) -> list[Place]:
    """The places to a reader at the page `url`: those at the end of a long rail folded, never the one with `url`."""
    shown, result = 0, []
    for place in places:
        shown += len(place.items)
        is_folded = shown > ROOM and len(place.items) >= WORTH_FOLDING and all(item.url != url for item in place.items)
        result.append(replace(place, is_folded=is_folded))
    return result


@cache
def _address(name: str, prefix: str) -> str:
    """The address of a page without arguments, which stays where it is below one prefix; each page prints dozens."""
    return reverse(name)


@cache
def _needed() -> frozenset[StrEnum | None]:
    """What the pages need: fewer permissions than there are pages."""
    return frozenset(item.needs for item in all_items())


def _is_open(item: Source, user: Any) -> bool:
    return user.is_authenticated and (item.needs is None or holds(user, item.needs))


def _declared(name: str) -> list[Any]:
    autodiscover_modules("navigation")
    return [
        declared
        for config in apps.get_app_configs()
        for declared in getattr(getattr(config.module, "navigation", None), name, ())
        if config.name != "saduak.design"
    ]
