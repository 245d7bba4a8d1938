"""Where somebody sits now, with counter, desk and centre: asked before every press."""

from typing import Any

from saduak.frontdesk.models import Sitting
from saduak.frontdesk.models.counters import SittingQuerySet
from saduak.postgres.standing import Standing


def _going_on() -> SittingQuerySet:
    return Sitting.objects.going_on().select_related("counter__desk__centre").order_by()


_OF = Standing(lambda officer: _going_on().filter(officer=officer), officer=987_654_321)
_AT = Standing(lambda counter: _going_on().filter(counter=counter), counter=987_654_321)


def sitting_of(officer: Any) -> Sitting | None:
    """Where the officer sits now; None: nowhere."""
    found = _with_centre(_OF.first(officer=officer.pk))
    if found is not None:
        found.officer = officer  # The same person, whose offices are known already.
    return found


def sitting_at(counter: int | None) -> Sitting | None:
    """Who sits at the counter now; None: nobody."""
    return _with_centre(_AT.first(counter=counter)) if counter is not None else None


def _with_centre(found: Sitting | None) -> Sitting | None:
    """It is the desk's, which came along."""
    if found is not None:
        found.centre = found.counter.desk.centre
    return found
