"""One centre was screened out and asks for reconsideration; a second sub-committee is there to review it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from saduak.certification.demonstration import evidence
from saduak.certification.models import Application, Reconsideration
from saduak.certification.models.screening import Finding
from saduak.certification.operations import reconsiderations, screening


def load(
    application: Application, staff: Mapping[str, Any], head: Any, lately: Callable[[int], datetime]
) -> Reconsideration:
    """Everything up to the request, on which the secretariat is to decide; `lately` gives days ago."""
    secretariat, code = staff["secretariat"], "P14"
    remark = "ภาพแสดงว่าไม่มีป้ายเขตปลอดบุหรี่บริเวณจุดบริการ"
    screening.find(application, code, Finding.FAILED, by=secretariat, remark=remark, at=lately(8))
    screening.accept_the_rest(application, by=secretariat, at=lately(8))
    out = screening.screen_out(application, by=secretariat, reason="ตัวอย่าง: เกณฑ์ด้านกายภาพไม่ผ่านหนึ่งข้อ", at=lately(7))
    begun = reconsiderations.start(out, by=head, at=lately(4))
    reconsiderations.add_file(begun, code, evidence.drawing(9), by=head, at=lately(4))
    written = reconsiderations.write(
        begun,
        statement="ตัวอย่าง: ขอให้ทบทวนผลการกลั่นกรอง เพราะป้ายมีอยู่แล้วแต่ไม่อยู่ในภาพที่ส่ง",
        grounds={code: "ตัวอย่าง: ป้ายเขตปลอดบุหรี่ติดอยู่ที่ประตูทางเข้าทั้งสองด้าน ภาพถ่ายใหม่แนบมาพร้อมนี้"},
        by=head,
        at=lately(3),
    )
    return reconsiderations.ask(written, by=head, at=lately(2))
