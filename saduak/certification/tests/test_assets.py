"""Plaques and emblems from the order to their return."""

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from saduak.certification.models import Asset, AssetOrder, TermsAccepted
from saduak.certification.models.assets import certificates_without
from saduak.certification.operations import assets, licences, misuse
from saduak.certification.procedure.assets import ASSET, ASSET_ORDER, AssetKind, AssetStage, OrderStage
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.procedure.misuse import MISUSE, MisuseStage
from saduak.certification.procedure.roles import Role
from saduak.certification.queries.work_of_assets import work_of_assets
from saduak.certification.rules import asset_serial
from saduak.certification.tests.certificates import acted, certificate
from saduak.certification.tests.plaques import NOON, TODAY, Place, reported
from saduak.certification.tests.world import picture
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.notices.models import Notice
from tests.support.remembering import made_once

# The tables

CENTRES = {Role.CENTRE_OFFICER, Role.CENTRE_HEAD}
OFFICE = {Role.SECRETARIAT}
PERMITTED = {
    ("arrive", "ordered"): ("made", OFFICE),
    ("deliver", "made"): ("delivered", OFFICE),
    ("acknowledge", "delivered"): ("in_use", CENTRES | OFFICE),
    ("call_back", "delivered"): ("to_be_returned", OFFICE | {Role.CLOCK}),
    ("call_back", "in_use"): ("to_be_returned", OFFICE | {Role.CLOCK}),
    ("take_back", "delivered"): ("returned", OFFICE),
    ("take_back", "in_use"): ("returned", OFFICE),
    ("take_back", "to_be_returned"): ("returned", OFFICE),
    ("report_lost", "delivered"): ("lost", CENTRES | OFFICE),
    ("report_lost", "in_use"): ("lost", CENTRES | OFFICE),
    ("report_lost", "to_be_returned"): ("lost", CENTRES | OFFICE),
    ("find_again", "lost"): ("in_use", CENTRES | OFFICE),
    ("write_off", "ordered"): ("written_off", OFFICE),
    ("write_off", "made"): ("written_off", OFFICE),
    ("write_off", "to_be_returned"): ("written_off", OFFICE),
    ("write_off", "returned"): ("written_off", OFFICE),
    ("write_off", "lost"): ("written_off", OFFICE),
    ("complete", "placed"): ("received", OFFICE),
    ("cancel", "placed"): ("cancelled", OFFICE),
    ("look_into", "reported"): ("looked_into", OFFICE),
    ("settle", "looked_into"): ("settled", OFFICE),
}
FITTING = {
    "deliver": {"standing": CertificateStage.VALID},
    "call_back": {"alive": False},
    "acknowledge": {"terms_are_accepted": True},
    "complete": {"awaits_pieces": False},
    "cancel": {"awaits_pieces": True},
}
MISFITS = {
    "deliver": ({"standing": CertificateStage.SUSPENDED}, "the_certificate_is_valid"),
    "call_back": ({"alive": True}, "the_right_has_ended"),
    "acknowledge": ({"terms_are_accepted": False}, "the_terms_are_accepted"),
    "complete": ({"awaits_pieces": True}, "every_piece_has_arrived"),
    "cancel": ({"awaits_pieces": False}, "pieces_are_awaited"),
}


def case(stage, *, standing=CertificateStage.VALID, alive=True, **facts):
    its = SimpleNamespace(standing_on=lambda _day: standing, is_alive_on=lambda _day: alive)
    return SimpleNamespace(stage=stage, certificate=its, **facts)


@pytest.mark.parametrize(
    ("procedure", "stages"), [(ASSET, AssetStage), (ASSET_ORDER, OrderStage), (MISUSE, MisuseStage)]
)
def test_what_is_permitted_and_nothing_else(procedure, stages):
    for step, stage, role in product(procedure.steps, stages, Role):
        to, roles = PERMITTED.get((step.name, stage), (None, set()))

        decision = procedure.consider(step.name, case(stage, **FITTING.get(step.name, {})), roles={role}, at=NOON)

        assert decision.allowed == (role in roles), (step.name, stage, role)
        if decision.allowed:
            assert step.to == to


@pytest.mark.parametrize("name", MISFITS)
def test_one_thing_missing_is_the_one_reason(name):
    facts, reason = MISFITS[name]
    procedure = next(p for p in (ASSET, ASSET_ORDER) if any(step.name == name for step in p.steps))
    step = procedure.step(name)

    decision = procedure.consider(name, case(min(step.moves), **facts), roles=step.roles, at=NOON)

    assert [r.code for r in decision.reasons] == [reason]


def test_every_condition_is_seen_to_fail():
    stated = {
        (s.name, c.name) for procedure in (ASSET, ASSET_ORDER, MISUSE) for s in procedure.steps for c in s.provided
    }

    assert stated == {(name, reason) for name, (_facts, reason) in MISFITS.items()}


def test_serial_numbers_tell_what_and_of_when():
    assert [asset_serial(kind, 2568, 7) for kind in AssetKind] == ["PL-2568-0007", "EM-2568-0007"]


# The deeds


@pytest.fixture
@made_once
def place(db):
    return Place()


def steps_of(asset):
    return [(e.step, e.clause, e.to_stage) for e in asset.history]


def test_an_order_gives_serial_numbers_and_ends_with_the_last_piece(place):
    other = certificate()
    order = place.order(other)

    assert (order.reference, order.stage, order.is_example) == ("PO-2568-01", "placed", False)
    assert [one.reference for one in order.assets.order_by("reference")] == ["PL-2568-0001", "PL-2568-0002"]
    assert not certificates_without(AssetKind.PLAQUE, TODAY).exists()
    assert certificates_without(AssetKind.EMBLEM, TODAY).count() == 2

    order = assets.arrived(order, ["PL-2568-0002"], on=TODAY, by=place.office, at=NOON)
    assert order.stage == OrderStage.PLACED
    order = assets.arrived(order, ["PL-2568-0001"], on=TODAY, by=place.office, at=NOON)
    assert order.stage == OrderStage.RECEIVED
    assert [e.step for e in order.history] == ["place_order", "arrive", "complete"]


def test_a_second_order_counts_on(place):
    place.order()

    again = assets.place_order(
        AssetKind.PLAQUE, [certificate()], maker="ช่าง", ordered_on=TODAY, due_on=TODAY, by=place.office, at=NOON
    )

    assert (again.reference, again.assets.get().reference) == ("PO-2568-02", "PL-2568-0002")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"by": "head"}, "wrong_role", id="a stranger"),
        pytest.param({"maker": " "}, "order_is_whole", id="no maker"),
        pytest.param({"kind": "cup"}, "order_is_whole", id="no such kind"),
        pytest.param({"certificates": []}, "order_is_whole", id="nothing"),
        pytest.param({"due_on": TODAY - timedelta(days=1)}, "days_follow", id="too early"),
        pytest.param({"twice": True}, "every_certificate_needs_one", id="has one"),
        pytest.param({"stage": CertificateStage.SUSPENDED}, "every_certificate_needs_one", id="suspended"),
    ],
)
def test_orders_that_make_no_sense_are_refused(place, change, code):
    if change.pop("twice", False):
        place.order()
    if stage := change.pop("stage", ""):
        acted(place.certificate, stage)
    said = {
        "kind": AssetKind.PLAQUE,
        "certificates": [place.certificate],
        "maker": "ช่าง",
        "ordered_on": TODAY,
        "due_on": TODAY,
        "by": place.office,
        **change,
    }
    said["by"] = place.head if said["by"] == "head" else said["by"]
    before = Asset.objects.count()

    with pytest.raises(StepRefused) as refused:
        assets.place_order(**said, at=NOON)

    assert refused.value.decision.reasons[0].code == code
    assert Asset.objects.count() == before


def test_only_awaited_pieces_arrive_and_not_tomorrow(place):
    order = place.order()

    for serials, on in ((["PL-1"], TODAY), ([], TODAY), (["PL-2568-0001"], TODAY + timedelta(days=1))):
        with pytest.raises(StepRefused):
            assets.arrived(order, serials, on=on, by=place.office, at=NOON)

    assert order.assets.get().stage == AssetStage.ORDERED


def test_what_has_not_arrived_can_be_cancelled(place):
    order = place.order(certificate())
    assets.arrived(order, ["PL-2568-0001"], on=TODAY, by=place.office, at=NOON)

    with pytest.raises(StepRefused):
        assets.cancel_order(order, reason=" ", by=place.office, at=NOON)
    cancelled = assets.cancel_order(order, reason="ช่างปิดกิจการ", by=place.office, at=NOON)

    assert cancelled.stage == OrderStage.CANCELLED
    assert sorted(order.assets.values_list("stage", flat=True)) == ["made", "written_off"]
    assert certificates_without(AssetKind.PLAQUE, TODAY).count() == 1


def test_a_plaque_goes_to_the_centre_and_stays_there(place):
    piece = place.in_use()

    assert (piece.stage, piece.received_by, piece.delivered_how) == ("in_use", "นายแดง รักงาน", "พิธีมอบ")
    assert steps_of(piece) == [
        ("order", "12.1", "ordered"),
        ("arrive", "12.2", "made"),
        ("deliver", "12.3", "delivered"),
        ("acknowledge", "12.4", "in_use"),
    ]
    assert Entry.objects.filter(case_kind=piece.case_kind, centre_id=place.centre.pk).count() == 4
    notice = Notice.objects.get()
    assert "ส่งมอบป้ายรับรอง" in notice.subject
    assert piece.reference in notice.body


def test_a_contact_address_that_is_none_holds_nothing_up(place):
    type(place.certificate.application).objects.update(contact_email="no address")

    assert place.delivered().stage == "delivered"
    assert Notice.objects.count() == 1


def test_nothing_is_confirmed_before_the_terms_are_accepted(place):
    piece = place.delivered()

    with pytest.raises(StepRefused, match="เงื่อนไข"):
        assets.acknowledge(piece, on=TODAY, received_by="ใครสักคน", by=place.head, at=NOON)


def test_a_receipt_can_be_kept(place):
    piece = place.delivered()
    licences.accept(place.certificate, by=place.head, at=NOON)

    kept = assets.acknowledge(
        piece, on=TODAY, received_by="นายแดง", receipt=picture(), note="กล่องบุบ", by=place.office, at=NOON
    )

    assert kept.receipt.name == "ภาพถ่าย.jpg"
    assert kept.history.last().note == "กล่องบุบ"


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(
            lambda p, x: assets.deliver(x, on=TODAY + timedelta(days=1), how="x", by=p.office, at=NOON), id="day"
        ),
        pytest.param(lambda p, x: assets.deliver(x, on=TODAY, how=" ", by=p.office, at=NOON), id="how"),
        pytest.param(lambda p, x: assets.deliver(x, on=TODAY, how="x", by=p.head, at=NOON), id="who"),
        pytest.param(
            lambda p, x: assets.acknowledge(x, on=TODAY, received_by=" ", by=p.office, at=NOON), id="receiver"
        ),
        pytest.param(lambda p, x: assets.report_lost(x, reason="", by=p.office, at=NOON), id="why lost"),
        pytest.param(lambda p, x: assets.find_again(x, reason="", by=p.office, at=NOON), id="why found"),
        pytest.param(lambda p, x: assets.write_off(x, reason="", by=p.office, at=NOON), id="why written off"),
        pytest.param(
            lambda p, x: assets.take_back(x, on=TODAY + timedelta(1), note="", by=p.office, at=NOON), id="back"
        ),
    ],
)
def test_a_refused_step_changes_nothing(place, deed):
    piece = place.made()

    with pytest.raises(StepRefused):
        deed(place, piece)

    piece.refresh_from_db()
    assert (piece.stage, piece.delivered_on) == ("made", None)


def test_who_was_slower_is_told(place):
    piece = place.made()
    assets.deliver(piece, on=TODAY, how="ไปรษณีย์", by=place.office, at=NOON, seen=piece.version)

    with pytest.raises(StepOvertaken):
        assets.deliver(piece, on=TODAY, how="พิธี", by=place.office, at=NOON, seen=piece.version)


@pytest.mark.parametrize("stage", [CertificateStage.REVOKED, CertificateStage.RETURNED, CertificateStage.EXPIRED])
def test_the_clock_calls_back_what_has_no_right_any_more(place, stage):
    piece = place.in_use()
    assert assets.call_back_due(at=NOON) == []
    if stage == CertificateStage.EXPIRED:
        type(place.certificate).objects.update(expires_on=TODAY - timedelta(days=1))
    else:
        acted(place.certificate, stage, on=TODAY)

    (called,) = assets.call_back_due(at=NOON)

    assert (called.pk, called.stage, called.due_back_on) == (piece.pk, "to_be_returned", TODAY + timedelta(days=30))
    assert assets.call_back_due(at=NOON) == []
    assert Notice.objects.filter(subject__startswith="ขอให้ส่งคืนป้ายรับรอง", state="draft").exists()
    assert called.history.last().role == "clock"


def test_a_suspension_calls_nothing_back(place):
    place.in_use()
    acted(place.certificate, CertificateStage.SUSPENDED, on=TODAY)

    assert assets.call_back_due(at=NOON) == []


def test_a_practice_calls_nothing_back(db):
    practice = Place(is_example=True)
    practice.in_use()
    acted(practice.certificate, CertificateStage.REVOKED, on=TODAY)

    assert assets.call_back_due(at=NOON) == []


def test_what_came_back_is_owed_no_more(place):
    called = place.called_back()

    back = assets.take_back(called, on=TODAY, note="สภาพดี", by=place.office, at=NOON)

    assert (back.stage, back.due_back_on) == ("returned", None)
    assert assets.write_off(back, reason="ทำลาย", by=place.office, at=NOON).stage == "written_off"


def test_a_lost_plaque_is_replaced_or_found_again(place):
    piece = place.in_use()
    lost = assets.report_lost(piece, reason="น้ำท่วม", by=place.head, at=NOON)
    assert certificates_without(AssetKind.PLAQUE, TODAY).count() == 1

    found = assets.find_again(lost, reason="อยู่ในคลัง", by=place.head, at=NOON)

    assert (found.stage, found.received_by) == ("in_use", "นายแดง รักงาน")
    lost = assets.report_lost(found, reason="หายอีก", by=place.office, at=NOON)
    place.order()
    with pytest.raises(StepRefused, match="ชิ้นใหม่"):
        assets.find_again(lost, reason="พบ", by=place.office, at=NOON)


def test_what_was_lost_on_its_way_is_received_when_it_is_found(place):
    lost = assets.report_lost(place.delivered(), reason="ไปรษณีย์ทำหาย", by=place.office, at=NOON)

    found = assets.find_again(lost, reason="มาถึงแล้ว", by=place.head, at=NOON)

    assert (found.received_on, found.received_by) == (TODAY, str(place.head))


def test_terms_are_accepted_by_the_head_once_and_for_good(place):
    with pytest.raises(StepRefused):
        licences.accept(place.certificate, by=place.office, at=NOON)

    one, two = (licences.accept(place.certificate, by=place.head, at=NOON) for _ in range(2))

    assert one.pk == two.pk
    assert one.sha256 == licences.digest()
    assert Entry.objects.filter(step="accept_terms", clause="12.13").count() == 1
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        TermsAccepted.objects.update(edition="2")


def test_nothing_is_accepted_for_a_certificate_that_does_not_hold(place):
    acted(place.certificate, CertificateStage.SUSPENDED)

    with pytest.raises(StepRefused, match="ไม่มีผล"):
        licences.accept(place.certificate, by=place.head, at=NOON)


def test_both_languages_have_the_same_clauses():
    assert len(licences.terms("th")) == len(licences.terms("en")) == 6


# Work


def awaited(person):
    return [(item.reference, str(item.awaited)) for item in work_of_assets(person, TODAY)]


def test_what_waits_for_whom(place):
    assert [item.url for item in work_of_assets(place.office, TODAY)] == ["/certification/asset-orders/place"]
    order = place.order()
    assert awaited(place.office) == []
    AssetOrder.objects.update(due_on=TODAY)
    assert [reference for reference, _ in awaited(place.office)] == [order.reference]
    assets.arrived(order, ["PL-2568-0001"], on=TODAY, by=place.office, at=NOON)
    assert [reference for reference, _ in awaited(place.office)] == ["PL-2568-0001"]
    piece = assets.deliver(order.assets.get(), on=TODAY, how="มอบ", by=place.office, at=NOON)
    assert (awaited(place.office), [r for r, _ in awaited(place.head)]) == ([], ["PL-2568-0001"])
    licences.accept(place.certificate, by=place.head, at=NOON)
    piece = assets.acknowledge(piece, on=TODAY, received_by="x", by=place.head, at=NOON)
    assert awaited(place.head) == []
    acted(place.certificate, CertificateStage.REVOKED, on=TODAY)
    assets.call_back(piece, by=place.office, at=NOON)
    assert [r for r, _ in awaited(place.head)] == ["PL-2568-0001"]
    assert awaited(place.office) == []
    Asset.objects.update(due_back_on=TODAY - timedelta(days=1))
    assert [r for r, _ in awaited(place.office)] == ["PL-2568-0001"]
    misuse.look_into(reported(place), by=place.office, at=NOON)
    reported(place, certificate=place.certificate)
    assert len(awaited(place.office)) == 3
