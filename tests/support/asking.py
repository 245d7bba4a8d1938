"""A client for the long tables: thousands of questions, of which only the answers count."""

from django.core.signals import got_request_exception
from django.test import Client
from django.urls import reverse


class Asking(Client):
    """Somebody who has signed in, or nobody, and who has opened a first page.

    Django's client without what it collects for tests of one page: every template drawn, each with a copy of its
    context. It asks through all of the middleware, as the other does.
    """

    def __init__(self, person=None, **how):
        super().__init__(**how)
        if person:
            self.force_login(person)
            self.get(reverse("about"))
        self._kept = dict(self.cookies)

    def forget(self):
        """Go back to the cookies of the first page."""
        self.cookies.clear()
        self.cookies.update(self._kept)

    def request(self, **request):
        """The answer; a failure is raised, or kept in its `exc_info`."""
        self.exc_info = None
        got_request_exception.connect(self.store_exc_info)
        try:
            response = self.handler(self._base_environ(**request))
        finally:
            got_request_exception.disconnect(self.store_exc_info)
        self.check_exception(response)
        self.cookies.update(response.cookies)
        return response
