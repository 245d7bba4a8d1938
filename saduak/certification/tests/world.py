"""A small world in which a round runs: its people, its centre, and the way to every stage."""

from datetime import date, datetime, timedelta
from functools import cached_property
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from saduak.certification.models import Panel, Round
from saduak.certification.models.visits import Mode
from saduak.certification.operations import (
    applications,
    assignments,
    consensus,
    meetings,
    rounds,
    screening,
    sheets,
    visits,
)
from saduak.certification.operations.meetings import Act
from saduak.certification.operations.visits import VisitPlan
from saduak.certification.rules import Phase, Window
from saduak.certification.tests.criteria import SOURCE
from saduak.directory.models import BodyKind, Office
from saduak.directory.tests.factories import BodyFactory, CentreFactory, person_of
from saduak.standards.rules import Verdict
from saduak.standards.tests.factories import CriteriaSetFactory
from tests.support.remembering import remembered, remembers


def moment(day, hour=9):
    """That hour of the day in Bangkok."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_default_timezone())


def picture(colour="white"):
    """A small photograph as it comes from a browser."""
    data = BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "JPEG")
    return ContentFile(data.getvalue(), name="ภาพถ่าย.jpg")


class standing(cached_property):
    """What every round needs: whoever asks an untouched world for one of these finds all of them there."""

    def __get__(self, world, owner=None):
        if world is not None and world.is_untouched and remembers():
            world.stand()
            return world.__dict__[self.attrname]
        return super().__get__(world, owner)


class World:
    """A round of the year around `today`; every deed is done by the person whose deed it is, at a day of its phase."""

    def __init__(self, today=date(2020, 1, 15), criteria=None, *, steering=None, five=None, centre=None, cycle_be=2563):
        self.key = (today, cycle_be)
        self.today, self.cycle_be = self.key
        given = {"criteria": criteria, "steering": steering, "five": five, "centre": centre}
        self.__dict__ |= {name: thing for name, thing in given.items() if thing}

    @property
    def is_untouched(self):
        """Whether nothing of it is in the database yet."""
        return self.__dict__.keys() == {"key", "today", "cycle_be"}

    @standing
    def criteria(self):
        return CriteriaSetFactory(published=True, source=SOURCE)

    @standing
    def steering(self):
        return BodyFactory(kind=BodyKind.STEERING_COMMITTEE)

    @standing
    def five(self):
        return BodyFactory(number=5)

    @standing
    def centre(self):
        return CentreFactory()

    @remembered
    def stand(self):
        """Criteria, committees, a centre, and those whose deeds lead to a resolution."""
        self.criteria = CriteriaSetFactory(published=True, source=SOURCE)
        _ = self.centre, self.secretariat, self.head
        _ = self.chair, self.member, self.panel_secretary, self.steering_secretary, self.steering_members

    @property
    def bodies(self):
        """The committees, for another world beside this one."""
        return {"steering": self.steering, "five": self.five}

    def share_people_of(self, other):
        """Let the people of another world hold their offices here too."""
        for name in ("secretariat", "head", "chair", "member", "panel_secretary", "steering_secretary"):
            self.__dict__[name] = getattr(other, name)
        self.__dict__["steering_members"] = other.steering_members

    @classmethod
    def while_running(cls, phase, **facts):
        """A world whose round is some days into that phase today."""
        today = timezone.localdate()
        opens_on = next(window.opens_on for window in cls.calendar_around(today) if window.phase == phase)
        return cls(today=today - (opens_on - today) - timedelta(days=10), **facts)

    # People.

    @standing
    def secretariat(self):
        return person_of(Office.SECRETARIAT_OFFICER)

    @standing
    def head(self):
        return person_of(Office.CENTRE_HEAD, centre=self.centre)

    @cached_property
    def officer(self):
        return person_of(Office.CENTRE_OFFICER, centre=self.centre)

    @cached_property
    def coordinator(self):
        return person_of(Office.AGENCY_COORDINATOR, agency=self.centre.agency)

    @standing
    def chair(self):
        return person_of(Office.CHAIR, body=self.five)

    @standing
    def member(self):
        return person_of(Office.QUALIFIED_MEMBER, body=self.five)

    @standing
    def panel_secretary(self):
        return person_of(Office.MEMBER_AND_SECRETARY, body=self.five)

    @standing
    def steering_secretary(self):
        return person_of(Office.STEERING_SECRETARY, body=self.steering)

    @standing
    def steering_members(self):
        return [person_of(Office.MEMBER, body=self.steering) for _ in range(4)]

    @cached_property
    def auditor(self):
        return person_of(Office.AUDITOR)

    @cached_property
    def inspector(self):
        return person_of(Office.INSPECTOR)

    # The round.

    @property
    def calendar(self):
        return self.calendar_around(self.today)

    @staticmethod
    def calendar_around(day):
        start = day - timedelta(days=10)

        def window(phase, first, last):
            return Window(phase, start + timedelta(days=first), start + timedelta(days=last))

        return (
            window(Phase.APPLICATION, 0, 40),
            window(Phase.SCREENING, 41, 90),
            window(Phase.VISITS, 91, 180),
            window(Phase.RESOLUTION, 181, 240),
        )

    def during(self, phase, hour=9, days=5):
        """A moment some days into a phase."""
        window = next(window for window in self.calendar if window.phase == phase)
        return moment(window.opens_on + timedelta(days=days), hour)

    @cached_property
    def prepared_round(self):
        return rounds.prepare(
            cycle_be=self.cycle_be,
            title_th="รอบการรับรองทดสอบ",
            title_en="Test round",
            criteria=self.criteria,
            calendar=self.calendar,
            by=self.secretariat,
            at=moment(self.today - timedelta(days=30)),
        )

    @cached_property
    def panel(self):
        return rounds.bring_in(self.prepared_round, self.five, by=self.secretariat)

    @cached_property
    def round(self):
        return self._opened()

    @remembered
    def _opened(self):
        assert isinstance(self.panel, Panel)
        return rounds.open_round(
            Round.objects.get(pk=self.prepared_round.pk),
            by=self.secretariat,
            at=moment(self.today - timedelta(days=20)),
        )

    # The way of an application, stage by stage.

    @remembered
    def draft(self, centre=None, by=None):
        return applications.start(self.round, centre or self.centre, by=by or self.head, at=moment(self.today))

    def answer_everything(self, application, by=None, points=None):
        """Claim everything, with evidence where the criteria ask for it."""
        by, at = by or self.head, moment(self.today)
        leaves, criteria = application.library.leaves.values(), application.library.criteria()
        said = [
            applications.Said(
                leaf.code, Verdict.MET if leaf.is_yes_or_no else str(leaf.max_score if points is None else points)
            )
            for leaf in leaves
        ]
        applications.answer_together(application, said, by=by, at=at)
        proven = [criterion.code for criterion in criteria if criterion.evidence]
        applications.add_evidence(application, picture(), proven, by=by, at=at)
        return application

    @remembered
    def submitted(self, centre=None, by=None):
        by = by or self.head
        application = self.answer_everything(self.draft(centre, by=by), by=by)
        return applications.submit(application, by=by, at=moment(self.today, 10))

    @remembered
    def returned(self, codes=None):
        application = self.submitted()
        for code in codes or [next(application.library.criteria()).code]:
            screening.find(application, code, "to_mend", by=self.secretariat, remark="ภาพไม่ชัด")
        return screening.return_for_mending(application, by=self.secretariat, at=self.during(Phase.SCREENING))

    @remembered
    def screened(self, centre=None, by=None):
        application = self.submitted(centre, by=by)
        screening.accept_the_rest(application, by=self.secretariat)
        return screening.pass_screening(application, by=self.secretariat, at=self.during(Phase.SCREENING))

    @remembered
    def assigned(self, centre=None, by=None):
        return assignments.assign(self.screened(centre, by=by), self.panel, by=self.secretariat)

    @remembered
    def declared(self, application):
        for person in (self.chair, self.member, self.panel_secretary):
            assignments.declare(application, by=person, has_conflict=False)
        return application

    def plan(self, **facts):
        return VisitPlan(
            **{
                "mode": Mode.ON_SPOT,
                "starts_at": self.during(Phase.VISITS, 9),
                "ends_at": self.during(Phase.VISITS, 11),
                "place": "ที่ทำการ",
                "assessors": (self.chair, self.member),
                **facts,
            }
        )

    @remembered
    def visit_planned(self, centre=None, by=None, **facts):
        application = self.declared(self.assigned(centre, by=by))
        return visits.plan(application, self.plan(**facts), by=self.panel_secretary)

    @remembered
    def visited(self, centre=None, by=None, **facts):
        application = self.visit_planned(centre, by=by, **facts)
        return visits.hold(application, by=self.chair, at=self.during(Phase.VISITS, 11))

    @remembered
    def score(self, application, person, *, submit=True, **different):
        """One assessor marks everything as met in full, but for the codes named in `different`."""
        at = self.during(Phase.VISITS, 12)
        sheet = sheets.open_sheet(application.current_visit, by=person, at=at)
        full = {
            leaf.code: Verdict.MET if leaf.is_yes_or_no else str(leaf.max_score)
            for leaf in application.library.leaves.values()
        }
        marks = [sheets.Said(code, different.get(code, said)) for code, said in full.items()]
        sheets.mark_together(sheet, marks, by=person, at=at)
        return sheets.submit(sheet, by=person, at=at) if submit else sheet

    @remembered
    def scored(self, centre=None, by=None, **different):
        application = self.visited(centre, by=by)
        self.score(application, self.chair)
        self.score(application, self.member, **different)
        return application

    @remembered
    def assessed(self, centre=None, by=None):
        application = self.scored(centre, by=by)
        consensus.adopt_what_is_equal(application.current_visit, by=self.chair)
        return consensus.sign(application, by=self.chair, summary="บริการดี", at=self.during(Phase.VISITS, 14))

    @remembered
    def proposed(self, centre=None, by=None):
        return consensus.propose(self.assessed(centre, by=by), by=self.panel_secretary)

    @remembered
    def meeting(self, *units):
        assert self.steering_members
        held_on = timezone.localdate(self.during(Phase.RESOLUTION))
        meeting = meetings.call(
            self.round, self.steering, number=f"1/{self.cycle_be}", held_on=held_on, by=self.steering_secretary
        )
        meetings.put_on_agenda(meeting, units, by=self.steering_secretary)
        return meeting

    @remembered
    def in_session(self, *units):
        meeting = meetings.convene(
            self.meeting(*units), by=self.steering_secretary, at=self.during(Phase.RESOLUTION, 9)
        )
        meetings.seat(meeting, [self.steering_secretary, *self.steering_members], by=self.steering_secretary)
        meetings.follow_the_proposals(meeting, by=self.steering_secretary)
        return meeting

    act = Act(number="มติที่ 1/2563", text="เห็นชอบผลการตรวจประเมิน", votes_for=4)

    @remembered
    def resolved(self, *units):
        return meetings.resolve(
            self.in_session(*units), self.act, by=self.steering_secretary, at=self.during(Phase.RESOLUTION, 12)
        )

    @remembered
    def certified(self, centre=None, by=None):
        application = self.proposed(centre, by=by)
        self.resolved(application)
        return type(application).objects.get(pk=application.pk)
