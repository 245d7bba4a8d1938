"""Makers of services and queue groups; they know what a test need not say."""

import factory
from factory.django import DjangoModelFactory

from saduak.catalogue.models import QueueGroup, Service
from saduak.directory.tests.factories import CentreFactory


class QueueGroupFactory(DjangoModelFactory):
    """`QueueGroupFactory(centre=…)`."""

    class Meta:
        model = QueueGroup

    centre = factory.SubFactory(CentreFactory)
    name_th = factory.Sequence(lambda n: f"กลุ่มคิวที่ {n + 1}")
    name_en = factory.Sequence(lambda n: f"Queue group {n + 1}")


class ServiceFactory(DjangoModelFactory):
    """`ServiceFactory(group=…, prefix="B")`, of the centre of its group; `ServiceFactory(group__centre=…)`."""

    class Meta:
        model = Service

    group = factory.SubFactory(QueueGroupFactory)
    centre = factory.SelfAttribute("group.centre")
    name_th = factory.Sequence(lambda n: f"งานบริการที่ {n + 1}")
    name_en = factory.Sequence(lambda n: f"Service {n + 1}")
