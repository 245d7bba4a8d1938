"""Who gets what at the addresses of plaques, emblems and reports of misuse."""

from datetime import timedelta

from django.utils import timezone

from saduak.certification.models import Asset
from saduak.certification.operations import assets, licences, misuse
from saduak.certification.procedure.assets import AssetKind
from saduak.certification.tests import certificates
from saduak.certification.tests.addresses_of_certificates import SEES_IT, certificate
from saduak.certification.tests.world import picture
from tests.support.addresses import everybody, only
from tests.support.world import OWN_CENTRE, Kind

SECRETARIAT = {Kind.SECRETARIAT}
SEES_A_PIECE = OWN_CENTRE | {Kind.AGENCY_COORDINATOR, Kind.SECRETARIAT, Kind.AUDITOR}
MAY_LOOK_FOR_IT = SEES_A_PIECE | {Kind.OTHER_CENTRE_OFFICER, Kind.OTHER_AGENCY_COORDINATOR}
NO_PART = {Kind.STRANGER: 403, Kind.ADMINISTRATOR: 403}


def _order(world):
    today = timezone.localdate()
    return assets.place_order(
        AssetKind.PLAQUE,
        [certificates.certificate(world.centre)],
        maker="ช่าง",
        ordered_on=today,
        due_on=today + timedelta(days=30),
        by=world.people[Kind.SECRETARIAT],
    )


def order(world):
    """An order for the world's centre."""
    return {"reference": _order(world).reference}


def _delivered(world):
    placed, by = _order(world), world.people[Kind.SECRETARIAT]
    piece = placed.assets.get()
    assets.arrived(placed, [piece.reference], on=timezone.localdate(), by=by)
    return assets.deliver(Asset.objects.get(), on=timezone.localdate(), how="มอบ", by=by)


def piece(world):
    """A plaque that was handed to the world's centre."""
    return {"serial": _delivered(world).reference}


def received(world):
    """A plaque with its signed receipt."""
    one = _delivered(world)
    licences.accept(one.certificate, by=world.people[Kind.CENTRE_HEAD])
    by = world.people[Kind.SECRETARIAT]
    assets.acknowledge(one, on=timezone.localdate(), received_by="นายแดง", receipt=picture(), by=by)
    return {"serial": one.reference}


def report(world):
    """A report of misuse."""
    one = misuse.report(where="ร้าน", what="ติดตราปลอม", seen_on=timezone.localdate(), by=None)
    return {"reference": one.reference}


def taken_up(world):
    """A report that is being looked into."""
    one = misuse.report(where="ร้าน", what="ติดตราปลอม", seen_on=timezone.localdate(), by=None)
    misuse.look_into(one, by=world.people[Kind.SECRETARIAT])
    return {"reference": one.reference}


def own_piece(**how):
    """For whom the piece exists; a 404 for others who may look for pieces."""
    others = dict.fromkeys(MAY_LOOK_FOR_IT - SEES_A_PIECE, 404)
    return only(SEES_A_PIECE, **{"answers": others, **how})


ASSETS = {
    "list_assets": only(MAY_LOOK_FOR_IT),
    "show_asset": own_piece(at=piece),
    "show_receipt_of_asset": own_piece(at=received),
    "take_asset_step": own_piece(at=lambda world: {**piece(world), "step": "acknowledge"}),
    "list_asset_orders": only(SECRETARIAT),
    "place_asset_order": only(SECRETARIAT),
    "show_asset_order": only(SECRETARIAT, at=order),
    "export_asset_order": only(SECRETARIAT, at=order),
    "cancel_asset_order": only(SECRETARIAT, at=order),
    "show_emblem": only(SEES_IT, others=404, answers=NO_PART, at=certificate),
    "accept_terms": only({Kind.CENTRE_HEAD}, at=certificate, post={"accepted": "on"}, answer=302),
    "download_emblem": only(
        SEES_IT, others=404, answer=302, answers=NO_PART, at=lambda world: {**certificate(world), "form": "svg"}
    ),
    "report_misuse": everybody(),
    "list_misuse": only(SECRETARIAT),
    "show_misuse": only(SECRETARIAT, at=report),
    "look_into_misuse": only(SECRETARIAT, at=report, post={"seen": 0}, answer=302),
    "settle_misuse": only(SECRETARIAT, at=taken_up, post={"seen": 1}, answer=422),
}
