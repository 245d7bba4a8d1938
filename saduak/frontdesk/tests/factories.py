"""Makers of the front desk's things; they know what a test need not say."""

from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from saduak.catalogue.tests.factories import ServiceFactory
from saduak.directory.tests.factories import CentreFactory
from saduak.frontdesk.models import Board, Counter, Desk, Device, PriorityClass
from saduak.frontdesk.models.devices import DeviceKind
from saduak.people.tests.factories import UserFactory

ALWAYS = [{"days": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": "24:00"}]


class DeskFactory(DjangoModelFactory):
    """`DeskFactory(centre=…)`: open at all hours, so that tests need no clock."""

    class Meta:
        model = Desk

    centre = factory.SubFactory(CentreFactory)
    is_open = True
    keeps_holidays = False
    hours = ALWAYS


class PriorityClassFactory(DjangoModelFactory):
    """`PriorityClassFactory(desk=…)` is of ordinary visitors; `PriorityClassFactory(desk=…, priority=True)`."""

    class Meta:
        model = PriorityClass
        django_get_or_create = ("desk", "code")

    class Params:
        priority = factory.Trait(
            code="priority", name_th="ผู้สูงอายุ", name_en="Elderly", b=Decimal(3), is_priority=True, position=1
        )

    desk = factory.SubFactory(DeskFactory)
    code = "ordinary"
    name_th = "ผู้รับบริการทั่วไป"
    name_en = "Ordinary"


class CounterFactory(DjangoModelFactory):
    """`CounterFactory(desk=…, skills=[service, …])`."""

    class Meta:
        model = Counter
        skip_postgeneration_save = True

    desk = factory.SubFactory(DeskFactory)
    label = factory.Sequence(lambda n: str(n + 1))
    position = factory.Sequence(lambda n: n % 1000)

    @factory.post_generation
    def skills(self, create, services, **_):
        if create and services:
            self.skills.set(services)


class DeviceFactory(DjangoModelFactory):
    """`DeviceFactory(desk=…, kind=DeviceKind.KIOSK)`."""

    class Meta:
        model = Device

    desk = factory.SubFactory(DeskFactory)
    kind = DeviceKind.KIOSK
    name = factory.Sequence(lambda n: f"ตู้ที่ {n + 1}")
    added_at = factory.LazyFunction(timezone.now)
    added_by = factory.SubFactory(UserFactory)


class BoardFactory(DjangoModelFactory):
    """`BoardFactory(desk=…, zones=["ชั้น 2"])`."""

    class Meta:
        model = Board

    desk = factory.SubFactory(DeskFactory)
    name = factory.Sequence(lambda n: f"จอที่ {n + 1}")


__all__ = ["BoardFactory", "CounterFactory", "DeskFactory", "DeviceFactory", "PriorityClassFactory", "ServiceFactory"]
