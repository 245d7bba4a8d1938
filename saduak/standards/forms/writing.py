"""What a person types about one node of a draft (แบบแก้ไขรายการเกณฑ์)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import Form
from saduak.standards.criteria import Kind, StrandKind
from saduak.standards.drafting.tree import VALUES, Node, Sort, clean, node
from saduak.standards.drafting.writing import evidence_of
from saduak.standards.presenters import EVIDENCE, FIGURES
from saduak.standards.source import LONGEST_TEXT

Choices = Sequence[tuple[str, object]]
KINDS: Choices = (
    (Kind.FIXED, _("Fixed: met with all of its points, or not met with none")),
    (Kind.GRADED, _("Graded: points from 0 to its maximum, or for each part")),
    (Kind.ADDITIVE, _("Additive: points for each part, together never more than its maximum")),
)
STRAND_KINDS: Choices = (
    (StrandKind.SCORED, _("Its criteria give points")),
    (StrandKind.GATE, _("All of its criteria must be met; no points")),
)
PROVISIONAL = _("Wording or points are not from the official booklet")
MAY_NOT_APPLY = _("A centre may answer that it does not apply")
IN_A_GROUP: Choices = (("", _("as its group says")), ("true", _("yes")), ("false", _("no")))
BLANK_PARTS = 2
not_too_long = MaxLengthValidator(LONGEST_TEXT)


def line(label: object, **how: Any) -> forms.CharField:
    """One line of text."""
    width = how.pop("width", "")
    attrs = {"autocomplete": "off", **({"data-width": width} if width else {}), **how.pop("attrs", {})}
    how = {"required": False, "validators": [not_too_long], **how}
    return forms.CharField(label=label, widget=forms.TextInput(attrs=attrs), **how)  # type: ignore[arg-type]


def text(label: object, lang: str, rows: int = 2) -> forms.CharField:
    """A longer text in one language."""
    attrs = {"rows": str(rows), "lang": lang, "class": "short-text"}
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs=attrs), validators=[not_too_long])  # type: ignore[arg-type]


def points(label: object, **how: Any) -> forms.CharField:
    """A number of points; whether it is one is for the library to say."""
    return line(label, width="6", attrs={"inputmode": "decimal"}, **how)


class NodeForm(Form):
    """What all nodes have: a code and a title in two languages. `seen` is the digest of what the person saw."""

    sort: ClassVar[Sort]

    code = line(_("Code"), required=True, width="12", help_text=_("Latin letters, digits, dots and hyphens"))
    th = text(_("Thai title"), "th")
    en = text(_("English title"), "en")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["th"].required = True

    @classmethod
    def initial_of(cls, each: Node) -> dict[str, Any]:
        """What the form begins with for a node."""
        return dict(each.values)

    def node(self) -> Node:
        """The node that was typed."""
        return node(self.sort, self.values_typed())

    def values_typed(self) -> dict[str, str]:
        """The values by name, as texts."""
        return {name: _said(self.cleaned_data.get(name)) for name in VALUES[self.sort]}

    def field_of(self, code: str, name: str) -> str | None:
        """The field in which a value of a node stands; None for the form as a whole."""
        return name if name in self.fields else None


class StrandForm(NodeForm):
    """A strand."""

    sort = Sort.STRAND

    kind = forms.ChoiceField(label=_("How it counts"), choices=STRAND_KINDS, widget=forms.RadioSelect, initial="scored")
    points = points(
        _("Stated maximum"),
        help_text=_("What the official booklet states; it is checked against the sum. Empty for gates."),
    )


class GroupForm(NodeForm):
    """A group."""

    sort = Sort.GROUP

    points = points(
        _("Points for each criterion"),
        help_text=_("For every fixed criterion of the group that states no points itself"),
    )
    provisional = forms.BooleanField(label=PROVISIONAL, required=False)
    may_not_apply = forms.BooleanField(label=MAY_NOT_APPLY, required=False)

    @classmethod
    def initial_of(cls, each: Node) -> dict[str, Any]:
        """What the form begins with for a node."""
        return _unflagged(each)


class PartForm(Form):
    """A part of a criterion, as a row."""

    code = line(_("Code"), width="12")
    th = line(_("Thai title"), attrs={"lang": "th"})
    en = line(_("English title"), attrs={"lang": "en"})
    points = points(_("Points up to"))
    measured_by = line(_("Measured by"), attrs={"list": "figures"})
    provisional = forms.BooleanField(label=_("Provisional"), required=False)

    def values_typed(self) -> dict[str, str]:
        """The values by name, as texts; empty when nothing is in the row."""
        typed = {name: clean(_said(self.cleaned_data.get(name))) for name in VALUES[Sort.PART]}
        return {name: value for name, value in typed.items() if value}


class CriterionForm(NodeForm):
    """A criterion with its parts. `places` are where it may stand, `gate` whether it stands among gates."""

    sort = Sort.CRITERION

    under = forms.ChoiceField(label=_("Stands under"))
    kind = forms.ChoiceField(label=_("How it is answered"), choices=KINDS, widget=forms.RadioSelect, initial="fixed")
    points = points(_("Points"), help_text=_("Empty: a fixed criterion takes the points that its group gives"))
    asks_th = text(_("What it asks, in plain Thai"), "th", rows=3)
    asks_en = text(_("What it asks, in plain English"), "en", rows=3)
    aspect = forms.ChoiceField(label=_("Aspect"), required=False)
    evidence = forms.MultipleChoiceField(
        label=_("Evidence that can show it"),
        required=False,
        choices=EVIDENCE.items(),
        widget=forms.CheckboxSelectMultiple,
    )
    measured_by = line(
        _("Measured by"), attrs={"list": "figures"}, help_text=_("A figure that the platform counts itself")
    )
    provisional = forms.ChoiceField(label=PROVISIONAL, required=False)
    may_not_apply = forms.ChoiceField(label=MAY_NOT_APPLY, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        places: Choices,
        aspects: Choices,
        gate: bool,
        in_group: bool,
        parts: Sequence[Node] = (),
        more_parts: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.gate = gate
        self._choose("under", places)
        self._choose("aspect", [("", _("none")), *aspects])
        yes_no = IN_A_GROUP if in_group else (("", _("no")), ("true", _("yes")))
        self._choose("provisional", yes_no)
        self._choose("may_not_apply", yes_no)
        if gate:
            for name in ("kind", "points", "may_not_apply"):
                del self.fields[name]
        self.parts = [] if gate else list(self._rows(data, parts, more_parts))

    @classmethod
    def initial_of(cls, each: Node) -> dict[str, Any]:
        """What the form begins with for a node."""
        return {**each.values, "kind": each.values.get("kind") or Kind.FIXED, "evidence": evidence_of(each)}

    def is_valid(self) -> bool:
        """Whether the form and all its rows can be read."""
        return all([super().is_valid(), *(part.is_valid() for part in self.parts)])

    def node(self) -> Node:
        """The criterion that was typed, with the rows that have something in them."""
        rows = [node(Sort.PART, typed) for part in self.parts if (typed := part.values_typed())]
        return node(self.sort, self.values_typed(), tuple(rows))

    def values_typed(self) -> dict[str, str]:
        """The values by name, as texts."""
        kinds = ", ".join(self.cleaned_data.get("evidence", ()))
        return {**super().values_typed(), "evidence": kinds}

    def part_of(self, code: str) -> PartForm | None:
        """The row of a part."""
        return next((part for part in self.parts if part.is_valid() and part.values_typed().get("code") == code), None)

    @property
    def hidden_and_rows(self) -> Iterator[BoundField]:
        """The fields of every row, for the summary of errors."""
        for part in self.parts:
            yield from part

    def _choose(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _rows(self, data: Mapping[str, Any] | None, parts: Sequence[Node], more: bool) -> Iterator[PartForm]:
        if data is None:
            for number in range(len(parts) + BLANK_PARTS):
                initial = _unflagged(parts[number]) if number < len(parts) else {}
                yield PartForm(prefix=f"part{number}", initial=initial)
            return
        number = 0
        while f"part{number}-code" in data and number < 100:
            yield PartForm(data, prefix=f"part{number}")
            number += 1
        if more:
            for extra in range(number, number + BLANK_PARTS):
                yield PartForm({f"part{extra}-code": ""}, prefix=f"part{extra}")


FORMS: Mapping[Sort, type[NodeForm]] = {Sort.STRAND: StrandForm, Sort.GROUP: GroupForm, Sort.CRITERION: CriterionForm}


def figures() -> list[tuple[str, object]]:
    """The figures that the platform can count, for the field that takes one."""
    return sorted(FIGURES.items())


def _unflagged(each: Node) -> dict[str, Any]:
    """The values of a node, with ticks where it says true."""
    return {**each.values, **{name: each.values.get(name) == "true" for name in ("provisional", "may_not_apply")}}


def _said(value: Any) -> str:
    """An answer as the tree keeps it."""
    if isinstance(value, bool):
        return "true" if value else ""
    return str(value or "")
