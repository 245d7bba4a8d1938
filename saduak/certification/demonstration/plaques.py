"""The plaque of one certified centre, handed over and confirmed, an emblem on its way, and a report of misuse."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from saduak.certification.models import Asset, Certificate
from saduak.certification.operations import assets, licences, misuse
from saduak.certification.procedure.assets import AssetKind


def load(certificate: Certificate, staff: Mapping[str, Any], head: Any, lately: Callable[[int], datetime]) -> None:
    """The plaque is with the centre; the emblem waits for the centre's confirmation; the report waits to be settled."""
    secretariat = staff["secretariat"]
    plaque = _handed_over(certificate, AssetKind.PLAQUE, secretariat, lately)
    licences.accept(certificate, by=head, at=lately(3))
    assets.acknowledge(plaque, on=timezone.localdate(lately(3)), received_by=f"ตัวอย่าง: {head}", by=head, at=lately(3))
    _handed_over(certificate, AssetKind.EMBLEM, secretariat, lately)
    seen = misuse.report(
        where="ตัวอย่าง: ร้านถ่ายเอกสารข้างศูนย์",
        what="ตัวอย่าง: ติดตรารับรองไว้หน้าร้าน ทั้งที่ร้านไม่ใช่ศูนย์ราชการ",
        seen_on=timezone.localdate(lately(4)),
        certificate=certificate,
        by=None,
        at=lately(4),
    )
    misuse.look_into(seen, by=secretariat, at=lately(3))


def _handed_over(
    certificate: Certificate, kind: AssetKind, secretariat: Any, lately: Callable[[int], datetime]
) -> Asset:
    ordered_on = timezone.localdate(lately(12))
    order = assets.place_order(
        kind,
        [certificate],
        maker="ตัวอย่าง: ช่างทำป้ายลำพูน",
        ordered_on=ordered_on,
        due_on=ordered_on + timedelta(days=14),
        by=secretariat,
        at=lately(12),
    )
    piece = order.assets.get()
    assets.arrived(order, [piece.reference], on=timezone.localdate(lately(5)), by=secretariat, at=lately(5))
    return assets.deliver(
        Asset.objects.for_page().get(pk=piece.pk),
        on=timezone.localdate(lately(4)),
        how="ตัวอย่าง: ไปรษณีย์ลงทะเบียน",
        by=secretariat,
        at=lately(4),
    )
