"""What a new centre may begin with, by its kind of office; read from a file, without a database."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

BEGINNINGS = Path(__file__).parent / "data" / "beginnings.yaml"


@dataclass(frozen=True)
class Name:
    """A name in the four languages of visitors."""

    th: str
    en: str
    my: str
    zh: str

    def fields(self) -> dict[str, Any]:
        """As the fields of a model: name_th and so on."""
        return {"name_th": self.th, "name_en": self.en, "name_my": self.my, "name_zh": self.zh}


@dataclass(frozen=True)
class ProposedService:
    """A service that a centre may begin with. `minutes` are our own starting value for one visit to a counter."""

    name: Name
    minutes: int


@dataclass(frozen=True)
class ProposedGroup:
    """A queue group with the letter of its tickets and its services."""

    name: Name
    prefix: str
    services: tuple[ProposedService, ...]


@dataclass(frozen=True)
class Beginning:
    """What a kind of office usually does."""

    code: str
    name: Name
    groups: tuple[ProposedGroup, ...]


@cache
def beginnings() -> dict[str, Beginning]:
    """Every kind of office by its code, in the order of the file."""
    written = YAML(typ="safe").load(BEGINNINGS.read_text(encoding="utf-8"))
    return {one["code"]: Beginning(one["code"], Name(**one["name"]), _groups(one["groups"])) for one in written}


def _groups(written: list[dict[str, Any]]) -> tuple[ProposedGroup, ...]:
    return tuple(
        ProposedGroup(
            Name(**group["name"]),
            group["prefix"],
            tuple(ProposedService(Name(**service["name"]), service["minutes"]) for service in group["services"]),
        )
        for group in written
    )
