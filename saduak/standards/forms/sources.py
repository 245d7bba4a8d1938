"""What the secretariat may type: a source as a file or as text, and a filter over the criteria."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import Form
from saduak.standards.source import LARGEST, LibraryRefused, Problem

Choices = Iterable[tuple[str, object]]


class SourceForm(Form):
    """A source, as a file or in the text box; a file goes first."""

    file = forms.FileField(
        label=_("Criteria file"),
        help_text=_("A YAML file of the format saduak-criteria/1, at most 512 KB."),
        required=False,
        allow_empty_file=True,
    )
    source = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "source", "spellcheck": "false", "wrap": "off", "rows": "24"}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_source(self) -> str:
        """The text with the line ends it had; browsers send them as CRLF."""
        return str(self.cleaned_data["source"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        """One of the two must hold something."""
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("source", "").strip() and not self.errors:
            self.add_error("file", _("Choose a file, or put its text into the box."))
        return cleaned

    def text(self) -> str:
        """The source to read. Raises LibraryRefused for a file that is too large or is no text in UTF-8."""
        file = self.cleaned_data["file"]
        if not file:
            return str(self.cleaned_data["source"])
        if file.size > LARGEST:
            raise LibraryRefused((Problem(1, 1, "too_large", {"largest_kb": LARGEST // 1024}),))
        try:
            return str(file.read().decode("utf-8"))
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise LibraryRefused((Problem(line, 1, "not_utf8"),)) from None

    def text_as_far_as_readable(self) -> str:
        """What to show again after a refusal, so that nothing typed or chosen is lost."""
        file = self.cleaned_data["file"]
        if not file or file.size > LARGEST:
            return str(self.cleaned_data["source"])
        file.seek(0)
        return str(file.read().decode("utf-8", errors="replace"))


class FilterForm(Form):
    """Which criteria to show; anything unknown asks nothing."""

    words = forms.CharField(label=_("Words"), required=False)
    aspect = forms.ChoiceField(label=_("Aspect"), required=False)
    evidence = forms.ChoiceField(label=_("Evidence"), required=False)
    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("all criteria")),
            ("gate", _("only what must be met")),
            ("scored", _("only what gives points")),
            ("provisional", _("only what is provisional")),
        ],
    )

    def __init__(self, *args: Any, aspects: Choices, evidence: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aspect"].choices = [("", _("all")), *aspects]  # type: ignore[attr-defined]
        self.fields["evidence"].choices = [("", _("all")), *evidence]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, str]:
        """The answers that are usable, by field."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items()}
