"""Makers of accounts."""

import factory
from factory.django import DjangoModelFactory

from saduak.people.models import User

PASSWORD = "สะดวก รวดเร็ว เข้าถึงง่าย"


class UserFactory(DjangoModelFactory):
    """`UserFactory()` signs in with `PASSWORD`."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"บุคคลทดสอบที่ {n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.go.th")

    @classmethod
    def _create(cls, model_class, *args, password=PASSWORD, **facts):
        return model_class.objects.create_user(*args, password=password, **facts)
