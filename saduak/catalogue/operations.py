"""Services and queue groups are written, renamed, taken out of the offer, and removed while nobody has used them.

Who may is asked by the caller, which knows what the services are for: the set-up of a front desk.
"""

from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.catalogue.library import Beginning
from saduak.catalogue.models import QueueGroup, Service
from saduak.directory.models import Centre
from saduak.directory.operations.writing import changed, locked, save_valid
from saduak.journal.steps import record


@transaction.atomic
def write_group(
    centre: Centre, *, by: Any | None, group: QueueGroup | None = None, at: datetime | None = None, **facts: Any
) -> QueueGroup:
    """Enter a queue group of the centre, or change one. Raises ValidationError; nothing changes then."""
    if group is None:
        return _entered(QueueGroup(**{"centre": centre, "position": _next(QueueGroup, centre), **facts}), by=by, at=at)
    return _corrected(group, facts, by=by, at=at)


@transaction.atomic
def write_service(
    centre: Centre, *, by: Any | None, service: Service | None = None, at: datetime | None = None, **facts: Any
) -> Service:
    """Enter a service of the centre, or change one; its former name stays in the journal.

    Raises ValidationError with what is wrong; nothing changes then.
    """
    group = facts.get("group")
    if group is not None and group.centre_id != centre.pk:
        raise ValidationError({"group": _("This queue group belongs to another centre.")})
    if service is None:
        return _entered(Service(**{"centre": centre, "position": _next(Service, centre), **facts}), by=by, at=at)
    return _corrected(service, facts, by=by, at=at)


@transaction.atomic
def remove(thing: Service | QueueGroup, *, by: Any | None, at: datetime | None = None) -> None:
    """Take a service or queue group away that nobody has used.

    Raises ValidationError for a used one: a service is then taken out of the offer instead.
    """
    try:
        with transaction.atomic():
            # Before its key is gone.
            record(thing, step="removed", by=by, at=at or timezone.now(), facts={"name": thing.name_th})
            thing.delete()
    except models.ProtectedError:
        raise ValidationError(_("It has been used and stays. Take it out of the offer instead.")) from None


@transaction.atomic
def begin_with(
    centre: Centre,
    beginning: Beginning,
    *,
    by: Any | None,
    only: frozenset[str] | None = None,
    at: datetime | None = None,
) -> list[Service]:
    """Enter the queue groups and services that a kind of office begins with, those whose Thai names are in `only`.

    What the centre has under the same name stays as it is. Returns the new services.
    """
    groups = {group.name_th: group for group in QueueGroup.objects.filter(centre=centre)}
    known = set(Service.objects.filter(centre=centre).values_list("name_th", flat=True))
    new = []
    for proposed in beginning.groups:
        wanted = [
            one for one in proposed.services if (only is None or one.name.th in only) and one.name.th not in known
        ]
        if not wanted:
            continue
        group = groups.get(proposed.name.th) or write_group(centre, by=by, at=at, **proposed.name.fields())
        for one in wanted:
            facts: dict[str, Any] = {**one.name.fields(), "prefix": proposed.prefix, "expected_minutes": one.minutes}
            new.append(write_service(centre, by=by, at=at, group=group, **facts))
    return new


ThingT = TypeVar("ThingT", Service, QueueGroup)


def _next(model: type[models.Model], centre: Centre) -> int:
    """The position after the centre's last."""
    last = model._default_manager.filter(centre=centre).aggregate(last=models.Max("position"))["last"]
    return (last or 0) + 1


def _entered(thing: ThingT, *, by: Any | None, at: datetime | None) -> ThingT:
    save_valid(thing)
    record(thing, step="entered", by=by, at=at or timezone.now(), facts={"name": thing.name_th})
    return thing


def _corrected(thing: ThingT, facts: dict[str, Any], *, by: Any | None, at: datetime | None) -> ThingT:
    """Save what differs, and write down what it was before and what it is."""
    thing = locked(thing)
    if differences := changed(thing, facts):
        save_valid(thing)
        said = {"name": thing.name_th, "changes": differences}
        record(thing, step="corrected", by=by, at=at or timezone.now(), facts=said)
    return thing
