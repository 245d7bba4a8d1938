import pytest

from saduak.people.tests.factories import UserFactory


@pytest.mark.parametrize("path", ["/", "/me/", "/no-such-page/", "/register/"])
def test_the_pages_of_who_has_signed_in_are_not_kept(client, db, path):
    client.force_login(UserFactory())

    assert client.get(path)["Cache-Control"] == "private, no-store"


def test_the_pages_of_everybody_may_be_kept(client, db):
    assert "no-store" not in client.get("/").get("Cache-Control", "")
