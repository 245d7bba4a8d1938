"""Puts what the library finds wrong at the field in which it was typed (ข้อผิดพลาดที่ช่องกรอก)."""

from collections.abc import Iterable

from saduak.design.forms import Form
from saduak.standards.drafting.problems import Placed
from saduak.standards.drafting.tree import Sort
from saduak.standards.editor.wording import FIELDS, in_the_editor
from saduak.standards.forms.versions import SettingsForm
from saduak.standards.forms.writing import CriterionForm, NodeForm


def put_problems(form: NodeForm | SettingsForm, problems: Iterable[Placed]) -> None:
    """Add each problem to its field, or above the form where it has none."""
    for placed in problems:
        words = in_the_editor(placed)
        row = _row_of(form, placed)
        if row is not None and placed.place.name in row.fields:
            row.add_error(placed.place.name, words)
        if row is not None:
            form.add_error(None, f"{placed.place.code}: {words}")
        elif placed.place.name in form.fields:
            form.add_error(placed.place.name, words)
        else:
            label = FIELDS.get(placed.place.name, "")
            form.add_error(None, f"{label}: {words}" if label else words)


def _row_of(form: NodeForm | SettingsForm, placed: Placed) -> Form | None:
    place = placed.place
    if isinstance(form, CriterionForm) and place.sort is Sort.PART:
        return form.part_of(place.code)
    if isinstance(form, SettingsForm) and place.sort is not Sort.VERSION:
        return form.row_of(place.sort, place.code)
    return None
