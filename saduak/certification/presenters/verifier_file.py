"""The verifier as one file that needs nothing besides itself (ตัวตรวจสอบแบบไฟล์เดียว).

Its modules lie in it as `data:` addresses, which an import map gives their names; so the very files that the site
serves run without it. A policy in the file lets nothing else run.
"""

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

ENTRY = "certification/verifier/page.js"
STYLES = (
    *(f"design/css/{name}.css" for name in ("tokens", "base", "components", "forms")),
    "certification/register.css",
    "certification/verifier/page.css",
)
FOR_PAPER = "design/css/print.css"
_IMPORT = re.compile(r'(?m)^(import\s[^\'"]*?\sfrom\s)"(\.\.?/[^"]+\.js)";$')
_FONT = re.compile(r'url\("([^"]+\.woff2)"\)')


def import_map() -> dict[str, dict[str, str]]:
    """Every module by its name under /static/, as an address that holds it."""
    found: dict[str, str] = {}
    waiting = [ENTRY]
    while waiting:
        name = waiting.pop()
        if name not in found:
            text, needed = _by_names(name)
            found[name] = _data("text/javascript", text.encode())
            waiting += needed
    return {"imports": dict(sorted(found.items()))}


def scripts() -> list[tuple[str, str]]:
    """The two scripts that stand in the page itself, each with its type: the map, and what begins."""
    return [("importmap", json.dumps(import_map())), ("module", f'import "{ENTRY}";')]


def script_elements() -> SafeString:
    """The scripts as elements."""
    made = [f'<script type="{kind}">{text}</script>' for kind, text in scripts()]
    return mark_safe("\n".join(made))  # noqa: S308  Names of ours, and our own files in Base64.


def digests() -> str:
    """What the policy of the page calls the scripts that stand in it."""
    return " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for _kind, text in scripts())


def style_element() -> SafeString:
    """Every style of the page, with its fonts inside."""
    sheets = [*map(_style, STYLES), f"@media print {{\n{_style(FOR_PAPER)}}}"]
    return mark_safe("\n".join(["<style>", *sheets, "</style>"]))  # noqa: S308  Our own style sheets.


def _by_names(name: str) -> tuple[str, list[str]]:
    """The text of a module in which the others go by their names, and those names."""
    needed: list[str] = []

    def named(told: re.Match[str]) -> str:
        needed.append(_beside(name, told[2]))
        return f'{told[1]}"{needed[-1]}";'

    return _IMPORT.sub(named, _text(name)), needed


def _beside(name: str, other: str) -> str:
    return normpath(join(dirname(name), other))


def _style(name: str) -> str:
    return _FONT.sub(lambda told: f'url("{_data("font/woff2", _raw(_beside(name, told[1])))}")', _text(name))


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _text(name: str) -> str:
    return _raw(name).decode()


def _raw(name: str) -> bytes:
    path = finders.find(name)
    if not path:
        raise FileNotFoundError(name)
    return Path(path).read_bytes()
