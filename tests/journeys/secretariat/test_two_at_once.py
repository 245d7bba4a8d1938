"""Two officers press the same button."""

from saduak.certification.operations import screening
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from tests.journeys.story import Story, marks

pytestmark = marks


class TestTwoAtOnce(Story):
    """The second learns what the first did."""

    def test_the_second_of_two_officers_is_told_what_changed(self):
        self.given_a_dossier_that_can_pass()
        first, second = self.world.secretariat, person_of(Office.SECRETARIAT_OFFICER)
        for officer in (first, second):
            self.somebody_comes(officer)
            self.when_i_open_the_decision()

        self.back_to(first)
        self.when_i_let_it_pass()
        self.then_i_see("ผ่านการกลั่นกรอง")
        self.back_to(second)
        self.when_i_let_it_pass()
        self.then_i_see("มีผู้ดำเนินการก่อนหน้าท่านแล้ว", "ผ่านการกลั่นกรอง", first.name)
        self.and_it_happened_once()
        self.and_the_page_is_accessible()

    # Given

    def given_a_dossier_that_can_pass(self):
        self.world = World.while_running(Phase.SCREENING)
        self.case = self.world.submitted()
        screening.accept_the_rest(self.case, by=self.world.secretariat)

    # When

    def when_i_open_the_decision(self):
        self.walk.open(self.case.get_absolute_url())
        self.walk.follow("ให้ผ่านการกลั่นกรอง")
        self.walk.heading("ให้ผ่านการกลั่นกรอง")

    def when_i_let_it_pass(self):
        self.walk.press("ให้ผ่านการกลั่นกรองและแจ้งศูนย์")

    # Then

    def and_it_happened_once(self):
        self.case.refresh_from_db()
        assert self.case.stage == Stage.SCREENED
        assert self.case.history.filter(step="pass_screening").count() == 1
