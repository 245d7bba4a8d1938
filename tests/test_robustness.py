"""Whatever anybody sends to any address: a page that says what is wrong, never a failure.

Each address of `tests/addresses.py` is asked as a person who may open it, with questions no link asks, arguments no
page gives, and its own forms filled in as nobody should. Whatever was done is taken back.
"""

import re
from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from tests.support.addresses import collected
from tests.support.asking import Asking, asking, look_at
from tests.support.remembering import stands
from tests.support.world import Kind, build

ADDRESSES = [(name, address) for name, addresses in sorted(collected().items()) for address in addresses]

HOSTILE_QUESTIONS = {
    "markup": "';DROP TABLE--<script>alert(1)</script>{{7*7}}{%x%}\r\n",
    "beyond": "9" * 5000,
    "Thai digits": "-๙๙",
}
HOSTILE_ANSWERS = {
    "garbage": 'zz-โ’"<b>{{x}}',
    "nul": "ก\x00ข",
    "long": "ก" * 20_000,
    "foreign day": "2026-01-01",
    "huge": "9" * 5000,
}
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|type=.application/json))|<style|<[a-z][^>]*\s(?:style|on[a-z]+)=[\"']|<iframe"
    r"|alert\(1\)</script>|javascript:",
    re.IGNORECASE,
)
USUAL_QUESTIONS = ("q", "page", "sort", "column", "export", "from", "round", "day", "who", "kind", "year", "unknown")


class Fields(HTMLParser):
    """The names of what a page asks, and those of its links' queries."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, str, dict[str, str]]] = []
        self.asked: set[str] = set(USUAL_QUESTIONS)
        self.typed: dict[str, list[str]] = {}
        self._open: dict[str, str] | None = None
        self._text = ""

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._open = {}
            self.forms.append((given.get("method", "get").lower(), given.get("action", ""), self._open))
        elif tag in {"input", "select", "textarea", "button"} and given.get("name") and self._open is not None:
            if given.get("type") != "file":
                self._open[given["name"]] = given.get("value", "")
            if tag == "textarea" or (tag == "input" and given.get("type", "text") in {"text", "tel", "email"}):
                self.typed.setdefault(given["name"], []).append(given.get("value", ""))
                self._text = given["name"] if tag == "textarea" else ""
        elif tag == "a" and "?" in given.get("href", ""):
            self.asked |= set(re.findall(r"[?&]([\w-]+)=", given["href"]))

    def handle_data(self, data):
        if self._text:
            self.typed[self._text][-1] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._text = ""
        if tag == "form":
            self._open = None


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
        self.failures = []

    def __call__(self, method, path, data=None, *, why="", query=""):
        with transaction.atomic():
            cache.clear()
            url = path + (f"?{query}" if query else "")
            response = getattr(self.client, method)(url, data)
            if response.status_code >= 500 or (response.status_code >= 400 and not _worded(response)):
                error = response.exc_info[:2] if getattr(response, "exc_info", None) else ""
                self.failures.append((method, url[:120], why, response.status_code, error))
            if complaint := _unsafe(response) or _forgotten(response, data):
                self.failures.append((method, url[:120], why, response.status_code, complaint))
            transaction.set_rollback(True)
        return response


def _unsafe(response):
    """What a page should never hold or lack, if this one does."""
    if response.streaming or "html" not in response.headers.get("Content-Type", ""):
        return "" if response.headers.get("X-Content-Type-Options") == "nosniff" else "no nosniff"
    missing = [name for name in ("Content-Security-Policy", "X-Frame-Options") if name not in response.headers]
    if not missing and response.headers.get("Content-Disposition", "").startswith("attachment"):
        return ""  # A file to keep runs nowhere near this site; one that is whole in itself holds all it needs.
    inline = INLINE.search(response.text)
    return f"without {missing}" if missing else inline and f"inline: {response.text[inline.start() :][:80]!r}"


def _forgotten(response, typed):
    """A refused form without what was typed, if this is one."""
    if response.status_code != 422 or not typed or "<form" not in response.text:
        return ""
    shown = Fields()
    shown.feed(response.text)
    return [
        name
        for name, values in shown.typed.items()
        if name in typed and len(values) == 1 and values[0].split() != str(typed[name]).split()
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
        page = ask("get", path, address.query, why="plain")
        fields = _fields_of(page)
        if page.status_code != 405:  # What is only sent to is not asked: the door says so before it reads anything.
            _questions(ask, path, fields, is_looked_at=_looks_at_the_question(page))
        _arguments(ask, name, arguments)
        _answers(ask, path, fields, address)
        transaction.set_rollback(True)

    assert not ask.failures, "\n".join(str(failure) for failure in ask.failures)


def _fields_of(page):
    fields = Fields()
    if not page.streaming and "html" in page.headers.get("Content-Type", ""):
        fields.feed(page.content.decode())
    return fields


def _looks_at_the_question(response):
    """Whether anything asked the request for what stood behind the question mark: Django reads it when asked first."""
    return "GET" in response.wsgi_request.__dict__


def _questions(ask, path, fields, *, is_looked_at):
    """Ask what no link asks; just once where nothing looks at it, and on if something did after all."""
    names = fields.asked | {field for method, _, inside in fields.forms if method == "get" for field in inside}
    for why, value in HOSTILE_QUESTIONS.items():
        page = ask("get", path, query="&".join(f"{name}={quote(value)}" for name in sorted(names)), why=why)
        if not is_looked_at and not _looks_at_the_question(page):
            return
    ask("get", path, query="&".join(f"{n}=1&{n}=%ff%fe" for n in sorted(names)) + "&[]=&=&q=" + "%E0%B8" * 300)


def _arguments(ask, name, arguments):
    for argument, right in arguments.items():
        for wrong in (9**30,) if isinstance(right, int) else ("ก\x00", "ก" * 400 + "\r\n%"):
            with suppress(NoReverseMatch):
                path = reverse(name, kwargs={**arguments, argument: wrong})
                ask("get", path, why=f"{argument}={wrong!r:.20}")


def _answers(ask, path, fields, address):
    forms = [inside for method, action, inside in fields.forms if method == "post" and action in ("", path)]
    inside = {name: value for each in forms for name, value in each.items()} | dict(address.post or {})
    if ask("post", path, {}, why="empty form").status_code == 405 or not inside:
        return
    kept = {name: value for name, value in inside.items() if name.startswith("seen")}
    for number, (why, value) in enumerate(HOSTILE_ANSWERS.items()):
        ask("post", path, dict.fromkeys(inside, value) | (kept if number else {}), why=why)
