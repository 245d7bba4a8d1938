"""The page of all environment variables (หน้าอธิบายการตั้งค่า)."""

from pathlib import Path
from typing import get_args

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from saduak.config.environment import CHECKOUT, Environment

HEAD = """\
# Configuration

saduak reads its settings from environment variables. None is needed: without any, it is a safe platform on one
machine, with a database of its own. A wrong value stops the start with a message.

This page is made by `saduak docs` from `saduak/config/environment.py`; a test keeps it true.

| Variable | Meaning | Default |
| --- | --- | --- |
"""


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
