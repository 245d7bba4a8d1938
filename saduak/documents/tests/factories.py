"""Papers to print."""

from datetime import UTC, date, datetime

import factory

from saduak.documents.certificates import CertificateSheet
from saduak.documents.letters import Letter
from saduak.documents.papers import Column, Facts, Heading, Paper, Paragraph, Points, Resolution, Signatures, Table

MOMENT = datetime(2026, 8, 20, 2, 30, tzinfo=UTC)


class LetterFactory(factory.Factory):
    """A letter of one page."""

    class Meta:
        model = Letter

    number = "นร 0106/ว 1234"
    office = ("สำนักงานปลัดสำนักนายกรัฐมนตรี", "ทำเนียบรัฐบาล กรุงเทพฯ 10300")
    at = MOMENT
    subject = "แจ้งผลการรับรองศูนย์ราชการสะดวก ประจำปี พ.ศ. 2569"
    to = "ผู้ว่าราชการจังหวัดลำพูน"
    references = ("หนังสือจังหวัดลำพูน ที่ ลพ 0017.3/456",)
    enclosures = ("ประกาศ จำนวน 1 ฉบับ", "บัญชีรายชื่อ จำนวน 1 ชุด")
    paragraphs = (
        "ตามที่คณะอนุกรรมการผู้ทรงคุณวุฒิได้ตรวจประเมินแล้ว นั้น",
        "จึงเรียนมาเพื่อโปรดทราบ และขอขอบคุณที่ให้ความสำคัญ",
    )
    signatory_name = "ชื่อผู้ลงนาม"
    signatory_position = ("ปลัดสำนักนายกรัฐมนตรี",)
    owner = ("ศูนย์บริการประชาชน",)
    telephone = "0 2283 1271"
    email = "gecc1@example.go.th"


class CertificateSheetFactory(factory.Factory):
    """A certificate of the highest level."""

    class Meta:
        model = CertificateSheet

    number = "GECC-2569-0001"
    centre_th = "การไฟฟ้าส่วนภูมิภาค จังหวัดลำพูน"
    centre_en = "Provincial Electricity Authority, Lamphun"
    agency_th = "การไฟฟ้าส่วนภูมิภาค"
    agency_en = "Provincial Electricity Authority"
    level = "excellent"
    level_th = "เป็นเลิศ"
    level_en = "Excellent"
    year_be = 2569
    issued_on = date(2026, 8, 20)
    expires_on = date(2029, 8, 19)
    signatory_office_th = "ประธานกรรมการอำนวยการศูนย์ราชการสะดวก"
    signatory_office_en = "Chair of the Steering Committee"
    verify_url = "https://gecc.example.go.th/verify/GECC-2569-0001"


class PaperFactory(factory.Factory):
    """An agenda with a part of every kind."""

    class Meta:
        model = Paper

    title = "ระเบียบวาระการประชุม"
    organisation = "คณะกรรมการอำนวยการศูนย์ราชการสะดวก"
    subtitle = "ครั้งที่ 3/2569"
    reference = "MT-2569-03"
    made = "พิมพ์เมื่อ 19 ส.ค. 2569"
    at = MOMENT
    blocks = (
        Facts((("สถานที่", "ทำเนียบรัฐบาล"), ("องค์ประชุม", "ครบ (12 จาก 17 คน)"))),
        Heading("วาระที่ 1 เรื่องเพื่อพิจารณา"),
        Heading("ผลการตรวจประเมิน", 2),
        Paragraph("ฝ่ายเลขานุการเสนอผลประจำปี"),
        Paragraph("เรื่องสำคัญ", strong=True),
        Table(
            (Column("ศูนย์ราชการสะดวก", 3), Column("คะแนน", 0, "right")),
            tuple((f"ศูนย์ลำดับที่ {n}", f"{n}.50") for n in range(60)),
            total=("รวม", "96.50"),
            caption="ตารางที่ 1",
        ),
        Points(("รับรอง", "แจ้งผล"), numbered=True),
        Points(("ข้อสังเกต",)),
        Resolution("มติที่ประชุม", "เห็นชอบตามที่เสนอ"),
        Signatures((("", "ประธาน"), ("ชื่อเลขานุการ", "กรรมการและเลขานุการ"))),
    )
