"""The boxes, lists and dots of forms, drawn by functions (ช่องกรอก).

They say what Django's templates say, without the blanks between elements. A template is drawn for every choice of a
list, and for its attributes another: a list of provinces took longer than the page around it.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.utils.formats import localize
from django.utils.safestring import SafeData

Widget = Mapping[str, Any]
"""What a widget of Django's tells its template."""


def _said(value: Any) -> str:
    return value if isinstance(value, SafeData) else escape(str(value))  # type: ignore[return-value]


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {_said(name)}" if value is True else f' {_said(name)}="{_said(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_said(widget["value"])}"'
    return f'<input type="{_said(widget["type"])}" name="{_said(widget["name"])}"{value}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    # What follows the first line break is the text: a browser passes over one there.
    typed = _said(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_said(widget["name"])}"{_attributes(widget)}>\n{typed}</textarea>'


def _option(widget: Widget) -> str:
    return f'<option value="{_said(widget["value"])}"{_attributes(widget)}>{_said(localize(widget["label"]))}</option>'


def _labelled(widget: Widget) -> str:
    if not widget.get("wrap_label"):
        return _input(widget)
    whose = f' for="{_said(widget["attrs"]["id"])}"' if widget["attrs"].get("id") else ""
    return f"<label{whose}>{_input(widget)} {_said(localize(widget['label']))}</label>"


def _select(widget: Widget) -> str:
    groups = []
    for name, options, _index in widget["optgroups"]:
        drawn = "".join([DRAWN[option["template_name"]](option) for option in options])
        groups.append(f'<optgroup label="{_said(name)}">{drawn}</optgroup>' if name else drawn)
    return f'<select name="{_said(widget["name"])}"{_attributes(widget)}>{"".join(groups)}</select>'


def _several(widget: Widget) -> str:
    groups = []
    for name, options, _index in widget["optgroups"]:
        drawn = "".join([f"<div>{DRAWN[option['template_name']](option)}</div>" for option in options])
        groups.append(f"<div><label>{_said(name)}</label>{drawn}</div>" if name else drawn)
    kept = {key: value for key, value in widget["attrs"].items() if key in ("id", "class") and value}
    return f"<div{_attributes({'attrs': kept})}>{''.join(groups)}</div>"


DRAWN: dict[str, Callable[[Widget], str]] = {
    f"django/forms/widgets/{name}.html": draw
    for draw, names in {
        _input: "input text number email url password hidden tel search color date datetime time checkbox",
        _textarea: "textarea",
        _option: "select_option",
        _labelled: "radio_option checkbox_option",
        _select: "select",
        _several: "radio checkbox_select",
    }.items()
    for name in names.split()
}
"""Name of Django's template → what is drawn in its place."""
