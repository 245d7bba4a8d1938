"""A plaque or a printed emblem, from the maker to its return; and the orders by which they are made (ป้ายและตรารับรอง).

The public papers of the programme tell that plaques and emblems are awarded, not how they are kept. The steps and the
term are those of this platform, unchecked against the text of any order of the committee.
"""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.procedure.roles import CENTRE, WORDINGS, Role
from saduak.procedure.kit import CLOCK, Procedure, Step, condition


class AssetKind(TextChoices):
    """What a certified centre gets to show (ประเภท)."""

    PLAQUE = "plaque", _("Plaque")
    EMBLEM = "emblem", _("Printed emblem")


class AssetStage(TextChoices):
    """Stages of one plaque or emblem."""

    ORDERED = "ordered", _("Ordered")
    MADE = "made", _("Made, with the secretariat")
    DELIVERED = "delivered", _("On its way to the centre")
    IN_USE = "in_use", _("With the centre")
    TO_BE_RETURNED = "to_be_returned", _("To be returned")
    RETURNED = "returned", _("Returned")
    LOST = "lost", _("Lost")
    WRITTEN_OFF = "written_off", _("Written off")


class OrderStage(TextChoices):
    """Stages of a production order."""

    PLACED = "placed", _("Placed with the maker")
    RECEIVED = "received", _("All pieces have arrived")
    CANCELLED = "cancelled", _("Cancelled")


BEFORE_DELIVERY = frozenset({AssetStage.ORDERED, AssetStage.MADE})
"""Stages in which the centre has nothing in its hands."""

OUT = frozenset({AssetStage.DELIVERED, AssetStage.IN_USE})
"""Stages in which the centre shows it, or soon will."""

HELD = BEFORE_DELIVERY | OUT | {AssetStage.TO_BE_RETURNED}
"""Stages that count against another piece of the same kind for the same certificate."""

TRACK = (AssetStage.ORDERED, AssetStage.MADE, AssetStage.DELIVERED, AssetStage.IN_USE)
"""The straight way, as the page draws it."""


@condition(otherwise=_("The certificate is not valid today, so nothing is handed out for it."))
def the_certificate_is_valid(asset: Any, at: datetime) -> bool:
    return bool(asset.certificate.standing_on(timezone.localdate(at)) == CertificateStage.VALID)


@condition(otherwise=_("The certificate still stands, so the centre may keep it."))
def the_right_has_ended(asset: Any, at: datetime) -> bool:
    return not asset.certificate.is_alive_on(timezone.localdate(at))


@condition(otherwise=_("The centre has not accepted the terms of use."))
def the_terms_are_accepted(asset: Any, at: datetime) -> bool:
    return bool(asset.terms_are_accepted)


ASSET = Procedure(
    name="certification-asset",
    title=_("Plaque or emblem"),
    starts_at=AssetStage.ORDERED,
    wordings=WORDINGS,
    steps=(
        Step(
            name="arrive",
            label=_("It has arrived from the maker"),
            clause="12.2",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({AssetStage.ORDERED}),
            to=AssetStage.MADE,
        ),
        Step(
            name="deliver",
            label=_("Hand it to the centre"),
            clause="12.3",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({AssetStage.MADE}),
            to=AssetStage.DELIVERED,
            provided=(the_certificate_is_valid,),
        ),
        Step(
            name="acknowledge",
            label=_("Confirm that it was received"),
            clause="12.4",
            taken_by=frozenset({*CENTRE, Role.SECRETARIAT}),
            moves=frozenset({AssetStage.DELIVERED}),
            to=AssetStage.IN_USE,
            provided=(the_terms_are_accepted,),
        ),
        Step(
            name="call_back",
            label=_("Call it back"),
            clause="12.5",
            taken_by=frozenset({Role.SECRETARIAT, CLOCK}),
            moves=OUT,
            to=AssetStage.TO_BE_RETURNED,
            provided=(the_right_has_ended,),
        ),
        Step(
            name="take_back",
            label=_("Confirm that it came back"),
            clause="12.6",
            taken_by=Role.SECRETARIAT,
            moves=OUT | {AssetStage.TO_BE_RETURNED},
            to=AssetStage.RETURNED,
        ),
        Step(
            name="report_lost",
            label=_("Report it lost"),
            clause="12.7",
            taken_by=frozenset({*CENTRE, Role.SECRETARIAT}),
            moves=OUT | {AssetStage.TO_BE_RETURNED},
            to=AssetStage.LOST,
        ),
        Step(
            name="find_again",
            label=_("It was found again"),
            clause="12.8",
            taken_by=frozenset({*CENTRE, Role.SECRETARIAT}),
            moves=frozenset({AssetStage.LOST}),
            to=AssetStage.IN_USE,
        ),
        Step(
            name="write_off",
            label=_("Write it off"),
            clause="12.9",
            taken_by=Role.SECRETARIAT,
            moves=BEFORE_DELIVERY | {AssetStage.TO_BE_RETURNED, AssetStage.RETURNED, AssetStage.LOST},
            to=AssetStage.WRITTEN_OFF,
        ),
    ),
)


@condition(otherwise=_("Some pieces have not arrived yet."))
def every_piece_has_arrived(order: Any, at: datetime) -> bool:
    return not order.awaits_pieces


@condition(otherwise=_("Every piece has arrived. There is nothing left to cancel."))
def pieces_are_awaited(order: Any, at: datetime) -> bool:
    return bool(order.awaits_pieces)


ASSET_ORDER = Procedure(
    name="certification-asset-order",
    title=_("Production order for plaques or emblems"),
    starts_at=OrderStage.PLACED,
    wordings=WORDINGS,
    steps=(
        Step(
            name="complete",
            label=_("All pieces have arrived"),
            clause="12.1.1",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({OrderStage.PLACED}),
            to=OrderStage.RECEIVED,
            provided=(every_piece_has_arrived,),
        ),
        Step(
            name="cancel",
            label=_("Cancel what has not arrived"),
            clause="12.1.2",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({OrderStage.PLACED}),
            to=OrderStage.CANCELLED,
            provided=(pieces_are_awaited,),
        ),
    ),
)
