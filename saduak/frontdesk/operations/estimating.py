"""The waits of a desk estimated anew, when somebody looks and something has changed (การประมาณเวลารอ)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from time import perf_counter

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from saduak.frontdesk.estimation.advising import advice
from saduak.frontdesk.estimation.estimates import Estimate, estimate
from saduak.frontdesk.estimation.scene import Scene
from saduak.frontdesk.estimation.telling import Shown, shown
from saduak.frontdesk.models import Desk, DeskWaits, Ticket, ToldWait
from saduak.frontdesk.operations import following
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.floor import state_version
from saduak.frontdesk.queries.scenes import closed_counters, scene_of
from saduak.frontdesk.queries.waits import Told
from saduak.frontdesk.rules.order import in_order

ESTIMATING = 4803
"""The first key of the advisory locks under which a desk's waits are estimated; the second is the desk's own number."""

ADVISING = 4804
"""The same for advice."""

PAUSE = timedelta(seconds=2)
"""At most one estimate of a desk in this time, however much happens."""

STILL_GOOD = timedelta(seconds=20)
"""After this time an estimate is made anew although nothing has happened: people wait on, visits go on."""

AT_MOST = 25.0
"""Seconds that the worker gives to estimates at once."""

ADVICE_HOLDS = timedelta(seconds=30)
"""So long advice is given again."""


def refresh(desk: Desk, at: datetime | None = None) -> bool:
    """Estimate the desk's waits anew, unless that was done just now or somebody else is doing it; whether it was done.

    Deeds at counters and kiosks never wait for it: it locks nothing of theirs, and only pages that show waits ask.
    """
    at = at or timezone.now()
    day = timezone.localdate(at)
    kept = DeskWaits.objects.filter(pk=desk.pk).only("pk", "day", "version", "made_at").first()
    version = state_version(desk.centre, day)
    if kept is not None and kept.day == day and _is_good(kept, version, at):
        return False
    with transaction.atomic():
        if not _alone(ESTIMATING, desk.pk):
            return False
        kept = DeskWaits.objects.filter(pk=desk.pk).first()
        if kept is not None and kept.day == day and _is_good(kept, version, at):
            return False
        _estimate(desk, kept if kept and kept.day == day else None, version, at)
    return True


def refresh_all(at: datetime | None = None) -> int:
    """Estimate wherever somebody waits today and nobody has looked lately; how many desks, the oldest first.

    It ends after `AT_MOST` seconds: with very many desks, some are told of less often than once a minute.
    """
    at, began, done = at or timezone.now(), perf_counter(), 0
    waiting = Ticket.objects.filter(day=timezone.localdate(at), stage=TicketStage.WAITING)
    desks = Desk.objects.filter(pk__in=waiting.order_by().values("centre").distinct())
    unseen = desks.exclude(waits__made_at__gt=at - STILL_GOOD).order_by(F("waits__made_at").asc(nulls_first=True), "pk")
    for desk in unseen.select_related("centre__province"):
        if perf_counter() - began >= AT_MOST:
            break
        done += refresh(desk, at)
    return done


def advise(desk: Desk, at: datetime | None = None) -> None:
    """Keep advice to open or close a counter that is not older than half a minute; somebody else may be at it."""
    at = at or timezone.now()
    kept = DeskWaits.objects.filter(pk=desk.pk).only("pk", "advised_at").first()
    if kept is None or (kept.advised_at and timedelta(0) <= at - kept.advised_at < ADVICE_HOLDS):
        return
    with transaction.atomic():
        if not _alone(ADVISING, desk.pk):
            return
        scene = scene_of(desk, at, asks=False)
        said = advice(scene, closed_counters(desk), desk.pk, target_minutes=desk.alarm_minutes)
        told = {
            "action": said.action.value,
            "counter": said.counter,
            "now": asdict(said.now),
            "then": asdict(said.then),
        }
        DeskWaits.objects.filter(pk=desk.pk).update(advice=told, advised_at=at)


def _is_good(kept: DeskWaits, version: int, at: datetime) -> bool:
    age = abs(at - kept.made_at)
    return age < PAUSE or (kept.version == version and age < STILL_GOOD)


def _alone(key: int, desk: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [key, desk])
        return bool(cursor.fetchone()[0])


def _estimate(desk: Desk, before: DeskWaits | None, version: int, at: datetime) -> None:
    began = perf_counter()
    scene = scene_of(desk, at)
    estimates = estimate(scene, desk.pk)
    ahead = _ahead(scene, dict(desk.centre.services.values_list("pk", "group")))
    asked = {one.key for one in scene.asking}
    known = {**before.tickets, **before.asking} if before else {}
    told = {key: _told(replace(found, ahead=ahead[key]), scene, known.get(key)) for key, found in estimates.items()}
    visits = {one.key: round(scene.durations[one.service].mean) for one in (*scene.waiting, *scene.asking)}
    kept = {key: [*one.as_list()[:-1], visits[key]] for key, one in told.items()}
    DeskWaits.objects.update_or_create(
        desk=desk,
        defaults={
            "day": timezone.localdate(at),
            "version": version,
            "made_at": at,
            "took_ms": round((perf_counter() - began) * 1000),
            "tickets": {key: value for key, value in kept.items() if key not in asked},
            "asking": {key: value for key, value in kept.items() if key in asked},
        },
    )
    _remember_first(desk, {key: one for key, one in estimates.items() if key not in asked}, at)
    if before is None or before.version != version:
        # Somebody was called, or somebody else comes near.
        following.soon(desk.pk, timezone.localdate(at))


def _ahead(scene: Scene, groups: Mapping[int, int]) -> dict[str, int]:
    """How many are before each in its own queue group: what its line in the hall looks like."""
    asked = {one.key for one in scene.asking}
    counted: Counter[int] = Counter()
    found = {}
    for one in in_order([*scene.waiting, *scene.asking], scene.now):
        group = groups[int(one.service)]
        found[one.key] = counted[group]
        counted[group] += one.key not in asked
    return found


def _told(found: Estimate, scene: Scene, before: list[object] | None) -> Told:
    """What is told now, no more than 30 % shorter than what was told last."""
    last = Told.of(before) if before else None
    previous = None
    if last is not None and last.high is not None:
        previous = Shown(last.at, last.ahead, last.low, last.high, last.fast, last.slow)
    now = shown(found, scene.now, previous)
    why = now.unknown.value if now.unknown else ""
    return Told(now.ahead, found.mean, now.low, now.high, now.fast, now.slow, scene.now, why)


def _remember_first(desk: Desk, estimates: dict[str, Estimate], at: datetime) -> None:
    """Keep what each ticket is told first, to be held against the truth."""
    numbers = {key: one for key, one in estimates.items() if not one.unknown}
    new = Ticket.objects.filter(reference__in=numbers, told_wait=None).only("pk", "reference", "centre_id", "day")
    ToldWait.objects.bulk_create(
        (
            ToldWait(
                ticket=ticket,
                centre_id=desk.pk,
                day=ticket.day,
                told_at=at,
                mean=numbers[ticket.reference].mean,
                slow=numbers[ticket.reference].slow,
            )
            for ticket in new
        ),
        ignore_conflicts=True,
    )
