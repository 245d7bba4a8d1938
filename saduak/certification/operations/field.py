"""What devices send is received event by event: once each, in any order, by whoever has a connection."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification.models import Application, FieldDevice, FieldEvent, ScoreSheet, Visit
from saduak.certification.operations import sheets
from saduak.certification.operations.devices import trusted
from saduak.certification.operations.envelopes import Envelope, FieldRefused, opened, verify, version_of
from saduak.certification.operations.photographs import follow_photographs
from saduak.certification.operations.taking import check_answer
from saduak.certification.queries.field import changes_of, lines_of
from saduak.journal.steps import StepRefused, lock
from saduak.standards.rules import AnswersRefused

MOST_EVENTS = 500
"""Events in one sending; our own choice."""


class Reception(StrEnum):
    """What became of one event."""

    ACCEPTED = "accepted"
    KNOWN = "known"
    LATE = "late"
    REFUSED = "refused"


@dataclass(frozen=True)
class Receipt:
    """The answer to one event, in the order in which they were sent; `reason` says why it was refused."""

    uuid: str
    reception: Reception
    reason: object = ""


def receive(
    items: Sequence[Any], *, by: Any, skews: dict[Any, int] | None = None, at: datetime | None = None
) -> list[Receipt]:
    """Take in signed events of any devices; `skews` are the seconds by which clocks are ahead, by device's uuid.

    An event counts as its device's owner's, whoever brings it. Each is accepted, known already, too late, or refused
    with a reason; none of them stands in another's way. A sheet that was handed in on a device is handed in here, when
    its procedure allows it and it says here what it said there.
    """
    at = at or timezone.now()
    receipts: dict[int, Receipt] = {}
    groups: dict[tuple[Any, int], list[tuple[int, Envelope, FieldDevice]]] = defaultdict(list)
    devices: dict[Any, FieldDevice] = {}
    for place, item in enumerate(items):
        try:
            envelope = opened(item)
            device = _device(devices, envelope)
            verify(envelope, device)
        except FieldRefused as refused:
            receipts[place] = Receipt(_named(item), Reception.REFUSED, refused.reason)
        else:
            groups[device.owner_id, envelope.visit].append((place, envelope, device))
    for (_owner, visit), group in groups.items():
        try:
            receipts |= _receive_one_sheet(visit, group, by=by, skews=skews or {}, at=at)
        except FieldRefused as refused:
            receipts |= {
                place: Receipt(str(envelope.uuid), Reception.REFUSED, refused.reason) for place, envelope, _ in group
            }
    return [receipts[place] for place in range(len(items))]


@transaction.atomic
def _receive_one_sheet(
    visit_id: int,
    group: Sequence[tuple[int, Envelope, FieldDevice]],
    *,
    by: Any,
    skews: dict[Any, int],
    at: datetime,
) -> dict[int, Receipt]:
    owner = group[0][2].owner
    sheet = lock(_sheet_of(visit_id, owner, by=by, at=at))
    library = sheet.application.library
    known = set(
        FieldEvent.objects.filter(uuid__in=[envelope.uuid for _p, envelope, _d in group]).values_list("uuid", "sha256")
    )
    receipts: dict[int, Receipt] = {}
    new: list[FieldEvent] = []
    for place, envelope, device in group:
        uuid = str(envelope.uuid)
        if (envelope.uuid, envelope.sha256) in known:
            receipts[place] = Receipt(uuid, Reception.KNOWN)
            continue
        if envelope.kind == FieldEvent.Kind.MARK:
            try:
                check_answer(library, envelope.code, envelope.payload["answer"])
            except AnswersRefused:
                receipts[place] = Receipt(uuid, Reception.REFUSED, _("The mark does not fit the criteria."))
                continue
        elif envelope.code and not library.has(envelope.code):
            receipts[place] = Receipt(uuid, Reception.REFUSED, _("The criterion is not in this version."))
            continue
        known.add((envelope.uuid, envelope.sha256))
        new.append(_event(envelope, device, sheet, by=by, at=at, skew=skews.get(device.uuid, device.skew_seconds)))
        receipts[place] = Receipt(uuid, Reception.LATE if sheet.is_submitted else Reception.ACCEPTED)
    FieldEvent.objects.bulk_create(new)
    if not sheet.is_submitted:
        follow_changes(sheet, {event.code for event in new if event.kind == FieldEvent.Kind.MARK}, at=at)
        follow_photographs(sheet, new)
        hand_in_if_asked(sheet, by=by, at=at)
    return receipts


def follow_changes(sheet: ScoreSheet, codes: Iterable[str], *, at: datetime) -> None:
    """Let a locked sheet say what all changes of these lines say together."""
    if not (codes := set(codes)):
        return
    lines = lines_of(sheet, codes)
    said = [sheets.Said(code, line.says.answer, line.says.note) for code, line in lines.items()]
    sheets.put(sheet, said, at=at, disputed={code for code, line in lines.items() if line.is_disputed})


@transaction.atomic
def settle(sheet: ScoreSheet, code: str, version: str, *, by: Any, at: datetime | None = None) -> None:
    """The assessor says which of several versions of a line holds. Raises FieldRefused and StepRefused."""
    at = at or timezone.now()
    line = lines_of(sheet, {code}).get(code)
    chosen = next((head for head in line.heads if head.version == version), None) if line else None
    if line is None or chosen is None or not line.is_disputed:
        raise FieldRefused(_("This is settled already, or has changed in the meantime."))
    sheets.settle_line(sheet, sheets.Said(code, *chosen.content), by=by, at=at)


@transaction.atomic
def note_late(event: FieldEvent, *, by: Any, at: datetime | None = None) -> None:
    """The assessor has seen a change that came too late. Raises FieldRefused."""
    if event.sheet.assessor_id != by.pk:
        raise FieldRefused(_("This is somebody else’s sheet."))
    FieldEvent.objects.filter(pk=event.pk).update(noted_at=at or timezone.now())


def content_of(sheet: ScoreSheet) -> str:
    """The hash over what a sheet says, as the device makes it when it hands the sheet in."""
    return version_of(sorted([mark.code, mark.answer, mark.note] for mark in sheet.marks.all()))


def waiting_reasons(sheet: ScoreSheet) -> list[object]:
    """Why a sheet that was handed in on a device is not handed in here; empty when nothing waits."""
    asked = _asked(sheet)
    if asked is None or sheet.is_submitted:
        return []
    if asked.payload["marks"] != content_of(sheet):
        return [_("The sheet here says something else than what you handed in on the device. Look, and hand in again.")]
    owner = sheet.assessor
    decision = sheet.procedure.consider("submit", sheet, roles=policies.roles_on(owner, sheet), at=timezone.now())
    return [str(reason) for reason in decision.reasons]


def hand_in_if_asked(sheet: ScoreSheet, *, by: Any, at: datetime) -> bool:
    """Hand in a sheet that was handed in on a device, when it says the same here and nothing stands against it."""
    asked = _asked(sheet)
    if asked is None or asked.payload["marks"] != content_of(sheet):
        return False
    facts = {"device": str(asked.device), "said_at": asked.said_at.isoformat(), "brought_by": str(by)}
    try:
        with transaction.atomic():
            fresh = ScoreSheet.objects.get(pk=sheet.pk)
            sheets.submit(fresh, by=sheet.assessor, at=at, facts=facts)
    except StepRefused:
        return False
    return True


def _asked(sheet: ScoreSheet) -> FieldEvent | None:
    """The last time that the sheet was handed in on a device."""
    asked = changes_of(sheet, FieldEvent.Kind.SUBMIT)
    return max(asked, key=lambda event: (event.said_at, event.sha256), default=None)


def _device(devices: dict[Any, FieldDevice], envelope: Envelope) -> FieldDevice:
    if envelope.device not in devices:
        found = FieldDevice.objects.select_related("owner").filter(uuid=envelope.device).first()
        if found is None:
            raise FieldRefused(_("The device is not known here."))
        devices[envelope.device] = found
    return trusted(devices[envelope.device])


def _sheet_of(visit_id: int, owner: Any, *, by: Any, at: datetime) -> ScoreSheet:
    """The owner's sheet of the visit, begun when it is not. Raises FieldRefused."""
    visit = Visit.objects.filter(pk=visit_id, application__in=Application.objects.visible_to(by)).first()
    if visit is None or not policies.may_bring_in(by, visit.application, of=owner):
        raise FieldRefused(_("The visit does not exist for you."))
    sheet = visit.sheets.filter(assessor=owner).first()
    if sheet is None:
        try:
            return sheets.open_sheet(visit, by=owner, at=at)
        except StepRefused as refused:
            raise FieldRefused(str(refused)) from refused
    if not policies.roles_on(owner, sheet):
        raise FieldRefused(_("You do not assess this unit now."))
    return sheet


def _event(
    envelope: Envelope, device: FieldDevice, sheet: ScoreSheet, *, by: Any, at: datetime, skew: int
) -> FieldEvent:
    return FieldEvent(
        uuid=envelope.uuid,
        sha256=envelope.sha256,
        device=device,
        sheet=sheet,
        seq=envelope.seq,
        base_version=list(envelope.base),
        kind=envelope.kind,
        code=envelope.code,
        payload=envelope.payload,
        client_time=envelope.client_time,
        clock_offset=envelope.clock_offset,
        signature=envelope.signature,
        received_at=at,
        skew_seconds=skew,
        brought_by=by,
        received_late=sheet.is_submitted,
    )


def _named(item: Any) -> str:
    """The identifier of an event that could not be read, if it has one."""
    try:
        return str(item["event"]["uuid"])[:36]
    except (KeyError, TypeError):
        return ""
