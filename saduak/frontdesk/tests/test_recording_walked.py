"""An office records its voice in the browser, word by word, and hears the call that comes of it."""

import pytest
from playwright.sync_api import expect

from saduak.frontdesk.models import VoiceClip
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

A_VOICE = """
    navigator.mediaDevices.getUserMedia = async () => {
        const context = new AudioContext();
        const [tone, there] = [context.createOscillator(), context.createMediaStreamDestination()];
        tone.connect(there);
        tone.start();
        return there.stream;
    };
"""


def test_words_are_recorded_by_keys_and_heard(new_walk):
    world = DeskWorld().stand()
    walk = new_walk(by_keyboard=True)
    walk.page.add_init_script(A_VOICE)
    walk.sign_in(world.head)
    walk.open(f"/frontdesk/{world.centre.code}/voice")
    state = walk.page.locator("#voice-state")
    expect(walk.page.locator("#voice-word")).to_have_text("ขอเชิญหมายเลข")

    for word in ("ขอเชิญหมายเลข", "ขอเชิญคิวที่"):
        expect(walk.page.locator("#voice-word")).to_have_text(word)
        walk.type("Space")
        expect(state).to_contain_text("กำลังบันทึก … พูดคำนี้")
        walk.page.wait_for_timeout(400)  # So long somebody speaks.
        walk.type("Space")
        expect(state).to_contain_text("บันทึกแล้ว ฟังอีกครั้ง")
        walk.type("ArrowRight")

    expect(walk.page.locator("#voice-progress")).to_contain_text("2 จาก 48")
    assert [clip.code for clip in VoiceClip.objects.order_by("code")] == ["th_01", "th_02"]
    assert all(200 <= clip.milliseconds <= 3000 for clip in VoiceClip.objects.all())
    walk.press("ฟังเสียงเรียก")
    expect(walk.page.locator("#try-state")).to_contain_text("ยังขาดคำว่า เอ · ศูนย์ · หนึ่ง · สอง")
    walk.finds_no_barriers()


def test_without_a_microphone_the_page_says_so(new_walk):
    world = DeskWorld().stand()
    walk = new_walk()
    walk.page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); };"
    )
    walk.sign_in(world.head)
    walk.open(f"/frontdesk/{world.centre.code}/voice")

    walk.press("บันทึกเสียง")

    walk.sees("ใช้ไมโครโฟนไม่ได้")
    assert not VoiceClip.objects.exists()
