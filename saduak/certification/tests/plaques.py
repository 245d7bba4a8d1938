"""A centre with a plaque, and what is reported about it, for the tests (ตัวช่วยทดสอบเรื่องป้ายและตรา)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from saduak.certification.operations import assets, licences, misuse
from saduak.certification.procedure.assets import AssetKind
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.tests import certificates
from saduak.certification.tests.certificates import acted, certificate
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from tests.support.remembering import remembered

NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Asia/Bangkok"))
TODAY = certificates.TODAY


class Place:
    """A centre with a valid certificate, its people, and the secretariat."""

    def __init__(self, **facts):
        self.centre = CentreFactory(name_th="สำนักงานที่ดินจังหวัดลำพูน")
        self.certificate = certificate(self.centre, **facts)
        self.office = person_of(Office.SECRETARIAT_OFFICER)
        self.head = person_of(Office.CENTRE_HEAD, centre=self.centre)

    key = ()
    is_untouched = False

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

    @remembered
    def made(self):
        order = self.order()
        assets.arrived(order, [order.assets.get().reference], on=TODAY, by=self.office, at=NOON)
        return order.assets.get()

    @remembered
    def delivered(self):
        return assets.deliver(self.made(), on=TODAY, how="พิธีมอบ", by=self.office, at=NOON)

    @remembered
    def in_use(self):
        piece = self.delivered()
        licences.accept(self.certificate, by=self.head, at=NOON)
        return assets.acknowledge(piece, on=TODAY, received_by="นายแดง รักงาน", by=self.head, at=NOON)

    @remembered
    def called_back(self):
        piece = self.in_use()
        acted(self.certificate, CertificateStage.REVOKED, on=TODAY)
        return assets.call_back(piece, by=self.office, at=NOON)


def reported(place, **facts):
    said = {"where": "หน้าเว็บ", "what": "ใช้ตราทั้งที่หมดอายุ", "seen_on": TODAY, **facts}
    return misuse.report(by=None, at=NOON, **said)
