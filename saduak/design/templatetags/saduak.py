"""The components as tags: `{% load saduak %}`. Every docstring can be pasted; `/design/` shows them all (องค์ประกอบ)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from saduak.design import charts, components, icons, maps, tables
from saduak.design import progress as long
from saduak.design.levels import LEVELS
from saduak.procedure.kit import Decision
from saduak.thai import dates, numerals

register = template.Library()

TONES = ("plain", "info", "success", "warning", "danger", "attention")
ICON_OF = {
    "plain": "info",
    "info": "info",
    "success": "success",
    "warning": "warning",
    "danger": "danger",
    "attention": "bell",
}


def _draw(name: str, /, **values: Any) -> str:
    return render_to_string(f"components/{name}.html", values)


def _checked(tone: str) -> str:
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"“{tone}” is no tone; there are {', '.join(TONES)}.")
    return tone


# Words and signs


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """{% icon "search" %}"""
    return icons.icon(name, str(label))


@register.simple_block_tag
def notice(content: str, *, tone: str = "info", title: object = "") -> str:
    """{% notice tone="warning" title="ใกล้ปิดรับคำขอ" %}รอบนี้ปิดรับวันที่ 31 กรกฎาคม 2569 เวลา 16.30 น.{% endnotice %}"""
    return _draw("notice", content=content, tone=_checked(tone), title=title, icon=ICON_OF[tone])


@register.simple_tag
def badge(label: object, tone: str = "plain", icon: str = "") -> SafeString:
    """{% badge "ยื่นคำขอแล้ว" tone="info" %} {% badge "เกินกำหนด" tone="danger" icon="clock" %}"""
    drawing = icons.icon(icon) if icon else ""
    return format_html('<span class="badge" data-tone="{}">{}{}</span>', _checked(tone), drawing, label)


@register.simple_tag
def level(name: str, size: str = "") -> str:
    """{% level "excellent" %} {% level "advanced" size="large" %}"""
    return _draw("level", name=name, label=LEVELS[name], size=size)


@register.simple_block_tag
def empty_state(content: str, title: object, icon: str = "list") -> str:
    """{% empty_state "ยังไม่มีคำขอ" %}คำขอจะแสดงที่นี่เมื่อศูนย์เริ่มจัดทำ{% endempty_state %}"""
    return _draw("empty_state", content=content, title=title, icon=icon)


# Actions


@register.simple_tag
def button(
    label: object,
    *,
    href: str = "",
    kind: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
) -> str:
    """{% button "ยื่นคำขอ" %} {% button "บันทึกร่าง" kind="secondary" %}
    {% button "ดูรายละเอียด" href="#button" kind="quiet" %}

    `kind` is primary, secondary, quiet or danger. Without `href` it submits its form.
    """
    return _draw("button", label=label, href=href, kind=kind, icon=icon, name=name, value=value, form=form)


@register.simple_tag
def step_button(decision: Decision[Any], *, label: object = "", href: str = "", name: str = "", kind: str = "") -> str:
    """{% step_button decision name="step" %}

    A button for a step of a procedure. A step that is not open shows a disabled button with every reason below it.
    With `href` it leads to a page; else it submits its form with `name` = the step's name.
    """
    wording = label or decision.step.label or decision.step.name
    return _draw("step_button", decision=decision, label=wording, href=href, name=name, kind=kind or "primary")


@register.simple_tag
def tabs(items: Sequence[components.Tab], label: object = "") -> str:
    """{% tabs tabs label="ส่วนของคำขอ" %}"""
    return _draw("tabs", items=items, label=label)


@register.simple_tag
def breadcrumbs(trail: Sequence[components.Crumb]) -> str:
    """{% breadcrumbs trail %}"""
    return _draw("breadcrumbs", trail=trail)


@register.simple_tag
def breadcrumb_from(url: str, above: object, here: object) -> str:
    """{% breadcrumb_from url "คณะกรรมการและหน่วยงานกลาง" "คณะอนุกรรมการ คณะที่ 5" %}

    One page above this one.
    """
    return _draw("breadcrumbs", trail=[components.Crumb(above, url), components.Crumb(here)])


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], name: str = "page") -> str:
    """{% pagination page %}"""
    request = context["request"]

    def address(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        {"number": n, "url": address(n), "current": n == page.number} if isinstance(n, int) else {"gap": n}
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return _draw(
        "pagination",
        page=page,
        numbers=numbers,
        previous=address(page.number - 1) if page.has_previous() else "",
        following=address(page.number + 1) if page.has_next() else "",
    )


@register.simple_tag
def steps_list(steps: Sequence[object]) -> str:
    """{% steps_list steps %}"""
    return _draw("steps_list", steps=steps)


# Holding content


@register.simple_block_tag
def card(content: str, *, title: object = "", href: str = "", tone: str = "plain", id: str = "") -> str:
    """{% card title="ติดต่อ" %}โทร. 0 5351 1000{% endcard %}"""
    return _draw("card", content=content, title=title, href=href, tone=_checked(tone), id=id)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """{% facts %}{% fact "ศูนย์" %}ที่ทำการปกครองจังหวัดลำพูน{% endfact %}
    {% fact "ระดับ" %}{% level "advanced" %}{% endfact %}{% endfacts %}"""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, label: object) -> SafeString:
    """{% facts %}{% fact "จังหวัด" %}ลำพูน{% endfact %}{% endfacts %}"""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_block_tag
def scroller(content: str, label: object) -> SafeString:
    """{% scroller "คำขอในรอบ" %}<table><tr><th>เลขที่<td>68-0001</table>{% endscroller %}"""
    return format_html('<div class="scroller" role="region" tabindex="0" aria-label="{}">{}</div>', label, content)


# Where a case stands


@register.simple_tag
def track(stops: Sequence[components.Stop], label: object = "") -> str:
    """{% track stops %}"""
    return _draw("track", stops=stops, label=label)


@register.simple_tag
def timeline(moments: Sequence[components.Moment]) -> str:
    """{% timeline moments %}"""
    return _draw("timeline", moments=moments)


@register.simple_tag
def side_clock(clock: components.Clock) -> str:
    """{% side_clock clock %}"""
    return _draw("side_clock", clock=clock, icon={"danger": "danger", "warning": "warning"}.get(clock.tone, "clock"))


@register.simple_tag
def progress_bar(value: float, maximum: float, label: object, unit: object = "") -> str:
    """{% progress_bar 32 50 "ตอบเกณฑ์แล้ว" unit="ข้อ" %}"""
    return _draw("progress_bar", value=value, maximum=maximum, label=label, unit=unit)


@register.simple_tag
def figure(
    value: object,
    label: object,
    *,
    unit: object = "",
    period: object = "",
    comparison: object = "",
    source: object = "",
    href: str = "",
) -> str:
    """{% figure "828" "ศูนย์ที่ได้รับการรับรอง" unit="แห่ง" period="ปี 2568" source="ที่มา: สปน." %}"""
    return _draw(
        "figure", value=value, label=label, unit=unit, period=period, comparison=comparison, source=source, href=href
    )


# Files


@register.simple_tag
def file_list(files: Sequence[components.KeptFile]) -> str:
    """{% file_list files %}"""
    return _draw("file_list", files=files)


@register.simple_tag
def file_input(field: BoundField) -> str:
    """{% file_input form.evidence %}"""
    return _draw("file_input", field=field)


@register.filter
def file_size(size: int | None) -> str:
    """{{ attachment.size|file_size }}"""
    return components.size_in_words(size)


# Dates and numbers


def _language() -> str:
    return get_language() or "th"


@register.filter
def thai_date(value: date | datetime | None) -> str:
    """{{ visit.day|thai_date }} → 15 ม.ค. 2569"""
    return "" if value is None else dates.short(value, _language())


@register.filter
def thai_date_full(value: date | datetime | None) -> str:
    """{{ letter.day|thai_date_full }} → 15 มกราคม พ.ศ. 2569"""
    return "" if value is None else dates.full(value, _language())


@register.filter
def thai_moment(value: datetime | None) -> str:
    """{{ entry.at|thai_moment }} → 15 ม.ค. 2569 09.30 น., with a space at which no line ends before น."""
    return "" if value is None else dates.moment(value, _language()).replace(" น.", "\u00a0น.")


@register.filter
def thai_clock(value: datetime | None) -> str:
    """{{ entry.at|thai_clock }} → 09.30"""
    return "" if value is None else dates.clock(value, _language())


@register.filter
def thai_digits(value: object) -> str:
    """{{ certificate.number|thai_digits }} → ๑๒/๒๕๖๙"""
    return numerals.to_thai_digits(str(value))


@register.simple_tag
def when(value: date | datetime | None) -> SafeString:
    """{% when entry.at %}"""
    if value is None:
        return SafeString("")
    words = thai_moment(value) if isinstance(value, datetime) else thai_date(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


# Lists, numbers in pictures, long work


@register.simple_tag(takes_context=True)
def data_table(context: Context, table: tables.Table) -> str:
    """{% data_table table %}"""
    return _draw("table", table=table, request=context["request"])


@register.simple_tag
def bar_chart(chart: charts.Chart) -> str:
    """{% bar_chart chart %}"""
    return charts.bars(chart)


@register.simple_tag
def province_map(drawn: maps.Map) -> SafeString:
    """{% province_map map %}: provinces shaded by a number, each leading to what it counts; a table stands beside."""
    return maps.province_map(drawn)


@register.simple_tag
def stacked_chart(chart: charts.Chart) -> str:
    """{% stacked_chart levels %}"""
    return charts.stacked(chart)


@register.simple_tag
def line_chart(chart: charts.Chart) -> str:
    """{% line_chart years %}"""
    return charts.line(chart)


@register.simple_tag(takes_context=True)
def long_work(context: Context, progress: long.Progress) -> str:
    """{% long_work progress %}"""
    return _draw("long_work", progress=progress, csrf_token=context.get("csrf_token"))


@register.simple_tag
def autosave_state() -> str:
    """{% autosave_state %}"""
    return _draw("autosave_state")


# Forms


@register.simple_tag
def error_summary(form: Any) -> str:
    """{% error_summary form %}, above a form whose fields are laid out by hand"""
    return render_to_string("forms/summary.html", {"form": form})
