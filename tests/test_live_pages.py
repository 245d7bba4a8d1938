"""An open page of a case follows the journal, through the platform as an operator runs it."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.runtime.platform import ROOT, Platform, begin

pytestmark = [pytest.mark.browser, pytest.mark.concurrency, pytest.mark.xdist_group("one platform")]

CASE = "/certification/applications/2563-0007"
"""Handed in with a physical criterion that is not met, in the demonstration."""


@pytest.fixture(scope="module")
def platform():
    folder = Path(tempfile.mkdtemp(prefix="saduak-"))
    folder.chmod(0o755)  # Root's database runs as another account, which must get there.
    begin(folder / "data")
    platform = Platform(folder / "data")
    platform.start()
    _load_the_demonstration(platform)
    yield platform
    platform.stop()
    shutil.rmtree(folder)


def _load_the_demonstration(platform):
    subprocess.run(
        [sys.executable, "-m", "saduak", "demo", "--quiet"], cwd=ROOT, env=platform.env, check=True, capture_output=True
    )


@pytest.fixture
def come(chromium, platform):
    """Lets somebody of the demonstration come to the case, in a window of their own."""
    windows = []

    def come(username):
        window = chromium.new_context(locale="th-TH")
        window.set_default_timeout(15_000)
        windows.append(window)
        page = window.new_page()
        page.goto(f"http://127.0.0.1:{platform.port}/people/sign-in/?next={CASE}")
        page.locator("[name=login]").fill(username)
        page.locator("[name=password]").fill((platform.data / "demonstration-password").read_text())
        page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
        expect(page.locator(".case-reference")).to_have_text("2563-0007")
        return page

    yield come
    for window in windows:
        window.close()


def test_what_an_officer_does_appears_on_the_page_of_the_centre(come):
    head, secretary = come("baac-lamphun-head"), come("secretariat")
    expect(head.locator("html")).to_have_attribute("data-live-state", "open")
    head.evaluate("() => { window.neverLoadedAgain = true }")

    secretary.get_by_role("link", name="ไม่ให้ผ่านการกลั่นกรอง").click()
    secretary.locator("main textarea").fill("ไม่มีป้ายเขตปลอดบุหรี่")
    secretary.locator("main form button[data-kind]").last.click()

    expect(head.locator(".track")).to_contain_text("ไม่ผ่านกลั่นกรอง")
    assert head.evaluate("() => window.neverLoadedAgain")
