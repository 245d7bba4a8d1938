"""Colours can be read in every set, and type is never squeezed or stretched."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[1] / "static" / "design" / "css"
PACKAGES = Path(__file__).resolve().parents[2]
SETS = ["normal", "dark", "high"]
TONES = ["attention", "success", "warning", "danger", "info"]

TEXT = [
    *[
        (text, ground)
        for text in ("ink", "muted", "primary", "primary-hover")
        for ground in ("paper", "surface", "sunken")
    ],
    *[(tone, f"{tone}-tint") for tone in TONES],
    *[(tone, ground) for tone in TONES for ground in ("paper", "surface")],
    ("ink", "primary-tint"),
    ("primary", "primary-tint"),
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("surface", "danger"),
    ("on-bar", "bar"),
    *[("surface", f"chart-{number}") for number in (1, 3, 4, 6, 8)],
    *[("on-bright", f"chart-{number}") for number in (2, 5, 7)],
    *[("ink", f"{tone}-tint") for tone in TONES],
]
EDGES = [
    *[("edge", ground) for ground in ("paper", "surface")],
    *[("focus", ground) for ground in ("paper", "surface", "sunken")],
    ("focus-on-bar", "bar"),
    *[(level, ground) for level in ("basic", "advanced", "excellent") for ground in ("paper", "surface")],
    *[(f"chart-{number}", "surface") for number in range(1, 9)],
]


def _sets():
    css = (CSS / "tokens.css").read_text()
    root = dict(
        re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css[css.index(":root") : css.index('[data-contrast="dark"]')])
    )
    sets = {"normal": root}
    for name in ("dark", "high"):
        block = css[css.index(f'[data-contrast="{name}"]') :].split("}", 1)[0]
        sets[name] = root | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    return sets


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    """The ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (EDGES, 3)], ids=["text", "edges"])
def test_every_pair_of_tokens_has_enough_contrast(name, pairs, least):
    tokens = _sets()[name]

    weak = {f"{one} on {other}": round(_contrast(tokens[one], tokens[other]), 2) for one, other in pairs}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < least} == {}


def _painted():
    """Every rule of the platform's own sheets that sets both a ground and what is written on it."""
    for path in sorted(PACKAGES.glob("*/static/**/*.css")):
        if "vendor" in path.parts:
            continue
        for rule, said in re.findall(r"([^{};]+)\{([^{}]*)\}", path.read_text()):
            ground = re.search(r"(?<![\w-])background(?:-color)?: ?var\(--([\w-]+)\)", said)
            ink = re.search(r"(?<![\w-])color: ?(?:var\(--([\w-]+)\)|(#[0-9a-f]{3,6})\b)", said)
            if ground and ink:
                yield f"{path.name} {rule.strip()}", ground[1], ink[1] or ink[2]


def test_what_a_rule_writes_can_be_read_on_its_own_ground_in_every_set():
    weak = {}
    for name, tokens in _sets().items():
        for rule, ground, ink in _painted():
            written = tokens.get(ink) or ("#" + "".join(2 * part for part in ink[1:]) if len(ink) == 4 else ink)
            if ground in tokens and written.startswith("#") and _contrast(tokens[ground], written) < 4.5:
                weak[f"{name}: {rule}"] = f"{ink} on {ground}"

    assert weak == {}


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.stem)
def test_type_is_never_spaced_or_justified(path):
    css = path.read_text()

    assert "letter-spacing" not in css
    assert "justify;" not in css


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.stem)
def test_a_colour_is_written_once_and_named_everywhere(path):
    if path.stem in {"tokens", "print"}:
        return
    css = re.sub(r"\[data-preference=[^{]*\{[^}]*\}", "", path.read_text())

    assert re.findall(r"#[0-9a-fA-F]{3,6}\b", css) == []


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.stem)
def test_every_token_that_is_used_exists(path):
    known = set(re.findall(r"--([\w-]+):", "".join(one.read_text() for one in CSS.glob("*.css"))))

    assert set(re.findall(r"var\(--([\w-]+)", path.read_text())) <= known
