"""Accounts are opened and their owners invited."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from saduak.people import operations
from saduak.people.tests.factories import UserFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [pytest.param({"email": ""}, id="no address"), pytest.param({"is_active": False}, id="a closed account")],
)
def test_whoever_cannot_be_reached_is_not_invited(facts):
    with pytest.raises(ValidationError):
        operations.invite(UserFactory(**facts))

    assert not mail.outbox
