"""What keeps a draft from being kept or published, in words for people who see no YAML (ถ้อยคำของหน้าร่าง)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from saduak.directory.sheets import SheetRefused
from saduak.standards.drafting.problems import Placed
from saduak.standards.drafting.table import RowProblem
from saduak.standards.drafting.tree import EditRefused
from saduak.standards.presenters import sentence_of

FIELDS: Mapping[str, object] = {
    "code": _("Code"),
    "th": _("Thai title"),
    "en": _("English title"),
    "kind": _("Kind"),
    "points": _("Points"),
    "asks_th": _("What it asks, in plain Thai"),
    "asks_en": _("What it asks, in plain English"),
    "aspect": _("Aspect"),
    "evidence": _("Evidence"),
    "measured_by": _("Measured by"),
    "provisional": _("Provisional"),
    "may_not_apply": _("May not apply"),
    "cycle_be": _("Cycle (B.E.)"),
    "step": _("Smallest difference between two scores"),
}

MISSING: Mapping[str, object] = {
    "th": _("The Thai title is missing."),
    "points": _("The points are missing."),
    "max_score": _("The points are missing."),
    "parts": _("An additive criterion needs parts."),
    "min": _("The points from which it begins are missing."),
}
PLAINLY: Mapping[str, object] = {
    "bad_points": _("Write a number above 0 with at most two decimals."),
    "empty_list": _("There is nothing in it yet."),
    "empty_text": _("Something is missing here."),
    "gate_with_points": _("What must be met has no points. Leave this empty."),
    "missing_points": _("It has no points, and its group gives none."),
    "needs_max_score": _("The points are missing."),
    "waiving_not_allowed": _("The settings of this version say that every criterion applies to every centre."),
    "unknown_aspect": _("There is no such aspect in the settings of this version."),
}
"""Sentences for problems whose own wording speaks of keys."""

REFUSED: Mapping[str, object] = {
    "bad_code": _("“%(code)s” is no code. Use Latin letters, digits, dots and hyphens, at most 20."),
    "bad_id": _("“%(code)s” is no id. Use small letters, digits and hyphens, 2 to 40."),
    "code_taken": _("The code %(code)s is taken. Give this one another code."),
    "criteria_or_groups": _("Strand %(code)s has either groups or criteria of its own, not both."),
    "does_not_belong": _("%(code)s cannot stand here."),
    "id_stays": _("The id of this draft is %(code)s and stays so."),
    "id_taken": _("There is already a set of criteria with the id %(code)s."),
    "no_code": _("The code is missing."),
    "nothing_there": _("%(code)s is not in the draft any more."),
    "text_too_long": _("A text of %(code)s is longer than %(longest)s characters."),
    "too_many": _("A version has at most %(most)s rows."),
}
ROWS: Mapping[str, object] = {
    **REFUSED,
    "code_in_row": _(
        "The code %(code)s was given in row %(first)s. Keep codes as text, so that 2.10 does not become 2.1."
    ),
    "heading_missing": _("The column “%(value)s” is missing."),
    "heading_twice": _("The column “%(value)s” stands there twice."),
    "misplaced_row": _(
        "This row cannot stand here. The order is: version, levels, aspects, then strands, groups, criteria, parts."
    ),
    "no_version": _("The row of the version itself is missing; it comes first."),
    "unknown_heading": _("The column “%(value)s” is not known."),
    "unknown_row": _("“%(value)s” is no kind of row."),
}
SHEETS: Mapping[str, object] = {
    "empty": _("There is nothing in this file."),
    "encoding": _("The encoding of this file is not known. Save it as XLSX or as CSV in UTF-8."),
    "no_rows": _("There are no rows in this file."),
    "not_a_sheet": _("This file cannot be read as a spreadsheet."),
    "old_excel": _("This is a file of an old kind (.xls). Save it as XLSX."),
    "too_large": _("The file is larger than %(megabytes)s MB."),
    "too_many_rows": _("The file has %(rows)s rows; at most %(most)s can be read."),
}


def in_the_editor(placed: Placed) -> str:
    """What is wrong with a value."""
    problem = placed.problem
    if problem.code == "missing_key":
        return str(MISSING.get(str(problem.params["key"]), PLAINLY["empty_text"]))
    plainly = PLAINLY.get(problem.code)
    return str(plainly) if plainly else sentence_of(problem)


def refusal(refused: EditRefused) -> str:
    """Why an edit was refused."""
    return str(REFUSED[refused.code]) % refused.params


def row_words(problem: RowProblem) -> str:
    """What is wrong with a row of a sheet."""
    return str(ROWS[problem.code]) % problem.params


def sheet_words(refused: SheetRefused) -> str:
    """Why a file is no sheet."""
    return str(SHEETS[refused.code]) % refused.params
