"""What the gallery shows: every component as its docstring tells it, with the values it needs (แสดงองค์ประกอบ)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from inspect import cleandoc
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.utils.translation import gettext_lazy as _

from saduak.design import charts, components, maps, tables
from saduak.design.forms import FilesField, Form, PhoneField, ThaiDateField, ThaiDateTimeField
from saduak.design.progress import Progress, State
from saduak.design.templatetags import saduak as tags
from saduak.procedure.kit import Decision, Reason, Step
from saduak.thai.dates import BANGKOK

GROUPS: dict[str, tuple[object, tuple[str, ...]]] = {
    "words": (_("Words and signs"), ("notice", "badge", "level", "icon", "empty_state")),
    "actions": (
        _("Actions"),
        ("button", "step_button", "tabs", "breadcrumbs", "pagination", "steps_list"),
    ),
    "content": (_("Content"), ("card", "facts", "fact", "scroller", "figure", "file_list", "when")),
    "cases": (_("Where a case stands"), ("track", "timeline", "side_clock", "progress_bar", "long_work")),
    "numbers": (_("Tables and charts"), ("data_table", "bar_chart", "stacked_chart", "line_chart", "province_map")),
}
"""Heading of the gallery → its components, by the names of their tags."""

COLOURS = (
    *("paper", "surface", "sunken", "ink", "muted", "line", "edge", "primary", "primary-tint"),
    *("attention", "success", "warning", "danger", "info", "basic", "advanced", "excellent"),
    *(f"chart-{number}" for number in range(1, 9)),
)
"""The tokens that the gallery shows as swatches."""


@dataclass(frozen=True)
class Shown:
    """A component in the gallery: its tag's name, what to write, what comes of it, and the rest of its docstring."""

    name: str
    snippet: str
    drawn: str
    remark: str


class Example(Form):
    """A form with one field of each kind; it is checked like any other, and keeps nothing."""

    name = forms.CharField(label=_("Name of the centre"), max_length=60)
    phone = PhoneField(label=_("Telephone"), help_text=_("With an extension: 0 5351 1000 ต่อ 12"))
    day = ThaiDateField(label=_("Day of the visit"))
    opens = ThaiDateTimeField(label=_("The round opens"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of visit"),
        choices=[("place", _("On the spot")), ("video", _("By video"))],
        widget=forms.RadioSelect,
    )
    province = forms.ChoiceField(
        label=_("Province"), choices=[("", _("Choose a province")), ("51", "ลำพูน"), ("50", "เชียงใหม่"), ("52", "ลำปาง")]
    )
    remark = forms.CharField(label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = FilesField(label=_("Evidence"), required=False, help_text=_("Pictures or PDF, up to 20 MB each"))
    agreed = forms.BooleanField(label=_("The facts above are true."))


def shown(request: HttpRequest) -> list[tuple[str, object, list[Shown]]]:
    """(anchor, heading, components) of the whole gallery."""
    values = _values(request)
    return [
        (name, heading, [_shown(tag, request, values) for tag in those]) for name, (heading, those) in GROUPS.items()
    ]


def _shown(name: str, request: HttpRequest, values: dict[str, Any]) -> Shown:
    function: Callable[..., Any] = getattr(tags, name)
    snippet, _gap, remark = cleandoc(function.__doc__ or "").partition("\n\n")
    template = engines["django"].from_string("{% load saduak %}" + snippet)
    return Shown(name, snippet, template.render(values, request), re.sub(r"\s+", " ", remark).strip())


def _values(request: HttpRequest) -> dict[str, Any]:
    """The variables that the docstrings speak of."""
    now = datetime(2026, 7, 15, 9, 30, tzinfo=BANGKOK)
    page = Paginator(range(480), 50).get_page(request.GET.get("page", 4))
    submit = Step("submit", "3.1", "centre", frozenset(), None, label="ยื่นคำขอ")  # type: ignore[var-annotated]
    closed = (Reason("gate", "ยังไม่ผ่านเกณฑ์ด้านกายภาพ 2 ข้อ"), Reason("missing", "ยังไม่ได้ตอบเกณฑ์อีก 5 ข้อ"))
    return {
        "decision": Decision(submit, closed),
        "tabs": [
            components.Tab("ภาพรวม", "#tabs", current=True),
            components.Tab("ประเมินตนเอง", "#tabs", count=50),
            components.Tab("หนังสือ", "#tabs", count=2),
        ],
        "trail": [components.Crumb("งานของฉัน", "#breadcrumbs"), components.Crumb("คำขอ 68-0001")],
        "page": page,
        "steps": ["ตรวจสอบข้อมูลศูนย์", "ตอบเกณฑ์ทุกข้อพร้อมหลักฐาน", "ให้หัวหน้าศูนย์ยื่นคำขอ"],
        "files": [
            components.KeptFile("ป้ายบอกทาง.jpg", "#file_list", 842_000, "image/jpeg", now, note="หน้าอาคาร"),
            components.KeptFile("คำสั่งแต่งตั้งคณะทำงาน.pdf", "#file_list", 1_240_000, "application/pdf", now),
        ],
        "entry": Moment(now),
        "stops": [
            components.Stop("ร่าง", "done", date(2026, 1, 12)),
            components.Stop("ยื่นคำขอ", "done", date(2026, 2, 27)),
            components.Stop("ตรวจเอกสาร", "done", date(2026, 3, 19)),
            components.Stop("ลงพื้นที่", "now", date(2026, 7, 15)),
            components.Stop("มติ", "ahead"),
            components.Stop("ใบรับรอง", "ahead"),
        ],
        "moments": [
            components.Moment(now, "ส่งกลับให้แก้ไข", "สมศรี มีสุข", "ฝ่ายเลขานุการ", "ขอภาพถ่ายที่จอดรถผู้พิการเพิ่มเติม"),
            components.Moment(now - timedelta(days=18), "ยื่นคำขอ", "สมชาย ใจดี", "หัวหน้าศูนย์"),
        ],
        "clock": components.Clock(
            "แก้ไขภายใน",
            date(2026, 7, 22),
            "เหลือ 3 วันทำการ",
            "warning",
            lines=["เริ่มนับ 16 ก.ค. 2569", "ไม่นับ 18–19 ก.ค. 2569 วันเสาร์และวันอาทิตย์"],
        ),
        "progress": Progress("long-work-example", "จัดทำใบรับรอง", State.RUNNING, 320, 828),
        "table": example_table(request),
        "chart": charts.Chart(
            "ศูนย์ที่ได้รับการรับรองเพิ่มจาก 41 แห่งเป็น 828 แห่ง",
            ["ปี 2559", "ปี 2561", "ปี 2565", "ปี 2568"],
            [charts.Series("ศูนย์", [41, 385, 666, 828])],
            unit="แห่ง",
            source="ที่มา: สำนักงานปลัดสำนักนายกรัฐมนตรี",
        ),
        "map": maps.Map(
            "ลำพูนมีศูนย์มากที่สุด 8 แห่ง",
            [
                maps.Place("51", "ลำพูน", 8, "8 แห่ง", "#province_map"),
                maps.Place("50", "เชียงใหม่", 3, "3 แห่ง", "#province_map"),
                maps.Place("52", "ลำปาง", 1, "1 แห่ง"),
                *(maps.Place(str(code), code, 0, "0 แห่ง") for code in range(10, 97) if code not in (50, 51, 52)),
            ],
            unit="แห่ง",
        ),
        "levels": charts.Chart(
            "คะแนนเต็มสองในสามอยู่ที่หมวดคุณภาพ",
            ["เกณฑ์ปี 2568"],
            [charts.Series("คุณภาพ", [70]), charts.Series("ผลลัพธ์", [30])],
            unit="คะแนน",
            name="levels",
        ),
        "years": charts.Chart(
            "จำนวนที่ได้รับการรับรองเพิ่มขึ้นทุกช่วง",
            ["2559", "2560", "2561", "2565", "2568"],
            [charts.Series("ศูนย์", [41, 242, 385, 666, 828])],
            unit="แห่ง",
        ),
    }


@dataclass(frozen=True)
class Moment:
    """Stands for a journal entry."""

    at: datetime


@dataclass(frozen=True)
class Criterion:
    """A row of the example table: a strand of the criteria of 2568, its items and points."""

    strand: str
    items: int
    points: int | None


def example_table(request: HttpRequest) -> tables.Table:
    """The strands of the criteria of 2568."""
    rows = [Criterion("ด้านกายภาพ", 14, None), Criterion("ด้านคุณภาพ", 33, 70), Criterion("ด้านผลลัพธ์", 3, 30)]
    columns = [
        tables.Column("strand", _("Strand"), sort=lambda row: row.strand),
        tables.Column("items", _("Items"), sort=lambda row: row.items, number=True),
        tables.Column("points", _("Points"), sort=lambda row: row.points, number=True),
    ]
    return tables.Table(request, rows, columns, label=_("The criteria of 2568"), name="example")
