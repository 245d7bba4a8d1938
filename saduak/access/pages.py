"""Who may open what, as a page of Markdown: permissions, to whom they are given, and the addresses behind them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from inspect import cleandoc

from django.urls import URLPattern, URLResolver, get_resolver

from saduak.access.grants import Predicate

SILENT = "nobody has said"


@dataclass(frozen=True)
class Address:
    """One address of the platform: its name, its route, and who it is open to (a permission or words)."""

    name: str
    route: str
    open_to: str


def addresses(within: URLResolver | None = None, before: str = "") -> Iterator[Address]:
    """Every address, in the order in which they are tried."""
    for each in (within or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, route)
        elif isinstance(each, URLPattern):
            yield Address(each.name or "", "/" + route, getattr(each.callback, "open_to", SILENT))


def page(grants: Mapping[StrEnum, tuple[Predicate, ...]], addresses: Iterable[Address]) -> str:
    """The whole page; permissions in the order of their words."""
    by_openness: dict[str, list[Address]] = {}
    for address in addresses:
        by_openness.setdefault(address.open_to, []).append(address)
    return "\n".join(
        [
            "<!-- Written by `saduak docs` from the grants tables and the views. Change those, not this page. -->",
            "",
            "# สิทธิการเข้าถึง · Who may open what",
            "",
            "Roles come from dated memberships in a centre, an agency or a body. One sentence that is true of a person",
            "gives the permission. A permission opens a page; which cases appear there, and what may be done with them",
            "now, is decided case by case.",
            "",
            "| Permission | Given to whoever … | Pages |",
            "| --- | --- | --- |",
            *(
                f"| `{permission}` | {_sentences(grants[permission])} | {_pages(by_openness.get(permission, []))} |"
                for permission in sorted(grants)
            ),
            "",
            "## Open to machines",
            "",
            "By the scope that each operation names; see `openapi.json`.",
            "",
            *_list(by_openness.get("machines", [])),
            "",
            "## Open to everybody who has signed in",
            "",
            *_list(by_openness.get("signed in", [])),
            "",
            "## Open to everyone",
            "",
            *_list(by_openness.get("everyone", [])),
            "",
        ]
    )


def _sentences(predicates: Iterable[Predicate]) -> str:
    return "<br>".join(_sentence(predicate) for predicate in predicates)


def _sentence(predicate: Predicate) -> str:
    """The first line of its docstring, to be read after “whoever”."""
    first = cleandoc(predicate.__doc__ or predicate.__name__).splitlines()[0]
    return first[0].lower() + first[1:].rstrip(".")


def _pages(addresses: Iterable[Address]) -> str:
    return "<br>".join(f"`{address.route}`" for address in addresses) or "(asked inside pages)"


def _list(addresses: Iterable[Address]) -> Iterator[str]:
    yield from [f"- `{address.route}` ({address.name})" for address in addresses] or ["None yet."]
