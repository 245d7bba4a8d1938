"""A client for the long tables: thousands of questions, of which only the answers count."""

import logging
import pickle
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from saduak.directory.models import Body, Membership
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


@contextmanager
def asking() -> Iterator[None]:
    """The settings of the tables: sessions and people are at hand, where three questions in four would ask for them.

    That these are read from the database anew with each request is what the tests of `people` show. Thousands of
    requests that went as they should are not written down either: those of `config` read such lines.
    """
    backend = f"{AtHand.__module__}.{AtHand.__qualname__}"
    backends = [backend, *settings.AUTHENTICATION_BACKENDS]
    logging.disable(logging.INFO)
    try:
        with override_settings(SESSION_ENGINE=sessions.__name__, AUTHENTICATION_BACKENDS=backends):
            yield
    finally:
        logging.disable(logging.NOTSET)


_AS_THEY_STAND = f"""
    SELECT person::text FROM {User._meta.db_table} AS person WHERE person.id = ANY(%(known)s)
    UNION ALL
    SELECT held::text || coalesce(body::text, '') FROM {Membership._meta.db_table} AS held
    LEFT JOIN {Body._meta.db_table} AS body ON body.id = held.body_id WHERE held.person_id = ANY(%(known)s)
"""
_seen: list[Any] = []


def look_at(people: Iterable[Any]) -> None:
    """Read people and their offices as they are now, for the questions that follow."""
    pks = [person.pk for person in people if person]
    with connection.cursor() as cursor:
        cursor.execute(_AS_THEY_STAND, {"known": pks})
        seen = cursor.fetchall()
    if seen == _seen:
        return
    known = User.objects.in_bulk(pks)
    for person in known.values():
        person._memberships = []
    for held in Membership.objects.filter(person__in=known).select_related("body"):
        known[held.person_id]._memberships.append(held)
    _at_hand.clear()
    _at_hand.update({pk: pickle.dumps(person) for pk, person in known.items()})
    _seen[:] = seen


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
