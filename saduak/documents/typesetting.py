"""typst, asked for one PDF or one picture: facts go in as data, never as mark-up."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

TEMPLATES = Path(__file__).parent / "typst"
FONTS = Path(__file__).resolve().parents[2] / "node_modules" / "@expo-google-fonts" / "sarabun"
WEIGHTS = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")

STANDARDS: list[Any] = ["a-2a", "ua-1"]
"""PDF/A-2a, to be kept for decades, and PDF/UA-1, to be read aloud (ISO 19005-2, ISO 14289-1)."""


class FontsMissing(Exception):
    """The Thai fonts are not installed; `npm ci` brings them."""


@cache
def _fonts() -> typst.Fonts:
    """The weights of Sarabun that the templates use. Raises FontsMissing."""
    if missing := [weight for weight in WEIGHTS if not (FONTS / weight).is_dir()]:
        raise FontsMissing(f"Sarabun {', '.join(missing)} is missing below {FONTS}; `npm ci` brings it.")
    folders: list[Any] = [str(FONTS / weight) for weight in WEIGHTS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


WITH_FILES: list[Any] = ["a-3a", "ua-1"]
"""PDF/A-3a, which may carry other files inside (ISO 19005-3)."""


def typeset(template: str, facts: Mapping[str, Any], *, at: datetime, carries_files: bool = False) -> bytes:
    """The PDF of one template filled with `facts` (anything JSON can say); `at` is the moment noted inside.

    Equal arguments give equal bytes. Raises FontsMissing, and typst.TypstError for facts the template cannot place.
    """
    made = _compiler(template, facts).compile(
        format="pdf",
        pdf_standards=WITH_FILES if carries_files else STANDARDS,
        timestamp=int(at.astimezone(UTC).timestamp()),
    )
    assert isinstance(made, bytes)  # noqa: S101  The wheel's type covers formats with one file a page.
    return made


def draw(template: str, facts: Mapping[str, Any], form: Literal["svg", "png"], *, ppi: float = 300) -> bytes:
    """The one page of a template as a picture; letters become shapes, so no font is needed where it is shown.

    `ppi` are the dots per inch of a PNG. Raises FontsMissing, and typst.TypstError for facts the template cannot place.
    """
    made = _compiler(template, facts).compile(format=form, ppi=ppi)
    assert isinstance(made, bytes)  # noqa: S101  As above: the template has one page.
    return made


def _compiler(template: str, facts: Mapping[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
    )
