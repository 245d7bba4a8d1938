"""A person in front of a real Chromium: Thai, by keyboard or touch, with axe looking over the shoulder.

    @pytest.mark.browser
    def test_a_visitor_reads_about_the_programme(walk):
        walk.open("/")
        walk.follow("เกี่ยวกับโครงการ")
        walk.sees("การรับรอง 3 ระดับ")
        walk.finds_no_barriers()

`walk.page` is Playwright's page, for whatever has no word here. When the test ends, a script error, a blocked resource
or an answer of 500 on the way fails it; when it fails, its picture lies in `test-results/`.
"""

import os
import re
import shutil
import time
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import Client

from tests.support.keyboard import Keyboard, unless_it_leaves

CHECKOUT = Path(__file__).resolve().parents[2]
PICTURES = CHECKOUT / "test-results"
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]
PATIENCE = 15_000  # Milliseconds to wait for what must come: a test says what happens, not how fast a busy machine is.
WALKS = re.compile(r"mark\.browser|journeys\.story")  # What stands in every file of tests that walk.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

WIDTH = """() => {
    const width = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll("body *")].filter((one) =>
        one.getBoundingClientRect().right > width + 1 && !one.closest(".scroller, .track, .tabs, .unseen"));
    const shown = out.slice(0, 3).map((one) => one.outerHTML.slice(0, 160));
    return [document.documentElement.scrollWidth, width, shown];
}"""

PREFERRED = """([name, value]) => {
    const chosen = document.documentElement.dataset;
    const before = chosen[name];
    chosen[name] = value;
    return before;
}"""


CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium_path():
    """Where Chromium is, or None: SADUAK_CHROMIUM, else the usual names."""
    names = (os.environ.get("SADUAK_CHROMIUM"), *CHROMIUM)
    return next((found for name in names if name and (found := shutil.which(name))), None)


class Walk:
    """One person's way through the pages, with a mouse or only with a keyboard."""

    def __init__(self, context, address, *, javascript=True, by_keyboard=False):
        self.context = context
        self.address = address
        self.javascript = javascript
        self.page = context.new_page()
        self.troubles = []
        self.keys = Keyboard(self.page, self.troubles) if by_keyboard else None
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("console", self._hear)
        self.page.on("response", self._answered)

    # Going somewhere

    def open(self, path):
        """Go to an address of the site; the answer must not be a mistake of ours."""
        return self.page.goto(self.address + path)

    def follow(self, words):
        """Follow the link with these words."""
        self.activate(self.page.get_by_role("link", name=words, exact=True).first)

    def press(self, words):
        """Press the button with these words."""
        self.activate(self.page.get_by_role("button", name=words, exact=True).first)

    def activate(self, control):
        """Click a control, or press Enter on it."""
        if self.keys:
            self.keys.activate(control)
        else:
            control.click()

    def fill(self, label, answer):
        """Type an answer into the field with this label."""
        field = self.page.get_by_label(label, exact=False).first
        if self.keys:
            self.keys.write(field, answer)
        else:
            field.fill(answer)

    def choose(self, label, answer=None):
        """Choose from a list, or tick a box or a dot."""
        field = self.page.get_by_label(label, exact=answer is None).first
        match field.evaluate("field => field.tagName") == "SELECT", self.keys is not None:
            case True, True:
                self.keys.pick(field, answer)
            case True, False:
                field.select_option(label=answer)
            case False, True:
                self.keys.tick(field)
            case False, False:
                field.check()

    def attach(self, label, *files):
        """Put files into the field with this label: names of files, or Playwright's `{name, mimeType, buffer}`."""
        field = self.page.get_by_label(label, exact=False).first
        with self.page.expect_file_chooser() as chooser:
            self.activate(field)
        chooser.value.set_files(list(files))

    def type(self, *keys):
        """Press keys on the keyboard, by Playwright's names: "Tab", "Enter", "Control+k"; other words are typed."""
        for key in keys:
            if re.fullmatch(r"([A-Z]\w+\+)*([A-Z]\w+|\w)", key):
                self.page.keyboard.press(key)
            else:
                self.page.keyboard.type(key)

    def tab_to(self, words, *, most=120):
        """Tab until the control with these words has the focus. Fails when it cannot be reached."""
        for _press in range(most):
            self.page.keyboard.press("Tab")
            if words in self.focused():
                return
        raise AssertionError(f"“{words}” cannot be reached with {most} presses of Tab.")

    def sign_in(self, user):
        """Come back as somebody who has signed in."""
        client = Client()
        client.force_login(user)
        self._keep(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)

    def prefers(self, **choices):
        """Choose `language`, `text` or `contrast`, as the buttons at the top do."""
        for name, value in choices.items():
            self._keep(name, value)

    def at(self, width):
        """Look through a window of that width: "phone", "desk", or pixels."""
        across, down = WIDTHS[width] if isinstance(width, str) else (width, 900)
        self.page.set_viewport_size({"width": across, "height": down})

    # Looking

    def focused(self):
        """The words of the control that has the focus."""
        return self.page.evaluate(
            """() => {
                const here = document.activeElement;
                const label = here.labels?.[0]?.innerText ?? "";
                return [here.getAttribute("aria-label") ?? "", label, here.innerText ?? ""].join(" ");
            }"""
        )

    def sees(self, words):
        """The words are on the page, soon."""
        from playwright.sync_api import expect

        expect(self.page.get_by_text(words).first).to_be_visible()

    def heading(self, words):
        """The page is the one with this heading, soon."""
        from playwright.sync_api import expect

        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def until(self, question):
        """The function of the page answers yes, soon; it may be one that waits, which `wait_for_function` is not."""
        end = time.monotonic() + PATIENCE / 1000
        while not self.page.evaluate(question):
            assert time.monotonic() < end, f"It never came about: {question}"
            self.page.wait_for_timeout(100)

    def is_kept(self):
        """A service worker keeps the page, and would answer without a line."""
        self.until(
            """async () => (await navigator.serviceWorker.getRegistrations())
                .some((one) => one.active?.state === "activated")"""
        )

    def does_not_see(self, words):
        """The words are nowhere on the page."""
        from playwright.sync_api import expect

        expect(self.page.get_by_text(words)).to_have_count(0)

    def finds_no_barriers(self, *, within="html", except_rules=()):
        """Axe finds nothing, and nothing sticks out of the window."""
        if not self.javascript:
            return self.nothing_sticks_out()  # Axe is a script; the same page is looked at with scripts elsewhere.
        return unless_it_leaves(self.page, lambda: self._axe_finds_nothing(within, except_rules))

    def _axe_finds_nothing(self, within, except_rules, *, only=None):
        # At the end of the page a bar that sticks to the window's foot lies over nothing.
        before = self.page.evaluate("() => window.scrollY")
        self.page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate((CHECKOUT / "node_modules/axe-core/axe.min.js").read_text())
        found = self.page.evaluate(
            """([within, only, left]) => axe.run(within, {
                runOnly: only,
                rules: Object.fromEntries(left.map((rule) => [rule, {enabled: false}])),
                resultTypes: ["violations"],
            })""",
            [
                within,
                {"type": "rule", "values": only} if only else {"type": "tag", "values": RULES},
                list(except_rules),
            ],
        )
        self.page.evaluate("before => window.scrollTo(0, before)", before)
        barriers = [
            f"{violation['id']}: {violation['help']}\n    {node['html'][:200]}\n    {node.get('failureSummary', '')}"
            for violation in found["violations"]
            for node in violation["nodes"][:3]
        ]
        assert not barriers, "\n".join([f"Barriers on {self.page.url}:", *barriers])
        return self.nothing_sticks_out()

    def nothing_sticks_out(self):
        """The page does not scroll sideways, once it is laid out."""
        for _moment in range(30):
            wide, window, widest = unless_it_leaves(self.page, lambda: self.page.evaluate(WIDTH))
            if wide <= window + 1:
                break
            self.page.wait_for_timeout(100)
        assert wide <= window + 1, f"{self.page.url} is {wide} px wide in a window of {window} px: {widest}"

    def fits_in_the_largest_type(self):
        """At 130 % nothing sticks out of the window either."""
        if self.javascript:
            self._while_preferring("text", "130", self.nothing_sticks_out)

    def can_be_read_in_the_dark(self):
        """Axe finds every text strong enough on the dark ground."""
        if self.javascript:
            self._while_preferring("contrast", "dark", self._axe_finds_enough_contrast)

    def _while_preferring(self, name, value, look):
        # As the server would have written it; the page is not asked for again.
        before = unless_it_leaves(self.page, lambda: self.page.evaluate(PREFERRED, [name, value]))
        try:
            look()
        finally:
            unless_it_leaves(self.page, lambda: self.page.evaluate(PREFERRED, [name, before]))

    def _axe_finds_enough_contrast(self):
        self._axe_finds_nothing("html", (), only=["color-contrast"])

    def picture(self, name, **options):
        """Keep a picture of the whole page in `test-results/`; returns its path."""
        PICTURES.mkdir(exist_ok=True)
        path = PICTURES / (re.sub(r"[^\w.-]+", "-", name) + ".png")
        self.page.screenshot(path=path, full_page=True, **options)
        return path

    def _keep(self, name, value):
        self.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def _hear(self, message):
        # Chromium repeats refused answers as errors; `_answered` tells those that matter.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(f"console: {message.text}")

    def _answered(self, response):
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.troubles.append(f"answer {response.status}: {response.url}")


def pytest_ignore_collect(collection_path, config):
    """A run of these tests alone loads no others, which would take as long as several of them."""
    is_alone = config.option.markexpr == "browser" and collection_path.match("test_*.py")
    return True if is_alone and not WALKS.search(collection_path.read_text()) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """No test that walks may stand where a run of these tests alone would not find it."""
    files = {item.path for item in items if item.get_closest_marker("browser")}
    if hidden := [str(path) for path in files if not WALKS.search(path.read_text())]:
        raise pytest.UsageError(f"Mark it with pytest.mark.browser, or tell it as a story: {', '.join(hidden)}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Tell the fixtures how the test went."""
    report = yield
    if report.when == "call":
        item.went_wrong = report.failed
    return report


class WithoutStreams(WSGIHandler):
    """Django alone, without the streams that stand beside it.

    Playwright could answer for them; but while it may answer anything Chromium keeps nothing, and every page loads all
    scripts and letters again.
    """

    def get_response(self, request):
        """Nothing where a stream would be, and no more of it."""
        return HttpResponse(status=204) if request.path.startswith("/live/") else super().get_response(request)


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for the whole run."""
    path = chromium_path()
    if path is None:
        pytest.skip("Chromium was not found: install Debian's, or set SADUAK_CHROMIUM to its path.")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    # Playwright keeps an event loop in this thread; Django would refuse the database because of it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright, patch("django.test.testcases.WSGIHandler", WithoutStreams):
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_walk(request, chromium, live_server):
    """Makes walks: `new_walk(javascript=False)`, `new_walk("phone", by_keyboard=True)`; several may walk at once.

    A `forgetful` one shows that a page without a line has put aside itself all that it needs.
    """
    walks = []

    def begin(width="desk", *, javascript=True, by_keyboard=False, forgetful=False, **options):
        across, down = WIDTHS[width]
        context = chromium.new_context(
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            viewport={"width": across, "height": down},
            java_script_enabled=javascript,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        if forgetful:  # Chromium keeps nothing then; without a line a page has only what it put aside itself.
            context.route("**/live/**", lambda route: route.fulfill(status=204))
        walks.append(Walk(context, live_server.url, javascript=javascript, by_keyboard=by_keyboard))
        return walks[-1]

    yield begin
    went_wrong = getattr(request.node, "went_wrong", True)
    for number, walk in enumerate(walks, start=1):
        if went_wrong:
            walk.picture(f"{request.node.name}-{number}")
        walk.context.close()
    troubles = [trouble for walk in walks for trouble in walk.troubles]
    if not went_wrong:
        assert not troubles, "\n".join(["On the way:", *troubles])


@pytest.fixture
def walk(new_walk):
    """One person at a desk."""
    return new_walk()
