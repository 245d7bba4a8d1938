"""The interface as people read it: its operations in groups, its scopes and its problems (เอกสารสำหรับนักพัฒนา)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.machines.problems import Kind
from saduak.machines.scopes import FOR_SOMEBODY, Scope

Describe = Callable[[], dict[str, Any]]

_DESCRIBED: list[Describe] = []
"""What gives the OpenAPI document; packages above this one make it."""


def described_by(describe: Describe) -> None:
    """Let this be the document that is told."""
    _DESCRIBED[:] = [describe]


def description() -> dict[str, Any]:
    """The OpenAPI document."""
    return _DESCRIBED[0]()


def text() -> str:
    """The OpenAPI document as it is sent."""
    return _text_in(get_language())


@cache
def _text_in(language: str | None) -> str:
    return json.dumps(description(), ensure_ascii=False, indent=1)


HEADINGS: dict[str, Any] = {
    "Register": _("Register"),
    "Rounds and figures": _("Rounds and figures"),
    "Criteria": _("Criteria"),
    "Directory": _("Directory"),
    "Calendar and bodies": _("Calendar and bodies"),
    "Applications": _("Applications"),
    "Sub-committees and visits": _("Sub-committees and visits"),
    "Scores": _("Scores"),
    "Quality of assessment": _("Quality of assessment"),
    "Certificates": _("Certificates"),
    "Meetings": _("Meetings"),
    "Reconsiderations": _("Reconsiderations"),
    "Surveillance": _("Surveillance"),
    "Plaques and emblems": _("Plaques and emblems"),
    "Results from records": _("Results from records"),
    "Webhooks": _("Webhooks"),
    "Front desk": _("Front desk"),
}
"""Tag of an operation → what people read over its group."""


@dataclass(frozen=True)
class Told:
    """One operation."""

    method: str
    path: str
    summary: str
    scope: str
    name: str


@dataclass(frozen=True)
class Group:
    """Operations under one heading."""

    name: Any
    operations: list[Told]


def groups() -> list[Group]:
    """The operations by their tag, in the order of the document."""
    found: dict[str, list[Told]] = {}
    for path, methods in description()["paths"].items():
        for method, told in methods.items():
            line = Told(method.upper(), path, told["summary"], told.get("x-scope", ""), told["operationId"])
            found.setdefault(told["tags"][0], []).append(line)
    return [Group(HEADINGS.get(name, name), operations) for name, operations in found.items()]


def scopes() -> list[tuple[Scope, bool]]:
    """Every scope, and whether a system needs a person for it."""
    return [(scope, scope in FOR_SOMEBODY) for scope in Scope]


def problems() -> list[Kind]:
    """Every kind of problem, in the order of its status."""
    return list(Kind)
