"""A drawn centre is followed up: checked by a member of the sub-committee, one finding answered."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from saduak.attachments.operations import store
from saduak.certification.demonstration import evidence
from saduak.certification.models import Surveillance
from saduak.certification.operations import findings, surveillance
from saduak.certification.operations.surveillance import Check
from saduak.certification.procedure.surveillance import CheckMode


def load(opened: Surveillance, staff: Mapping[str, Any], head: Any, lately: Callable[[int], datetime]) -> Surveillance:
    """Everything up to the answer of the centre, which the secretariat is to verify; `lately` gives days ago."""
    secretariat, expert = staff["secretariat"], staff["sub5-expert"]
    sent = surveillance.send(opened, expert, by=secretariat, at=lately(10))
    free = surveillance.declare_free(sent, by=expert, at=lately(9))
    announced = surveillance.notify(free, by=secretariat, at=lately(9))
    checked = surveillance.check(
        announced,
        Check(CheckMode.VISIT, timezone.localdate(lately(6)), "ตัวอย่าง: ตรวจทางเข้า ป้าย และจุดบริการ พบหัวหน้าศูนย์"),
        by=expert,
        at=lately(6),
    )
    code = next(checked.library.criteria()).code
    surveillance.find(
        checked, code=code, severity="minor", text="ตัวอย่าง: ป้ายบอกทางหน้าอาคารถูกต้นไม้บัง", by=expert, at=lately(6)
    )
    asked = surveillance.hand_over(checked, by=expert, at=lately(5))
    shown = store(evidence.drawing(7), by=head, at=lately(2))
    for turn in asked.current:
        findings.write_answer(turn, "ตัวอย่าง: ตัดแต่งกิ่งไม้และย้ายป้ายไปไว้ที่ทางเข้าแล้ว", files=[shown], by=head, at=lately(2))
    return findings.send_answers(Surveillance.objects.get(pk=asked.pk), by=head, at=lately(2))
