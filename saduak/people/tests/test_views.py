"""Signing in, the second factor, and the own account."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from saduak.audit.models import Act, Record
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.people.tasks import send_mail_task
from saduak.people.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def _sign_in(client, login, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


def _confirm(client):
    """Type the password once more, as is asked before the protection of an account is changed."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def _code(secret):
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"


@pytest.fixture
def officer():
    return person_of(Office.CENTRE_OFFICER, username="officer")


@pytest.fixture
def secret(officer):
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    return secret


@pytest.mark.parametrize("login", ["officer", "OFFICER@example.go.th"], ids=["by user name", "by e-mail"])
def test_a_person_signs_in(client, officer, login):
    answer = _sign_in(client, login)

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(officer.pk)
    assert Record.objects.by(officer).get().act == Act.SIGNED_IN


def test_a_wrong_password_opens_nothing_and_is_kept(client, officer):
    answer = _sign_in(client, "officer", "not it")

    assert answer.status_code == 422
    assert "ไม่ถูกต้อง" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert Record.objects.get().act == Act.SIGN_IN_FAILED


def test_guessing_is_slowed_down(client, officer):
    for _ in range(6):
        answer = _sign_in(client, "officer", "not it")

    assert "_auth_user_id" not in client.session
    assert answer.status_code == 429 or "หลายครั้ง" in answer.content.decode()


def test_a_closed_account_opens_nothing(client, officer):
    officer.is_active = False
    officer.save()

    _sign_in(client, "officer")

    assert "_auth_user_id" not in client.session


def test_the_second_factor_is_asked_for(client, officer, secret):
    answer = _sign_in(client, "officer")

    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session

    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert Record.objects.get().detail == {"method": "totp"}

    client.post(reverse("mfa_authenticate"), {"code": _code(secret)})
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_the_secret_lies_encrypted(officer, secret):
    kept = Authenticator.objects.get(user=officer, type=Authenticator.Type.TOTP)

    assert secret not in str(kept.data)
    assert kept.wrap().validate_code(_code(secret))


def test_signing_out_is_kept(client, officer):
    client.force_login(officer)

    client.post(reverse("account_logout"))

    assert Record.objects.get().act == Act.SIGNED_OUT


def test_nobody_signs_up(client):
    assert "ผู้แต่งตั้ง" in client.get(reverse("account_signup")).content.decode()


def _post_is_sent():
    for job in ProcrastinateJob.objects.filter(task_name="people.send_mail"):
        send_mail_task(**job.args)


def test_a_link_waits_sealed_for_a_mail_server_that_is_away(client, officer, monkeypatch):
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _refuse)

    answer = client.post(reverse("account_reset_password"), {"email": officer.email})

    assert answer.status_code == 302
    waiting = ProcrastinateJob.objects.get(task_name="people.send_mail")
    assert officer.email not in str(waiting.args)
    with pytest.raises(OSError, match="refused"):
        _post_is_sent()  # And is tried again.


def _refuse(*_):
    raise SMTPServerDisconnected("refused")


def test_an_unknown_name_takes_as_much_hashing_as_a_wrong_password(client, officer, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *each: hashed.append(1) or encode(*each))

    counts = []
    for login in ("officer", "nobody", officer.email, "nobody@example.go.th"):
        hashed.clear()
        _sign_in(client, login, "not it")
        counts.append(len(hashed))

    assert counts[0] == counts[1]
    assert counts[2] == counts[3]


def test_a_forgotten_password_is_chosen_anew(client, officer):
    client.post(reverse("account_reset_password"), {"email": officer.email})
    _post_is_sent()
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    chosen = client.get(urlsplit(link).path, follow=True)
    path = chosen.redirect_chain[-1][0]

    new = "คำใหม่ หลายคำ ยาวพอ"
    client.post(path, {"password1": new, "password2": new})

    assert _sign_in(client, "officer", new).status_code == 302
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_an_unknown_address_is_told_nothing(client):
    answer = client.post(reverse("account_reset_password"), {"email": "nobody@example.go.th"}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("account_reset_password_done")
    assert not ProcrastinateJob.objects.exists()


@pytest.fixture
def no_grace(settings):
    settings.SECOND_FACTOR_GRACE_DAYS = 0


def test_after_the_grace_an_officer_sets_up_a_second_factor_first(client, officer, no_grace):
    client.force_login(officer)

    stopped = client.get(reverse("correct_own_details"))

    assert stopped.url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("show_own_account")).status_code == 200


def test_within_the_grace_the_account_page_says_until_when(client, officer):
    client.force_login(officer)

    assert "ยืนยันตัวตนขั้นที่สอง" in client.get(reverse("show_own_account")).content.decode()
    assert client.get(reverse("correct_own_details")).status_code == 405


def test_with_a_second_factor_nobody_is_stopped(client, officer, secret, no_grace):
    client.force_login(officer)

    assert client.get(reverse("correct_own_details")).status_code == 405
    assert client.session["has_second_factor"]


def test_people_without_an_office_are_never_stopped(client, no_grace):
    client.force_login(UserFactory())

    assert client.get(reverse("correct_own_details")).status_code == 405


def test_an_idle_officer_is_signed_out(client, officer, settings):
    client.force_login(officer)
    client.get(reverse("show_own_account"))
    session = client.session
    session["last_seen_at"] = (timezone.now() - timedelta(minutes=settings.OFFICER_IDLE_MINUTES + 1)).isoformat()
    session.save()

    answer = client.get(reverse("show_own_account"))

    assert answer.url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_signing_out_elsewhere_leaves_this_device(client, officer):
    from django.test import Client

    other = Client()
    _sign_in(other, "officer")
    _sign_in(client, "officer")

    client.post(reverse("sign_out_elsewhere"))

    assert client.get(reverse("show_own_account")).status_code == 200
    assert other.get(reverse("show_own_account")).status_code == 302


def test_own_details_are_corrected(client, officer):
    client.force_login(officer)
    data = {"title": "นาง", "name": "สมใจ ตัวอย่าง", "position": "นักวิชาการ", "phone": "053511000"}

    answer = client.post(reverse("correct_own_details"), data)

    officer.refresh_from_db()
    assert answer.status_code == 302
    assert (officer.name, officer.phone) == ("สมใจ ตัวอย่าง", "0 5351 1000")


def test_refused_details_are_shown_again(client, officer):
    client.force_login(officer)

    answer = client.post(reverse("correct_own_details"), {"name": "", "phone": "12"})

    assert answer.status_code == 422


PAGES = [
    "show_own_account",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "account_change_password",
    "account_reauthenticate",
    "account_logout",
]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_account_is_drawn(client, officer, name):
    _sign_in(client, "officer")
    _confirm(client)

    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["mfa_deactivate_totp", "mfa_reauthenticate", "mfa_generate_recovery_codes", "mfa_index"],
)
def test_every_page_of_the_second_factor_is_drawn(client, officer, secret, name):
    _sign_in(client, "officer")
    client.post(reverse("mfa_authenticate"), {"code": _code(secret)})
    _confirm(client)

    assert client.get(reverse(name)).status_code == 200


def test_recovery_codes_are_made_shown_and_work_once(client, officer, secret):
    _sign_in(client, "officer")
    client.post(reverse("mfa_authenticate"), {"code": _code(secret)})
    _confirm(client)

    page = client.post(reverse("mfa_generate_recovery_codes"), follow=True).content.decode()
    codes = client.get(reverse("mfa_download_recovery_codes")).content.decode().split()

    assert len(codes) == 10
    assert codes[0] in page
    client.post(reverse("account_logout"))
    _sign_in(client, "officer")
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert client.session["_auth_user_id"] == str(officer.pk)


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_a_stranger_sees_the_entrance(client, name):
    page = client.get(reverse(name))

    assert page.status_code == 200
    assert "<script>" not in page.content.decode()
