"""Recomputing what was signed: totals, levels and hashes from the agreed values (การคำนวณคะแนนซ้ำ)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from saduak.certification.models import AgreedMark, Application, Consensus
from saduak.certification.models.marking import answers_of
from saduak.standards.rules import score


@dataclass(frozen=True)
class Departure:
    """An assessed application whose stored total or level is not what its agreed values give."""

    reference: str
    stored_total: Decimal | None
    computed_total: Decimal
    stored_level: str
    computed_level: str


def departures() -> Iterator[Departure]:
    """Every assessed application whose stored score cannot be recomputed; a handful of queries for any number."""
    marks = Prefetch("marks", AgreedMark.objects.all())
    signed = (
        Consensus.objects.filter(signed_at__isnull=False, visit__application__total__isnull=False)
        .exclude(visit__state="cancelled")
        .select_related("visit__application__round__criteria")
        .prefetch_related(marks)
        .order_by("visit__application__reference")
    )
    for consensus in signed.iterator(chunk_size=500):
        application = consensus.visit.application
        result = score(application.library, answers_of(consensus.marks.all()))
        level = result.level.code if result.level else ""
        if (result.total, level) != (application.total, application.level):
            yield Departure(application.reference, application.total, result.total, application.level, level)
    yield from _without_agreed_values()


def assessed() -> int:
    """How many applications have a stored total."""
    return Application.objects.filter(total__isnull=False).count()


def _without_agreed_values() -> Iterator[Departure]:
    """Applications with a total under which no signature stands."""
    signed = Consensus.objects.filter(signed_at__isnull=False).exclude(visit__state="cancelled")
    orphans = Application.objects.filter(total__isnull=False).exclude(visits__consensus__in=signed)
    for application in orphans.order_by("reference"):
        yield Departure(application.reference, application.total, Decimal(0), application.level, "")
