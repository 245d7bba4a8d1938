"""How records are worded, on the page and in the exported file."""

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.audit.models import Act, Record

WITHOUT_A_MODEL = {
    "account": gettext_lazy("Account"),
    "centre": gettext_lazy("Centre"),
    "desk": gettext_lazy("Front desk"),
    "desk_report": gettext_lazy("Report of the front desk"),
    "directory": gettext_lazy("Directory"),
    "notice": gettext_lazy("Notice"),
    "ticket": gettext_lazy("Queue ticket"),
}
"""What a record calls a thing whose model is named otherwise."""

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
    """What a kind such as `directory.centre` is called; the kind itself when neither a model nor a case has that
    name."""
    if kind in WITHOUT_A_MODEL:
        return str(WITHOUT_A_MODEL[kind])
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return str(_cases().get(kind, kind))


@cache
def _cases() -> dict[str, Any]:
    """The kinds of cases that name themselves otherwise than their model."""
    named = ((getattr(model, "case_kind", None), model._meta.verbose_name) for model in apps.get_models())
    return {kind: words for kind, words in named if isinstance(kind, str)}


def what_in_words(record: Record) -> str:
    """What was seen or taken away. Pages write a phrase in English, with a colon before what is particular; what
    somebody typed or called is left as it is."""
    if record.act not in (Act.LOOKED_AT, Act.EXPORTED) or not record.what:
        return record.what
    phrase, colon, particular = record.what.partition(": ")
    return _(phrase) + colon + particular if phrase.strip() else record.what


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
        what_in_words(record),
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
