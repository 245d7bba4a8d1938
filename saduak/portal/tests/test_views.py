"""The pages at the front door."""

import pytest

from saduak.people.models import User

PAGES = ["/", "/about", "/contact", "/privacy", "/accessibility"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_visitor_reads_the_public_pages_without_an_account(client, address, language):
    client.cookies["language"] = language

    response = client.get(address)

    assert response.status_code == 200
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.text


def test_a_stranger_is_asked_to_sign_in_before_seeing_work(client):
    assert client.get("/my-work").status_code == 302


@pytest.mark.django_db
def test_a_person_without_work_reads_that_nothing_waits(client):
    client.force_login(User.objects.create_user("officer", name="สมชาย"))

    response = client.get("/my-work")

    assert response.status_code == 200
    assert "ไม่มีงานค้าง" in response.text
