"""The pages of `docs/` that are written by the code, so that they cannot tell another story (คู่มือที่สร้างจากรหัส).

To add a page, add a function to `CHAPTERS` that gives texts by their path under `docs/`; a test keeps them fresh.
"""

import json
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from django.apps import apps
from django.utils import translation

from saduak.access import pages as access_pages
from saduak.access.grants import all_grants
from saduak.config import api, configuration
from saduak.config.environment import CHECKOUT
from saduak.procedure import pages as procedure_pages
from saduak.procedure.kit import Procedure

DOCS = CHECKOUT / "docs"


def procedures() -> list[Procedure[Any]]:
    """Every procedure of the installed packages: the `Procedure` objects of their `procedure` modules."""
    found: dict[int, Procedure[Any]] = {}
    for module in _procedure_modules():
        found |= {id(value): value for value in vars(module).values() if isinstance(value, Procedure)}
    return sorted(found.values(), key=lambda procedure: procedure.name)


def of_procedures() -> dict[str, str]:
    """One page a procedure."""
    return {f"procedures/{each.name}.md": procedure_pages.page(each, in_thai) for each in procedures()}


def of_access() -> dict[str, str]:
    """Who may open what."""
    return {"access.md": access_pages.page(all_grants(), access_pages.addresses())}


def of_configuration() -> dict[str, str]:
    """What an operator may set."""
    return {"configuration.md": configuration.page()}


def of_the_interface() -> dict[str, str]:
    """What machines may ask, as OpenAPI."""
    return {"openapi.json": json.dumps(api.description(), ensure_ascii=False, indent=1) + "\n"}


CHAPTERS: tuple[Callable[[], dict[str, str]], ...] = (of_procedures, of_access, of_configuration, of_the_interface)


def texts() -> dict[str, str]:
    """Every generated page, by its path under `docs/`. Raises ValueError when two have one path."""
    together: dict[str, str] = {}
    with translation.override("en"):
        for chapter in CHAPTERS:
            texts = chapter()
            if doubled := together.keys() & texts.keys():
                raise ValueError(f"Written twice: {', '.join(sorted(doubled))}.")
            together |= texts
    return together


def stale(docs: Path = DOCS) -> list[str]:
    """The paths under `docs` that are missing, differ from what the code says, or belong to nothing any more."""
    wanted = texts()
    folders = {str(Path(path).parent) for path in wanted} - {"."}
    there = {str(path.relative_to(docs)) for folder in folders for path in (docs / folder).glob("*.md")}
    differing = {
        path for path, text in wanted.items() if not (docs / path).exists() or (docs / path).read_text() != text
    }
    return sorted(differing | (there - wanted.keys()))


def write(docs: Path = DOCS) -> list[str]:
    """Write what is stale, remove what belongs to nothing; returns the paths that changed."""
    changed = stale(docs)
    wanted = texts()
    for path in changed:
        if path in wanted:
            (docs / path).parent.mkdir(parents=True, exist_ok=True)
            (docs / path).write_text(wanted[path])
        else:
            (docs / path).unlink()
    return changed


def in_thai(text: object) -> str:
    """The Thai of a message, read from the packages' catalogues, which need not be compiled for this."""
    with translation.override("en"):
        english = str(text)
    return _thai().get(english, english)


@cache
def _thai() -> dict[str, str]:
    translated: dict[str, str] = {}
    for config in apps.get_app_configs():
        path = Path(config.path) / "locale" / "th" / "LC_MESSAGES" / "django.po"
        if config.name.startswith("saduak.") and path.exists():
            with path.open("rb") as file:
                messages = read_po(file, locale="th")
            translated |= {
                m.id: m.string for m in messages if isinstance(m.id, str) and isinstance(m.string, str) and m.string
            }
    return translated


def _procedure_modules() -> Iterator[Any]:
    """`procedure`, as one module or a folder of them, and `procedure_of_…` beside it."""
    for config in apps.get_app_configs():
        if not config.name.startswith("saduak."):
            continue
        for beside in pkgutil.iter_modules(config.module.__path__ if config.module else ()):
            if beside.name == "procedure" or beside.name.startswith("procedure_of_"):
                module = import_module(f"{config.name}.{beside.name}")
                yield module
                for inner in pkgutil.iter_modules(getattr(module, "__path__", ())):
                    yield import_module(f"{module.__name__}.{inner.name}")
