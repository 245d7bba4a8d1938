"""Loads the round of 2563 in Lamphun by the same deeds that people do, each unit to its own stage."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from ruamel.yaml import YAML

from saduak.certification.demonstration import (
    criteria,
    draws,
    evidence,
    past,
    people,
    plaques,
    reconsiderations,
    surveillance,
    systems,
)
from saduak.certification.demonstration.people import Account
from saduak.certification.models import Application, Panel, Round
from saduak.certification.models.screening import Finding
from saduak.certification.models.visits import Mode
from saduak.certification.operations import (
    applications,
    assignments,
    consensus,
    meetings,
    remarks,
    rounds,
    screening,
    sheets,
    visits,
)
from saduak.certification.operations.visits import VisitPlan
from saduak.certification.rules import Phase, Window
from saduak.directory.models import Agency, AgencyKind, Centre, Ministry, Province
from saduak.directory.operations.agencies import add_agency
from saduak.directory.operations.centres import open_centre
from saduak.directory.operations.reference import load_reference
from saduak.standards.criteria import Kind, Leaf
from saduak.standards.models import CriteriaSet
from saduak.standards.operations import load_draft, publish
from saduak.standards.rules import Verdict

FACTS = Path(__file__).parents[1] / "data" / "lamphun-2563.yaml"
CRITERIA = Path(__file__).parents[2] / "standards" / "data" / "gecc-2568.yaml"

# The days are examples but for the visits of 8 June; a round for practice does not hold anybody to them.
CALENDAR = (
    Window(Phase.APPLICATION, date(2020, 1, 6), date(2020, 2, 28)),
    Window(Phase.SCREENING, date(2020, 3, 2), date(2020, 4, 30)),
    Window(Phase.VISITS, date(2020, 5, 4), date(2020, 7, 31)),
    Window(Phase.RESOLUTION, date(2020, 8, 3), date(2020, 9, 30)),
)


def is_loaded() -> bool:
    """Whether the demonstration is there already."""
    return Round.objects.filter(cycle_be=2563).exists()


@transaction.atomic
def load(*, password: str, say: Callable[[str], None] = lambda _line: None) -> list[Account]:
    """Load everything; all accounts get `password`. Returns the accounts. Raises RuntimeError when it is loaded."""
    if is_loaded():
        raise RuntimeError("The round of 2563 is there already.")
    return _Lamphun(password, say).load()


def accounts() -> list[Account]:
    """The accounts of the demonstration, as they were loaded."""
    from saduak.people.models import User

    made = User.objects.filter(email__endswith="@example.org", memberships__order_no="ตัวอย่าง").distinct()
    return [Account(person.username, person.name) for person in made.order_by("pk")]


@dataclass(frozen=True)
class _Unit:
    key: str
    centre: Centre
    shade: int


class _Lamphun:
    """One loading: the facts, the people, and the way to each stage."""

    def __init__(self, password: str, say: Callable[[str], None]) -> None:
        self.facts = YAML(typ="safe").load(FACTS)
        self.password = password
        self.say = say
        self.today = timezone.localdate()

    def load(self) -> list[Account]:
        load_reference()
        province = Province.objects.get(code=self.facts["province"])
        self.bodies = people.committees(province, self.facts["sub_committee"])
        self.staff = people.staff(self.bodies, self.password)
        units = self._units(province)
        centres = {key: unit.centre for key, unit in units.items()}
        self.people = people.heads_and_officers(centres, self.password)
        agencies = {"baac": centres["baac-banhong"].agency, "pea": centres["pea"].agency}
        coordinators = people.coordinators(agencies, self.password)
        self.panel = self._round()
        for key, stage in (
            ("pea", self._certified),
            ("baac-banhong", self._ready_for_resolution),
            ("excise", self._visited_by_video),
            ("transport", self._waiting_for_consensus),
            ("baac-banthi", self._submitted),
            ("baac-maetha", self._returned),
            ("baac-lamphun", self._with_a_failed_gate),
            ("tot", self._drafted),
        ):
            self.say(f"{units[key].centre.name_th}: {stage.__doc__}")
            stage(units[key])
        certificate = units["pea"].centre.certificates.get()
        draws.load(self.staff["secretariat"], self._lately)
        followed = certificate.surveillances.get()
        surveillance.load(followed, self.staff, self.people["pea-head"], self._lately)
        reconsiderations.load(self._submitted(units["example"]), self.staff, self.people["example-head"], self._lately)
        plaques.load(certificate, self.staff, self.people["pea-head"], self._lately)
        criteria.load(self.panel.round.criteria, self.staff["secretariat"])
        systems.load(self.staff["administrator"], self.people["pea-head"])
        past.load(units["pea"].centre, by=self.staff["secretariat"])
        self._waiting_for_a_sub_committee(units["waiting"])
        remarks.look_at_round(self.panel.round)
        return [
            Account(p.username, p.name) for p in (*self.staff.values(), *self.people.values(), *coordinators.values())
        ]

    # The ground.

    def _units(self, province: Province) -> dict[str, _Unit]:
        for row in self.facts["agencies"]:
            if not Agency.objects.filter(name_th=row["th"]).exists():
                add_agency(
                    by=None,
                    code=row["code"],
                    name_th=row["th"],
                    name_en=row["en"],
                    kind=AgencyKind.STATE_ENTERPRISE,
                    ministry=Ministry.objects.filter(name_th=row["ministry"]).first(),
                )
        units = {}
        for n, row in enumerate(self.facts["units"], 1):
            centre = open_centre(
                by=None,
                code=f"51-{n:05d}",
                name_th=row["th"],
                agency=Agency.objects.get(name_th=row["parent"]),
                province=province,
                opening_hours=[{"days": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "16:30"}],
                opening_note="ข้อมูลตัวอย่าง",
            )
            units[row["key"]] = _Unit(row["key"], centre, 25 * n)
        # The report knows nobody who disagreed, so the centre that does is made up.
        example = open_centre(
            by=None,
            code="51-00009",
            name_th="ศูนย์บริการประชาชนตัวอย่าง จังหวัดลำพูน",
            agency=units["excise"].centre.agency,
            province=province,
            opening_note="ข้อมูลตัวอย่าง",
        )
        units["example"] = _Unit("example", example, 240)
        waiting = open_centre(
            by=None,
            code="50-00001",
            name_th="ศูนย์บริการประชาชนตัวอย่าง จังหวัดเชียงใหม่",
            agency=units["transport"].centre.agency,
            province=Province.objects.get(code="50"),
            opening_note="ข้อมูลตัวอย่าง",
        )
        units["waiting"] = _Unit("waiting", waiting, 250)
        return units

    def _round(self) -> Panel:
        secretariat = self.staff["secretariat"]
        criteria = CriteriaSet.objects.filter(reference=self.facts["criteria"]).first()
        if criteria is None:
            criteria = load_draft(CRITERIA.read_text(encoding="utf-8"), by=secretariat)
        if not criteria.is_published:
            criteria = publish(criteria, by=secretariat)
        made = rounds.prepare(
            cycle_be=self.facts["cycle_be"],
            title_th="รอบการรับรอง พ.ศ. 2563",
            title_en="Certification round B.E. 2563",
            criteria=criteria,
            calendar=CALENDAR,
            by=secretariat,
            at=_at(date(2019, 12, 2)),
            is_example=True,
        )
        # The numbers that the report gives begin at 9.
        rounds.bring_in(made, self.bodies.reviewing, by=secretariat)
        panel = rounds.bring_in(made, self.bodies.sub_committee, by=secretariat, last_unit_number=8)
        self.round = rounds.open_round(made, by=secretariat, at=_at(date(2019, 12, 16)))
        return panel

    # The stages, each by the deeds that lead to it.

    def _drafted(self, unit: _Unit) -> Application:
        """drafted"""
        head, at = self.people[f"{unit.key}-head"], _at(date(2020, 2, 17))
        application = applications.start(self.round, unit.centre, by=head, at=at)
        self._answer(application, head, at, leaves=list(application.library.leaves.values())[:21])
        return application

    def _submitted(self, unit: _Unit, *, failing: str = "") -> Application:
        """submitted"""
        head, at = self.people[f"{unit.key}-head"], _at(date(2020, 2, 10))
        application = applications.start(self.round, unit.centre, by=head, at=at)
        applications.describe(
            application,
            overview="ให้บริการประชาชน ณ จุดเดียว มีเจ้าหน้าที่ต้อนรับ บัตรคิว และช่องทางพิเศษสำหรับผู้สูงอายุ (ข้อมูลตัวอย่าง)",
            contact_name=head.name,
            contact_phone="0 5300 0000",
            contact_email=head.email,
            by=head,
        )
        self._answer(application, head, at, leaves=list(application.library.leaves.values()), shade=unit.shade)
        return applications.submit(application, by=head, at=at + timedelta(days=14))

    def _waiting_for_a_sub_committee(self, unit: _Unit) -> Application:
        """waiting for a sub-committee"""
        application, secretariat = self._submitted(unit), self.staff["secretariat"]
        screening.accept_the_rest(application, by=secretariat, at=_at(date(2020, 3, 9)))
        return screening.pass_screening(application, by=secretariat, at=_at(date(2020, 3, 9), 15))

    def _returned(self, unit: _Unit) -> Application:
        """returned"""
        application, secretariat = self._submitted(unit), self.staff["secretariat"]
        at = self._lately(9)
        for code, remark in (
            ("P3", "ภาพป้ายบอกทางไม่เห็นทางเข้าอาคาร โปรดถ่ายใหม่ให้เห็นป้ายตั้งแต่ประตูถึงช่องบริการ"),
            ("2.12", "แผนการติดตามผลยังไม่ระบุผู้รับผิดชอบและช่วงเวลา"),
        ):
            screening.find(application, code, Finding.TO_MEND, by=secretariat, remark=remark, at=at)
        screening.accept_the_rest(application, by=secretariat, at=at)
        return screening.return_for_mending(application, by=secretariat, at=at)

    def _with_a_failed_gate(self, unit: _Unit) -> Application:
        """with a failed gate"""
        application, secretariat = self._submitted(unit), self.staff["secretariat"]
        at = _at(date(2020, 3, 16))
        remark = "ภาพแสดงว่าไม่มีป้ายเขตปลอดบุหรี่บริเวณจุดบริการ"
        screening.find(application, "P14", Finding.FAILED, by=secretariat, remark=remark, at=at)
        screening.accept_the_rest(application, by=secretariat, at=at)
        return application

    def _visit_planned(
        self, unit: _Unit, *, hour: int, mode: str = Mode.ON_SPOT, day: date | None = None
    ) -> Application:
        application, secretariat = self._submitted(unit), self.staff["secretariat"]
        screening.accept_the_rest(application, by=secretariat, at=_at(date(2020, 3, 16)))
        application = screening.pass_screening(application, by=secretariat, at=_at(date(2020, 3, 17)))
        application = assignments.assign(application, self.panel, by=secretariat, at=_at(date(2020, 4, 20)))
        for member in ("sub5-chair", "sub5-expert", "sub5-member", "sub5-secretary"):
            assignments.declare(application, by=self.staff[member], has_conflict=False, at=_at(date(2020, 4, 27)))
        begins = _at(day or self.facts["visited_on"], hour)
        return visits.plan(
            application,
            VisitPlan(
                mode=mode,
                starts_at=begins,
                ends_at=begins + timedelta(hours=2),
                place="https://meeting.example.org/gecc" if mode == Mode.VIDEO else unit.centre.name_th,
                assessors=tuple(self.staff[member] for member in ("sub5-chair", "sub5-expert", "sub5-member")),
            ),
            by=self.staff["sub5-secretary"],
            at=_at(date(2020, 5, 11)),
        )

    def _visited(self, unit: _Unit, *, hour: int, mode: str = Mode.ON_SPOT, day: date | None = None) -> Application:
        application = self._visit_planned(unit, hour=hour, mode=mode, day=day)
        held = application.visits.planned().get().ends_at
        return visits.hold(application, by=self.staff["sub5-secretary"], at=held)

    def _visited_by_video(self, unit: _Unit) -> Application:
        """visited by video"""
        application = self._visited(unit, hour=13, mode=Mode.VIDEO, day=date(2020, 6, 9))
        self._score(application, "sub5-expert", {})
        return application

    def _waiting_for_consensus(self, unit: _Unit) -> Application:
        """waiting for consensus"""
        # The report gives this unit no number, and gives 12 to 14 to others.
        Panel.objects.filter(pk=self.panel.pk).update(last_unit_number=14)
        application = self._visited(unit, hour=13)
        self._score(application, "sub5-chair", {"2.15": Verdict.NOT_MET, "R1.3": "4"})
        self._score(application, "sub5-expert", {"R1.3": "3.5", "R2.2": "3"})
        self._score(application, "sub5-member", {"2.13": Verdict.NOT_MET, "R1.3": "4"})
        return application

    def _assessed(self, unit: _Unit, *, hour: int, day: date, unmet: dict[str, str]) -> Application:
        application = self._visited(unit, hour=hour, day=day)
        for member in ("sub5-chair", "sub5-expert", "sub5-member"):
            self._score(application, member, unmet)
        chair, at = self.staff["sub5-chair"], _at(day + timedelta(days=4))
        consensus.adopt_what_is_equal(application.visits.current().get(), by=chair, at=at)
        return consensus.sign(application, by=chair, at=at, summary="จุดบริการพร้อม มีระบบคิวและช่องทางพิเศษ (ข้อความตัวอย่าง)")

    def _ready_for_resolution(self, unit: _Unit) -> Application:
        """ready for resolution"""
        unmet = {"4.3": Verdict.NOT_MET, "2.15": Verdict.NOT_MET, "2.18": Verdict.NOT_MET, "R3.6": "0"}
        application = self._assessed(unit, hour=9, day=date(2020, 6, 9), unmet=unmet)
        return consensus.propose(application, by=self.staff["sub5-secretary"], at=_at(date(2020, 7, 20)))

    def _certified(self, unit: _Unit) -> Application:
        """certified"""
        application = self._assessed(
            unit, hour=9, day=self.facts["visited_on"], unmet={"2.13": Verdict.NOT_MET, "R3.6": "0"}
        )
        application = consensus.propose(application, by=self.staff["sub5-secretary"], at=_at(date(2020, 7, 20)))
        secretary, at = self.staff["steering-secretary"], self._lately(14)
        meeting = meetings.call(
            self.round,
            self.bodies.steering,
            number="ตัวอย่าง 1",
            held_on=timezone.localdate(at),
            place="ทำเนียบรัฐบาล (ตัวอย่าง)",
            by=secretary,
            at=at - timedelta(days=7),
        )
        meetings.put_on_agenda(meeting, [application], by=secretary)
        meeting = meetings.convene(meeting, by=secretary, at=at)
        sitting = ("steering-chair", "steering-expert", "steering-member-1", "steering-secretary")
        meetings.seat(meeting, [self.staff[name] for name in sitting], by=secretary)
        meetings.follow_the_proposals(meeting, by=secretary)
        meetings.resolve(
            meeting,
            meetings.Act(
                number="ตัวอย่าง 1/1",
                text="ที่ประชุมมีมติเห็นชอบผลการตรวจประเมินตามที่คณะอนุกรรมการเสนอ (ข้อความตัวอย่าง)",
                votes_for=3,
            ),
            by=secretary,
            at=at + timedelta(hours=2),
        )
        return application

    # What a centre says and what an assessor finds.

    def _answer(self, application: Application, head: Any, at: datetime, *, leaves: list[Leaf], shade: int = 0) -> None:
        said = [
            applications.Said(
                leaf.code, Verdict.MET if leaf.is_yes_or_no else str(leaf.max_score), "คำอธิบายตัวอย่างของศูนย์"
            )
            for leaf in leaves
        ]
        applications.answer_together(application, said, by=head, at=at)
        photographed: list[str] = []
        written: list[str] = []
        for criterion in {leaf.criterion.code: leaf.criterion for leaf in leaves}.values():
            if criterion.evidence:
                wants_photo = "photo" in criterion.evidence or criterion.kind is Kind.GATE
                (photographed if wants_photo else written).append(criterion.code)
        for codes, upload in (
            (photographed, evidence.drawing(shade)),
            (written, evidence.paper(application.centre.name_th, at)),
        ):
            if codes:
                applications.add_evidence(
                    application,
                    upload,
                    codes,
                    by=head,
                    caption="หลักฐานตัวอย่าง",
                    period_from=date(2019, 10, 1),
                    period_until=date(2020, 1, 31),
                    at=at,
                )

    def _score(self, application: Application, member: str, different: dict[str, str]) -> None:
        visit = application.visits.current().get()
        person, at = self.staff[member], visit.ends_at + timedelta(hours=1)
        sheet = sheets.open_sheet(visit, by=person, at=at)
        full = {
            leaf.code: Verdict.MET if leaf.is_yes_or_no else str(leaf.max_score)
            for leaf in application.library.leaves.values()
        }
        marks = [sheets.Said(code, different.get(code, said)) for code, said in full.items()]
        sheets.mark_together(sheet, marks, by=person, at=at)
        sheets.submit(sheet, by=person, at=at)

    def _lately(self, days: int) -> datetime:
        return _at(self.today - timedelta(days=days))


def _at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())
