"""Charts drawn here as SVG: the title says the finding, labels stand at the marks, a table stands beside (แผนภูมิ)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

LONGEST = 82
"""The longest bar, in hundredths of the drawing's width: the rest is for its number. Lengths are in hundredths so that
the letters keep their size on a phone."""
LEFT, RIGHT = 13, 84
"""Where lines begin and end, in hundredths of the width."""
TOP, BOTTOM = 14, 250
"""The height of lines, in pixels."""
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
    thick = 26 if len(chart.series) == 1 else 20
    drawn, top = [], 0
    for place, label in enumerate(chart.labels):
        lines = []
        for number, series in enumerate(chart.series, start=1):
            value = series.values[place]
            y = top + 28 + (number - 1) * (thick + 3)
            length = _n(_share(value, largest) * LONGEST)
            lines.append(
                {"colour": number, "y": y, "middle": y + thick / 2, "length": length, "words": chart.words(value)}
            )
        drawn.append({"label": label, "y": top + 20, "lines": lines})
        top += 44 + len(chart.series) * (thick + 3)
    return _drawn("bars", chart, {"groups": drawn, "height": top, "thick": thick})


def stacked(chart: Chart) -> SafeString:
    """One bar for each label, the parts of each of the series; the bar's length is their sum."""
    sums = [sum(series.values[place] or 0 for series in chart.series) for place in range(len(chart.labels))]
    largest = _largest(sums)
    drawn, top = [], 0
    for place, label in enumerate(chart.labels):
        parts, x = [], 0.0
        for number, series in enumerate(chart.series, start=1):
            value = series.values[place]
            width = _share(value, largest) * LONGEST
            if width:
                words = chart.words(value)
                # On the narrowest screen a letter takes about three hundredths of the width.
                fits = width > 3.4 * len(words)
                parts.append(
                    {
                        "colour": number,
                        "x": _n(x),
                        "width": _n(width),
                        "middle": _n(x + width / 2),
                        "words": words if fits else "",
                    }
                )
            x += width
        drawn.append(
            {
                "label": label,
                "y": top + 20,
                "top": top + 28,
                "parts": parts,
                "end": _n(x),
                "sum": chart.words(sums[place]),
            }
        )
        top += 76
    return _drawn("stacked", chart, {"groups": drawn, "height": top})


def line(chart: Chart) -> SafeString:
    """A line for each series over the labels from left to right; a gap where nothing is known. Begins at zero."""
    largest = _nice(_largest(value for series in chart.series for value in series.values))
    across = (RIGHT - LEFT) / max(len(chart.labels) - 1, 1)

    def point(place: int, value: float) -> tuple[float, float]:
        return LEFT + place * across, TOP + (1 - value / largest) * (BOTTOM - TOP)

    drawn, ends = [], []
    for number, series in enumerate(chart.series, start=1):
        known = [(point(place, value), value) for place, value in enumerate(series.values) if value is not None]
        drawn.append(
            {
                "colour": number,
                "path": _path(
                    [None if value is None else point(place, value) for place, value in enumerate(series.values)]
                ),
                "points": [{"x": _n(x), "y": _n(y)} for (x, y), _value in known],
            }
        )
        if known:
            (x, y), value = known[-1]
            ends.append({"x": _n(x), "y": y, "words": chart.words(value)})
    _apart(ends)
    step = max(1, -(-len(chart.labels) // 6))
    quarters = [largest * part / 4 for part in range(5)]
    return _drawn(
        "line",
        chart,
        {
            "lines": drawn,
            "ends": ends,
            "grid": [{"y": _n(point(0, value)[1]), "words": chart.words(value)} for value in quarters],
            "ticks": [
                {"x": _n(LEFT + place * across), "words": label}
                for place, label in enumerate(chart.labels)
                if place % step == 0
            ],
            "left": LEFT,
            "right": RIGHT,
            "height": BOTTOM + 40,
            "words_y": BOTTOM + 28,
        },
    )


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


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    drawn, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        drawn.append(f"{pen}{_n(point[0])} {_n(point[1])}")
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
