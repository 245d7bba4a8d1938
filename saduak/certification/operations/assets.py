"""Plaques and printed emblems: ordered, made, handed over, called back and returned."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.attachments.operations import store
from saduak.certification import oversight, policies
from saduak.certification.models import Asset, AssetOrder, Certificate, Round
from saduak.certification.models.assets import certificates_without
from saduak.certification.operations import telling_of_assets as telling
from saduak.certification.operations.taking import refuse
from saduak.certification.procedure.assets import ASSET, ASSET_ORDER, HELD, AssetKind, AssetStage, OrderStage
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.certification.rules import ASSET_RETURN_DAYS, asset_serial
from saduak.journal.models import Entry
from saduak.journal.steps import entry_about, lock, record, take_step
from saduak.procedure.kit import CLOCK, Refusal


@transaction.atomic
def place_order(
    kind: str,
    certificates: Sequence[Certificate],
    *,
    maker: str,
    ordered_on: date,
    due_on: date,
    note: str = "",
    by: Any,
    at: datetime | None = None,
) -> AssetOrder:
    """Order one piece of a kind for each certificate, each with a serial number of its own.

    Raises StepRefused: only the secretariat orders, only for valid certificates, and none twice.
    """
    at = at or timezone.now()
    if Role.SECRETARIAT not in policies.roles_over_rounds(by):
        refuse(ASSET_ORDER, "complete", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if kind not in AssetKind.values or not maker.strip() or not certificates:
        refuse(ASSET_ORDER, "complete", "order_is_whole", _("Say what is made, by whom, and for which centres."))
    if due_on < ordered_on:
        refuse(ASSET_ORDER, "complete", "days_follow", _("It cannot arrive before it is ordered."))
    rounds = sorted({certificate.round_id for certificate in certificates})
    held = list(Round.objects.select_for_update().filter(pk__in=rounds).order_by("pk"))  # One numbering at a time.
    chosen = list(certificates_without(kind, timezone.localdate(at)).filter(pk__in=[c.pk for c in certificates]))
    if len(chosen) != len({certificate.pk for certificate in certificates}):
        refuse(
            ASSET_ORDER,
            "complete",
            "every_certificate_needs_one",
            _("Some of these certificates are not valid any more, or have a piece already. Look at the list again."),
        )
    order = AssetOrder.objects.create(
        reference=_order_number(held, at),
        stage=OrderStage.PLACED,
        stage_since=at,
        kind=kind,
        maker=maker.strip(),
        ordered_on=ordered_on,
        due_on=due_on,
        note=note.strip(),
        is_example=all(certificate.is_example for certificate in chosen),
    )
    facts = {"kind": kind, "pieces": len(chosen), "maker": order.maker, "due_on": due_on.isoformat()}
    record(
        order, step="place_order", clause="12.1", to_stage=order.stage, by=by, role=Role.SECRETARIAT, at=at, facts=facts
    )
    running = dict(
        Asset.objects.filter(kind=kind, certificate__round__in=rounds)
        .values_list("certificate__round")
        .annotate(number=Count("pk"))
    )
    made = []
    for certificate in sorted(chosen, key=lambda one: one.reference):
        running[certificate.round_id] = running.get(certificate.round_id, 0) + 1
        made.append(
            Asset(
                reference=asset_serial(kind, certificate.round.cycle_be, running[certificate.round_id]),
                stage=AssetStage.ORDERED,
                stage_since=at,
                certificate=certificate,
                order=order,
                kind=kind,
                is_example=certificate.is_example,
            )
        )
    Asset.objects.bulk_create(made)
    told = {"order": order.reference}
    Entry.objects.bulk_create(
        entry_about(
            one,
            step="order",
            clause="12.1",
            to_stage=one.stage,
            by=by,
            at=at,
            role=Role.SECRETARIAT,
            facts={**told, "certificate": one.certificate.reference},
        )
        for one in made
    )
    return order


@transaction.atomic
def arrived(
    order: AssetOrder, serials: Collection[str], *, on: date, by: Any, at: datetime | None = None
) -> AssetOrder:
    """Some pieces of an order have arrived from the maker; with the last of them the order is complete.

    Two people can write down arrivals at once: a piece arrives once. Raises StepRefused.
    """
    at = at or timezone.now()
    now = lock(order)
    here = list(now.assets.filter(stage=AssetStage.ORDERED, reference__in=serials).order_by("pk"))
    if not here or len(here) != len(set(serials)):
        refuse(ASSET, "arrive", "pieces_are_awaited", _("Choose pieces that have not arrived yet."))
    _not_ahead("arrive", on, at)
    for piece in here:
        take("arrive", piece, by=by, at=at, made_on=on)
    if now.awaits_pieces:
        record(now, step="arrive", clause="12.2", by=by, role=Role.SECRETARIAT, at=at, facts={"pieces": len(here)})
        return now
    return _take_order("complete", now, by=by, at=at, facts={"pieces": len(here)})


@transaction.atomic
def cancel_order(
    order: AssetOrder, *, reason: str, by: Any, at: datetime | None = None, seen: int | None = None
) -> AssetOrder:
    """Cancel what has not arrived; those pieces are written off. Raises StepRefused and StepOvertaken."""
    at = at or timezone.now()
    _needs(ASSET_ORDER, "cancel", reason)
    cancelled = _take_order("cancel", order, by=by, at=at, seen=seen, note=reason.strip())
    for piece in cancelled.assets.filter(stage=AssetStage.ORDERED).order_by("pk"):
        take("write_off", piece, by=by, at=at, note=reason.strip())
    return cancelled


@transaction.atomic
def deliver(asset: Asset, *, on: date, how: str, by: Any, at: datetime | None = None, seen: int | None = None) -> Asset:
    """Hand a piece to the centre, which is told. Raises StepRefused and StepOvertaken."""
    at = at or timezone.now()
    _not_ahead("deliver", on, at)
    _needs(ASSET, "deliver", how, _("Say how it is handed over."))
    given = take(
        "deliver", asset, by=by, at=at, seen=seen, note=how.strip(), delivered_on=on, delivered_how=how.strip()
    )
    telling.tell_the_centre(given, "delivered", by=by, at=at)
    return given


@transaction.atomic
def acknowledge(
    asset: Asset,
    *,
    on: date,
    received_by: str,
    receipt: "File[Any] | None" = None,
    note: str = "",
    by: Any,
    at: datetime | None = None,
    seen: int | None = None,
) -> Asset:
    """Confirm that the centre has it: who received it, when, and the signed receipt if there is one.

    Raises StepRefused, StepOvertaken and FileRefused.
    """
    at = at or timezone.now()
    _not_ahead("acknowledge", on, at)
    _needs(ASSET, "acknowledge", received_by, _("Write who received it."))
    kept = store(receipt, by=by, at=at) if receipt else None
    changes = {"received_on": on, "received_by": received_by.strip(), "receipt": kept}
    facts = {"received_by": received_by.strip(), "received_on": on.isoformat()}
    return take("acknowledge", asset, by=by, at=at, seen=seen, note=note.strip(), facts=facts, **changes)


@transaction.atomic
def call_back(asset: Asset, *, by: Any | None, at: datetime | None = None, seen: int | None = None) -> Asset:
    """The certificate has ended: the piece is to come back within the term. `by=None` is the clock.

    Raises StepRefused and StepOvertaken. The centre is told.
    """
    at = at or timezone.now()
    due = timezone.localdate(at) + timedelta(days=ASSET_RETURN_DAYS)
    called = take("call_back", asset, by=by, at=at, seen=seen, facts={"due": due.isoformat()}, due_back_on=due)
    telling.tell_the_centre(called, "called_back", by=by, at=at)
    return called


def call_back_due(*, at: datetime | None = None) -> list[Asset]:
    """Call back every piece whose certificate has ended; each in a transaction of its own."""
    at = at or timezone.now()
    called = []
    for asset in Asset.objects.due_to_call_back(timezone.localdate(at)).for_page():
        with transaction.atomic():
            called.append(call_back(asset, by=None, at=at))
    return called


@transaction.atomic
def take_back(
    asset: Asset, *, on: date, note: str, by: Any, at: datetime | None = None, seen: int | None = None
) -> Asset:
    """A piece came back, in what condition. Raises StepRefused and StepOvertaken."""
    at = at or timezone.now()
    _not_ahead("take_back", on, at)
    facts = {"returned_on": on.isoformat()}
    return take("take_back", asset, by=by, at=at, seen=seen, note=note.strip(), facts=facts, due_back_on=None)


@transaction.atomic
def report_lost(asset: Asset, *, reason: str, by: Any, at: datetime | None = None, seen: int | None = None) -> Asset:
    """A piece is lost; how is kept. Raises StepRefused and StepOvertaken."""
    _needs(ASSET, "report_lost", reason)
    return take("report_lost", asset, by=by, at=at, seen=seen, note=reason.strip(), due_back_on=None)


@transaction.atomic
def find_again(asset: Asset, *, reason: str, by: Any, at: datetime | None = None, seen: int | None = None) -> Asset:
    """A lost piece is there again, with the centre; if another was made meanwhile this one is to be written off.

    Raises StepRefused and StepOvertaken.
    """
    at = at or timezone.now()
    _needs(ASSET, "find_again", reason)
    now = lock(asset)
    if Asset.objects.filter(certificate=now.certificate_id, kind=now.kind, stage__in=sorted(HELD)).exists():
        refuse(ASSET, "find_again", "none_was_made_meanwhile", _("Another one was made meanwhile. Send this one back."))
    changes: dict[str, Any] = {}
    if not now.received_on:  # Lost on its way: whoever found it has it now.
        changes = {"received_on": timezone.localdate(at), "received_by": str(by)}
    return take("find_again", asset, by=by, at=at, seen=seen, note=reason.strip(), **changes)


@transaction.atomic
def write_off(asset: Asset, *, reason: str, by: Any, at: datetime | None = None, seen: int | None = None) -> Asset:
    """Nothing more is expected of a piece; the reason is kept. Raises StepRefused and StepOvertaken."""
    _needs(ASSET, "write_off", reason)
    return take("write_off", asset, by=by, at=at, seen=seen, note=reason.strip(), due_back_on=None)


def take(
    name: str,
    asset: Asset,
    *,
    by: Any | None,
    at: datetime | None = None,
    seen: int | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Asset:
    """Take one step with a plaque or an emblem; `by=None` is the clock. Raises StepRefused and StepOvertaken."""
    roles = (lambda locked: oversight.roles_over(by, locked.certificate)) if by is not None else frozenset({CLOCK})
    return take_step(ASSET, name, asset, by=by, roles=roles, at=at, seen=seen, note=note, facts=facts, **changes)


def _take_order(name: str, order: AssetOrder, *, by: Any, **how: Any) -> AssetOrder:
    return take_step(ASSET_ORDER, name, order, by=by, roles=partial(_roles, by), **how)


def _roles(by: Any, _order: AssetOrder) -> frozenset[Role]:
    return policies.roles_over_rounds(by)


def _order_number(held: Sequence[Round], at: datetime) -> str:
    cycle = max(one.cycle_be for one in held)
    return f"PO-{cycle}-{AssetOrder.objects.filter(reference__startswith=f'PO-{cycle}-').count() + 1:02d}"


def _not_ahead(step: str, on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        refuse(ASSET, step, "day_is_not_ahead", _("This day lies ahead."))


def _needs(procedure: Any, step: str, said: str, sentence: object = "") -> None:
    if not said.strip():
        refuse(procedure, step, "reason_is_given", sentence or _("Write the reason."))
