"""What a person types about a version as a whole: how it begins, its settings, its sheet (แบบกรอกชุดเกณฑ์)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import Form
from saduak.standards.criteria import Waiving
from saduak.standards.drafting.tree import Node, Sort, clean, node
from saduak.standards.forms.writing import line, points, text
from saduak.thai.numerals import from_thai_digits

COLOURS = (("blue", _("Blue")), ("silver", _("Silver")), ("gold", _("Gold")), ("bronze", _("Bronze")))
STEPS = (("0.01", "0.01"), ("0.1", "0.1"), ("1", "1"))
WAIVING = (
    (Waiving.NOT_ALLOWED, _("Every criterion applies to every centre")),
    (Waiving.REDISTRIBUTE, _("Some criteria may not apply; their points are spread over the rest of the strand")),
)
BLANK_ROWS = 1
MOST_ROWS = 30


class CycleField(forms.IntegerField):
    """A year of the Buddhist era, in Thai digits too."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Cycle (B.E.)"),
            min_value=2500,
            max_value=2700,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "6", "autocomplete": "off"}),
        )

    def to_python(self, value: Any) -> int | None:
        """The year. Raises ValidationError."""
        return super().to_python(from_thai_digits(value) if isinstance(value, str) else value)


class BeginForm(Form):
    """How a new version begins."""

    like = forms.ChoiceField(label=_("Begin with"), required=False)
    reference = line(
        _("Id"), required=True, width="18", help_text=_("Small letters, digits and hyphens, like gecc-2570; it stays")
    )
    cycle_be = CycleField()
    th = text(_("Thai title"), "th")
    en = text(_("English title"), "en")

    def __init__(self, *args: Any, versions: Sequence[tuple[str, object]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["like"].choices = [*versions, ("", _("nothing but the levels and strands"))]  # type: ignore[attr-defined]
        self.fields["th"].required = True


class LevelRow(Form):
    """A level, as a row."""

    code = line(_("Code"), width="12")
    th = line(_("Thai title"), attrs={"lang": "th"})
    en = line(_("English title"), attrs={"lang": "en"})
    points = points(_("From points"))
    kind = forms.ChoiceField(label=_("Colour"), choices=COLOURS, required=False)

    sort = Sort.LEVEL


class AspectRow(Form):
    """An aspect, as a row."""

    code = line(_("Code"), width="12")
    th = line(_("Thai title"), attrs={"lang": "th"})
    en = line(_("English title"), attrs={"lang": "en"})

    sort = Sort.ASPECT


class SettingsForm(Form):
    """What holds for the whole version, with its levels and aspects as rows."""

    cycle_be = CycleField()
    th = text(_("Thai title"), "th")
    en = text(_("English title"), "en")
    points = points(_("Stated maximum"), help_text=_("What all scored strands give together"))
    step = forms.ChoiceField(label=_("Smallest difference between two scores"), choices=STEPS, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What does not apply"), choices=WAIVING, widget=forms.RadioSelect)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, version: Node, **kwargs: Any) -> None:
        initial = {"kind": Waiving.NOT_ALLOWED, **version.values, "seen": kwargs.pop("seen", "")}
        super().__init__(data, initial=initial, **kwargs)
        self.fields["th"].required = True
        self.code = version.code
        self.levels = list(_rows(LevelRow, "level", data, version.below(Sort.LEVEL)))
        self.aspects = list(_rows(AspectRow, "aspect", data, version.below(Sort.ASPECT)))

    def is_valid(self) -> bool:
        """Whether the form and all its rows can be read."""
        return all([super().is_valid(), *(row.is_valid() for row in [*self.levels, *self.aspects])])

    def node(self) -> Node:
        """The version that was typed, with the rows that have a code or a title."""
        values = {
            name: str(self.cleaned_data.get(name) or "") for name in ("cycle_be", "th", "en", "points", "step", "kind")
        }
        children = [each for row in [*self.levels, *self.aspects] if (each := _node_of(row)) is not None]
        return node(Sort.VERSION, {**values, "code": self.code}, tuple(children))

    def row_of(self, sort: Sort, code: str) -> LevelRow | AspectRow | None:
        """The row of a level or an aspect."""
        rows: list[LevelRow | AspectRow] = [*self.levels, *self.aspects]
        return next((row for row in rows if row.sort is sort and row.cleaned_data.get("code", "") == code), None)


class TableForm(Form):
    """A sheet of criteria."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV with the columns of the export; at most 20 MB"),
        allow_empty_file=True,
    )


class TakeTableForm(Form):
    """What a sheet was read as, to be kept: the source that it makes, and the version it was compared with."""

    source = forms.CharField(widget=forms.HiddenInput, strip=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


def _rows(made: type[Any], prefix: str, data: Mapping[str, Any] | None, nodes: Sequence[Node]) -> Iterator[Any]:
    if data is None:
        for number in range(len(nodes) + BLANK_ROWS):
            yield made(prefix=f"{prefix}{number}", initial=nodes[number].values if number < len(nodes) else {})
        return
    number = 0
    while f"{prefix}{number}-code" in data and number < MOST_ROWS:
        yield made(data, prefix=f"{prefix}{number}")
        number += 1


def _node_of(row: LevelRow | AspectRow) -> Node | None:
    """What a row says; None when it has neither a code nor a title."""
    typed = {name: clean(str(value or "")) for name, value in row.cleaned_data.items()}
    return node(row.sort, typed) if typed["code"] or typed["th"] or typed["en"] else None
