"""How results from old papers are worded (ถ้อยคำของผลการรับรองเดิม)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.certification.models import Holding, Match, Outcome, PastResult
from saduak.certification.queries.past import DISPUTED
from saduak.design.components import Moment
from saduak.design.tables import Column
from saduak.design.templatetags.saduak import badge
from saduak.journal.models import Entry

FROM_RECORDS = gettext_lazy("From records")
WORDS: dict[str, Any] = {**dict(Outcome.choices), DISPUTED: gettext_lazy("Sources contradict each other")}
TONES = {DISPUTED: "warning", Outcome.DECLINED: "plain"}
DEEDS = {
    "imported": gettext_lazy("Brought in from a spreadsheet"),
    "matched": gettext_lazy("Matched to a centre"),
    "left_alone": gettext_lazy("Said to be about no centre of the directory"),
    "unmatched": gettext_lazy("The match was taken back"),
    "held": gettext_lazy("Said to hold"),
    "set_aside": gettext_lazy("Set aside"),
    "reopened": gettext_lazy("The verdict was taken back"),
}


def _linked(line: PastResult) -> SafeString:
    return format_html('<a href="{}">{}</a>{}', line.get_absolute_url(), line.centre_name, _marked(line))


def _marked(line: PastResult) -> SafeString | str:
    return format_html(" {}", badge(_("Example"), "attention")) if line.is_example else ""


def centre_of(line: PastResult) -> str:
    """What a line is matched to, in words."""
    if line.centre is not None:
        return f"{line.centre.name} ({line.centre.code})"
    return str(Match(line.match).label)


def source_of(line: PastResult) -> str:
    """Where the line stands."""
    return _("%(source)s, page %(page)s") % {"source": line.source, "page": line.page} if line.page else line.source


def state_of(line: PastResult) -> str:
    """What a person has said of it; empty for nothing."""
    return "" if line.holding == Holding.OPEN else str(Holding(line.holding).label)


def example_of(line: PastResult) -> str:
    """The mark of example data; empty for real data."""
    return _("Example") if line.is_example else ""


SHARED = (
    Column("cycle_be", gettext_lazy("Year"), sort=("cycle_be",)),
    Column("outcome", gettext_lazy("Result"), value=lambda line: str(line.says), sort=("outcome",)),
    Column("source", gettext_lazy("Source"), value=source_of),
    Column("state", gettext_lazy("Verdict"), value=state_of),
    Column("example", gettext_lazy("Example"), value=example_of, aside=True),
)
COLUMNS = (
    Column("centre_name", gettext_lazy("Centre as the source has it"), shown=_linked, sort=("centre_name",)),
    Column("centre", gettext_lazy("Matched to"), value=centre_of),
    Column("province", gettext_lazy("Province"), value=lambda line: line.province.name, sort=("province__name_th",)),
    *SHARED,
)
"""For the secretariat."""


def _public_name(line: PastResult) -> SafeString | str:
    if line.centre is None:
        return format_html("{}{}", line.centre_name, _marked(line))
    address = reverse("show_registered_centre", args=[line.centre.code])
    return format_html('<a href="{}">{}</a>{}', address, line.centre.name, _marked(line))


PUBLIC_COLUMNS = (
    Column(
        "centre",
        gettext_lazy("Centre"),
        shown=_public_name,
        value=lambda line: line.centre.name if line.centre else line.centre_name,
        sort=("centre_name",),
    ),
    Column("agency", gettext_lazy("Agency"), value=lambda line: line.agency_name or "–", sort=("agency_name",)),
    COLUMNS[2],
    *SHARED,
)
"""For everybody."""


def history_of(entries: Iterable[Entry]) -> list[Moment]:
    """What happened to a line, the latest first."""
    return [
        Moment(at=entry.at, what=str(DEEDS.get(entry.step, entry.step)), who=entry.by_name, note=entry.note)
        for entry in reversed([*entries])
    ]
