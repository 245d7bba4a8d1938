"""Many made-up applications over all provinces, to measure with; rows are written in bulk, past the deeds."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from saduak.certification.demonstration import people
from saduak.certification.models import (
    AgendaItem,
    Answer,
    Application,
    Certificate,
    Dossier,
    Meeting,
    Panel,
    Resolution,
    Round,
)
from saduak.certification.operations.taking import digest
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.procedure.meetings import MeetingStage
from saduak.certification.procedure.rounds import RoundStage
from saduak.certification.rules import application_reference, certificate_number, expires_on
from saduak.directory.models import Agency, Centre, Office, Province
from saduak.directory.operations.finding import make_findable
from saduak.directory.operations.memberships import appoint
from saduak.directory.operations.reference import load_reference
from saduak.journal.models import Entry
from saduak.people.models import User
from saduak.standards.models import CriteriaSet
from saduak.standards.operations import load_draft, publish
from saduak.standards.rules import Verdict

CRITERIA = Path(__file__).parents[2] / "standards" / "data" / "gecc-2568.yaml"
SHARES = {Stage.DRAFT: 10, Stage.SUBMITTED: 15, Stage.SCREENED: 15, Stage.PROPOSED: 20, Stage.CERTIFIED: 40}
"""How the applications are spread over the stages, in per cent."""

KINDS = ("สำนักงาน", "ศูนย์บริการ", "ที่ทำการ", "จุดบริการ", "สาขา")
BATCH = 2_000


@transaction.atomic
def load(count: int, *, cycle_be: int, seed: int = 1, say: Callable[[str], None] = lambda _line: None) -> Round:
    """Make a round for practice of `cycle_be` with `count` applications, each of a centre of its own.

    The same `count` and `seed` give the same applications. Raises RuntimeError when the cycle has a round already.
    """
    if Round.objects.filter(cycle_be=cycle_be).exists():
        raise RuntimeError(f"The cycle {cycle_be} has a round already.")
    load_reference()
    return _Scale(count, cycle_be, random.Random(seed), say).load()  # noqa: S311  (a draw for measuring, no secret)


class _Scale:
    def __init__(self, count: int, cycle_be: int, chance: random.Random, say: Callable[[str], None]) -> None:
        self.count, self.cycle_be, self.chance, self.say = count, cycle_be, chance, say
        self.now = timezone.now()
        self.today = timezone.localdate()

    def load(self) -> Round:
        self.bodies = people.committees(Province.objects.get(code="51"), 5)
        self.by = self._nobody()
        made = self.round = self._round()
        Panel.objects.create(round=made, body=self.bodies.sub_committee)
        centres = self._centres()
        self.say(f"{len(centres)} centres")
        stages = self.chance.choices(list(SHARES), weights=list(SHARES.values()), k=self.count)
        units = self._drafts(centres)
        self.say(f"{len(units)} applications")
        self._answers(units)
        self._hand_over([u for u, stage in zip(units, stages, strict=True) if stage != Stage.DRAFT])
        self._resolve(units, stages)
        return made

    def _nobody(self) -> User:
        """The account in whose name everything stands; without a password nobody signs in with it."""
        known = User.objects.filter(username="measurement").first()
        if known is not None:
            return known
        nobody = User.objects.create_user("measurement", name="ผู้ทดสอบปริมาณงาน")
        appoint(
            nobody, office=Office.SECRETARIAT_OFFICER, place=self.bodies.secretariat, from_day=people.SINCE, by=None
        )
        return nobody

    def _round(self) -> Round:
        criteria = CriteriaSet.objects.published().order_by("-cycle_be").first()
        if criteria is None:
            criteria = publish(load_draft(CRITERIA.read_text(encoding="utf-8"), by=self.by), by=self.by)
        self.leaves = list(criteria.library.leaves.values())
        year = self.cycle_be - 543
        return Round.objects.create(
            reference=f"R{self.cycle_be}",
            stage=RoundStage.OPEN,
            cycle_be=self.cycle_be,
            title_th=f"รอบทดสอบปริมาณงาน พ.ศ. {self.cycle_be}",
            title_en=f"Round for measurement B.E. {self.cycle_be}",
            criteria=criteria,
            application_opens_on=date(year, 1, 5),
            application_closes_on=date(year, 2, 27),
            screening_opens_on=date(year, 3, 2),
            screening_closes_on=date(year, 4, 30),
            visits_open_on=date(year, 5, 4),
            visits_close_on=date(year, 7, 31),
            resolution_opens_on=date(year, 8, 3),
            resolution_closes_on=date(year, 9, 30),
            last_application_number=self.count,
            last_certificate_number=self.count,
            is_example=True,
        )

    def _centres(self) -> list[Centre]:
        provinces, agencies = list(Province.objects.all()), list(Agency.objects.filter(is_active=True))
        rows = []
        for n in range(1, self.count + 1):
            province, agency = provinces[n % len(provinces)], self.chance.choice(agencies)
            kind = self.chance.choice(KINDS)
            rows.append(
                Centre(
                    code=f"X{self.cycle_be}-{n:06d}",
                    agency=agency,
                    province=province,
                    name_th=f"{kind}{agency.name_th.removeprefix('กรม')}จังหวัด{province.name_th} แห่งที่ {n}",
                    opening_note="ข้อมูลตัวอย่าง",
                )
            )
        made = Centre.objects.bulk_create(rows, batch_size=BATCH)
        make_findable(Centre.objects.filter(pk__in=[centre.pk for centre in made]))
        return made

    def _drafts(self, centres: list[Centre]) -> list[Application]:
        return Application.objects.bulk_create(
            [
                Application(
                    reference=application_reference(self.cycle_be, n),
                    stage=Stage.DRAFT,
                    stage_since=self.now,
                    round=self.round,
                    centre=centre,
                    contact_name="ผู้ประสานงานตัวอย่าง",
                    started_by=self.by,
                    started_at=self.now,
                    is_example=True,
                )
                for n, centre in enumerate(centres, 1)
            ],
            batch_size=BATCH,
        )

    def _answers(self, units: list[Application]) -> None:
        for first in range(0, len(units), BATCH // 10):
            Answer.objects.bulk_create(
                [
                    Answer(
                        application=unit,
                        code=leaf.code,
                        answer=self._said(leaf),
                        changed_at=self.now,
                        changed_by=self.by,
                    )
                    for unit in units[first : first + BATCH // 10]
                    for leaf in self.leaves
                ],
                batch_size=BATCH,
            )
            self.say(f"answers of {min(first + BATCH // 10, len(units))} applications")

    def _said(self, leaf: Any) -> str:
        if leaf.is_yes_or_no:
            gate = leaf.max_score == 0
            return Verdict.MET if gate or self.chance.random() < 0.85 else Verdict.NOT_MET
        return str((leaf.max_score * self.chance.randint(50, 100) / 100).quantize(Decimal("0.01")))

    def _hand_over(self, units: list[Application]) -> None:
        contents = [{"format": "saduak-dossier/1", "reference": unit.reference, "example": True} for unit in units]
        Dossier.objects.bulk_create(
            [
                Dossier(
                    application=unit,
                    number=1,
                    handed_over_at=self.now,
                    handed_over_by=self.by,
                    content=content,
                    sha256=digest(content),
                )
                for unit, content in zip(units, contents, strict=True)
            ],
            batch_size=BATCH,
        )

    def _resolve(self, units: list[Application], stages: list[Stage]) -> None:
        levels = self.round.criteria.library.levels
        proposed = []
        for unit, stage in zip(units, stages, strict=True):
            unit.stage = stage
            unit.submitted_at = None if stage == Stage.DRAFT else self.now
            if stage in (Stage.PROPOSED, Stage.CERTIFIED):
                unit.total = Decimal(self.chance.randint(7000, 10_000)).scaleb(-2)
                unit.level = next(level.code for level in reversed(levels) if unit.total >= level.min)
            if stage == Stage.CERTIFIED:
                proposed.append(unit)
        meeting, resolution = self._meeting(proposed)
        for unit in proposed:
            unit.resolution = resolution
        Application.objects.bulk_update(
            units, ["stage", "submitted_at", "total", "level", "resolution"], batch_size=BATCH
        )
        held_on = meeting.held_on
        certificates = Certificate.objects.bulk_create(
            [
                Certificate(
                    reference=certificate_number(self.cycle_be, n),
                    stage=CertificateStage.VALID,
                    stage_since=self.now,
                    application=unit,
                    centre=unit.centre,
                    round=self.round,
                    resolution=resolution,
                    centre_name_th=unit.centre.name_th,
                    level=unit.level,
                    issued_on=held_on,
                    expires_on=expires_on(held_on),
                    is_example=True,
                )
                for n, unit in enumerate(proposed, 1)
            ],
            batch_size=BATCH,
        )

        Entry.objects.bulk_create(
            [
                Entry(
                    at=self.now,
                    case_kind=Certificate.case_kind,
                    case_reference=one.reference,
                    centre_id=one.centre_id,
                    step="issue",
                    to_stage=one.stage,
                    by=self.by,
                    by_name=str(self.by),
                    facts={"level": one.level, "resolution": resolution.number},
                )
                for one in certificates
            ],
            batch_size=BATCH,
        )

    def _meeting(self, units: list[Application]) -> tuple[Meeting, Resolution]:
        held_on = self.today - timedelta(days=self.chance.randint(10, 60))
        meeting = Meeting.objects.create(
            reference=f"M{self.cycle_be}-1",
            stage=MeetingStage.RESOLVED,
            round=self.round,
            body=self.bodies.steering,
            number=f"ทดสอบ 1/{self.cycle_be}",
            held_on=held_on,
            is_example=True,
        )
        AgendaItem.objects.bulk_create(
            [
                AgendaItem(
                    meeting=meeting,
                    application=unit,
                    position=n,
                    total=unit.total or Decimal(0),
                    proposed_level=unit.level,
                    dossier_sha256="0" * 64,
                    decision="certify",
                    level=unit.level,
                )
                for n, unit in enumerate(units, 1)
            ],
            batch_size=BATCH,
        )
        content = {"format": "saduak-resolution/1", "example": True}
        resolution = Resolution.objects.create(
            meeting=meeting,
            number=f"ทดสอบ 1/{self.cycle_be}",
            resolved_on=held_on,
            text="มติตัวอย่างสำหรับการทดสอบปริมาณงาน",
            present=5,
            votes_for=5,
            content=content,
            sha256=digest(content),
            recorded_at=datetime.combine(held_on, datetime.min.time(), tzinfo=timezone.get_default_timezone()),
            recorded_by=self.by,
        )
        return meeting, resolution
