"""Noticing what looks odd about dossiers, and dismissing it with a reason."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from saduak.certification import policies
from saduak.certification.likeness import sketch
from saduak.certification.models import Application, Remark, Round, TextSketch
from saduak.certification.models.remarks import RemarkKind
from saduak.certification.operations.taking import refuse
from saduak.certification.procedure.applications import APPLICATION
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.certification.queries.remarks import Found, found_in, texts_of
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken, lock, record
from saduak.procedure.kit import Refusal

MOST = 10
"""Other dossiers beside which one dossier is remarked on, for each kind: a text that a ministry gave to a thousand
centres is told with ten of them, and not with a thousand."""

REMARKS = 0x5ADA0145
"""The number of the lock under which remarks are written."""


def look_soon(application: Application) -> None:
    """Let the worker look at a dossier once this transaction has committed."""
    app.configure_task("certification.look_at_dossier").defer(application=application.pk)


@transaction.atomic
def look_at(application: Application, *, at: datetime | None = None) -> list[Remark]:
    """Look at a dossier beside all others, and note what is odd; looking again adds what is new and drops what is gone.

    A remark that a person has dismissed stays dismissed until there is more to it than there was.
    """
    at = at or timezone.now()
    _one_at_a_time()
    _sketch(application)
    found = {(one.kind, one.other): one for one in found_in(application)}
    known = {(RemarkKind(one.kind), one.other_id): one for one in application.remarks.all()}
    for gone in known.keys() - found.keys():
        _drop(known[gone])
    wanted = [*_fewer(found.values()), *(found[key] for key in known.keys() & found.keys())]
    made = {(one.kind, one.other): _note(application, one, at=at) for one in wanted}
    for remark in made.values():
        _note_on_the_other(remark, at=at)
    return list(made.values())


@transaction.atomic
def dismiss(remark: Remark, *, by: Any, reason: str, seen: int, at: datetime | None = None) -> Remark:
    """Say why there is nothing in a remark; what two dossiers have in common is dismissed on both.

    `seen` is the version that the person was looking at. Raises StepRefused, and StepOvertaken when the remark has
    changed since.
    """
    at = at or timezone.now()
    if Role.SECRETARIAT not in policies.roles_of(by, remark.application):
        refuse(APPLICATION, "pass_screening", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if not reason.strip():
        refuse(APPLICATION, "pass_screening", "reason_is_given", _("Write the reason."))
    _one_at_a_time()
    current = Remark.objects.for_page().filter(pk=remark.pk).first()
    if current is None or current.version != seen or not current.stands:
        about = {"case_kind": Remark.case_kind, "case_reference": remark.reference}
        raise StepOvertaken(remark.application, tuple(Entry.objects.filter(**about).order_by("-sequence")[:1]))
    twin = Remark.objects.open().filter(application=current.other, other=current.application, kind=current.kind)
    for one in (current, *(twin.for_page() if current.other_id else ())):
        one.dismissed_at, one.dismissed_by, one.reason = at, by, reason.strip()
        one.version += 1
        one.save()
        record(
            one,
            step="dismiss_remark",
            by=by,
            at=at,
            role=Role.SECRETARIAT,
            note=reason.strip(),
            facts={"application": one.application.reference, "kind": one.kind, "pieces": len(one.facts)},
        )
    return current


@transaction.atomic
def set_terms(
    round_: Round,
    *,
    by: Any,
    evidence_months: int,
    same_text_percent: int,
    like_picture_bits: int,
    at: datetime | None = None,
) -> Round:
    """Say from when on something is remarked in a round; every dossier that was handed in is looked at again."""
    at = at or timezone.now()
    if Role.SECRETARIAT not in policies.roles_over_rounds(by):
        refuse(APPLICATION, "pass_screening", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    locked = lock(round_)
    terms = {
        "evidence_months": evidence_months,
        "same_text_percent": same_text_percent,
        "like_picture_bits": like_picture_bits,
    }
    changes = {name: [getattr(locked, name), value] for name, value in terms.items() if getattr(locked, name) != value}
    if changes:
        Round.objects.filter(pk=locked.pk).update(**terms)
        record(
            locked,
            step="set_remark_terms",
            by=by,
            at=at,
            role=Role.SECRETARIAT,
            from_stage=locked.stage,
            to_stage=locked.stage,
            facts={"changes": changes},
        )
        app.configure_task("certification.look_at_round").defer(round=locked.pk)
    return Round.objects.get(pk=locked.pk)


def look_at_round(round_: Round) -> int:
    """Look at every dossier of a round that was handed in; returns how many."""
    handed_in = Application.objects.filter(round=round_, submitted_at__isnull=False).order_by("pk")
    for application in handed_in.iterator(chunk_size=200):
        look_at(application)
    return handed_in.count()


def _sketch(application: Application) -> None:
    application.text_sketches.all().delete()
    TextSketch.objects.bulk_create(
        TextSketch(application=application, code=code, letters=len(text), bands=sketch(text))
        for code, text in texts_of(application).items()
    )


def _one_at_a_time() -> None:
    """Until this transaction ends nobody else writes remarks: what two dossiers have in common is written on both."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REMARKS])


def _drop(remark: Remark) -> None:
    """What is no longer there is no remark; one that a person has dismissed is kept with the reason."""
    both = Q(pk=remark.pk) | Q(application=remark.other, other=remark.application, kind=remark.kind)
    Remark.objects.open().filter(both).delete()


def _fewer(found: Iterable[Found]) -> list[Found]:
    """Of each kind the dossiers with most in common."""
    of_kind: dict[RemarkKind, list[Found]] = {}
    for one in found:
        of_kind.setdefault(one.kind, []).append(one)
    return [one for several in of_kind.values() for one in several[:MOST]]


def _note(application: Application, found: Found, *, at: datetime) -> Remark:
    known = Remark.objects.filter(application=application, other=found.other, kind=found.kind).first()
    if known is None:
        return Remark.objects.create(
            application=application, other_id=found.other, kind=found.kind, facts=found.facts, found_at=at
        )
    if known.facts != found.facts:
        more = len(found.facts) > len(known.facts)
        known.facts, known.found_at = found.facts, at
        known.version += 1
        if more:
            known.dismissed_at, known.dismissed_by, known.reason = None, None, ""
        known.save()
    return known


def _note_on_the_other(remark: Remark, *, at: datetime) -> None:
    """What two dossiers have in common stands on both, unless the other has enough of the kind."""
    other = remark.other
    if other is None:
        return
    enough = other.remarks.open().filter(kind=remark.kind).exclude(other=remark.application).count() >= MOST
    known = other.remarks.filter(kind=remark.kind, other=remark.application).exists()
    if known or not enough:
        facts = [_turned(piece) for piece in remark.facts]
        _note(other, Found(RemarkKind(remark.kind), remark.application_id, facts), at=at)


def _turned(piece: dict[str, Any]) -> dict[str, Any]:
    """A piece as it stands on the other dossier: theirs is ours."""
    swapped = {"evidence", "file", "codes"}
    return {
        (key.removeprefix("their_") if key.startswith("their_") else f"their_{key}" if key in swapped else key): value
        for key, value in piece.items()
    }
