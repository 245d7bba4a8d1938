"""A person adds a passkey, signs in with it and without a password, and takes it away, in a real browser."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from saduak.audit.models import Act, Record
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.people.tests.factories import PASSWORD

HOME = re.compile(r":\d+/$")
"""Where whoever signed in arrives."""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer():
    return person_of(Office.CENTRE_OFFICER, username="officer")


def holds_a_key(walk):
    """Let the browser have an authenticator that knows its owner."""
    tools = walk.context.new_cdp_session(walk.page)
    tools.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": kind})


def confirms(walk):
    """Type the password once more, as is asked before the protection of an account is changed."""
    walk.fill("รหัสผ่าน", PASSWORD)
    walk.press("ยืนยัน")


def adds_the_key(walk, name, *, alone):
    """From the page of the second factor to the key in the list."""
    walk.open("/people/second-factor/")
    walk.follow("เพิ่มกุญแจหรือพาสคีย์")
    confirms(walk)
    walk.fill("ชื่อกุญแจ", name)
    walk.page.get_by_label("โดยไม่ต้องใช้รหัสผ่าน").set_checked(alone)
    walk.finds_no_barriers()
    walk.press("เพิ่มกุญแจ")
    walk.heading("รหัสกู้คืน")


def test_a_person_signs_in_without_a_password(walk, officer):
    holds_a_key(walk)
    walk.sign_in(officer)

    adds_the_key(walk, "โทรศัพท์ที่ทำงาน", alone=True)
    walk.context.clear_cookies()
    walk.open("/people/sign-in/")
    walk.press("เข้าสู่ระบบด้วยพาสคีย์")

    expect(walk.page).to_have_url(HOME)
    assert Authenticator.objects.get(type="webauthn").last_used_at
    assert Record.objects.by(officer).filter(act=Act.SIGNED_IN).exists()


def test_a_key_beside_the_password_opens_and_is_taken_away(walk, officer):
    holds_a_key(walk)
    walk.sign_in(officer)
    adds_the_key(walk, "กุญแจสำรอง", alone=False)
    walk.context.clear_cookies()

    walk.open("/people/sign-in/")
    walk.fill("ชื่อผู้ใช้", "officer")
    walk.page.locator("[name=password]").fill(PASSWORD)
    walk.press("เข้าสู่ระบบ")
    walk.press("ใช้กุญแจหรือพาสคีย์")
    expect(walk.page).to_have_url(HOME)

    walk.open("/people/second-factor/keys/")
    walk.follow("ลบ")
    confirms(walk)
    walk.press("ลบกุญแจ")
    walk.sees("ยังไม่มีกุญแจ")
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_whoever_has_no_key_is_told_what_to_do(walk):
    holds_a_key(walk)
    walk.open("/people/sign-in/")

    walk.press("เข้าสู่ระบบด้วยพาสคีย์")

    walk.sees("กุญแจไม่ตอบกลับ")
