"""A map of the provinces drawn here as SVG, shaded by a number (แผนที่จังหวัด)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

OUTLINES = Path(__file__).with_name("data") / "provinces.topojson"
WIDTH = 400
"""The width of the drawing in its own units; the height follows from the country."""
SHADES = 5

Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Place:
    """One province on the map: its TIS 1099 code, its name, its number as words, and where a click leads."""

    code: str
    name: object
    value: int
    words: str
    href: str = ""


@dataclass(frozen=True)
class Map:
    """What is drawn. `finding` is the title, a sentence; `unit` that of the numbers."""

    finding: object
    places: Sequence[Place]
    unit: object = ""
    source: object = ""
    name: str = "map"

    @property
    def steps(self) -> list[int]:
        """The least number of each shade but the palest, which is for none."""
        largest = max((place.value for place in self.places), default=0)
        return [step for step in _steps(largest) if step <= largest]

    @property
    def key(self) -> list[tuple[int, str]]:
        """The shades with what they mean."""
        starts = [0, *self.steps]
        ends = [start - 1 for start in starts[1:]] + [None]
        return [
            (self.tone_of(shade), _span(start, end))
            for shade, (start, end) in enumerate(zip(starts, ends, strict=True))
        ]

    def shade_of(self, value: int) -> int:
        """The shade of a number; 0 for none."""
        return sum(value >= step for step in self.steps)

    def tone_of(self, shade: int) -> int:
        """The tone in which a shade is drawn, 0 to 5: the last shade is the darkest, however few there are."""
        return -(-shade * SHADES // max(len(self.steps), 1))


def province_map(drawn: Map) -> SafeString:
    """The drawing with its title and key; the numbers stand in a table of the page."""
    paths, height = _paths()
    provinces = [
        {"place": place, "path": paths[place.code], "shade": drawn.tone_of(drawn.shade_of(place.value))}
        for place in drawn.places
        if place.code in paths
    ]
    return render_to_string(
        "components/province_map.html", {"map": drawn, "provinces": provinces, "width": WIDTH, "height": height}
    )


def _steps(largest: int) -> Iterator[int]:
    """At most five steps that grow roundly up to the largest number: 1, 2, 5, 10, 20, 50, …"""
    ladder = [1]
    while ladder[-1] <= largest:
        ladder.append(ladder[-1] * (5 if str(ladder[-1]).startswith("2") else 4) // 2)
    chosen = [step for step in ladder if step <= max(largest, 1)]
    every = -(-len(chosen) // SHADES)
    yield from chosen[::every]


def _span(start: int, end: int | None) -> str:
    if end is None:
        return f"{start:,}+" if start else "0"
    return f"{start:,}" if start == end else f"{start:,}–{end:,}"


@cache
def _paths() -> tuple[Mapping[str, str], float]:
    """The outline of each province as an SVG path, and the height of the drawing; read once."""
    topology: dict[str, Any] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = {
        str(one["properties"]["code"]).zfill(2): _rings(one, arcs)
        for one in topology["objects"]["provinces"]["geometries"]
    }
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    # At the middle latitude a degree of longitude is so much shorter than one of latitude.
    across = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * across)

    def drawn(ring: Ring) -> str:
        return "M" + "L".join(f"{(x - west) * across * scale:.1f} {(north - y) * scale:.1f}" for x, y in ring) + "Z"

    return {code: "".join(map(drawn, rings)) for code, rings in shapes.items()}, round((north - south) * scale, 1)


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    """The points of an arc in degrees: TopoJSON keeps each as the way from the one before, in whole steps."""
    x = y = 0
    points = []
    for across, up in arc:
        x, y = x + across, y + up
        points.append(
            (
                x * transform["scale"][0] + transform["translate"][0],
                y * transform["scale"][1] + transform["translate"][1],
            )
        )
    return points


def _rings(shape: dict[str, Any], arcs: list[Ring]) -> list[Ring]:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    rings = []
    for polygon in polygons:
        for numbers in polygon:
            ring: Ring = []
            for number in numbers:
                # A negative number is an arc read backwards; neighbouring arcs share a point.
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring += arc[1 if ring else 0 :]
            rings.append(ring)
    return rings
