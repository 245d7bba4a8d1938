"""Whatever anybody sends to any address: a page that says what is wrong, never a failure.

Each address of `tests/addresses.py` is asked as a person who may open it, with questions no link asks, arguments no
page gives, and its own forms filled in as nobody should. Whatever was done is taken back.
"""

from contextlib import suppress
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from tests.support import pages
from tests.support.addresses import collected
from tests.support.asking import Asking, asking, look_at
from tests.support.beginning import Beginning
from tests.support.remembering import stands
from tests.support.world import Kind, build

ADDRESSES = [(name, address) for name, addresses in sorted(collected().items()) for address in addresses]

HOSTILE_QUESTIONS = {
    "markup": "';DROP TABLE--<script>alert(1)</script>{{7*7}}{%x%}\r\n",
    "beyond": "9" * 5000,
    "Thai digits": "-๙๙",
}
ECHOED = "alert(1)</script>"
"""How that markup ends where it comes back as it was; among JSON, in a title or a comment it is no element."""

HOSTILE_ANSWERS = {
    "garbage": 'zz-โ’"<b>{{x}}',
    "nul": "ก\x00ข",
    "long": "ก" * 20_000,
    "foreign day": "2026-01-01",
    "huge": "9" * 5000,
}
USUAL_QUESTIONS = ("q", "page", "sort", "column", "export", "from", "round", "day", "who", "kind", "year", "unknown")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for all addresses, and everybody in it with a browser, signed in."""
    with django_db_blocker.unblock(), transaction.atomic(), asking():
        world = build()
        world.clients = {kind: Asking(who, raise_request_exception=False) for kind, who in world.people.items()}
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def ask(world):
    """Asks, keeps nothing, and notes each failure."""
    return Asker()


class Asker:
    def __init__(self):
        self.client = None
        self.beginning = None
        self.failures = []

    def __call__(self, method, path, data=None, *, why="", query=""):
        cache.clear()
        url = path + (f"?{query}" if query else "")
        with self.beginning.again():
            response = getattr(self.client, method)(url, data)
        page = _page_of(response)
        if response.status_code >= 500 or (response.status_code >= 400 and not _worded(response)):
            error = response.exc_info[:2] if getattr(response, "exc_info", None) else ""
            self.failures.append((method, url[:120], why, response.status_code, error))
        if complaint := _unsafe(response, page) or _forgotten(response, page, data):
            self.failures.append((method, url[:120], why, response.status_code, complaint))
        return response, page


def _page_of(response):
    """The page that was answered, if it was one."""
    if response.streaming or "html" not in response.headers.get("Content-Type", ""):
        return None
    return pages.read(response)


def _unsafe(response, page):
    """What a page should never hold or lack, if this one does."""
    if page is None:
        return "" if response.headers.get("X-Content-Type-Options") == "nosniff" else "no nosniff"
    missing = [name for name in ("Content-Security-Policy", "X-Frame-Options") if name not in response.headers]
    if not missing and response.headers.get("Content-Disposition", "").startswith("attachment"):
        return ""  # A file to keep runs nowhere near this site; one that is whole in itself holds all it needs.
    inline = pages.inline(page) or (ECHOED in response.text and "what was asked, as it was asked")
    return f"without {missing}" if missing else inline and f"inline: {inline}"


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<script type='module'>x</script>",
        "<style>p { color: red }</style>",
        "<p style='color: red'>",
        "<p OnClick=x()>",
        "<svg onload=x()>",
        "<iframe src='/about/'>",
        "<a href=' JavaScript:x()'>",
    ],
)
def test_what_runs_in_a_page_is_found(markup):
    page = HttpResponse(f"<!doctype html><title>ก</title><main><p>ข {markup}</main>")

    assert pages.inline(pages.read(page))


AROUND = ["<script type='application/json'>{}</script>", "<p><!-- {} -->", "<title>{}</title>"]


@pytest.mark.parametrize("around", AROUND)
def test_what_was_asked_is_found_as_it_was_asked_wherever_it_stands(around):
    headers = {"Content-Security-Policy": "default-src 'self'", "X-Frame-Options": "DENY"}
    answer = HttpResponse(around.format(HOSTILE_QUESTIONS["markup"]), headers=headers)

    assert _unsafe(answer, pages.read(answer))


def test_what_runs_nowhere_is_not_taken_for_it():
    scripts = "<script src='/static/x.js'></script><script type='application/json'>{}</script>"
    words = "<p title='&lt;script&gt;'>alert(1) style='x' onclick='x' &lt;iframe&gt;"

    assert not pages.inline(pages.read(HttpResponse(scripts + words)))


def _forgotten(response, page, typed):
    """A refused form without what was typed, if this is one."""
    if response.status_code != 422 or not typed or page is None:
        return ""
    return [
        name
        for name, values in pages.typed(page).items()
        if name in typed and len(values) == 1 and values[0].split() != pages.shown(str(typed[name])).split()
    ]


def _worded(response):
    return response.streaming or response.content


@pytest.mark.parametrize(
    ("name", "address"), [pytest.param(*pair, id=f"{n} {pair[0]}") for n, pair in enumerate(ADDRESSES)]
)
def test_nothing_sent_makes_a_page_fail(world, ask, name, address):
    with transaction.atomic():
        kind = next((kind for kind in Kind if address.expected[kind] < 300 or address.expected[kind] == 422), None)
        kind = kind or next((k for k in Kind if address.expected[k] == 302 and k != Kind.ANONYMOUS), Kind.SECRETARIAT)
        ask.client = world.clients[kind]
        ask.client.forget()
        stands(__name__, world.centre.pk)
        arguments = address.at(world)
        path = reverse(name, kwargs=arguments)
        look_at([world.people[kind]])
        ask.beginning = Beginning()
        page = _questions(ask, path, address)
        _arguments(ask, name, arguments)
        _answers(ask, path, page, address)
        ask.beginning.end()
        transaction.set_rollback(True)

    assert not ask.failures, "\n".join(str(failure) for failure in ask.failures)


def _questions(ask, path, address):
    """Ask what no link asks, and give the page; asked just once where nothing looks at what it is asked."""
    names = set(USUAL_QUESTIONS)
    if not address.query:
        response, page = ask("get", path, query=_question(names, "markup"), why="markup")
        if not _looks_at_the_question(response):
            return page
    response, page = ask("get", path, address.query, why="plain")
    if page is not None:
        names |= pages.asked(page)
    for why in HOSTILE_QUESTIONS:
        answer, _ = ask("get", path, query=_question(names, why), why=why)
        if not _looks_at_the_question(answer) and not _looks_at_the_question(response):
            return page
    ask("get", path, query="&".join(f"{n}=1&{n}=%ff%fe" for n in sorted(names)) + "&[]=&=&q=" + "%E0%B8" * 300)
    return page


def _question(names, why):
    return "&".join(f"{name}={quote(HOSTILE_QUESTIONS[why])}" for name in sorted(names))


def _looks_at_the_question(response):
    """Whether anything asked the request for what stood behind the question mark: Django reads it when asked first.

    What is only sent to (405) says so before it reads anything.
    """
    return "GET" in response.wsgi_request.__dict__


def _arguments(ask, name, arguments):
    for argument, right in arguments.items():
        for wrong in (9**30,) if isinstance(right, int) else ("ก\x00", "ก" * 400 + "\r\n%"):
            with suppress(NoReverseMatch):
                path = reverse(name, kwargs={**arguments, argument: wrong})
                ask("get", path, why=f"{argument}={wrong!r:.20}")


def _answers(ask, path, page, address):
    sent = [form.fields for form in pages.forms(page) if form.method == "post" and form.action in ("", path)]
    inside = {name: value for each in sent for name, value in each.items()} | dict(address.post or {})
    if ask("post", path, {}, why="empty form")[0].status_code == 405 or not inside:
        return
    kept = {name: value for name, value in inside.items() if name.startswith("seen")}
    for number, (why, value) in enumerate(HOSTILE_ANSWERS.items()):
        ask("post", path, dict.fromkeys(inside, value) | (kept if number else {}), why=why)
