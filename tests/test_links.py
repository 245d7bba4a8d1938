"""Every link on every page of the demonstration leads somewhere, for whoever is shown it.

The demonstration is loaded once. No test here may ask for `db`, which would close the connection that holds it.
"""

from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import Resolver404, resolve
from lxml import etree

from saduak.certification.models import Certificate
from saduak.certification.operations.certificate_files import file_of
from saduak.people.models import User
from tests.support import pages
from tests.support.asking import Asking, asking, look_at
from tests.support.beginning import Beginning
from tests.support.demonstration import load

EACH = 2
"""Pages of one name that a person opens: the first ones met; another of the same kind has the same links."""

STREAMS = "/live/"  # Answered beside Django.


LINKED = etree.XPath("//@href | //@src | //@hx-get")
NAMED = etree.XPath("//@id")


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """What everybody finds; the certificate has been printed before."""
    with django_db_blocker.unblock(), transaction.atomic(), asking():
        load()
        file_of(Certificate.objects.get())
        yield Beginning()
        transaction.set_rollback(True)


def crawl(client, demonstration):
    """Open what can be reached from the front page; what was wrong, with the page that led there."""
    wrong, opened, seen = [], {}, {"/"}
    ahead = deque([("/", "")])
    while ahead:
        path, source = ahead.popleft()
        name = _name(path)
        if name is None:
            wrong.append(f"{source} leads to {path}, which is no address")
            continue
        if opened.setdefault(name, 0) >= EACH:
            continue
        opened[name] += 1
        cache.clear()  # Nobody is told here that this goes too fast.
        with demonstration.again():
            answer = client.get(path)
        if answer.status_code in (301, 302):
            links = [answer.url]
        elif answer.status_code != 200:
            wrong.append(f"{source} leads to {path}: {answer.status_code}")
            continue
        elif answer.streaming or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        else:
            links, places = _links(answer)
            wrong += [f"{path} has no place {link}" for link in links if _nowhere(link, places)]
        for link in links:
            there, _place = urldefrag(urljoin(path, link))
            if not urlsplit(there).scheme and not there.startswith(("//", "/static/", STREAMS)) and there not in seen:
                seen.add(there)
                ahead.append((there, path))
    return wrong, opened


def _links(answer):
    """Where a page's links, pictures and looking forms lead, and the places on it that have a name."""
    page = pages.read(answer)
    asked = [form.action for form in pages.forms(page) if form.method == "get"]
    return [link for link in LINKED(page) if link] + asked, set(NAMED(page))


def _name(path):
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None


def _nowhere(link, places):
    """Whether a link leads to a place that the page does not have; "#/" is a screen of an app within its page."""
    return link.startswith("#") and link != "#" and not link.startswith("#/") and link[1:] not in places


@pytest.mark.parametrize(
    ("who", "reaches"),
    [
        ("", {"find_centres", "show_registered_centre"}),
        ("secretariat", {"screen_application", "show_exchange"}),
        ("pea-head", {"show_result"}),
        ("sub5-chair", {"show_sheet", "compare_sheets"}),
        ("steering-secretary", {"show_meeting"}),
        ("baac-coordinator", {"agency_overview"}),
    ],
    ids=lambda value: (value or "anybody") if isinstance(value, str) else "and what is reached",
)
def test_no_link_is_dead(demonstration, who, reaches):
    person = User.objects.get(username=who) if who else None
    client = Asking(person)
    look_at([person])

    wrong, opened = crawl(client, demonstration)

    assert not wrong, "\n".join(wrong)
    assert reaches <= opened.keys()
