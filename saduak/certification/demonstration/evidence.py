"""Evidence that is plainly made up: drawings of a service place, and a paper that says so."""

from datetime import datetime
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from saduak.documents.papers import Facts, Paper, Paragraph, render_paper


def drawing(shade: int) -> "ContentFile[bytes]":
    """A drawing of a counter under a sign; `shade` (0–255) makes every centre's drawing its own."""
    image = Image.new("RGB", (960, 640), (244, 246, 243))
    draw = ImageDraw.Draw(image)
    wall = (200, 215 + shade % 30, 210)
    draw.rectangle((0, 0, 960, 430), fill=wall)
    draw.rectangle((0, 430, 960, 640), fill=(222, 214, 200))
    draw.rectangle((120, 60, 840, 130), fill=(11, 93, 87))
    for left in (140, 390, 640):
        draw.rectangle((left, 300, left + 190, 450), fill=(150, 116 + shade % 40, 84))
        draw.rectangle((left + 20, 190, left + 170, 250), fill=(255, 255, 255))
        draw.ellipse((left + 70, 240, left + 120, 290), fill=(90, 90, 98))
    for left in range(90, 900, 120):
        draw.rectangle((left, 540, left + 80, 560), fill=(60, 96, 130))
    data = BytesIO()
    image.save(data, "JPEG", quality=82)
    return ContentFile(data.getvalue(), name="ภาพตัวอย่างจุดบริการ.jpg")


def paper(centre: str, at: datetime) -> "ContentFile[bytes]":
    """A one-page PDF that names the centre and says that it is an example."""
    return ContentFile(
        render_paper(
            Paper(
                title="เอกสารตัวอย่าง",
                at=at,
                organisation=centre,
                example=True,
                blocks=(
                    Paragraph("เอกสารนี้จัดทำขึ้นเพื่อการสาธิตระบบ ไม่ใช่หลักฐานจริงของหน่วยงาน"),
                    Facts((("หน่วยงาน", centre), ("ใช้แสดง", "แผนงาน ประกาศ และผลสำรวจ"))),
                ),
            )
        ),
        name="เอกสารตัวอย่าง.pdf",
    )
