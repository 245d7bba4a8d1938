"""How the register's numbers are worded and drawn (ถ้อยคำของสถิติ)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from saduak.certification.queries.figures import Figures, OfProvince
from saduak.design.charts import Chart, Series
from saduak.design.tables import Column, Table
from saduak.design.templatetags.saduak import LEVELS
from saduak.thai.text import sort_key


def chart_of_levels(figures: Figures) -> Chart:
    """What is in force, by level."""
    numbers = {level: figures.of_level.get(level, 0) for level in LEVELS}
    largest = max(numbers, key=lambda level: numbers[level])
    words = {"level": LEVELS[largest], "number": f"{numbers[largest]:,}", "total": f"{figures.valid:,}"}
    return Chart(
        finding=_("The %(level)s is held most: by %(number)s of %(total)s centres") % words,
        labels=list(LEVELS.values()),
        series=[Series(_("Centres"), list(numbers.values()))],
        unit=pgettext("unit", "centres"),
        name="levels",
    )


def chart_of_rounds(figures: Figures) -> Chart:
    """What each round issued, by level."""
    total = {cycle: sum(of_level.values()) for cycle, of_level in figures.issued.items()}
    largest = max(total, key=lambda cycle: total[cycle])
    return Chart(
        finding=_("The round of %(year)s gave the most certificates: %(number)s")
        % {"year": largest, "number": f"{total[largest]:,}"},
        labels=[str(cycle) for cycle in total],
        series=[
            Series(words, [figures.issued[cycle].get(level, 0) for cycle in total]) for level, words in LEVELS.items()
        ],
        unit=_("certificates"),
        name="rounds",
    )


def _number(level: str) -> Any:
    return lambda one: one.of_level.get(level, 0)


def _linked(one: OfProvince) -> SafeString | str:
    if not one.total:
        return one.province.name
    address = f"{reverse('find_centres')}?{urlencode({'province': one.province.code, 'status': 'valid'})}"
    return format_html('<a href="{}">{}</a>', address, one.province.name)


COLUMNS = (
    Column(
        "province",
        gettext_lazy("Province"),
        value=lambda one: one.province.name,
        shown=_linked,
        sort=lambda one: sort_key(one.province.name),
    ),
    *(Column(level, words, value=_number(level), sort=_number(level), number=True) for level, words in LEVELS.items()),
    Column("total", gettext_lazy("All levels together"), sort=lambda one: one.total, number=True),
)


def table_of_provinces(request: HttpRequest, figures: Figures) -> Table:
    """What is in force, by province."""
    label = _("Centres with a valid certificate, by province")
    return Table(request, figures.provinces, COLUMNS, label=label, name="provinces", sorted_by="-total", per_page=100)
