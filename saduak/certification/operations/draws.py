"""A sample of certified centres is announced with its frame, drawn by a seed nobody could know, and followed up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification.draws import draw as drawn_from
from saduak.certification.draws import frame_digest
from saduak.certification.models import Certificate, Draw
from saduak.certification.operations.surveillance import open_by_draw
from saduak.certification.operations.taking import refuse
from saduak.certification.procedure.draws import DRAW, DrawStage, Strata
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.certification.queries.samples import frame_of
from saduak.journal.steps import lock, record, take_step
from saduak.procedure.kit import Refusal
from saduak.thai import dates


@dataclass(frozen=True)
class Announcement:
    """What is published before the seed is known."""

    title: str
    purpose: str
    strata: str
    size: int
    seed_source: str
    seed_day: date
    due_on: date
    provinces: tuple[Any, ...] = ()
    is_example: bool = False


@transaction.atomic
def announce(said: Announcement, *, by: Any, at: datetime | None = None) -> Draw:
    """Freeze the frame, publish its hash, and name the public source and the day of the seed. Raises StepRefused."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    if Role.SECRETARIAT not in policies.roles_over_rounds(by):
        refuse(DRAW, "draw", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if said.seed_day <= today:
        refuse(DRAW, "draw", "seed_lies_ahead", _("The day of the seed must lie ahead, so that nobody can know it."))
    if said.due_on <= said.seed_day:
        refuse(DRAW, "draw", "check_follows_draw", _("The centres are checked after the draw."))
    if not (said.title.strip() and said.purpose.strip() and said.seed_source.strip()):
        refuse(DRAW, "draw", "it_is_worded", _("Give the title, what it is for, and where the seed comes from."))
    frame = frame_of(Strata(said.strata), today, provinces=said.provinces, examples=said.is_example)
    if not 0 < said.size <= len(frame):
        refuse(DRAW, "draw", "size_fits", _("Draw at least one, and not more than the frame has."))
    year = dates.be_year(today)
    made = Draw.objects.create(
        reference=f"D{year}-{Draw.objects.filter(reference__startswith=f'D{year}-').count() + 1}",
        stage=DrawStage.ANNOUNCED,
        stage_since=at,
        title=said.title.strip(),
        purpose=said.purpose.strip(),
        strata=said.strata,
        frame=[list(pair) for pair in frame],
        frame_sha256=frame_digest(frame),
        size=said.size,
        seed_source=said.seed_source.strip(),
        seed_day=said.seed_day,
        announced_at=at,
        due_on=said.due_on,
        is_example=said.is_example,
    )
    record(
        made,
        step="announce_draw",
        clause="10.1",
        to_stage=made.stage,
        by=by,
        role=Role.SECRETARIAT,
        at=at,
        facts={"frame_sha256": made.frame_sha256, "size": made.size, "seed_day": made.seed_day.isoformat()},
    )
    return made


@transaction.atomic
def draw(announced: Draw, seed: str, *, by: Any, at: datetime | None = None, seen: int | None = None) -> Draw:
    """Draw with the seed as its source published it, and plan a surveillance of every centre drawn that can be.

    Raises StepRefused and StepOvertaken.
    """
    at, seed = at or timezone.now(), " ".join(seed.split())
    if not seed:
        refuse(DRAW, "draw", "seed_is_given", _("Type the seed as its source published it."))
    locked = lock(announced)
    result = [one.number for one in drawn_from(locked.pairs, seed, locked.size)]
    drawn = take_step(
        DRAW,
        "draw",
        locked,
        by=by,
        roles=policies.roles_over_rounds(by),
        at=at,
        seen=seen,
        facts={"seed": seed, "result": result, "frame_sha256": locked.frame_sha256},
        seed=seed,
        result=result,
        drawn_at=at,
    )
    for certificate in Certificate.objects.filter(reference__in=result).order_by("pk"):
        open_by_draw(drawn, certificate, by=by, at=at)
    return drawn


@transaction.atomic
def call_off(announced: Draw, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None) -> Draw:
    """Call a draw off before its seed was used, with the reason. Raises StepRefused and StepOvertaken."""
    if not reason.strip():
        refuse(DRAW, "call_off_draw", "reason_is_given", _("Write the reason."))
    roles = policies.roles_over_rounds(by)
    return take_step(DRAW, "call_off_draw", announced, by=by, roles=roles, at=at, seen=seen, note=reason.strip())
