"""What every change of the directory does: be valid, be saved, be written down."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from saduak.journal.steps import StepOvertaken, record

ModelT = TypeVar("ModelT", bound=models.Model)


def locked(thing: ModelT, *, seen: int | None = None) -> ModelT:
    """The thing as the database has it now, locked until the transaction ends.

    Raises StepOvertaken when its version is no longer `seen`, the one the person was looking at.
    """
    found = type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    if seen is not None and seen != found.version:  # type: ignore[attr-defined]
        since = tuple(found.history.filter(facts__version__gt=seen))  # type: ignore[attr-defined]
        raise StepOvertaken(found, since)  # type: ignore[arg-type]
    return found


def changed(thing: models.Model, facts: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the facts on the thing, and tell `{field: [before, after]}` of those that differ."""
    differences: dict[str, list[Any]] = {}
    for field, after in facts.items():
        before = getattr(thing, field)
        if before != after:
            setattr(thing, field, after)
            differences[field] = [_plain(before), _plain(after)]
    return differences


def save_valid(thing: ModelT) -> ModelT:
    """Save what passes its fields' and the database's rules. Raises ValidationError; nothing is saved then."""
    thing.full_clean()
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError:  # Somebody else was faster between the check and the write: look again, and say it in words.
        thing.full_clean()
        thing.save()
    return thing


def write_down(thing: Any, step: str, *, by: Any | None, note: str = "", **facts: Any) -> None:
    """One entry in the journal about a ministry, agency, centre or body."""
    if hasattr(thing, "version"):
        facts = {"version": thing.version, **facts}
    record(thing, step=step, by=by, at=timezone.now(), note=note, facts=facts)


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, (str, int, bool, list, dict, type(None))):
        return value
    return DjangoJSONEncoder().default(value)
