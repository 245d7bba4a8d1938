"""How records are worded, on the page and in the exported file."""

import csv
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from saduak.audit.models import Act, Record

_TONES = {
    Act.EXPORTED: "warning",
    Act.SIGN_IN_FAILED: "danger",
    Act.GRANTED: "info",
    Act.REVOKED: "info",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def tone(record: Record) -> str:
    """The tone of the act's badge."""
    return _TONES.get(Act(record.act), "plain")


def kind_in_words(kind: str) -> str:
    """What a kind such as `directory.centre` is called; the kind itself when no model has that name."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def as_csv(records: Iterable[Record]) -> Iterator[str]:
    """The lines of a CSV file that spreadsheet programs open as it is: marked as UTF-8, formulas made harmless."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(
        [
            _("Moment"),
            _("Act"),
            _("User name"),
            _("Name"),
            _("Person concerned"),
            _("Kind"),
            _("Reference"),
            _("What"),
            _("Network address"),
            _("Browser"),
            _("Request"),
        ]
    )
    for record in records:
        yield writer.writerow(_harmless(cell) for cell in _cells(record))


def _cells(record: Record) -> tuple[str, ...]:
    return (
        localtime(record.at).isoformat(timespec="seconds"),
        record.get_act_display(),
        record.person.get_username() if record.person else "",
        record.person_name,
        record.concerns_name,
        kind_in_words(record.kind),
        record.reference,
        record.what,
        record.address or "",
        record.user_agent,
        record.request_id,
    )


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


class _Echo:
    """A file that hands each line on."""

    def write(self, line: str) -> str:
        return line
