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
from saduak.certification.operations.certificate_files import file_of
from saduak.certification.procedure.reconsiderations import ReconsiderationStage
from saduak.directory.models import Membership, Office
from saduak.documents.letters import Letter, render_letter
from saduak.notices.models import Notice
from saduak.notices.operations import draft
from saduak.thai import dates

PROGRAMME = "ฝ่ายเลขานุการคณะกรรมการอำนวยการศูนย์ราชการสะดวก"
OFFICE = "สำนักงานปลัดสำนักนายกรัฐมนตรี"

TEMPLATES = {Decision.CERTIFY: "certification/certified", Decision.DECLINE: "certification/declined"}


def batch_of(resolution: Resolution) -> str:
    """The name under which the letters of a resolution are released together."""
    return resolution.batch


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
        "meeting__body",
        "meeting__resolution",
        "application__round__criteria",
        "application__centre__agency",
        "reconsideration",
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
    given = Certificate.objects.for_sheet().filter(application=application, resolution=resolution).first()
    write = result_letter if item.reconsideration is None else answer_letter
    letter = write(item, certificate=given, signed_by=str(resolution.recorded_by), at=at)
    pdf = ContentFile(render_letter(letter), name=f"หนังสือแจ้งผล-{application.reference}.pdf")
    files = [store(pdf, by=resolution.recorded_by, at=at)]
    if given is not None:
        files.append(file_of(given, at=at).file)
    for recipient in recipients_of(application):
        draft(
            template="certification/reconsidered" if item.reconsideration else TEMPLATES[Decision(item.decision)],
            context={"item": item, "application": application, "centre": application.centre, "certificate": given},
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


def result_letter(item: AgendaItem, *, certificate: Certificate | None, signed_by: str, at: datetime) -> Letter:
    """The letter that tells a centre what the committee resolved; officially in Thai, whoever reads it.

    Its number is that of the resolution and of the item on the agenda, until the registry of the office gives its own.
    """
    application = item.application
    centre, round_ = application.centre, application.round
    opening = (
        f"ตามที่{centre.name_th} ได้ยื่นคำขอรับการรับรองมาตรฐานศูนย์ราชการสะดวก ประจำปี พ.ศ. {round_.cycle_be}"
        f" คำขอเลขที่ {application.reference} นั้น"
    )
    if item.decision == Decision.CERTIFY:
        result = f"{_resolved(item)} ได้มีมติรับรองมาตรฐานศูนย์ราชการสะดวกของท่าน {_level(item)}{_term(certificate)}"
        closing = "จึงเรียนมาเพื่อโปรดทราบ และขอแสดงความยินดีมา ณ โอกาสนี้"
    else:
        result = f"{_resolved(item)} ได้มีมติยังไม่รับรองมาตรฐานศูนย์ราชการสะดวกของท่านในรอบนี้"
        closing = (
            "จึงเรียนมาเพื่อโปรดทราบ ท่านสามารถดูคะแนนและเหตุผลรายข้อได้ในระบบ และยื่นคำขอในรอบต่อไปได้"
            f" หากท่านไม่เห็นด้วย ท่านขอให้ทบทวนผลได้ภายใน {round_.reconsideration_days} วันนับแต่วันที่ได้รับแจ้ง"
        )
    subject = "แจ้งผลการพิจารณารับรองมาตรฐานศูนย์ราชการสะดวก"
    return _letter(item, subject, (opening, result, *_reason(item), closing), certificate, signed_by, at)


def answer_letter(item: AgendaItem, *, certificate: Certificate | None, signed_by: str, at: datetime) -> Letter:
    """The letter that answers a request to reconsider: what stands now, and why."""
    request = item.reconsideration
    assert request is not None  # noqa: S101  The caller has looked.
    opening = (
        f"ตามที่{item.application.centre.name_th} ได้ขอให้ทบทวนผลการพิจารณาคำขอเลขที่ {item.application.reference}"
        f" ตามคำขอทบทวนเลขที่ {request.reference} และได้มีคณะอนุกรรมการอีกคณะหนึ่งพิจารณาทบทวนแล้ว นั้น"
    )
    if request.stage == ReconsiderationStage.UPHELD:
        result = f"{_resolved(item)} ได้มีมติให้คงผลการพิจารณาเดิม"
    elif request.is_about_screening:
        result = f"{_resolved(item)} ได้มีมติให้คำขอของท่านผ่านการกลั่นกรอง และให้ดำเนินการตรวจประเมินต่อไป"
    else:
        result = f"{_resolved(item)} ได้มีมติเปลี่ยนผลการพิจารณาเดิม เป็นรับรองมาตรฐาน {_level(item)}{_term(certificate)}"
    paragraphs = (opening, result, *_reason(item), f"ผลการทบทวนของคณะอนุกรรมการ: {request.summary}")
    subject = "แจ้งผลการทบทวนการพิจารณารับรองมาตรฐานศูนย์ราชการสะดวก"
    return _letter(item, subject, (*paragraphs, "จึงเรียนมาเพื่อโปรดทราบ"), certificate, signed_by, at)


def _resolved(item: AgendaItem) -> str:
    meeting = item.meeting
    day = dates.full(meeting.resolution.resolved_on)
    return f"{meeting.body.name_th} ในการประชุมครั้งที่ {meeting.number} เมื่อวันที่ {day}"


def _level(item: AgendaItem) -> str:
    level = item.application.library.level(item.level)
    return level.th if level else ""


def _term(certificate: Certificate | None) -> str:
    if certificate is None:
        return ""
    first, last = dates.full(certificate.issued_on), dates.full(certificate.expires_on)
    return f" ใบรับรองเลขที่ {certificate.reference} มีผลตั้งแต่วันที่ {first} ถึงวันที่ {last}"


def _reason(item: AgendaItem) -> tuple[str, ...]:
    return (f"ทั้งนี้ คณะกรรมการให้เหตุผลว่า {item.reason}",) if item.reason else ()


def _letter(
    item: AgendaItem,
    subject: str,
    paragraphs: tuple[str, ...],
    certificate: Certificate | None,
    signed_by: str,
    at: datetime,
) -> Letter:
    meeting = item.meeting
    return Letter(
        number=f"{meeting.resolution.number}/{item.position}",
        office=(OFFICE, PROGRAMME),
        at=at,
        subject=subject,
        to=f"หัวหน้า{item.application.centre.name_th}",
        paragraphs=paragraphs,
        signatory_name=signed_by,
        signatory_position=("กรรมการและเลขานุการ", meeting.body.name_th),
        owner=(PROGRAMME,),
        enclosures=(f"ใบรับรองเลขที่ {certificate.reference} จำนวน 1 ฉบับ",) if certificate else (),
        example=item.application.is_example,
    )
