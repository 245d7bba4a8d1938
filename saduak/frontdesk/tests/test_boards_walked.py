"""Boards in a real browser: what is heard, and what remains when the line is cut."""

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from saduak.attachments.tests.factories import sound
from saduak.frontdesk.operations.voices import record_word
from saduak.frontdesk.tests.factories import BoardFactory
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTENS = """
    window.played = [];
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function (at) {
        window.played.push([at, this.buffer.duration]);
        return start.call(this, at);
    };
    window.captions = [];
    addEventListener("DOMContentLoaded", () => {
        const caption = document.getElementById("board-caption");
        new MutationObserver(() => window.captions.push(caption.firstChild?.textContent ?? ""))
            .observe(caption, { childList: true });
    });
"""


@pytest.fixture
def world():
    return DeskWorld().stand()


def opened(new_walk, board, **options):
    """A screen that shows the board."""
    walk = new_walk(forgetful=True, **options)
    walk.page.set_viewport_size({"width": 1920, "height": 1080})
    walk.page.add_init_script(LISTENS)
    walk.open(f"/queue/board/{board.address}")
    expect(walk.page.locator("#board-connection")).to_contain_text("เชื่อมต่ออยู่")
    return walk


def soon(walk, script, *, seconds=30):
    """Wait until the script is true in the page, asked from here: our pages let nobody evaluate words there."""
    for _ in range(seconds * 5):
        if walk.page.evaluate(script):
            return
        walk.page.wait_for_timeout(200)
    raise AssertionError(f"never: {script}")


def places(walk):
    """The large calls."""
    return walk.page.locator(".board-place:not([data-stage=empty]) .board-number")


def test_calls_are_heard_one_after_the_other_in_recorded_words(new_walk, world):
    for number, code in enumerate(["th_01", "th_08", "th_09", "th_10", "th_11", "th_23", "th_03", "th_06"]):
        record_word(world.desk, code, ContentFile(sound(100 + number), name="word.wav"), by=world.head)
    walk = opened(new_walk, BoardFactory(desk=world.desk))
    walk.press("แตะเพื่อเปิดเสียงเรียกคิว Touch to let the board speak")
    expect(walk.page.locator("#board-sound")).to_be_hidden()

    for number in (1, 2, 3):
        world.called(number)
    soon(walk, "played.length === 24")

    assert walk.page.evaluate("captions") == [f"ขอเชิญหมายเลข A00{number} ที่ช่องบริการ {number} ค่ะ" for number in (1, 2, 3)]
    played = walk.page.evaluate("played")
    ends = [at + takes for at, takes in played]
    assert all(begins >= ended for (begins, _), ended in zip(played[1:], ends, strict=False))


def test_a_board_goes_on_with_what_it_knows_and_says_since_when(new_walk, world):
    world.called(1)
    walk = opened(new_walk, BoardFactory(desk=world.desk))
    expect(places(walk)).to_have_text(["A001"])
    soon(walk, "navigator.serviceWorker.controller !== null")
    waited = "document.getElementById('board-stale').getAnimations()[0].currentTime"

    walk.context.set_offline(True)
    world.called(2)
    expect(walk.page.locator("#board-connection")).to_contain_text("ขาดการเชื่อมต่อ · ข้อมูลเมื่อ", timeout=20_000)
    assert walk.page.evaluate(waited) > 5000
    walk.page.reload()
    expect(places(walk)).to_have_text(["A001"])
    expect(walk.page.locator("#board-connection")).to_contain_text("ขาดการเชื่อมต่อ")
    expect(walk.page.locator("#board-stale")).to_contain_text("จอนี้ไม่ได้รับข้อมูลใหม่ตั้งแต่")

    walk.context.set_offline(False)
    expect(places(walk)).to_have_text(["A001", "A002"])
    expect(walk.page.locator("#board-connection")).to_contain_text("เชื่อมต่ออยู่")
    soon(walk, f"{waited} < 4000")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_a_board_is_readable_in_all_colours(new_walk, world, theme):
    world.called(1)
    world.issue(world.payment)
    walk = opened(new_walk, BoardFactory(desk=world.desk, theme=theme))
    expect(places(walk)).to_have_text(["A001"])

    walk.finds_no_barriers()
    size = walk.page.locator(".board-number").first.evaluate("number => parseFloat(getComputedStyle(number).fontSize)")
    assert size >= 0.12 * 1920
