"""The letters that tell a centre what was done to its certificate, or that nothing was (หนังสือแจ้งการดำเนินการ)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from saduak.attachments.operations import store
from saduak.certification.models import Certificate, CertificateAct, Proposal, Resolution
from saduak.certification.operations import letters
from saduak.certification.operations.letters import OFFICE, PROGRAMME, recipients_of
from saduak.certification.procedure.certificates import ActKind, Ground, Rule
from saduak.documents.letters import Letter, render_letter
from saduak.notices.models import Notice
from saduak.notices.operations import draft, release
from saduak.thai import dates

DEEDS: dict[str, str] = {
    ActKind.SUSPEND: "พักใช้ใบรับรอง",
    ActKind.PROLONG: "พักใช้ใบรับรองต่อไป",
    ActKind.RESTORE: "คืนสถานะใบรับรอง",
    ActKind.REVOKE: "เพิกถอนใบรับรอง",
    ActKind.RETURN: "รับคืนใบรับรอง",
}
"""Act → how a letter calls it; officially in Thai, whoever reads it."""

GROUNDS: dict[str, str] = {
    Ground.NOT_MET: "ไม่เป็นไปตามเกณฑ์ที่ใช้รับรอง",
    Ground.NO_ANSWER: "ไม่ชี้แจงหรือไม่แก้ไขข้อที่ตรวจพบภายในกำหนด",
    Ground.NO_ACCESS: "ไม่ยอมให้ติดตามตรวจประเมิน",
    Ground.FALSE_EVIDENCE: "หลักฐานหรือข้อมูลที่ใช้ขอรับรองเป็นเท็จ",
    Ground.EMBLEM_MISUSED: "ใช้ป้ายหรือตรารับรองผิดเงื่อนไข",
    Ground.SERVICE_STOPPED: "หยุดให้บริการหรือย้ายสถานที่",
    Ground.PUBLIC_HARM: "มีเหตุเร่งด่วนที่อาจเป็นอันตรายต่อผู้มาใช้บริการ",
    Ground.MENDED: "แก้ไขข้อที่ตรวจพบเรียบร้อยแล้ว",
    Ground.UNFOUNDED: "ตรวจสอบแล้วไม่เป็นจริงตามเหตุที่อ้าง",
    Ground.TIME_OVER: "พ้นกำหนดเวลาพักใช้ที่ระบุไว้",
    Ground.OWN_WISH: "ศูนย์ประสงค์ส่งคืนใบรับรองเอง",
    Ground.OTHER: "เหตุอื่นตามที่ชี้แจงไว้",
}
"""Ground → how a letter words it."""

CLOSING = "จึงเรียนมาเพื่อโปรดทราบ หากศูนย์ประสงค์จะโต้แย้งหรือชี้แจงเพิ่มเติม โปรดแจ้งฝ่ายเลขานุการพร้อมเหตุผลและหลักฐาน"


def draft_soon(act: CertificateAct) -> None:
    """Let the worker draft the letter about an act that no resolution ordered, once this transaction has committed."""
    app.configure_task("certification.draft_act_letter").defer(act=act.pk)


def tell_of_proposal(proposal: Proposal, *, by: Any | None, at: datetime) -> None:
    """Tell the centre what is proposed and that it may be heard; what the clock proposes waits in the outbox.

    Inside the transaction that proposes it.
    """
    certificate = proposal.certificate
    context = {
        "certificate": certificate,
        "centre": certificate.centre,
        "proposal": proposal,
        "deed": DEEDS[proposal.kind],
        "ground": GROUNDS[proposal.ground],
        "address": f"{settings.PUBLIC_URL}{reverse('state_on_certificate', args=[certificate.reference])}",
    }
    notices = [
        draft(template="certification/proposed", context=context, case=certificate, at=at, **recipient)
        for recipient in letters.recipients_of(certificate.application)
    ]
    if by is not None:
        release(notices, by=by, at=at)


def batch_of(act: CertificateAct) -> str:
    """The name under which the letter about an order stands in the outbox."""
    return f"{act.certificate.reference}/{act.certificate.acts.filter(pk__lte=act.pk).count()}"


def draft_letter(act: CertificateAct, *, at: datetime | None = None) -> bool:
    """Draft the letter about an act that a rule allowed, unless it is there; returns whether it was drafted now."""
    batch = batch_of(act)
    if Notice.objects.filter(batch=batch).exists():
        return False
    letter = letter_about(act, number=batch, at=at or timezone.now())
    _draft(act.certificate, letter, batch, by=act.taken_by, context=_words(act), at=at)
    return True


def draft_letters(resolution: Resolution, *, at: datetime | None = None) -> int:
    """Draft a letter for every certificate of a resolution that has none yet; returns how many."""
    at, batch = at or timezone.now(), letters.batch_of(resolution)
    written = set(Notice.objects.filter(batch=batch).values_list("case_reference", flat=True))
    drafted = 0
    for one in resolution.meeting.proposals.select_related("certificate__centre", "certificate__application__centre"):
        if one.certificate.reference in written:
            continue
        act = resolution.acts.filter(certificate=one.certificate).first()
        number = f"{resolution.number}/บ.{one.position}"
        if act is not None:
            letter, words = letter_about(act, number=number, at=at), _words(act)
        else:
            letter, words = letter_about_nothing(one, resolution, number=number, at=at), {"proposal": one}
        _draft(one.certificate, letter, batch, by=resolution.recorded_by, context=words, at=at)
        drafted += 1
    return drafted


def letter_about(act: CertificateAct, *, number: str, at: datetime) -> Letter:
    """The letter that tells what was done, by which authority, on which ground, for how long."""
    deed, ground = DEEDS[act.kind], GROUNDS[act.ground]
    if act.resolution is not None:
        authority = _meeting(act.resolution)
        done = f"{authority} ได้มีมติ{deed}ของท่าน ตั้งแต่วันที่ {dates.full(act.from_day)}"
    elif act.rule == Rule.PROVISIONAL_ORDER:
        done = f"ฝ่ายเลขานุการมีคำสั่งชั่วคราวให้{deed}ของท่าน ตั้งแต่วันที่ {dates.full(act.from_day)}"
    elif act.rule == Rule.ORDER_LIFTED:
        done = f"ฝ่ายเลขานุการยกเลิกคำสั่งชั่วคราว และ{deed}ของท่าน ตั้งแต่วันที่ {dates.full(act.from_day)}"
    elif act.rule == Rule.TIME_IS_OVER:
        done = f"บัดนี้พ้นกำหนดเวลาพักใช้แล้ว ใบรับรองของท่านจึงกลับมามีผลตั้งแต่วันที่ {dates.full(act.from_day)}"
    else:
        done = f"ฝ่ายเลขานุการ{deed}ตามความประสงค์ของท่านแล้ว ใบรับรองสิ้นผลตั้งแต่วันที่ {dates.full(act.from_day)}"
    until = f" ถึงวันที่ {dates.full(act.until_day)}" if act.until_day else ""
    why = f"เหตุ: {ground} โดยมีรายละเอียดว่า {act.reason}"
    ordered = act.resolution is not None or act.rule in (Rule.PROVISIONAL_ORDER, Rule.ORDER_LIFTED)
    signed_by = str(act.taken_by) if ordered else ""
    return _letter(act.certificate, deed, (done + until, why), number=number, signed_by=signed_by, at=at)


def letter_about_nothing(proposal: Proposal, resolution: Resolution, *, number: str, at: datetime) -> Letter:
    """The letter that tells that nothing was done, and why."""
    deed = DEEDS[proposal.kind]
    done = f"{_meeting(resolution)} ได้พิจารณาข้อเสนอให้{deed}ของท่านแล้ว มีมติไม่ดำเนินการ ใบรับรองของท่านคงสถานะเดิม"
    why = f"ทั้งนี้ คณะกรรมการให้เหตุผลว่า {proposal.decided_reason}"
    signed_by = str(resolution.recorded_by)
    return _letter(proposal.certificate, f"{deed} (ไม่ดำเนินการ)", (done, why), number=number, signed_by=signed_by, at=at)


def _letter(
    certificate: Certificate, deed: str, paragraphs: tuple[str, ...], *, number: str, signed_by: str, at: datetime
) -> Letter:
    centre = certificate.centre
    opening = f"ตามที่{certificate.centre_name_th} ได้รับใบรับรองมาตรฐานศูนย์ราชการสะดวก เลขที่ {certificate.reference} นั้น"
    return Letter(
        number=number,
        office=(OFFICE, PROGRAMME),
        at=at,
        subject=f"แจ้งผลการพิจารณาเกี่ยวกับใบรับรอง: {deed}",
        to=f"หัวหน้า{centre.name_th}",
        paragraphs=(opening, *paragraphs, CLOSING),
        signatory_name=signed_by,
        signatory_position=(PROGRAMME,),
        owner=(PROGRAMME,),
        example=certificate.is_example,
    )


def _draft(
    certificate: Certificate,
    letter: Letter,
    batch: str,
    *,
    by: Any | None,
    context: dict[str, Any],
    at: datetime | None,
) -> None:
    name = f"หนังสือแจ้ง-{certificate.reference}.pdf"
    with transaction.atomic():
        pdf = store(ContentFile(render_letter(letter), name=name), by=by, at=at)
        for recipient in recipients_of(certificate.application):
            draft(
                template="certification/act",
                context={"certificate": certificate, "centre": certificate.centre, **context},
                case=certificate,
                batch=batch,
                attachments=[pdf],
                at=at,
                **recipient,
            )


def _words(act: CertificateAct) -> dict[str, Any]:
    return {"act": act, "deed": DEEDS[act.kind], "ground": GROUNDS[act.ground]}


def _meeting(resolution: Resolution) -> str:
    meeting = resolution.meeting
    return f"{meeting.body.name_th} ในการประชุมครั้งที่ {meeting.number} เมื่อวันที่ {dates.full(resolution.resolved_on)}"
