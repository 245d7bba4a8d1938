"""The letters that follow a resolution: drafted by a job, looked at and released together in the outbox."""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from saduak.attachments.operations import store
from saduak.certification.models import AgendaItem, Application, Certificate, Resolution
from saduak.certification.models.meetings import Decision
from saduak.certification.operations.certificates import sheet_of
from saduak.directory.models import Membership, Office
from saduak.documents.certificates import render_certificate
from saduak.documents.letters import Letter, render_letter
from saduak.notices.models import Notice
from saduak.notices.operations import draft
from saduak.thai import dates

PROGRAMME = "ฝ่ายเลขานุการคณะกรรมการอำนวยการศูนย์ราชการสะดวก"
OFFICE = "สำนักงานปลัดสำนักนายกรัฐมนตรี"

TEMPLATES = {Decision.CERTIFY: "certification/certified", Decision.DECLINE: "certification/declined"}


def batch_of(resolution: Resolution) -> str:
    """The name under which the letters of a resolution are released together."""
    return f"{resolution.meeting.reference} {resolution.number}"


def draft_soon(resolution: Resolution) -> None:
    """Let the worker draft the letters once this transaction has committed."""
    app.configure_task("certification.draft_letters").defer(resolution=resolution.pk)


def draft_letters(resolution: Resolution, *, at: datetime | None = None) -> int:
    """Draft a letter for every unit of a resolution that has none yet; returns how many.

    Each unit in a transaction of its own, so that whoever comes after a killed worker goes on where it was; and each
    locked, so that two workers at once write no letter twice.
    """
    at = at or timezone.now()
    batch = batch_of(resolution)
    letters = Notice.objects.filter(batch=batch)
    written = set(letters.values_list("case_reference", flat=True))
    items = resolution.meeting.items.select_related(
        "meeting__body", "meeting__resolution", "application__round__criteria", "application__centre__agency"
    )
    drafted = 0
    for item in items:
        reference = item.application.reference
        if reference in written:
            continue
        with transaction.atomic():
            AgendaItem.objects.select_for_update().get(pk=item.pk)
            if not letters.filter(case_reference=reference).exists():
                _draft_letter(item, resolution, batch, at)
                drafted += 1
    return drafted


def _draft_letter(item: AgendaItem, resolution: Resolution, batch: str, at: datetime) -> None:
    application = item.application
    letter = result_letter(item, signed_by=str(resolution.recorded_by), at=at)
    pdf = ContentFile(render_letter(letter), name=f"หนังสือแจ้งผล-{application.reference}.pdf")
    files = [store(pdf, by=resolution.recorded_by, at=at)]
    if item.decision == Decision.CERTIFY:
        certificate = Certificate.objects.for_sheet().get(application=application)
        sheet = ContentFile(render_certificate(sheet_of(certificate)), name=f"{certificate.reference}.pdf")
        files.append(store(sheet, by=resolution.recorded_by, at=at))
    for recipient in recipients_of(application):
        draft(
            template=TEMPLATES[Decision(item.decision)],
            context={"item": item, "application": application, "centre": application.centre},
            case=application,
            batch=batch,
            attachments=files,
            at=at,
            **recipient,
        )


def recipients_of(application: Application) -> list[dict[str, Any]]:
    """Who hears about an application: the heads of its centre, and its contact person where that is another address."""
    heads = [
        membership.person
        for membership in Membership.objects.on(timezone.localdate())
        .filter(centre=application.centre, office=Office.CENTRE_HEAD)
        .with_people()
    ]
    found: list[dict[str, Any]] = [{"to_user": head} for head in heads]
    if application.contact_email and application.contact_email not in {head.email for head in heads}:
        found.append({"to_email": application.contact_email})
    return found or [{"to_user": application.started_by}]


def result_letter(item: AgendaItem, *, signed_by: str, at: datetime) -> Letter:
    """The letter that tells a centre what the committee resolved; officially in Thai, whoever reads it.

    Its number is that of the resolution and of the item on the agenda, until the registry of the office gives its own.
    """
    application, resolution = item.application, item.meeting.resolution
    centre, round_ = application.centre, application.round
    committee = item.meeting.body.name_th
    opening = (
        f"ตามที่{centre.name_th} ได้ยื่นคำขอรับการรับรองมาตรฐานศูนย์ราชการสะดวก ประจำปี พ.ศ. {round_.cycle_be}"
        f" คำขอเลขที่ {application.reference} นั้น"
    )
    resolved = f"{committee} ในการประชุมครั้งที่ {item.meeting.number} เมื่อวันที่ {dates.full(resolution.resolved_on)}"
    if item.decision == Decision.CERTIFY:
        level = application.library.level(item.level)
        certificate = application.certificate
        result = (
            f"{resolved} ได้มีมติรับรองมาตรฐานศูนย์ราชการสะดวกของท่าน {level.th if level else ''}"
            f" ใบรับรองเลขที่ {certificate.reference} มีผลตั้งแต่วันที่ {dates.full(certificate.issued_on)}"
            f" ถึงวันที่ {dates.full(certificate.expires_on)}"
        )
        closing = "จึงเรียนมาเพื่อโปรดทราบ และขอแสดงความยินดีมา ณ โอกาสนี้"
    else:
        result = f"{resolved} ได้มีมติยังไม่รับรองมาตรฐานศูนย์ราชการสะดวกของท่านในรอบนี้"
        closing = "จึงเรียนมาเพื่อโปรดทราบ ท่านสามารถดูคะแนนและเหตุผลรายข้อได้ในระบบ และยื่นคำขอในรอบต่อไปได้"
    reason = (f"ทั้งนี้ คณะกรรมการให้เหตุผลว่า {item.reason}",) if item.reason else ()
    return Letter(
        number=f"{resolution.number}/{item.position}",
        office=(OFFICE, PROGRAMME),
        at=at,
        subject="แจ้งผลการพิจารณารับรองมาตรฐานศูนย์ราชการสะดวก",
        to=f"หัวหน้า{centre.name_th}",
        paragraphs=(opening, result, *reason, closing),
        signatory_name=signed_by,
        signatory_position=("กรรมการและเลขานุการ", committee),
        owner=(PROGRAMME,),
        enclosures=(f"ใบรับรองเลขที่ {application.certificate.reference} จำนวน 1 ฉบับ",)
        if item.decision == Decision.CERTIFY
        else (),
        example=application.is_example,
    )
