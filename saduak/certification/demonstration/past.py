"""Made-up results of earlier years: one contradiction, lines to be matched, and one centre that stands there twice."""

from typing import Any

from saduak.certification.models import PastResult
from saduak.certification.operations import past
from saduak.directory.models import Centre
from saduak.directory.operations.centres import open_centre
from saduak.directory.operations.duplicates import look_for_duplicates

LINES = (
    ("2561", "การไฟฟ้าส่วนภูมิภาค จังหวัดลำพูน", "การไฟฟ้าส่วนภูมิภาค", "พื้นฐาน", "ประกาศผล (ตัวอย่าง)", "3"),
    ("2561", "กฟภ. ลำพูน", "การไฟฟ้าส่วนภูมิภาค", "ก้าวหน้า", "ข่าวประชาสัมพันธ์ (ตัวอย่าง)", ""),
    ("2561", "สำนักงานขนส่งจังหวัดลำพูน", "กรมการขนส่งทางบก", "ผ่าน", "ข่าวประชาสัมพันธ์ (ตัวอย่าง)", ""),
    ("2562", "สนง.ขนส่ง จ.ลำพูน", "กรมการขนส่งทางบก", "ก้าวหน้า", "บัญชีแนบท้ายประกาศ (ตัวอย่าง)", "12"),
    ("2562", "ศูนย์บริการเดิมหลังตลาด", "", "ไม่ผ่าน", "รายงานประจำปี (ตัวอย่าง)", "41"),
)
"""Year, centre, agency, result, source, page: nothing of it has been announced."""

HEADINGS = "cycle_be,centre_name,agency_name,outcome,source,page,province"


def load(centre: Centre, *, by: Any) -> None:
    """Bring the lines in by a spreadsheet, match those of `centre`, and enter it a second time under another name."""
    rows = "\n".join(",".join((*line, "51")) for line in LINES)
    sheet = past.take_in(f"{HEADINGS}\n{rows}".encode(), file_name="ผลปี 2561-2562 (ตัวอย่าง).csv", by=by, is_example=True)
    past.write(sheet, by=by, seen=sheet.digest)
    for line in PastResult.objects.filter(sheet=sheet, agency_name=centre.agency.name_th):
        past.match(line, centre, by=by)
    open_centre(
        by=None,
        agency=centre.agency,
        province=centre.province,
        name_th="การไฟฟ้าส่วนภูมิภาค จ.ลำพูน (ตัวอย่าง)",
        opening_note="ข้อมูลตัวอย่าง: ระเบียนซ้ำสำหรับฝึกรวม",
    )
    look_for_duplicates()
