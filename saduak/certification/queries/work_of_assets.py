"""What waits about plaques and emblems: ordered, handed over, confirmed, sent back, looked into (งานป้ายและตรา)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from saduak.certification.models import Asset, AssetOrder, MisuseReport
from saduak.certification.models.assets import certificates_without
from saduak.certification.procedure.assets import AssetKind, AssetStage, OrderStage
from saduak.certification.procedure.misuse import MisuseStage
from saduak.design.work import WorkItem
from saduak.directory.models import Office
from saduak.directory.queries import memberships_of

KIND = _("Plaques and emblems")
MOST = 100
"""As many of each are listed; the list of plaques and emblems has them all."""

AWAITED = {
    AssetStage.MADE: (_("Hand it to the centre"), _("Hand over")),
    AssetStage.TO_BE_RETURNED: (_("Comes back from the centre"), _("Open")),
}


def work_of_assets(user: Any, today: date) -> list[WorkItem]:
    """What the person does next about plaques and emblems; at most five questions."""
    held = memberships_of(user)
    items: list[WorkItem] = []
    if any(one.office == Office.SECRETARIAT_OFFICER for one in held):
        items += _to_order(today)
        late = AssetOrder.objects.filter(stage=OrderStage.PLACED, due_on__lte=today)[:MOST]
        items += [_order(one) for one in late]
        overdue = Q(stage=AssetStage.TO_BE_RETURNED, due_back_on__lt=today)
        items += [_piece(one, *AWAITED[AssetStage(one.stage)]) for one in _found(Q(stage=AssetStage.MADE) | overdue)]
        items += [_report(one) for one in MisuseReport.objects.open().select_related("certificate__centre")[:MOST]]
    if centres := [one.centre_id for one in held if one.centre_id]:
        mine = Q(certificate__centre__in=centres, stage__in=[AssetStage.DELIVERED, AssetStage.TO_BE_RETURNED])
        items += [_for_centre(one) for one in _found(mine)]
    return items


def _found(chosen: Q) -> Iterable[Asset]:
    return (
        Asset.objects.filter(chosen).select_related("certificate__centre").order_by("due_back_on", "reference")[:MOST]
    )


def _to_order(today: date) -> list[WorkItem]:
    """One line for all certificates that lack a plaque; emblems are ordered with them when they are wanted."""
    lacking = certificates_without(AssetKind.PLAQUE, today).filter(is_example=False).count()
    if not lacking:
        return []
    words = ngettext("%(number)s certificate without a plaque", "%(number)s certificates without a plaque", lacking)
    return [
        WorkItem(
            reference=str(KIND),
            who=words % {"number": lacking},
            awaited=_("Order plaques from a maker"),
            due=None,
            url=reverse("place_asset_order"),
            action=_("Place an order"),
            kind=KIND,
        )
    ]


def _order(one: AssetOrder) -> WorkItem:
    return WorkItem(
        reference=one.reference,
        who=one.maker,
        awaited=_("Write down what has arrived from the maker"),
        due=None if one.is_example else one.due_on,
        url=one.get_absolute_url(),
        action=_("Open"),
        kind=KIND,
        is_example=one.is_example,
    )


def _piece(one: Asset, awaited: object, action: object) -> WorkItem:
    return WorkItem(
        reference=one.reference,
        who=str(one.certificate.centre),
        awaited=awaited,
        due=None if one.is_example else one.due_back_on,
        url=one.get_absolute_url(),
        action=action,
        kind=KIND,
        is_example=one.is_example,
    )


def _for_centre(one: Asset) -> WorkItem:
    if one.stage == AssetStage.DELIVERED:
        return _piece(one, _("Confirm that you received it"), _("Confirm"))
    return _piece(one, _("Send it back to the secretariat"), _("Open"))


def _report(one: MisuseReport) -> WorkItem:
    taken_up = one.stage == MisuseStage.LOOKED_INTO
    return WorkItem(
        reference=one.reference,
        who=str(one.certificate.centre) if one.certificate else one.where,
        awaited=_("Settle the report of misuse") if taken_up else _("Look into the report of misuse"),
        due=None,
        url=one.get_absolute_url(),
        action=_("Open"),
        kind=KIND,
        is_example=bool(one.certificate and one.certificate.is_example),
    )
