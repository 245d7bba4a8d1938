"""Makers of connected systems and their tokens."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from saduak.machines.minting import mint
from saduak.machines.models import Client, Token
from saduak.people.tests.factories import UserFactory


class ClientFactory(DjangoModelFactory):
    """`ClientFactory(acts_for=person)`."""

    class Meta:
        model = Client

    name = factory.Sequence(lambda n: f"ระบบทดสอบที่ {n}")
    purpose = "ทดสอบ"
    owner = factory.SubFactory(UserFactory)
    contact = "it@example.go.th"
    added_at = factory.LazyFunction(timezone.now)


def token_of(*scopes, acts_for=None, client=None, **facts):
    """A new token as (Token, its words); of a new system when none is given."""
    client = client or ClientFactory(acts_for=acts_for)
    minted = mint()
    token = Token.objects.create(
        client=client,
        prefix=minted.prefix,
        digest=minted.digest,
        scopes=sorted(str(scope) for scope in scopes),
        made_at=timezone.now(),
        made_by=client.owner,
        **facts,
    )
    return token, minted.words


def with_token(words, **headers):
    """Keyword arguments of a test client's request that show a token."""
    return {"headers": {"Authorization": f"Bearer {words}", **headers}}
