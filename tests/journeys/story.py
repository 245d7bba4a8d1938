"""What every story begins with, and how its people look at a page."""

import re
from urllib.parse import urlsplit

import pytest

LOOKED_AT: set[str] = set()
"""Pages looked at in the largest type and in the dark in this run: one of a kind is enough."""

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
        """Axe finds nothing in the own window, nor in the other usual width; the largest type fits, and the dark can be
        read."""
        is_wide = self.walk.page.viewport_size["width"] > 400
        widths = ("phone", "desk") if is_wide else ("desk", "phone")  # The own window comes last.
        for width in widths:
            self.walk.at(width)
            self.walk.finds_no_barriers()
        self._and_so_it_is_for_who_prefers_otherwise(widths)

    def _and_so_it_is_for_who_prefers_otherwise(self, widths):
        page = re.sub(r"/[^/]*\d[^/]*", "/…", urlsplit(self.walk.page.url).path)
        if page in LOOKED_AT:
            return
        LOOKED_AT.add(page)
        for width in widths:
            self.walk.at(width)
            self.walk.fits_in_the_largest_type()
        self.walk.can_be_read_in_the_dark()

    def then_i_see(self, *words):
        """Each is on the page, soon."""
        for each in words:
            self.walk.sees(each)
