"""A client for the long tables: thousands of questions, of which only the answers count."""

import pickle
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.test import Client, override_settings
from django.urls import reverse

from saduak.directory.models import Membership
from saduak.people.backends import AuthenticationBackend
from saduak.people.models import User
from tests.support import sessions

_at_hand: dict[int, bytes] = {}


class AtHand(AuthenticationBackend):
    """Who somebody is, and which offices they hold, as `look_at` found it a moment ago."""

    def get_user(self, user_id: Any) -> Any:
        """A fresh copy for each question."""
        known = _at_hand.get(int(user_id))
        return pickle.loads(known) if known else super().get_user(user_id)  # noqa: S301  We pickled it ourselves.


def asking() -> override_settings:
    """The settings of the tables: sessions and people are at hand, where three questions in four would ask for them.

    That these are read from the database anew with each request is what the tests of `people` show.
    """
    backend = f"{AtHand.__module__}.{AtHand.__qualname__}"
    return override_settings(
        SESSION_ENGINE=sessions.__name__, AUTHENTICATION_BACKENDS=[backend, *settings.AUTHENTICATION_BACKENDS]
    )


def look_at(people: Iterable[Any]) -> None:
    """Read people and their offices as they are now, for the questions that follow."""
    known = User.objects.in_bulk([person.pk for person in people if person])
    for person in known.values():
        person._memberships = []
    for held in Membership.objects.filter(person__in=known).select_related("body"):
        known[held.person_id]._memberships.append(held)
    _at_hand.clear()
    _at_hand.update({pk: pickle.dumps(person) for pk, person in known.items()})


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
        self._cookies = dict(self.cookies)
        self._session = dict(self.session.items())

    def forget(self):
        """Go back to the cookies and the session of the first page."""
        self.cookies.clear()
        self.cookies.update(self._cookies)
        if self._session:
            sessions.put(self._cookies[settings.SESSION_COOKIE_NAME].value, self._session)

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
