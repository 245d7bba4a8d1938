"""Notices in every state."""

import factory

from saduak.notices import operations
from saduak.people.models import User


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody with an account and an e-mail address."""

    class Meta:
        model = User

    username = factory.Sequence("person{}".format)
    name = "สมหญิง ตัวอย่าง"
    email = factory.LazyAttribute("{0.username}@example.go.th".format)


def _drafted(*, released=False, delivered=False, **facts):
    notice = operations.draft(**facts)
    if released or delivered:
        operations.release([notice], by=None)
    if delivered:
        operations.deliver(notice.pk)
    notice.refresh_from_db()
    return notice


class NoticeFactory(factory.Factory):
    """A draft; `released=True` and `delivered=True` are what comes after."""

    class Meta:
        model = _drafted

    to_user = factory.SubFactory(PersonFactory)
    template = "example/returned"
    context = {"reference": "A-2569-1", "name": "คุณสมหญิง", "until": "15 มกราคม 2569"}
