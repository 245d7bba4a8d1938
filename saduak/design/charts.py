"""Charts drawn here as SVG: the title says the finding, labels stand at the marks, a table stands beside (แผนภูมิ)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

WIDTH = 640
COLOURS = 8
"""Colours that people with any colour vision tell apart, `--chart-1` … `--chart-8`; in print each has its pattern."""


@dataclass(frozen=True)
class Series:
    """One row of values, one for each label of the chart; None where nothing is known."""

    label: object
    values: Sequence[float | None]


@dataclass(frozen=True)
class Chart:
    """What is drawn. `finding` is the title, a sentence; `unit` the unit of every value; `source` where they come from.

    `name` keeps several charts of one page apart. `digits` are printed after the point.
    Raises ValueError when a series has not one value for each label, or there are more series than colours.
    """

    finding: object
    labels: Sequence[object]
    series: Sequence[Series]
    unit: object = ""
    source: object = ""
    name: str = "chart"
    digits: int = 0

    def __post_init__(self) -> None:
        if len(self.series) > COLOURS:
            raise ValueError(f"A chart has at most {COLOURS} series.")
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise ValueError(f"“{series.label}” has {len(series.values)} values for {len(self.labels)} labels.")

    def words(self, value: float | None) -> str:
        """A value as it is printed."""
        return "–" if value is None else f"{value:,.{self.digits}f}"

    @property
    def table(self) -> list[tuple[object, list[str]]]:
        """(label, values in words) of each row of the table beside the chart."""
        return [
            (label, [self.words(series.values[place]) for series in self.series])
            for place, label in enumerate(self.labels)
        ]


def bars(chart: Chart) -> SafeString:
    """Horizontal bars, several for each label when there are several series; never below zero."""
    largest = _largest(value for series in chart.series for value in series.values)
    thick, gap = (26, 40) if len(chart.series) == 1 else (20, 40)
    drawn, top = [], 0.0
    for place, label in enumerate(chart.labels):
        lines = []
        for number, series in enumerate(chart.series, start=1):
            value = series.values[place]
            length = _share(value, largest) * (WIDTH - 90)
            y = top + 24 + (number - 1) * (thick + 3)
            lines.append(
                {
                    "colour": number,
                    "y": _n(y),
                    "height": thick,
                    "width": _n(max(length, 1.5) if value is not None else 0),
                    "words": chart.words(value),
                    "text_x": _n(length + 8),
                    "text_y": _n(y + thick * 0.72),
                }
            )
        drawn.append({"label": label, "y": _n(top + 17), "lines": lines})
        top += gap + len(chart.series) * (thick + 3)
    return _drawn("bars", chart, {"groups": drawn, "height": _n(top), "width": WIDTH})


def stacked(chart: Chart) -> SafeString:
    """One bar for each label, the parts of each of the series; the bar's length is their sum."""
    sums = [sum(series.values[place] or 0 for series in chart.series) for place in range(len(chart.labels))]
    largest = _largest(sums)
    drawn, top = [], 0.0
    for place, label in enumerate(chart.labels):
        parts, x = [], 0.0
        for number, series in enumerate(chart.series, start=1):
            value = series.values[place]
            width = _share(value, largest) * (WIDTH - 90)
            words = chart.words(value)
            if width:
                parts.append(
                    {
                        "colour": number,
                        "x": _n(x),
                        "y": _n(top + 24),
                        "width": _n(max(width - 1.5, 0.5)),
                        "middle": _n(x + width / 2),
                        "text_y": _n(top + 44),
                        "words": words if width > 11 * len(words) else "",
                    }
                )
            x += width
        end = {"x": _n(x + 6), "y": _n(top + 44), "words": chart.words(sums[place])}
        drawn.append({"label": label, "y": _n(top + 17), "parts": parts, "end": end})
        top += 68
    return _drawn("stacked", chart, {"groups": drawn, "height": _n(top), "width": WIDTH})


def line(chart: Chart) -> SafeString:
    """A line for each series over the labels from left to right; a gap where nothing is known. Begins at zero."""
    height, left, right, bottom = 300, 56, 110, 40
    largest = _nice(_largest(value for series in chart.series for value in series.values))
    across = (WIDTH - left - right) / max(len(chart.labels) - 1, 1)

    def y_of(value: float) -> float:
        return 14 + (1 - value / largest) * (height - bottom - 14)

    grid = [{"y": _n(y_of(largest * part / 4)), "words": chart.words(largest * part / 4)} for part in range(5)]
    drawn = []
    for number, series in enumerate(chart.series, start=1):
        points = [
            {"x": left + place * across, "y": y_of(value), "words": chart.words(value)}
            for place, value in enumerate(series.values)
            if value is not None
        ]
        drawn.append(
            {
                "colour": number,
                "path": _path(series.values, left, across, y_of),
                "points": [{"x": _n(p["x"]), "y": _n(p["y"]), "words": p["words"]} for p in points],
                "end": {"x": _n(points[-1]["x"] + 10), "y": points[-1]["y"] + 5} if points else None,
                "label": series.label,
                "last": points[-1]["words"] if points else "",
            }
        )
    _apart([one["end"] for one in drawn if one["end"]])
    step = max(1, -(-len(chart.labels) // 12))
    ticks = [
        {"x": _n(left + place * across), "words": label}
        for place, label in enumerate(chart.labels)
        if place % step == 0 or place == len(chart.labels) - 1
    ]
    values = {
        "lines": drawn,
        "grid": grid,
        "ticks": ticks,
        "width": WIDTH,
        "height": height,
        "left": left,
        "right": WIDTH - right,
        "axis_y": height - 14,
    }
    return _drawn("line", chart, values)


def _drawn(kind: str, chart: Chart, values: dict[str, object]) -> SafeString:
    several = len(chart.series) > 1
    return render_to_string(f"components/chart_{kind}.html", {"chart": chart, "several": several, **values})


def _largest(values: object) -> float:
    known = [value for value in values if value]  # type: ignore[attr-defined]
    return max(known, default=1) or 1


def _share(value: float | None, largest: float) -> float:
    return max(0.0, float(value or 0) / float(largest))


def _nice(value: float) -> float:
    """The round number at or above `value` that quarters well."""
    power = 10.0
    while power > value:
        power /= 10
    while power * 10 <= value:
        power *= 10
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= value)


def _path(values: Sequence[float | None], left: float, across: float, y_of: object) -> str:
    drawn, pen = [], "M"
    for place, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        drawn.append(f"{pen}{_n(left + place * across)} {_n(y_of(value))}")  # type: ignore[operator]
        pen = "L"
    return " ".join(drawn)


def _apart(ends: list[dict[str, object]], room: float = 20) -> None:
    """Move the labels at the ends of lines so far down that none covers another."""
    before = float("-inf")
    for end in sorted(ends, key=lambda end: end["y"]):  # type: ignore[arg-type, return-value]
        before = max(float(end["y"]), before + room)  # type: ignore[arg-type]
        end["y"] = _n(before)


def _n(number: float) -> str:
    """A number as SVG reads it, whatever the language."""
    return f"{number:.1f}".removesuffix(".0")
