"""How one cell is read, or refused with what to do about it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from saduak.design.forms import PhoneField
from saduak.directory.rules import HoursRefused, read_hours
from saduak.thai import dates
from saduak.thai.numerals import from_thai_digits
from saduak.thai.text import normalised

YES, NO = {"ใช่", "yes", "true", "1", "y"}, {"ไม่ใช่", "ไม่", "no", "false", "0", "n"}


class CellRefused(Exception):
    """One cell cannot be taken; the message says what to do."""


def by_code_or_name(things: Iterable[Any]) -> dict[str, Any]:
    """Things by every way in which a cell can name them."""
    known: dict[str, Any] = {}
    for thing in things:
        known |= {normalised(name): thing for name in (thing.name_en, thing.name_th, thing.code) if name}
    return known


def known_as(things: Mapping[str, Any], cell: str, otherwise: str) -> Any:
    """The thing that a cell names. Raises CellRefused with the words of `otherwise`."""
    for spelled in (cell, from_thai_digits(cell), cell.removeprefix("จังหวัด").strip()):
        if spelled in things:
            return things[spelled]
    raise CellRefused(otherwise)


def hours(cell: str) -> list[dict[str, object]]:
    """Opening hours as the model keeps them. Raises CellRefused."""
    try:
        return [hours.stored() for hours in read_hours(cell)]
    except HoursRefused as refused:
        words = _("“%(part)s” was not understood, or overlaps. Write it like จ.-ศ. 08.30-16.30.")
        raise CellRefused(words % {"part": refused}) from None


def phone(cell: str) -> str:
    """A telephone number in its usual groups. Raises CellRefused."""
    try:
        return str(PhoneField(required=False).clean(cell))
    except ValidationError:
        words = _("Not a telephone number. If its first 0 is missing, make the column text and write it again.")
        raise CellRefused(words) from None


def degrees(cell: str) -> Decimal | None:
    """Degrees with five places, or nothing. Raises CellRefused."""
    if not cell:
        return None
    try:
        return Decimal(from_thai_digits(cell)).quantize(Decimal("0.00001"))
    except InvalidOperation:
        raise CellRefused(_("Write degrees with a point, like 18.58072.")) from None


def choice(choices: Any, cell: str) -> str:
    """The value of the choice that is called so. Raises CellRefused."""
    wanted = normalised(cell).casefold()
    for value, label in choices.choices:
        if wanted in (value, str(label).casefold()):
            return str(value)
    raise CellRefused(_("Choose one of: %(labels)s.") % {"labels": ", ".join(str(label) for label in choices.labels)})


def yes_or_no(cell: str) -> bool:
    """Whether the cell says yes. Raises CellRefused."""
    if cell.casefold() in YES | NO:
        return cell.casefold() in YES
    raise CellRefused(_("Write ใช่ or ไม่ใช่."))


def day(cell: str) -> date:
    """A day as Thai people write it. Raises CellRefused."""
    try:
        return dates.parse(cell)
    except ValueError:
        raise CellRefused(_("Write the day like 15/1/2569.")) from None
