"""Desks that run, for whoever asks them over HTTP; run as a program against a platform's database.

    python -m tests.support.desks [desks] [counters] [boards]

prints JSON: for each desk its centre, services, the token of its kiosk, of as many more kiosks as it has counters, and
of a button box at each counter, where an officer sits, their sessions, the head's, the addresses of its boards.
"""

import json
import sys
from hashlib import sha256

import tests.support.program  # noqa: F401  The models can be imported only now.

# isort: split
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction

from saduak.catalogue.tests.factories import QueueGroupFactory, ServiceFactory
from saduak.directory.models import Agency, Centre, Office, Province
from saduak.directory.tests.factories import AgencyFactory, CentreFactory, ProvinceFactory, person_of
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import sittings
from saduak.frontdesk.tests.factories import CounterFactory, DeskFactory, DeviceFactory, PriorityClassFactory
from saduak.people.models import User
from saduak.people.tests.factories import UserFactory


def token(*words):
    """A token that can be told again."""
    return "-".join(str(word) for word in ("desk", *words))


def device(desk, kind, words, **facts):
    """A paired device of the desk; its token."""
    DeviceFactory(desk=desk, kind=kind, token_digest=sha256(words.encode()).digest(), **facts)
    return words


@transaction.atomic
def furnish(number, counters, boards):
    """One desk in three groups, with its people sitting at their counters."""
    centre = CentreFactory(code=f"98-{number:05d}", province=province(), agency=agency())
    desk = DeskFactory(centre=centre)
    PriorityClassFactory(desk=desk)
    PriorityClassFactory(desk=desk, priority=True)
    services = []
    for place, prefix in enumerate("ABC"):
        group = QueueGroupFactory(centre=centre, position=place)
        services.append(ServiceFactory(centre=centre, group=group, prefix=prefix, position=place))
    boxes, sessions = [], []
    head = person_of(Office.CENTRE_HEAD, centre=centre, password=None)  # To hash what nobody types takes a second.

    def kiosk(*words):
        return device(desk, DeviceKind.KIOSK, token(number, "kiosk", *words), added_by=head)

    for place in range(1, counters + 1):
        officer = person_of(Office.CENTRE_OFFICER, centre=centre, password=None)
        counter = CounterFactory(desk=desk, label=str(place), position=place, skills=services)
        boxes.append(device(desk, DeviceKind.OTHER, token(number, place), counter=counter, added_by=head))
        sittings.sit_down(counter, by=officer)
        sessions.append(signed_in(officer))
    return {
        "centre": centre.pk,
        "code": centre.code,
        "services": [service.pk for service in services],
        "kiosk": kiosk(),
        "kiosks": [kiosk(place) for place in range(1, counters + 1)],
        "boxes": boxes,
        "sessions": sessions,
        "head": signed_in(head),
        "boards": [desk.boards.create(name=f"จอที่ {place}").address for place in range(1, boards + 1)],
    }


def province():
    """One that is there, or a new one."""
    return Province.objects.first() or ProvinceFactory()


def agency():
    """As `province`."""
    return Agency.objects.first() or AgencyFactory()


def signed_in(person):
    """A session of that person."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key


if __name__ == "__main__":
    desks, counters, boards = [*map(int, sys.argv[1:]), *(1, 4, 1)[len(sys.argv) - 1 :]]
    first = Centre.objects.filter(code__startswith="98-").count()
    UserFactory.reset_sequence(User.objects.count() + 1000)  # Names of an earlier run are taken.
    print(json.dumps([furnish(first + number, counters, boards) for number in range(desks)]))
