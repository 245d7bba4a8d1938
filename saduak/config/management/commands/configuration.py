"""Prints the page of all environment variables."""

from pathlib import Path
from typing import Any, get_args

from django.core.management.base import BaseCommand
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from saduak.config.environment import CHECKOUT, Environment

PAGE = CHECKOUT / "docs" / "configuration.md"
HEAD = """\
# Configuration

saduak reads its settings from environment variables. None is needed: without any, it is a safe platform on one
machine, with a database of its own. A wrong value stops the start with a message.

This page is made by `saduak configuration --write` from `saduak/config/environment.py`; a test keeps it true.

| Variable | Meaning | Default |
| --- | --- | --- |
"""


class Command(BaseCommand):
    """`saduak configuration`: the variables, what they mean, and what they are when nobody sets them."""

    help = "Print the page of all environment variables (with --write, into docs/configuration.md)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/configuration.md")

    def handle(self, *args: Any, write: bool = False, **options: Any) -> None:
        if write:
            PAGE.write_text(page())
        else:
            self.stdout.write(page(), ending="")


def page() -> str:
    """The whole page, in Markdown."""
    rows = (
        f"| `{name.upper()}` | {field.description}{_choices(field)} | {_default(name, field)} |"
        for name, field in Environment.model_fields.items()
    )
    return HEAD + "\n".join(rows) + "\n"


def _choices(field: FieldInfo) -> str:
    words = [word for word in get_args(field.annotation) if isinstance(word, str)]
    return f" One of {', '.join(f'`{word}`' for word in words)}." if words else ""


def _default(name: str, field: FieldInfo) -> str:
    if name == "saduak_data":
        return f"`{Path(field.default).relative_to(CHECKOUT)}` in the checkout"
    if name == "saduak_web_workers":
        return "processors, up to 4"
    value = field.default
    if value is None or value is PydanticUndefined or str(value) == "":
        return "–"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
