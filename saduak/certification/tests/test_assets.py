"""Plaques and emblems from the order to their return, the emblem only while it may be used, and reports of misuse."""

from datetime import datetime, timedelta
from io import BytesIO
from itertools import product
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from saduak.certification.models import Asset, AssetOrder, MisuseReport, TermsAccepted
from saduak.certification.models.assets import certificates_without
from saduak.certification.operations import assets, licences, misuse, proposals
from saduak.certification.procedure.assets import ASSET, ASSET_ORDER, AssetKind, AssetStage, OrderStage
from saduak.certification.procedure.certificates import ActKind, CertificateStage, Ground
from saduak.certification.procedure.misuse import MISUSE, MisuseStage, Settlement
from saduak.certification.procedure.roles import Role
from saduak.certification.queries.work_of_assets import work_of_assets
from saduak.certification.rules import asset_serial
from saduak.certification.tests import certificates
from saduak.certification.tests.certificates import acted, certificate
from saduak.certification.tests.world import picture
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.notices.models import Notice

NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Asia/Bangkok"))
TODAY = certificates.TODAY

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


class Place:
    """A centre with a valid certificate, its people, and the secretariat."""

    def __init__(self, **facts):
        self.centre = CentreFactory(name_th="สำนักงานที่ดินจังหวัดลำพูน")
        self.certificate = certificate(self.centre, **facts)
        self.office = person_of(Office.SECRETARIAT_OFFICER)
        self.head = person_of(Office.CENTRE_HEAD, centre=self.centre)

    def order(self, *more, kind=AssetKind.PLAQUE):
        return assets.place_order(
            kind,
            [self.certificate, *more],
            maker="โรงหล่อเชียงใหม่",
            ordered_on=TODAY,
            due_on=TODAY + timedelta(days=45),
            by=self.office,
            at=NOON,
        )

    def made(self):
        order = self.order()
        assets.arrived(order, [order.assets.get().reference], on=TODAY, by=self.office, at=NOON)
        return order.assets.get()

    def delivered(self):
        return assets.deliver(self.made(), on=TODAY, how="พิธีมอบ", by=self.office, at=NOON)

    def in_use(self):
        piece = self.delivered()
        licences.accept(self.certificate, by=self.head, at=NOON)
        return assets.acknowledge(piece, on=TODAY, received_by="นายแดง รักงาน", by=self.head, at=NOON)

    def called_back(self):
        piece = self.in_use()
        acted(self.certificate, CertificateStage.REVOKED, on=TODAY)
        return assets.call_back(piece, by=self.office, at=NOON)


@pytest.fixture
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


# Misuse


def reported(place, **facts):
    said = {"where": "หน้าเว็บ", "what": "ใช้ตราทั้งที่หมดอายุ", "seen_on": TODAY, **facts}
    return misuse.report(by=None, at=NOON, **said)


def test_a_report_is_looked_into_and_settled(place):
    one, two = reported(place), reported(place, certificate=place.certificate)
    assert [one.reference, two.reference] == ["MU-2569-0001", "MU-2569-0002"]

    taken = misuse.look_into(two, by=place.office, at=NOON)
    settled = misuse.settle(taken, settlement=Settlement.WARNED, finding="ปลดแล้ว", by=place.office, at=NOON)

    assert (settled.stage, settled.settlement) == ("settled", "warned")
    assert [e.clause for e in settled.history] == ["12.10", "12.11", "12.12"]
    assert settled.history.first().centre_id == place.centre.pk
    assert list(MisuseReport.objects.open()) == [one]


def test_what_goes_before_the_committee_is_proposed_first(place):
    one = misuse.look_into(reported(place, certificate=place.certificate), by=place.office, at=NOON)
    said = {"settlement": Settlement.PROPOSED, "finding": "ใช้ผิดซ้ำ", "by": place.office, "at": NOON}
    with pytest.raises(StepRefused, match="โปรดเสนอก่อน"):
        misuse.settle(one, **said)

    proposals.propose(place.certificate, ActKind.SUSPEND, ground=Ground.EMBLEM_MISUSED, reason="ใช้ผิด", by=place.office)

    assert misuse.settle(one, **said).settlement == "proposed"


@pytest.mark.parametrize("facts", [{"where": " "}, {"what": ""}, {"seen_on": TODAY + timedelta(days=1)}])
def test_a_report_says_where_what_and_when(place, facts):
    with pytest.raises(StepRefused):
        reported(place, **facts)


@pytest.mark.parametrize("said", [{"settlement": "other", "finding": "x"}, {"settlement": "warned", "finding": " "}])
def test_an_outcome_is_told(place, said):
    one = misuse.look_into(reported(place), by=place.office, at=NOON)

    with pytest.raises(StepRefused):
        misuse.settle(one, by=place.office, at=NOON, **said)


def test_only_the_secretariat_settles(place):
    with pytest.raises(StepRefused):
        misuse.look_into(reported(place), by=place.head, at=NOON)


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


# Pages


@pytest.fixture
def today(monkeypatch):
    """The pages live on the day of these tests."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def text_of(answer):
    return answer.content.decode()


def test_the_secretariat_orders_receives_and_hands_over(client, place, today):
    client.force_login(place.office)
    page = client.get("/certification/asset-orders/place")
    form = page.context["form"]
    sent = {
        "maker": "ช่าง",
        "ordered_on": "20/11/2569",
        "due_on": "30/11/2569",
        "certificates": form.initial["certificates"],
    }
    assert client.post("/certification/asset-orders/place", {**sent, "maker": ""}).status_code == 422
    early = client.post("/certification/asset-orders/place", {**sent, "due_on": "1/11/2569"})
    assert early.status_code == 422

    order = client.post("/certification/asset-orders/place", sent)["Location"]

    assert "PL-2568-0001" in text_of(client.get(order))
    assert client.post(order, {"on": "20/11/2569"}).status_code == 422
    assert client.post(order, {"on": "1/12/2569", "serials": ["PL-2568-0001"]}).status_code == 422
    client.post(order, {"on": "20/11/2569", "serials": ["PL-2568-0001"]})
    piece = Asset.objects.get()
    answer = client.post(
        f"{piece.get_absolute_url()}/steps/deliver", {"on": "20/11/2569", "how": "พิธีมอบ", "seen": piece.version}
    )
    assert answer.status_code == 302
    shown = text_of(client.get(piece.get_absolute_url()))
    assert "พิธีมอบ" in shown
    assert "PL-2568-0001" in text_of(client.get("/certification/assets?kind=plaque&stage=delivered&q=PL"))
    assert "PO-2568-01" in text_of(client.get("/certification/asset-orders"))


def test_the_sheet_for_the_maker_has_what_is_engraved(client, place, today):
    order = place.order()
    client.force_login(place.office)

    sheet = client.get(f"/certification/asset-orders/{order.reference}.xlsx")

    from openpyxl import load_workbook

    (_head, row) = load_workbook(BytesIO(sheet.content)).active.iter_rows(values_only=True)
    assert row[:2] == ("PL-2568-0001", "สำนักงานที่ดินจังหวัดลำพูน")
    assert row[-1].endswith(f"/register/c/{place.certificate.reference}/")


def test_an_order_is_cancelled_with_its_reason(client, place, today):
    order = place.order()
    client.force_login(place.office)
    here = f"/certification/asset-orders/{order.reference}/cancel"
    assert "1 ชิ้น" in text_of(client.get(here))
    assert client.post(here, {"seen": 0}).status_code == 422

    client.post(here, {"reason": "ช่างเลิกกิจการ", "seen": 0})

    assert Asset.objects.get().stage == "written_off"
    assert client.post(here, {"reason": "อีกครั้ง", "seen": 1}).status_code == 422


def test_the_centre_accepts_confirms_and_downloads(client, place, today):
    piece = place.delivered()
    client.force_login(place.head)
    here = f"/certification/certificates/{place.certificate.reference}/emblem"
    assert client.get(f"{here}.svg")["Location"] == here
    assert "หัวหน้าศูนย์" not in text_of(client.get(here)).partition("<h2>")[0]
    assert client.post(f"{here}/terms", {}).status_code == 422
    step = f"{piece.get_absolute_url()}/steps/acknowledge"
    assert "ไม่สามารถ" in text_of(client.get(step)) or "ยังไม่ได้ยอมรับ" in text_of(client.get(step))

    client.post(f"{here}/terms", {"accepted": "on"})
    client.post(step, {"on": "20/11/2569", "received_by": "นายแดง", "seen": piece.version, "receipt": picture()})

    assert Asset.objects.get().stage == "in_use"
    assert client.get(f"{piece.get_absolute_url()}/receipt").status_code == 200
    svg, png = client.get(f"{here}.svg"), client.get(f"{here}.png")
    assert svg.content.startswith(b"<svg")
    assert png.content.startswith(b"\x89PNG")
    assert "no-store" in svg["Cache-Control"]
    assert client.get(f"{here}.gif").status_code == 404
    assert "นายแดง" in text_of(client.get(here))


def test_a_wrong_receipt_is_told_at_its_field(client, place, today):
    from django.core.files.base import ContentFile

    piece = place.delivered()
    licences.accept(place.certificate, by=place.head, at=NOON)
    client.force_login(place.head)
    sent = {"on": "20/11/2569", "received_by": "นายแดง", "seen": piece.version}

    answer = client.post(
        f"{piece.get_absolute_url()}/steps/acknowledge", {**sent, "receipt": ContentFile(b"MZ\x90", name="x.exe")}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["receipt"]


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (CertificateStage.SUSPENDED, "ถูกพักใช้"),
        (CertificateStage.REVOKED, "ถูกเพิกถอน"),
        (CertificateStage.RETURNED, "ส่งคืนใบรับรอง"),
        (CertificateStage.EXPIRED, "หมดอายุ"),
        (CertificateStage.RENEWED, "ใบรับรองฉบับใหม่กว่า"),
    ],
)
def test_there_is_no_emblem_for_what_is_not_valid(client, place, today, stage, words):
    licences.accept(place.certificate, by=place.head, at=NOON)
    if stage in (CertificateStage.EXPIRED, CertificateStage.RENEWED):
        type(place.certificate).objects.update(stage=stage)
    else:
        acted(place.certificate, stage)
    client.force_login(place.head)

    answer = client.get(f"/certification/certificates/{place.certificate.reference}/emblem.svg")

    assert answer.status_code == 410
    assert words in text_of(answer)


@pytest.mark.parametrize("step", ["report_lost", "write_off", "take_back", "call_back", "find_again"])
def test_each_step_has_its_page(client, place, today, step):
    piece = place.in_use()
    client.force_login(place.office)
    page = client.get(f"{piece.get_absolute_url()}/steps/{step}")

    assert page.status_code == 200
    assert page.context["decision"].allowed == (step in ("report_lost", "take_back"))
    assert client.get(f"{piece.get_absolute_url()}/steps/arrive").status_code == 404


def test_a_centre_sees_only_what_was_handed_to_it(client, place, today):
    made = place.made()
    client.force_login(place.head)
    assert client.get(made.get_absolute_url()).status_code == 404
    assert "PL-2568-0001" not in text_of(client.get("/certification/assets"))

    assets.deliver(made, on=TODAY, how="มอบ", by=place.office, at=NOON)

    assert client.get(made.get_absolute_url()).status_code == 200
    client.force_login(person_of(Office.CENTRE_HEAD))
    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get(f"{made.get_absolute_url()}/receipt").status_code == 404


def test_anybody_reports_and_the_secretariat_settles(client, place, today):
    cache.clear()
    said = {
        "where": "ร้านค้า",
        "what": "ติดตราปลอม",
        "seen_on": "19/11/2569",
        "number": "gecc 2568 1",
        "contact": "0812345678",
    }
    ahead = client.post("/register/report-misuse/", {**said, "seen_on": "1/12/2569"})
    assert ahead.status_code == 422

    thanks = client.post("/register/report-misuse/", said)

    report = MisuseReport.objects.get()
    assert report.reference in text_of(thanks)
    assert (report.certificate, report.reporter) == (place.certificate, None)
    client.force_login(place.office)
    assert "ร้านค้า" in text_of(client.get("/certification/misuse?stage=reported"))
    here = report.get_absolute_url()
    assert "0812345678" in text_of(client.get(here))
    client.post(f"{here}/look-into", {"seen": 0})
    assert client.post(f"{here}/settle", {"seen": 1}).status_code == 422
    refused = client.post(f"{here}/settle", {"seen": 1, "settlement": "proposed", "finding": "x"})
    assert refused.status_code == 422
    client.post(f"{here}/settle", {"seen": 1, "settlement": "corrected", "finding": "ปลดแล้ว"})
    assert "ปลดแล้ว" in text_of(client.get(here))


def test_reports_come_at_a_human_pace(client, db, today):
    cache.clear()
    codes = {client.post("/register/report-misuse/", {}).status_code for _ in range(21)}

    assert codes == {422, 429}
    cache.clear()


def test_a_list_asks_a_few_questions_only(client, place, today, django_assert_max_num_queries):
    place.order(*[certificate() for _ in range(6)])
    client.force_login(place.office)

    with django_assert_max_num_queries(12):
        client.get("/certification/assets")
