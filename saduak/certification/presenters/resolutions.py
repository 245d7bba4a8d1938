"""A resolution in words: its draft, what it brings about, and how far its letters are (มติ)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saduak.certification.models import AgendaItem, Certificate, Meeting, Proposal
from saduak.certification.models.proposals import NOTHING
from saduak.certification.operations.letters_of_acts import DEEDS
from saduak.certification.presenters.meetings import Line
from saduak.certification.queries.meetings import Counts, Letters
from saduak.certification.rules import expires_on
from saduak.design.progress import Progress
from saduak.design.progress import State as Progression
from saduak.notices.models import State as NoticeState
from saduak.standards.criteria import Library
from saduak.thai import dates

LETTER_TONES: dict[str, str] = {
    NoticeState.DRAFT: "attention",
    NoticeState.RELEASED: "info",
    NoticeState.SENT: "success",
    NoticeState.FAILED: "danger",
    NoticeState.CANCELLED: "plain",
}
"""State of a letter → tone of its badge."""


def draft_number(meeting: Meeting) -> str:
    """The number that a resolution gets when nobody says otherwise."""
    return f"มติที่ {meeting.number}"


def draft_text(
    meeting: Meeting, counts: Counts, matters: Iterable[Proposal] = (), requests: Iterable[AgendaItem] = ()
) -> str:
    """The resolution in Thai, drafted from the agenda; the secretary changes it to what was resolved."""
    levels = meeting.round.criteria.library.levels
    parts = [
        f"{level.th} จำนวน {counts.levels[level.code]} หน่วย"
        for level in reversed(levels)
        if counts.levels.get(level.code)
    ]
    until = expires_on(meeting.held_on, years=meeting.round.validity_years)
    points = []
    if counts.certified:
        points.append(f"รับรองมาตรฐานศูนย์ราชการสะดวก จำนวน {counts.certified} หน่วย ได้แก่ {' '.join(parts)}")
    if counts.declined:
        points.append(f"ไม่รับรองในรอบนี้ จำนวน {counts.declined} หน่วย ตามเหตุผลที่ปรากฏในระเบียบวาระ")
    if counts.departing:
        points.append(f"ในจำนวนนี้มีมติต่างจากที่คณะอนุกรรมการเสนอ จำนวน {counts.departing} หน่วย ตามเหตุผลที่ปรากฏในระเบียบวาระ")
    if counts.certified:
        points.append(f"ให้ใบรับรองมีผลตั้งแต่วันที่ {dates.full(meeting.held_on)} ถึงวันที่ {dates.full(until)}")
    points += (request_in_thai(item, meeting.round.criteria.library) for item in requests)
    points += map(matter_in_thai, matters)
    points.append("มอบหมายฝ่ายเลขานุการแจ้งผลการพิจารณาให้ศูนย์ราชการสะดวกและหน่วยงานที่เกี่ยวข้องทราบ")
    considered = []
    if counts.first_decisions:
        considered.append(
            f"ผลการตรวจประเมินมาตรฐานศูนย์ราชการสะดวก ประจำปี พ.ศ. {meeting.round.cycle_be}"
            f" จำนวน {counts.first_decisions} หน่วย"
        )
    if counts.requests:
        considered.append(f"คำขอทบทวนผล จำนวน {counts.requests} เรื่อง")
    if counts.certificates:
        considered.append(f"เรื่องเกี่ยวกับใบรับรอง จำนวน {counts.certificates} ฉบับ")
    opening = (
        f"{meeting.body.name_th} ในการประชุมครั้งที่ {meeting.number} เมื่อวันที่ {dates.full(meeting.held_on)}"
        f" ได้พิจารณา{' และ'.join(considered)} แล้วมีมติดังนี้"
    )
    return "\n".join([opening, *(f"{number}. {point}" for number, point in enumerate(points, 1))])


def request_in_thai(item: AgendaItem, library: Library) -> str:
    """What is resolved on one request to reconsider, officially in Thai."""
    request = item.reconsideration
    assert request is not None  # noqa: S101  Only such items are asked about.
    level = library.level(item.level)
    if not item.decision:
        deed = "ยังไม่มีผลการพิจารณา"
    elif not item.changes:
        deed = "คงผลการพิจารณาเดิม"
    else:
        deed = f"เปลี่ยนผลเดิมเป็นรับรอง{level.th}" if level else "ให้ผ่านการกลั่นกรองและดำเนินการต่อ"
    return f"คำขอทบทวนผลเลขที่ {request.reference} ของ{item.application.centre.name_th}: {deed}"


def matter_in_thai(matter: Proposal) -> str:
    """What is resolved on one certificate, officially in Thai."""
    until = f" จนถึงวันที่ {dates.full(matter.decided_until)}" if matter.decided_until else ""
    deed = "ไม่ดำเนินการ" if matter.decision == NOTHING else DEEDS.get(matter.decision, "ยังไม่มีผลการพิจารณา")
    certificate = matter.certificate
    return f"ใบรับรองเลขที่ {certificate.reference} ของ{certificate.centre_name_th}: {deed}{until}"


def consequence_of(counts: Counts) -> str:
    """What the one button of the resolution brings about."""
    values = {"certified": counts.certified, "declined": counts.declined}
    if not counts.first_decisions and counts.requests:
        words = ngettext(
            "Record the resolution on %(count)d request to reconsider",
            "Record the resolution on %(count)d requests to reconsider",
            counts.requests,
        )
        return words % {"count": counts.requests}
    if not counts.units:
        words = ngettext(
            "Record the resolution on %(count)d certificate",
            "Record the resolution on %(count)d certificates",
            counts.certificates,
        )
        return words % {"count": counts.certificates}
    if not counts.declined:
        words = ngettext(
            "Record the resolution: certify %(certified)d unit",
            "Record the resolution: certify %(certified)d units",
            counts.certified,
        )
    elif not counts.certified:
        words = ngettext(
            "Record the resolution: decline %(declined)d unit",
            "Record the resolution: decline %(declined)d units",
            counts.declined,
        )
    else:
        words = _("Record the resolution: certify %(certified)d, decline %(declined)d")
    return words % values


def progress_of(meeting: Meeting, letters: Letters, outbox: str) -> Progress:
    """How far the letters are, for a page that asks again while they are written."""
    if letters.is_complete:
        state = Progression.FINISHED
    elif not letters.is_being_written:
        state = Progression.FAILED
    else:
        state = Progression.RUNNING if letters.drafted else Progression.WAITING
    return Progress(
        name="letters",
        label=_("Drafting of the letters"),
        state=state,
        done=letters.drafted,
        total=letters.units,
        url=reverse("show_letters", args=[meeting.reference]),
        result_url=outbox,
        result_label=_("Read the letters in the outbox"),
    )


def letter_states(letters: Letters) -> list[tuple[object, str, int]]:
    """How many letters are in which state: words, tone and number; states without letters are left out."""
    return [
        (state.label, LETTER_TONES[state], letters.by_state[state])
        for state in NoticeState
        if letters.by_state.get(state)
    ]


@dataclass(frozen=True)
class Outcome:
    """What became of one unit: its line, its certificate and its letter."""

    line: Line
    certificate: Certificate | None
    letter_url: str
