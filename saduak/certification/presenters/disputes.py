"""What devices disagree on, in words: every version beside the others (ข้อขัดแย้งระหว่างเครื่อง)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saduak.certification import policies
from saduak.certification.models import FieldEvent, ScoreSheet
from saduak.certification.operations.bringing import Brought
from saduak.certification.presenters.answers import words_of
from saduak.certification.queries.field import Dispute


@dataclass(frozen=True)
class Version:
    """One version of a line; `where` is the device or the page on which it was made."""

    version: str
    where: str
    said_at: datetime
    words: str
    note: str
    has_odd_clock: bool
    came_by: str


@dataclass(frozen=True)
class DisputeLine:
    """One line with all its versions."""

    sheet: ScoreSheet
    code: str
    title: str
    why: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class LateLine:
    """A change that came too late: what it says, and what was handed in."""

    event: FieldEvent
    code: str
    title: str
    version: Version
    handed_in: str


@dataclass(frozen=True)
class BroughtFile:
    """What became of one file; of each sheet whether it is the own one, and whether one may know how far it is."""

    name: str
    summary: str
    refused: tuple[str, ...]
    sheets: tuple[tuple[ScoreSheet, bool, bool], ...]


def dispute_lines(disputes: Iterable[Dispute]) -> list[DisputeLine]:
    """Every dispute as it is shown."""
    return [
        DisputeLine(
            dispute.sheet,
            dispute.code,
            _title(dispute.sheet, dispute.code),
            _why(dispute),
            tuple(_version(head) for head in sorted(dispute.heads, key=lambda head: head.said_at)),
        )
        for dispute in disputes
    ]


def late_lines(events: Iterable[FieldEvent]) -> list[LateLine]:
    """Every late change as it is shown."""
    lines = []
    for event in events:
        mark = event.sheet.marks_by_code.get(event.code)
        title = _title(event.sheet, event.code) if event.code else event.get_kind_display()
        handed_in = _words(event.sheet, event.code, mark.answer) if mark else ""
        lines.append(LateLine(event, event.code, title, _version(event), handed_in))
    return lines


def _may_tell(sheet: ScoreSheet, user: Any) -> bool:
    """Whether the person may learn whether a sheet is in: whoever still has to score learns it of no colleague."""
    return sheet.assessor_id == user.pk or policies.may_see_progress_of_sheets(user, sheet.visit)


def brought(name: str, found: Brought, user: Any) -> BroughtFile:
    """What a file brought; of a colleague's sheet only whether it is handed in."""
    summary = ngettext("%(number)d new entry", "%(number)d new entries", found.accepted) % {"number": found.accepted}
    if found.known:
        summary += " · " + _("%(number)d known already") % {"number": found.known}
    if found.late:
        summary += " · " + _("%(number)d too late") % {"number": found.late}
    if found.photographs:
        summary += " · " + _("%(number)d photographs") % {"number": found.photographs}
    reasons = tuple(dict.fromkeys(str(receipt.reason) for receipt in found.refused))
    return BroughtFile(
        name,
        summary,
        reasons,
        tuple((sheet, sheet.assessor_id == user.pk, _may_tell(sheet, user)) for sheet in found.sheets),
    )


def _why(dispute: Dispute) -> str:
    if len({head.uuid for head in dispute.heads}) < len(dispute.heads):
        return _("The same entry came twice with different content.")
    return _("Both were made without knowing of the other.")


def _version(event: FieldEvent) -> Version:
    said = event.payload
    by = str(event.brought_by) if event.brought_by_id != event.sheet.assessor_id else ""
    return Version(
        version=event.sha256,
        where=str(event.device) if event.device is not None else _("On a page of the web site"),
        said_at=event.said_at,
        words=_said(event),
        note=said.get("note", ""),
        has_odd_clock=event.has_odd_clock,
        came_by=by,
    )


def _said(event: FieldEvent) -> str:
    if event.kind != FieldEvent.Kind.MARK:
        return event.get_kind_display()
    return _words(event.sheet, event.code, event.payload["answer"]) or _("Not marked")


def _words(sheet: ScoreSheet, code: str, answer: str) -> str:
    library = sheet.application.library
    leaf = library.leaves.get(code) or (library.criterion(code).leaves[0] if library.has(code) else None)
    return words_of(leaf, answer) if leaf is not None else ""


def _title(sheet: ScoreSheet, code: str) -> str:
    library = sheet.application.library
    language = get_language() or "th"
    if code in library.leaves:
        criterion = library.leaves[code].criterion
        return next((part.title(language) for part in criterion.parts if part.code == code), criterion.title(language))
    return library.criterion(code).title(language)
