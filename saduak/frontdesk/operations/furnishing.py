"""Services, counters, classes of visitors and special days of a desk are written, moved and removed.

As in `setting_up`: every deed locks the desk, compares the version that the person has seen, and writes one entry. All
raise PermissionDenied, ValidationError with what is wrong, and StepOvertaken; nothing changes then.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from saduak.catalogue import operations as catalogue
from saduak.catalogue.library import Beginning
from saduak.catalogue.models import QueueGroup, Service
from saduak.directory.operations.writing import changed, locked, save_valid
from saduak.frontdesk.beginnings import GENERAL
from saduak.frontdesk.models import Counter, Desk, PriorityClass, SpecialDay
from saduak.frontdesk.operations.keeping import kept, write


@transaction.atomic
def begin_with(
    desk: Desk, beginning: Beginning, *, by: Any | None, only: Iterable[str] | None = None, at: datetime | None = None
) -> list[Service]:
    """Give the desk the services of a kind of office, those whose Thai names are in `only`; counters learn them all."""
    desk = kept(desk, by=by)
    wanted = None if only is None else frozenset(only)
    new = catalogue.begin_with(desk.centre, beginning, by=by, only=wanted, at=at)
    learning = list(desk.counters.filter(is_active=True))
    before = {str(counter.pk): _skills(counter) for counter in learning}
    for counter in learning:
        counter.skills.add(*new)
    if new:
        write(desk, "begun_with", by=by, at=at, kind=beginning.code, number=len(new), skills_before=before)
    return new


@transaction.atomic
def begin_anew_with(desk: Desk, beginning: Beginning, *, by: Any | None, at: datetime | None = None) -> list[Service]:
    """As `begin_with`, in the place of what another kind of office had begun with and nobody has used."""
    desk = kept(desk, by=by)
    names = {service.name.th for group in beginning.groups for service in group.services}
    there: list[Service | QueueGroup] = list(Service.objects.filter(centre=desk.centre_id))
    there += QueueGroup.objects.filter(centre=desk.centre_id)
    for thing in there:
        if thing.name_th not in names:
            with suppress(ValidationError):  # Used: it stays.
                catalogue.remove(thing, by=by, at=at)
    return begin_with(desk, beginning, by=by, at=at)


@transaction.atomic
def keep_services(
    desk: Desk, answers: Iterable[tuple[Service, bool, int]], *, by: Any | None, at: datetime | None = None
) -> None:
    """Give each service its minutes; those not kept are removed, or taken out of the offer when they were used."""
    for service, stays, minutes in answers:
        if stays:
            write_service(desk, service, by=by, at=at, is_offered=True, expected_minutes=minutes)
            continue
        try:
            remove(desk, service, by=by, at=at)
        except ValidationError:
            write_service(desk, service, by=by, at=at, is_offered=False)


@transaction.atomic
def write_service(
    desk: Desk,
    service: Service | None = None,
    *,
    by: Any | None,
    seen: int | None = None,
    at: datetime | None = None,
    counters: Collection[Counter] | None = None,
    **facts: Any,
) -> Service:
    """Enter or change a service, and say at which counters it is done; all of them do a new one unless told."""
    desk = kept(desk, by=by, seen=seen)
    is_new = service is None
    service = catalogue.write_service(desk.centre, by=by, service=service, at=at, **facts)
    if counters is None and is_new:
        counters = list(desk.counters.filter(is_active=True))
    if counters is not None:
        service.counters.set(counters)
    write(desk, "service_entered" if is_new else "service_corrected", by=by, at=at, name=service.name_th)
    return service


@transaction.atomic
def write_group(
    desk: Desk,
    group: QueueGroup | None = None,
    *,
    by: Any | None,
    seen: int | None = None,
    at: datetime | None = None,
    **facts: Any,
) -> QueueGroup:
    """Enter or change a queue group."""
    desk = kept(desk, by=by, seen=seen)
    is_new = group is None
    group = catalogue.write_group(desk.centre, by=by, group=group, at=at, **facts)
    write(desk, "group_entered" if is_new else "group_corrected", by=by, at=at, name=group.name_th)
    return group


@transaction.atomic
def write_counter(
    desk: Desk,
    counter: Counter | None = None,
    *,
    by: Any | None,
    seen: int | None = None,
    at: datetime | None = None,
    skills: Collection[Service] | None = None,
    **facts: Any,
) -> Counter:
    """Enter or change a counter with what it can do; a new one does everything that is offered unless told."""
    desk = kept(desk, by=by, seen=seen)
    if counter is None:
        counter = Counter(**{"desk": desk, "position": _next(desk.counters), **facts})
        step, differences = "counter_entered", {}
    else:
        if facts.get("is_active") is False and counter.sittings.filter(closed_at=None).exists():
            raise ValidationError(_("Somebody sits at this counter now. Let them leave first."))
        counter = locked(counter)
        step, differences = "counter_corrected", changed(counter, facts)
    history: dict[str, Any] = {}
    save_valid(counter)
    if skills is None and step == "counter_entered":
        skills = list(Service.objects.offered().filter(centre=desk.centre_id))
    if skills is not None:
        _of_the_centre(skills, desk)
        before, after = _skills(counter), sorted({service.pk for service in skills})
        counter.skills.set(skills)
        if step == "counter_corrected" and before != after:
            differences["skills"] = [before, after]
            history["skills_before"] = {str(counter.pk): before}
    if step == "counter_entered" or differences:
        write(desk, step, by=by, at=at, name=counter.label, changes=differences, **history)
    return counter


def _skills(counter: Counter) -> list[int]:
    return sorted(counter.skills.values_list("pk", flat=True))


@transaction.atomic
def write_counters(desk: Desk, number: int, *, by: Any | None, at: datetime | None = None) -> list[Counter]:
    """Enter counters 1 to `number`, each doing everything, as far as they are not there yet."""
    known = set(desk.counters.values_list("label", flat=True))
    labels = [str(label) for label in range(1, number + 1) if str(label) not in known]
    return [write_counter(desk, by=by, at=at, label=label) for label in labels]


@transaction.atomic
def write_class(
    desk: Desk,
    priority: PriorityClass | None = None,
    *,
    by: Any | None,
    seen: int | None = None,
    at: datetime | None = None,
    **facts: Any,
) -> PriorityClass:
    """Enter or change a class of visitors. That of everybody else stays offered, or nobody could take a ticket."""
    desk = kept(desk, by=by, seen=seen)
    if priority is None:
        position = _next(desk.classes)
        priority = PriorityClass(**{"desk": desk, "position": position, "code": _code(desk), **facts})
        step, differences = "class_entered", {}
    else:
        priority = locked(priority)
        step, differences = "class_corrected", changed(priority, facts)
    if priority.code == GENERAL and (not priority.is_offered or priority.is_priority):
        raise ValidationError(_("Somebody belongs to no other class: this one stays, and goes sooner than nobody."))
    if step == "class_entered" or differences:
        save_valid(priority)
        write(desk, step, by=by, at=at, name=priority.name_th, changes=differences)
    return priority


@transaction.atomic
def write_special_day(
    desk: Desk,
    day: date,
    *,
    by: Any | None,
    reason: str,
    spans: Iterable[dict[str, str]] = (),
    seen: int | None = None,
    at: datetime | None = None,
) -> SpecialDay:
    """Say that the desk keeps other hours on a day, or is closed; a day that was special gets the new hours."""
    desk = kept(desk, by=by, seen=seen)
    special = desk.special_days.filter(day=day).first() or SpecialDay(desk=desk, day=day)
    special.spans, special.reason = list(spans), reason
    save_valid(special)
    write(desk, "special_day_written", by=by, at=at, day=day.isoformat(), spans=special.spans, reason=reason)
    return special


@transaction.atomic
def remove(
    desk: Desk,
    thing: Service | QueueGroup | Counter | PriorityClass | SpecialDay,
    *,
    by: Any | None,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Take away what nobody has used. What has been used stays, and is taken out of use instead."""
    desk = kept(desk, by=by, seen=seen)
    name = _name_of(thing)
    if isinstance(thing, (Service, QueueGroup)):
        catalogue.remove(thing, by=by, at=at)
    elif isinstance(thing, PriorityClass) and thing.code == GENERAL:
        raise ValidationError(_("Somebody belongs to no other class: this one stays, and goes sooner than nobody."))
    else:
        try:
            with transaction.atomic():
                thing.delete()
        except models.ProtectedError:
            raise ValidationError(_("It has been used and stays. Take it out of use instead.")) from None
    write(desk, "removed", by=by, at=at, kind=thing._meta.model_name, name=name)


@transaction.atomic
def move(
    desk: Desk,
    thing: Service | QueueGroup | Counter | PriorityClass,
    *,
    up: bool,
    by: Any | None,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Let a thing change its place with the one before it, or after it; at the end of the list nothing changes."""
    desk = kept(desk, by=by, seen=seen)
    owner = {"centre": desk.centre_id} if isinstance(thing, (Service, QueueGroup)) else {"desk": desk}
    those = list(type(thing)._default_manager.filter(**owner).order_by("position", "pk"))
    place = those.index(thing)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(those):
        return
    those[place], those[other] = those[other], those[place]
    for position, one in enumerate(those, start=1):
        one.position = position
    type(thing)._default_manager.bulk_update(those, ["position"])
    write(desk, "moved", by=by, at=at, kind=thing._meta.model_name, name=_name_of(thing))


def _of_the_centre(services: Iterable[Service], desk: Desk) -> None:
    if any(service.centre_id != desk.centre_id for service in services):
        raise ValidationError({"skills": _("This service belongs to another centre.")})


def _name_of(thing: Any) -> str:
    return str(getattr(thing, "name_th", "") or thing)


def _next(things: Any) -> int:
    """The position after the last of the desk's things."""
    last = things.aggregate(last=models.Max("position"))["last"]
    return (last or 0) + 1


def _code(desk: Desk) -> str:
    """A short name for a class that the centre thought of itself; never shown."""
    known = set(desk.classes.values_list("code", flat=True))
    made: Callable[[int], str] = "own-{}".format
    return next(code for number in range(1, len(known) + 2) if (code := made(number)) not in known)
