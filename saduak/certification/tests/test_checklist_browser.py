"""The checklist in a real browser: saved while it is filled in, and nothing is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from saduak.certification.operations import applications
from saduak.certification.tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return World(today=timezone.localdate())


@pytest.fixture
def case(world):
    return world.draft()


def page(case, code):
    return reverse("assess_criterion", args=[case.reference, code])


def state(walk):
    return walk.page.locator("[data-autosave-state]")


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_an_answer_is_saved_while_it_is_given(new_walk, world, case, width):
    walk = new_walk(width)
    walk.sign_in(world.head)
    walk.open(page(case, "2.1"))
    walk.finds_no_barriers()

    walk.page.get_by_label("ผ่าน", exact=True).check()
    walk.sees("บันทึกแล้ว")

    walk.page.locator(".standing-total", has_text="35.00").wait_for()
    assert case.answers.get().answer == "met"


def test_who_is_overtaken_keeps_what_was_typed(walk, world, case):
    walk.sign_in(world.head)
    walk.open(page(case, "P1"))
    applications.answer(case, "P1", "not_met", by=world.officer, explanation="ปิดเที่ยง")
    walk.troubles.clear()

    walk.fill("คำอธิบาย", "เปิดไม่พักเที่ยง")
    walk.sees("สิ่งที่ท่านพิมพ์ไม่สูญหาย")
    walk.sees("ปิดเที่ยง")
    walk.troubles.clear()  # The browser tells of each 409.
    walk.press("ใช้คำตอบที่ฉันพิมพ์")

    walk.page.wait_for_function("() => !document.querySelector('.overtaken')")
    assert case.answers.get().explanation == "เปิดไม่พักเที่ยง"


def test_the_keyboard_goes_on_to_the_next(walk, world, case):
    walk.sign_in(world.head)
    walk.open(page(case, "P1"))

    walk.fill("คำอธิบาย", "08.30–16.30 น.")
    walk.type("Control+Enter")

    walk.page.wait_for_url(f"**{page(case, 'P2')}")
    assert case.answers.get(code="P1").explanation == "08.30–16.30 น."


def test_it_works_without_scripts(new_walk, world, case):
    walk = new_walk("phone", javascript=False)
    walk.sign_in(world.head)
    walk.open(page(case, "R1"))

    walk.page.get_by_label("คะแนนที่ศูนย์ให้ตนเอง").first.fill("8.5")
    walk.page.get_by_role("button", name="บันทึกและตรวจทานก่อนยื่น").click()

    walk.sees("ยังยื่นไม่ได้")
    assert case.answers.get(code="R1.1").answer == "8.5"
