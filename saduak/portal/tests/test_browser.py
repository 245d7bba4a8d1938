"""The front door in a real browser."""

import pytest

from saduak.people.models import User

pytestmark = pytest.mark.browser

PAGES = ["/", "/about", "/contact", "/privacy", "/accessibility", "/no-such-page"]


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_the_public_pages_have_no_barriers(new_walk, width):
    walk = new_walk(width)

    for page in PAGES:
        walk.open(page)
        walk.finds_no_barriers()


@pytest.mark.parametrize("contrast", ["dark", "high"])
def test_the_other_colours_have_no_barriers_either(walk, contrast):
    walk.prefers(contrast=contrast, text="130")

    walk.open("/about")

    walk.finds_no_barriers()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_visitor_changes_the_language_and_stays_on_the_page(new_walk, javascript):
    walk = new_walk(javascript=javascript)
    walk.open("/contact")

    walk.press("English")

    walk.sees("Government contact centre")
    assert walk.page.url.endswith("/contact")


def test_an_officer_sees_what_waits(walk):
    walk.sign_in(User.objects.create_user("officer", name="สมชาย ใจดี", position="เจ้าหน้าที่ศูนย์"))

    walk.open("/my-work")

    walk.sees("ไม่มีงานค้าง")
    walk.finds_no_barriers()
