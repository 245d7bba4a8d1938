"""Charts are drawn with their numbers beside them."""

import re
from xml.etree import ElementTree

import pytest

from saduak.design.charts import Chart, Series, bars, line, stacked

YEARS = Chart("ศูนย์เพิ่มขึ้น", ["2559", "2561", "2568"], [Series("ศูนย์", [41, 385, 828])], unit="แห่ง")
TWO = Chart(
    "สองชุดห่างกัน", ["ก", "ข", "ค"], [Series("หนึ่ง", [10, None, 30]), Series("สอง", [10, 0, 30.5])], digits=1, name="two"
)


@pytest.mark.parametrize("draw", [bars, stacked, line])
@pytest.mark.parametrize("chart", [YEARS, TWO], ids=["one series", "two series with a gap"])
def test_a_drawing_is_well_formed_and_its_numbers_stand_in_a_table(draw, chart):
    page = draw(chart)

    drawing = ElementTree.fromstring(re.search(r'<svg class="chart-drawing".*</svg>(?=\n<details)', page, re.DOTALL)[0])  # noqa: S314
    assert drawing.get("aria-hidden") == "true"
    assert f"<figcaption>{chart.finding}" in page
    assert page.count("<tr>") == 1 + len(chart.labels)
    assert "style=" not in page


def test_bars_are_as_long_as_their_values():
    widths = [float(width) for width in re.findall(r'class="chart-1" x="0" y="[\d.]+" width="([\d.]+)%"', bars(YEARS))]

    assert widths[1] / widths[2] == pytest.approx(385 / 828, abs=0.002)


def test_a_stack_ends_with_its_sum():
    assert "60.5" in stacked(TWO)


def test_a_line_breaks_where_nothing_is_known():
    assert re.search(r'd="M[\d.]+ [\d.]+ M[\d.]+ [\d.]+"', line(TWO))


def test_labels_at_the_ends_of_lines_do_not_cover_each_other():
    ends = [float(y) for y in re.findall(r'class="chart-value" x="[\d.]+%" dx="10" y="([\d.]+)"', line(TWO))]

    assert abs(ends[0] - ends[1]) >= 20


def test_unknown_is_a_dash_and_thousands_are_parted():
    assert TWO.words(None) == "–"
    assert YEARS.words(12345) == "12,345"


@pytest.mark.parametrize(
    ("labels", "series"),
    [
        pytest.param(["ก"], [Series("x", [1, 2])], id="a value too many"),
        pytest.param(["ก"], [Series(str(number), [1]) for number in range(9)], id="more series than colours"),
    ],
)
def test_a_chart_that_cannot_be_read_is_refused(labels, series):
    with pytest.raises(ValueError, match=r"values for|at most"):
        Chart("x", labels, series)
