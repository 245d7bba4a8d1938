"""A deaf visitor waits in a room where everybody listens."""

from playwright.sync_api import expect

from saduak.frontdesk.tests.factories import BoardFactory
from saduak.frontdesk.tests.world import DeskWorld
from tests.journeys.story import Story, marks

pytestmark = marks


class TestTheWaitingRoom(Story):
    """What is called out stands on the board, in the same order, long enough to be read."""

    def test_a_deaf_visitor_follows_the_captions(self):
        self.given_a_desk_where_people_wait()
        self.somebody_comes()
        self.when_i_look_at_the_board()
        self.then_i_see("คิวถัดไป", "A001", "รออยู่ 3")
        self.and_the_page_is_accessible()

        self.when_the_counters_call(1, 2)
        self.then_the_captions_say("ขอเชิญหมายเลข A001 ที่ช่องบริการ 1 ค่ะ", "ขอเชิญหมายเลข A002 ที่ช่องบริการ 2 ค่ะ")
        self.then_my_number_stands_large("A002", at="2")
        self.when_the_counter_calls_again(2)
        self.then_the_captions_say("ขอเชิญหมายเลข A002 ที่ช่องบริการ 2 ค่ะ")
        self.when_i_come_to_the_counter(2)
        self.then_nobody_is_called_any_more("A002")
        self.and_the_page_is_accessible()

    def test_a_screen_without_scripts_says_it_too(self):
        self.given_a_desk_where_people_wait()
        self.when_the_counters_call(1)
        self.somebody_comes(javascript=False)
        self.when_i_look_at_the_board()

        self.then_i_see("ขอเชิญหมายเลข A001 ที่ช่องบริการ 1 ค่ะ", "Number A001, please go to counter 1")

    def given_a_desk_where_people_wait(self):
        self.world = DeskWorld().stand()
        for _ in range(3):
            self.world.issue()
        self.board = BoardFactory(desk=self.world.desk)

    def when_i_look_at_the_board(self):
        self.walk.page.set_viewport_size({"width": 1280, "height": 720})
        self.walk.open(f"/queue/board/{self.board.address}")

    def when_the_counters_call(self, *numbers):
        self.tickets = {number: self.world.call(number) for number in numbers}

    def when_the_counter_calls_again(self, number):
        from saduak.frontdesk.operations import calling

        ticket = self.world.fresh(self.tickets[number])
        calling.recall(self.world.seated(number), ticket, at=self.world.minute())

    def when_i_come_to_the_counter(self, number):
        self.world.serve(self.world.fresh(self.tickets[number]), number)

    def then_the_captions_say(self, *sentences):
        for sentence in sentences:
            expect(self.walk.page.locator("#board-caption")).to_contain_text(sentence)

    def then_my_number_stands_large(self, number, *, at):
        place = self.walk.page.locator(".board-place", has_text=number)
        expect(place.locator(".board-counter")).to_have_text(at)
        size = place.locator(".board-number").evaluate("shown => parseFloat(getComputedStyle(shown).fontSize)")
        assert size >= 0.12 * 1280

    def then_nobody_is_called_any_more(self, number):
        place = self.walk.page.locator(".board-place", has_text=number)
        expect(place).to_have_attribute("data-stage", "serving")
