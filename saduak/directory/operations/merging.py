"""Two records of one centre become one, and can be parted again as long as nothing later rests on it.

Every row that points to the merged centre is turned to the surviving one, in whatever package: the models themselves
tell which fields point to centres. Its record stays, closed, and leads to the surviving one; its journal stays its own.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.directory import events
from saduak.directory.models import Centre, LikelyPair, Membership, Merge, Office, Verdict
from saduak.directory.operations.centres import may_edit_the_directory
from saduak.directory.operations.writing import save_valid, write_down
from saduak.journal.steps import StepOvertaken

STAY = (Centre, Merge, LikelyPair)
"""What points to a centre because of the merging itself."""

Moved = list[str | int | None]


@transaction.atomic
def merge(merged: Centre, *, into: Centre, by: Any | None, reason: str, seen: tuple[int, int] | None = None) -> Merge:
    """Let `into` be the one record of both. `seen` are the versions of both that the person compared.

    Raises PermissionDenied, StepOvertaken, and ValidationError with every reason against it; nothing changes then.
    """
    may_edit_the_directory(by)
    if not reason.strip():
        raise ValidationError(_("Give the reason."))
    merged, surviving = _both_locked(merged, into)
    if seen is not None and seen != (merged.version, surviving.version):
        overtaken = merged if seen[0] != merged.version else surviving
        raise StepOvertaken(overtaken, tuple(overtaken.history.order_by("-pk")[:1]))  # type: ignore[arg-type]
    if against := what_stands_against(merged, surviving):
        raise ValidationError(against)
    moved = _turn(merged, surviving)
    made = Merge.objects.create(
        merged=merged, surviving=surviving, reason=reason.strip(), moved=moved, was_open=merged.is_open, by=by
    )
    merged.merged_into, merged.is_open = surviving, False
    _save(merged, surviving)
    write_down(merged, "merged", by=by, note=made.reason, into=surviving.code, moved=moved)
    write_down(surviving, "absorbed", by=by, note=made.reason, record=merged.code, name=merged.name_th)
    _settle_pair(merged, surviving, Verdict.MERGED, by=by, note=made.reason)
    return made


@transaction.atomic
def undo(made: Merge, *, by: Any | None, reason: str) -> Merge:
    """Part two records again: everything that was moved goes back; what came later stays with the surviving one.

    Raises PermissionDenied, and ValidationError with every reason why it cannot be undone; nothing changes then.
    """
    may_edit_the_directory(by)
    if not reason.strip():
        raise ValidationError(_("Give the reason."))
    merged, surviving = _both_locked(made.merged, made.surviving)
    made = Merge.objects.select_for_update().get(pk=made.pk)
    made.merged, made.surviving = merged, surviving
    if against := what_stands_against_undoing(made):
        raise ValidationError(against)
    _turn_back(made)
    made.undone_by, made.undone_at = by, timezone.now()
    made.save(update_fields=["undone_by", "undone_at"])
    merged.merged_into, merged.is_open = None, made.was_open
    _save(merged, surviving)
    write_down(merged, "parted", by=by, note=reason.strip(), **{"from": surviving.code}, moved=made.moved)
    write_down(surviving, "released", by=by, note=reason.strip(), record=merged.code, name=merged.name_th)
    _settle_pair(merged, surviving, Verdict.OPEN, by=None, note="")
    return made


@transaction.atomic
def follow(made: Merge) -> int:
    """Turn what came to the merged centre after the merge, from a page that was open then; returns how many rows."""
    merged, surviving = _both_locked(made.merged, made.surviving)
    made = Merge.objects.select_for_update().get(pk=made.pk)
    if made.undone_at is not None or not (came := _turn(merged, surviving)):
        return 0
    made.moved = [*made.moved, *came]
    made.save(update_fields=["moved"])
    write_down(merged, "followed", by=None, into=surviving.code, moved=came)
    return len(came)


def what_stands_against(merged: Centre, surviving: Centre) -> list[str]:
    """Why two records cannot become one now; nothing when they can."""
    if merged.pk == surviving.pk:
        return [_("This is one and the same record.")]
    found = [
        _("%(name)s was merged into another centre already.") % {"name": one.name}
        for one in (merged, surviving)
        if one.merged_into_id is not None
    ]
    if merged.province_id != surviving.province_id:
        found.append(_("The records are in two provinces. Correct the province first."))
    for _receiver, sentences in events.merge_weighed.send(Centre, surviving=surviving, merged=merged):
        found += [str(sentence) for sentence in sentences or ()]
    return found


def what_stands_against_undoing(made: Merge) -> list[str]:
    """Why a merge cannot be undone any more; nothing when it can."""
    if made.undone_at is not None:
        return [_("This merge was undone already.")]
    if made.surviving.merged_into is not None:
        return [
            _("%(name)s was itself merged into another centre since. Undo that first.") % {"name": made.surviving.name}
        ]
    found = []
    for model, field, keys in _by_field(made.moved):
        rows = model._base_manager.in_bulk([key for key, _version in keys])
        for key, version in keys:
            row = rows.get(key)
            if row is None or getattr(row, field) != made.surviving_id:
                found.append(_("Something that was moved has been removed, or moved on, since."))
            elif version is not None and row.version != version:  # type: ignore[attr-defined]
                found.append(str(_("%(what)s has gone on since.")) % {"what": f"{model._meta.verbose_name} {row}"})
    return list(dict.fromkeys(found))


def _both_locked(one: Centre, other: Centre) -> tuple[Centre, Centre]:
    """Both as the database has them, locked in the order of their keys, so that no two people wait for each other."""
    locked = Centre.objects.select_for_update(of=("self",)).with_names().order_by("pk").in_bulk([one.pk, other.pk])
    return locked[one.pk], locked[other.pk]


def _pointing() -> Iterator[tuple[type[models.Model], str]]:
    """Every model and the column with which it points to centres."""
    for relation in Centre._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in STAY:
            yield relation.related_model, relation.field.attname


def _turn(merged: Centre, surviving: Centre) -> list[Moved]:
    moved: list[Moved] = []
    for model, column in _pointing():
        has_version = any(field.name == "version" for field in model._meta.concrete_fields)
        rows = list(model._base_manager.filter(**{column: merged.pk}).select_for_update(of=("self",)).order_by("pk"))
        if model is Membership:
            rows = _offices_that_move(rows, surviving)
        _point(model, column, [row.pk for row in rows], surviving.pk)
        moved += [[model._meta.label, column, row.pk, row.version if has_version else None] for row in rows]  # type: ignore[attr-defined]
    return moved


def _offices_that_move(held: list[Any], surviving: Centre) -> list[Any]:
    """All but those that ended while the surviving centre had the same: they stay with the record as its past."""
    today = timezone.localdate()
    there = list(surviving.memberships.all())

    def collides(ended: Membership) -> bool:
        return any(
            (one.person_id == ended.person_id or one.office == ended.office == Office.CENTRE_HEAD)
            and one.from_day <= (ended.until_day or today)
            and (one.until_day is None or ended.from_day <= one.until_day)
            for one in there
        )

    return [one for one in held if one.until_day is None or one.until_day >= today or not collides(one)]


def _turn_back(made: Merge) -> None:
    for model, column, keys in _by_field(made.moved):
        _point(model, column, [key for key, _version in keys], made.merged_id)


def _point(model: type[models.Model], column: str, keys: list[int], centre: int) -> None:
    if not keys:
        return
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=keys).update(**{column: centre})
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        if not name:  # A trigger refused it: the row was handed over, and stays.
            what = str(model._meta.verbose_name_plural)
            raise ValidationError(_("This can no longer be moved: %(what)s") % {"what": what}) from error
        known = next((one for one in model._meta.constraints if one.name == name), None)
        words = known.get_violation_error_message() if known else str(model._meta.verbose_name_plural)
        advice = _("Both have what one centre has once: %(what)s End it in the record that goes, and begin it anew.")
        raise ValidationError(advice % {"what": words}) from error


def _by_field(moved: list[Moved]) -> Iterator[tuple[type[models.Model], str, list[tuple[int, int | None]]]]:
    gathered: dict[tuple[str, str], list[tuple[int, int | None]]] = {}
    for label, column, key, version in moved:
        gathered.setdefault((str(label), str(column)), []).append((key, version))  # type: ignore[arg-type]
    for (label, column), keys in gathered.items():
        yield apps.get_model(label), column, keys


def _save(merged: Centre, surviving: Centre) -> None:
    """Save both, the surviving one with every name by which it is found."""
    merged.version += 1
    save_valid(merged)
    surviving.version += 1
    surviving.also_known_as = "\n".join(
        words
        for one in surviving.absorbed.order_by("pk")
        for words in (one.name_th, one.name_en, one.code, one.also_known_as)
        if words
    )
    save_valid(surviving)


def _settle_pair(one: Centre, other: Centre, verdict: Verdict, *, by: Any | None, note: str) -> None:
    first, second = sorted((one.pk, other.pk))
    LikelyPair.objects.filter(one=first, other=second).update(
        verdict=verdict, decided_by=by, decided_at=timezone.now() if verdict != Verdict.OPEN else None, note=note
    )
