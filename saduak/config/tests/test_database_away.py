"""While PostgreSQL is away, pages say so, and come back by themselves."""

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper

from saduak.people.tests.factories import UserFactory


def _away(*_):
    raise OperationalError("server closed the connection")


@pytest.mark.parametrize("address", ["/", "/register/", "/people/me/", "/no-such-page/"])
@pytest.mark.django_db
def test_a_page_says_that_the_database_is_away_and_comes_back(client, monkeypatch, address):
    client.raise_request_exception = False
    client.force_login(UserFactory())
    with monkeypatch.context() as broken:
        broken.setattr(CursorWrapper, "execute", _away)
        away = client.get(address)

    assert away.status_code == 503
    assert away["Retry-After"] == "30"
    assert "ฐานข้อมูลยังไม่ตอบ" in away.text
    assert "Content-Security-Policy" in away.headers
    assert "X-Request-ID" in away.headers
    assert client.get(address).status_code in {200, 404}
