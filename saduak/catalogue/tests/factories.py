"""Makers of services and queue groups."""

import factory
from factory.django import DjangoModelFactory

from saduak.catalogue.models import QueueGroup, Service
from saduak.directory.tests.factories import CentreFactory


class QueueGroupFactory(DjangoModelFactory):
    """`QueueGroupFactory(centre=…)`."""

    class Meta:
        model = QueueGroup

    centre = factory.SubFactory(CentreFactory)
    name_th = factory.Sequence(lambda n: f"กลุ่มคิวที่ {n}")


class ServiceFactory(DjangoModelFactory):
    """`ServiceFactory(centre=…)`; in a queue group of its own unless one is said."""

    class Meta:
        model = Service

    centre = factory.SubFactory(CentreFactory)
    group = factory.SubFactory(QueueGroupFactory, centre=factory.SelfAttribute("..centre"))
    name_th = factory.Sequence(lambda n: f"งานบริการที่ {n}")
