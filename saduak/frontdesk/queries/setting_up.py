"""What a desk still needs, and how far its set-up has come."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.catalogue.models import QueueGroup, Service
from saduak.directory.models import Centre, Membership, Office
from saduak.directory.queries import memberships_of
from saduak.frontdesk.models import Counter, Desk
from saduak.frontdesk.models.desks import WORKS_IN_A_CENTRE
from saduak.journal.models import Entry, EntryQuerySet
from saduak.people.models import User


def what_is_missing(desk: Desk) -> list[str]:
    """What must be there before the desk can give out tickets, a sentence each; none: it can open."""
    does_it = Counter.objects.filter(desk=desk, is_active=True, skills=OuterRef("pk"))
    offered = Service.objects.offered().filter(centre=desk.centre_id).annotate(is_done=Exists(does_it))
    services = list(offered)
    missing: list[str] = []
    if not services:
        missing.append(_("No service is offered yet."))
    if not desk.counters.filter(is_active=True).exists():
        missing.append(_("There is no counter yet."))
    elif undone := [service.name for service in services if not service.is_done]:
        missing.append(_("No counter does this: %(names)s.") % {"names": ", ".join(undone)})
    return missing


@dataclass(frozen=True)
class Progress:
    """How far the set-up has come: its questions in order, and which of them are answered."""

    questions: tuple[str, ...]
    done: frozenset[str]

    @property
    def next(self) -> str:
        """The first question without an answer; the last one when all have theirs."""
        return next((one for one in self.questions if one not in self.done), self.questions[-1])

    @property
    def number_done(self) -> int:
        """How many questions are answered."""
        return sum(question in self.done for question in self.questions)


QUESTIONS = ("kind", "services", "counters", "hours", "languages", "ready")
"""What the set-up asks, in this order."""


def progress_of(desk: Desk | None) -> Progress:
    """How far the set-up of a desk has come; the desk that is not there yet has answered nothing.

    What is there already counts as an answer, wherever it was typed.
    """
    if desk is None:
        return Progress(QUESTIONS, frozenset())
    done = set(desk.answered)
    if Service.objects.offered().filter(centre=desk.centre_id).exists():
        done |= {"kind", "services"}
    if desk.counters.filter(is_active=True).exists():
        done.add("counters")
    if desk.hours:
        done.add("hours")
    if desk.is_open:
        done.add("ready")
    return Progress(QUESTIONS, frozenset(done))


def people_of(desk: Desk) -> QuerySet[User]:
    """Who works in the centre today: whom the desk can name as supervisors."""
    held = Membership.objects.on(timezone.localdate()).filter(centre=desk.centre_id, office__in=WORKS_IN_A_CENTRE)
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name", "pk")


def history_of(desk: Desk) -> EntryQuerySet:
    """What was changed at the desk, oldest first."""
    return Entry.objects.filter(case_kind=Desk.case_kind, case_reference=desk.reference)


def centres_without_a_desk(user: Any) -> list[Centre]:
    """The centres that the person heads and that have no front desk yet."""
    headed = [held.centre_id for held in memberships_of(user) if held.office == Office.CENTRE_HEAD and held.centre_id]
    return list(Centre.objects.in_service().with_names().filter(pk__in=headed, desk=None).order_by("sort_key"))


@dataclass(frozen=True)
class Summary:
    """How much of everything a desk has."""

    services: int
    groups: int
    counters: int
    classes: int
    supervisors: int


def summary_of(desk: Desk) -> Summary:
    """How much of everything a desk has that is in use."""
    return Summary(
        services=Service.objects.offered().filter(centre=desk.centre_id).count(),
        groups=QueueGroup.objects.filter(centre=desk.centre_id).count(),
        counters=desk.counters.filter(is_active=True).count(),
        classes=desk.classes.filter(is_offered=True).count(),
        supervisors=desk.supervisors.count(),
    )
