"""A small front desk that runs: two queue groups, three services, three counters, officers and a head."""

from datetime import datetime, time, timedelta
from functools import cache, cached_property
from uuid import uuid4

from django.utils import timezone

from saduak.catalogue.tests.factories import QueueGroupFactory, ServiceFactory
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.frontdesk.models import Sitting, Ticket
from saduak.frontdesk.models.tickets import Channel
from saduak.frontdesk.operations import calling, issuing, serving, sittings
from saduak.frontdesk.procedure import Outcome
from saduak.frontdesk.tests.factories import CounterFactory, DeskFactory, DeviceFactory, PriorityClassFactory
from tests.support.remembering import remembered


@cache
def beginning(day):
    """Two hours ago, so that pages asked now find what was done by then; but not before that day, nor past ten."""
    midnight = datetime.combine(day, time(0), tzinfo=timezone.get_default_timezone())
    earlier = timezone.localtime().replace(second=0, microsecond=0) - timedelta(hours=2)
    return max(midnight, min(earlier, midnight + timedelta(hours=10)))


class DeskWorld:
    """One desk on one day. `now` is the moment of the next deed; every deed lets a minute go by unless told `at`.

    Services: `registration` (A) and `advice` (B) wait in the first group, `payment` (C) in the second. Counters 1 and 2
    do the first two, counter 3 all three.
    """

    PARTS = {"desk", "services", "ordinary", "elderly", "counters", "officers", "head"}

    def __init__(self, now: datetime | None = None, *, centre=None):
        self.now = now or beginning(timezone.localdate())
        self.key = (self.now,)
        if centre:
            self.centre = centre

    @property
    def is_untouched(self):
        """Whether nothing of it is in the database yet."""
        return self.__dict__.keys() == {"now", "key"}

    # What stands there.

    @cached_property
    def centre(self):
        return CentreFactory()

    @cached_property
    def desk(self):
        return DeskFactory(centre=self.centre)

    @cached_property
    def groups(self):
        return [
            QueueGroupFactory(centre=self.centre, name_th=name, position=position)
            for position, name in enumerate(["ขึ้นทะเบียนและปรึกษา", "ชำระเงิน"])
        ]

    @cached_property
    def services(self):
        first, second = self.groups
        return [
            ServiceFactory(
                centre=self.centre, group=group, prefix=prefix, name_th=name, name_en=english, position=position
            )
            for position, (group, prefix, name, english) in enumerate(
                [
                    (first, "A", "ขึ้นทะเบียนว่างงาน", "Registration"),
                    (first, "B", "ปรึกษาหางาน", "Advice"),
                    (second, "C", "ชำระค่าธรรมเนียม", "Payment"),
                ]
            )
        ]

    registration = property(lambda self: self.services[0])
    advice = property(lambda self: self.services[1])
    payment = property(lambda self: self.services[2])

    @cached_property
    def ordinary(self):
        return PriorityClassFactory(desk=self.desk)

    @cached_property
    def elderly(self):
        return PriorityClassFactory(desk=self.desk, priority=True)

    @cached_property
    def counters(self):
        two = [self.registration, self.advice]
        skills = [two, two, self.services]
        return [CounterFactory(desk=self.desk, label=str(n), position=n, skills=s) for n, s in enumerate(skills, 1)]

    @cached_property
    def officers(self):
        return [person_of(Office.CENTRE_OFFICER, centre=self.centre) for _ in range(3)]

    @cached_property
    def head(self):
        return person_of(Office.CENTRE_HEAD, centre=self.centre)

    @cached_property
    def kiosk(self):
        return DeviceFactory(desk=self.desk, name="ตู้กดบัตรคิว")

    def stand(self):
        """Everything of the desk, in the database."""
        if self.PARTS - self.__dict__.keys():
            self._furnish()
        return self

    @remembered
    def _furnish(self):
        _ = self.desk, self.services, self.ordinary, self.elderly, self.counters, self.officers, self.head

    # What people do.

    def minute(self, minutes=1):
        """Let time go by; the moment after."""
        self.now += timedelta(minutes=minutes)
        return self.now

    def issue(self, service=None, *, priority=None, at=None, channel=Channel.KIOSK, **facts):
        """A visitor takes a ticket."""
        self.stand()
        return issuing.issue(
            self.centre,
            service or self.registration,
            priority=priority or self.ordinary,
            channel=channel,
            at=at or self.minute(),
            **facts,
        )

    def sit(self, number=1, *, at=None):
        """The officer of that number sits down at the counter of that number."""
        self.stand()
        return sittings.sit_down(self.counters[number - 1], by=self.officers[number - 1], at=at or self.minute())

    def seated(self, number=1):
        """That officer's sitting, begun now if need be."""
        found = Sitting.objects.going_on().with_places().filter(officer=self.stand().officers[number - 1]).first()
        return found or Sitting.objects.with_places().get(pk=self.sit(number).pk)

    def call(self, number=1, *, at=None, **how):
        """The officer of that number presses Next."""
        return calling.call_next(self.seated(number), at=at or self.minute(), key=uuid4(), **how)

    def called(self, number=1, **facts):
        """A ticket that has been called to that counter."""
        self.issue(**facts)
        return self.call(number)

    def serve(self, ticket=None, number=1, *, at=None):
        """The visitor comes to the counter; without a ticket, one is issued and called first."""
        ticket = ticket or self.called(number)
        return serving.start(self.seated(number), ticket, at=at or self.minute())

    def finish(self, ticket=None, number=1, *, outcome=Outcome.DONE, at=None):
        """The visit ends; without a ticket, one is served first."""
        ticket = ticket or self.serve(number=number)
        return serving.finish(self.seated(number), ticket, outcome=outcome, at=at or self.minute())

    def fresh(self, ticket):
        """The ticket as the database has it."""
        return Ticket.objects.get(pk=ticket.pk)
