"""A new platform gets its first person."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command

from saduak.directory import policies
from saduak.directory.models import Body
from saduak.people.models import User

pytestmark = pytest.mark.django_db


def test_the_first_administrator_chooses_a_password_and_may_appoint(client):
    said = StringIO()

    call_command("appoint_administrator", "first", name="คนแรก", email="first@example.go.th", stdout=said)
    call_command("appoint_administrator", "second", name="คนที่สอง", email="second@example.go.th", stdout=said)

    link = next(word for word in said.getvalue().split() if word.startswith("http"))
    assert policies.is_administrator(User.objects.get(username="first"))
    assert Body.objects.count() == 1
    assert client.get(urlsplit(link).path, follow=True).status_code == 200


def test_a_name_in_use_is_refused():
    call_command("appoint_administrator", "first", name="ก", email="first@example.go.th", stdout=StringIO())

    with pytest.raises(CommandError):
        call_command("appoint_administrator", "first", name="ข", email="other@example.go.th", stdout=StringIO())
