"""Every link on every page of the demonstration leads somewhere, for whoever is shown it.

The demonstration is loaded once. No test here may ask for `db`, which would close the connection that holds it.
"""

from collections import deque
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import Resolver404, resolve

from saduak.people.models import User
from tests.support.asking import Asking, asking, look_at
from tests.support.demonstration import load

EACH = 2
"""Pages of one name that a person opens: the first ones met; another of the same kind has the same links."""

STREAMS = "/live/"  # Answered beside Django.


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), asking():
        load()
        yield
        transaction.set_rollback(True)


class Links(HTMLParser):
    """Where a page's links, pictures and looking forms lead, and the places on it that have a name."""

    def __init__(self, text):
        super().__init__()
        self.found, self.places = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.places.add(given.get("id"))
        self.found += [given[name] for name in ("href", "src", "hx-get") if given.get(name)]
        if tag == "form" and given.get("method", "get").lower() == "get":
            self.found.append(given.get("action") or "")


def crawl(client):
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
        answer = client.get(path)
        if answer.status_code in (301, 302):
            links = [answer.url]
        elif answer.status_code != 200:
            wrong.append(f"{source} leads to {path}: {answer.status_code}")
            continue
        elif answer.streaming or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        else:
            page = Links(answer.text)
            wrong += [f"{path} has no place {link}" for link in page.found if _nowhere(link, page)]
            links = page.found
        for link in links:
            there, _place = urldefrag(urljoin(path, link))
            if not urlsplit(there).scheme and not there.startswith(("//", "/static/", STREAMS)) and there not in seen:
                seen.add(there)
                ahead.append((there, path))
    return wrong, opened


def _name(path):
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None


def _nowhere(link, page):
    """Whether a link leads to a place that the page does not have; "#/" is a screen of an app within its page."""
    return link.startswith("#") and link != "#" and not link.startswith("#/") and link[1:] not in page.places


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

    wrong, opened = crawl(client)

    assert not wrong, "\n".join(wrong)
    assert reaches <= opened.keys()
