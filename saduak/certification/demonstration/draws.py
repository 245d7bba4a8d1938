"""Two draws among the practice certificates: one that was drawn, and one that waits for its seed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from saduak.certification.models import Draw
from saduak.certification.operations import draws
from saduak.certification.operations.draws import Announcement
from saduak.certification.procedure.draws import Strata


def load(secretariat: Any, lately: Callable[[int], datetime]) -> Draw:
    """The one that was drawn ten days ago, whose centre is followed up; `lately` gives days ago."""
    announced = _announced("ตัวอย่าง: สุ่มติดตามศูนย์ที่ได้รับการรับรอง", secretariat, lately, ago=13, seed_ago=11)
    drawn = draws.draw(announced, "123456", by=secretariat, at=lately(10))
    _announced("ตัวอย่าง: สุ่มติดตามรอบถัดไป", secretariat, lately, ago=1, seed_ago=-7)
    return drawn


def _announced(title: str, secretariat: Any, lately: Callable[[int], datetime], *, ago: int, seed_ago: int) -> Draw:
    said = Announcement(
        title=title,
        purpose="ตัวอย่าง: ติดตามว่าศูนย์ยังเป็นไปตามเกณฑ์",
        strata=Strata.NONE,
        size=1,
        seed_source="ตัวอย่าง: รางวัลที่หนึ่งของสลากกินแบ่งรัฐบาลงวดที่ระบุ",
        seed_day=timezone.localdate(lately(seed_ago)),
        due_on=timezone.localdate(lately(min(seed_ago, 0))) + timedelta(days=30),
        is_example=True,
    )
    return draws.announce(said, by=secretariat, at=lately(ago))
