"""A change that is made on a page gets a version too, so that a device's older one does not pass over it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from saduak.certification.models import FieldEvent, ScoreSheet
from saduak.certification.operations.envelopes import version_of
from saduak.certification.queries.field import lines_of


def note_changes(sheet: ScoreSheet, said: Mapping[str, tuple[str, str]], *, by: Any, at: datetime) -> list[FieldEvent]:
    """Write down changes of lines (answer and note by code), made in full knowledge of what stood there."""
    known = lines_of(sheet, said)
    events = []
    for code, (answer, note) in said.items():
        base = sorted(known[code].versions) if code in known else []
        payload = {"kind": FieldEvent.Kind.MARK.value, "code": code, "answer": answer, "note": note}
        uuid = uuid4()
        content = {
            "uuid": str(uuid),
            "device": None,
            "seq": None,
            "visit": sheet.visit_id,
            "base_version": base,
            "payload": payload,
            "client_time": at.astimezone(UTC).isoformat(),
            "clock_offset": 0,
        }
        events.append(
            FieldEvent(
                uuid=uuid,
                sha256=version_of(content),
                sheet=sheet,
                base_version=base,
                kind=FieldEvent.Kind.MARK,
                code=code,
                payload=payload,
                client_time=at,
                received_at=at,
                brought_by=by,
            )
        )
    return FieldEvent.objects.bulk_create(events)
