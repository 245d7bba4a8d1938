"""What every story begins with, and how its people look at a page."""

import pytest

marks = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Story:
    """A story of people who come to the pages one after another, or side by side.

    Each person walks by keyboard in a window of their own: `self.somebody_comes(user, "phone")` makes it the one that
    the following sentences speak of, `self.back_to(user)` returns to one who came before.
    """

    @pytest.fixture(autouse=True)
    def _begins(self, new_walk):
        self._new_walk = new_walk
        self._walks = {}

    def somebody_comes(self, user=None, width="desk", *, javascript=True):
        """Open a window, signed in unless it is a visitor."""
        self.walk = self._walks[user] = self._new_walk(width, javascript=javascript, by_keyboard=True)
        if user:
            self.walk.sign_in(user)

    def back_to(self, user):
        """Go on in the window of somebody who came before."""
        self.walk = self._walks[user]

    def and_the_page_is_accessible(self):
        """Axe finds nothing in the own window, nor in the other usual width."""
        window = self.walk.page.viewport_size
        for width in ("phone", "desk") if window["width"] > 400 else ("desk", "phone"):
            self.walk.at(width)
            self.walk.finds_no_barriers()

    def then_i_see(self, *words):
        """Each is on the page, soon."""
        for each in words:
            self.walk.sees(each)
