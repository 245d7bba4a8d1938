"""The papers of a meeting, officially in Thai whoever prints them: agenda, minutes, resolution (เอกสารการประชุม)."""

from collections.abc import Iterable
from datetime import datetime

from saduak.certification.models import AgendaItem, Meeting, Proposal
from saduak.certification.models.meetings import Decision
from saduak.certification.models.proposals import NOTHING
from saduak.certification.operations.letters_of_acts import DEEDS
from saduak.certification.presenters.meetings import Seat, seats_of, unit_number
from saduak.certification.queries.meetings import Counts
from saduak.directory.models import Office
from saduak.documents.papers import (
    Block,
    Column,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Points,
    Signatures,
    Table,
)
from saduak.documents.papers import Resolution as ResolutionBlock
from saduak.standards.criteria import Library
from saduak.thai import dates

OFFICES = {
    Office.CHAIR: "ประธานกรรมการ",
    Office.QUALIFIED_MEMBER: "กรรมการผู้ทรงคุณวุฒิ",
    Office.MEMBER: "กรรมการ",
    Office.MEMBER_AND_SECRETARY: "กรรมการและเลขานุการ",
    Office.ASSISTANT_SECRETARY: "ผู้ช่วยเลขานุการ",
    Office.STEERING_SECRETARY: "เลขานุการ",
}
"""Office → how minutes call it; not in the reader's language, as the paper is not."""


def agenda_paper(meeting: Meeting, items: Iterable[AgendaItem], matters: Iterable[Proposal], *, at: datetime) -> Paper:
    """The agenda: every unit with its proposal, and the hash of the dossier on which it rests."""
    items, library = list(items), meeting.round.criteria.library
    columns = (
        Column("ลำดับ", 0, "right"),
        Column("คณะ/หน่วย", 0),
        Column("ศูนย์", 3),
        Column("จังหวัด", 0),
        Column("คะแนนรวม", 0, "right"),
        Column("ระดับที่เสนอ", 0),
        Column("สำนวนคำขอ (SHA-256)", 0),
    )
    rows = tuple(
        (
            str(item.position),
            unit_number(item.application),
            f"{item.application.centre.name_th} ({item.application.reference})" + _of_request(item),
            item.application.centre.province.name_th,
            str(item.total),
            _proposal(library, item),
            item.dossier_sha256[:12],
        )
        for item in items
    )
    blocks: tuple[Block, ...] = (
        Facts((*_about(meeting), ("จำนวนหน่วย", f"{len(items)} หน่วย"))),
        Heading("เรื่องเพื่อพิจารณา: ผลการตรวจประเมินมาตรฐานศูนย์ราชการสะดวก"),
        Table(columns, rows),
        *_matters(matters),
    )
    return _paper(meeting, "ระเบียบวาระการประชุม", blocks, at, lying=True)


def minutes_paper(
    meeting: Meeting, items: Iterable[AgendaItem], matters: Iterable[Proposal], counts: Counts, *, at: datetime
) -> Paper:
    """The minutes: who came, who stepped aside, what was resolved on each unit, with places to sign."""
    items, resolution = list(items), meeting.resolution
    seats = seats_of(meeting)
    came = [seat for seat in seats if seat.seat.is_present]
    stayed = [seat for seat in seats if not seat.seat.is_present]
    aside = [
        f"{recusal.seat} ไม่เข้าร่วมพิจารณาลำดับที่ {item.position} {item.application.centre.name_th}: {recusal.reason}"
        for item in items
        for recusal in item.recusals.all()
    ]
    blocks: list[Block] = [
        Facts(_about(meeting)),
        Heading("ผู้มาประชุม"),
        Points(tuple(map(_seat, came)), numbered=True),
    ]
    if stayed:
        blocks += [Heading("ผู้ไม่มาประชุม"), Points(tuple(map(_seat, stayed)), numbered=True)]
    blocks += [
        Paragraph(
            f"กรรมการซึ่งนับเป็นองค์ประชุมมาประชุม {resolution.present} คน จากทั้งหมด {len(meeting.voters)} คน "
            f"ครบองค์ประชุม ({meeting.quorum} คน)"
        ),
        Heading("เรื่องเพื่อพิจารณา: ผลการตรวจประเมินมาตรฐานศูนย์ราชการสะดวก"),
    ]
    if aside:
        blocks += [Paragraph("กรรมการซึ่งไม่เข้าร่วมพิจารณา", strong=True), Points(tuple(aside))]
    blocks += [
        ResolutionBlock(resolution.number, resolution.text),
        _votes(meeting),
        Heading("ผลการพิจารณารายหน่วย"),
        _decisions(meeting, items, counts),
        *_matters(matters, decided=True),
        Signatures((("", "ผู้จดรายงานการประชุม"), (_chair(seats), "ประธานในที่ประชุม"))),
    ]
    return _paper(meeting, "รายงานการประชุม", tuple(blocks), at)


def resolution_paper(
    meeting: Meeting, items: Iterable[AgendaItem], matters: Iterable[Proposal], counts: Counts, *, at: datetime
) -> Paper:
    """The resolution: its text, the vote, a line for each unit, and the digest over all of it."""
    items, resolution = list(items), meeting.resolution
    blocks: tuple[Block, ...] = (
        Facts(_about(meeting)),
        ResolutionBlock(resolution.number, resolution.text),
        _votes(meeting),
        Facts((("SHA-256", resolution.sha256),)),
        Heading("ผลการพิจารณารายหน่วย"),
        _decisions(meeting, items, counts),
        *_matters(matters, decided=True),
    )
    return _paper(meeting, "มติคณะกรรมการ", blocks, at)


def _paper(meeting: Meeting, title: str, blocks: tuple[Block, ...], at: datetime, *, lying: bool = False) -> Paper:
    return Paper(
        title=title,
        organisation=meeting.body.name_th,
        subtitle=f"ครั้งที่ {meeting.number} วันที่ {dates.full(meeting.held_on)}",
        reference=meeting.reference,
        blocks=blocks,
        at=at,
        made=f"พิมพ์เมื่อ {dates.moment(at)}",
        lying=lying,
        example=meeting.is_example,
    )


def _about(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    place = (("สถานที่", meeting.place),) if meeting.place else ()
    return (("วันประชุม", dates.full(meeting.held_on)), *place, ("รอบการรับรอง", meeting.round.title_th))


def _seat(seat: Seat) -> str:
    return f"{seat.seat} — {OFFICES.get(Office(seat.seat.office), str(seat.office))}"


def _chair(seats: Iterable[Seat]) -> str:
    chairs = (str(seat.seat) for seat in seats if seat.seat.office == Office.CHAIR and seat.seat.is_present)
    return next(chairs, "")


def _votes(meeting: Meeting) -> Facts:
    resolution = meeting.resolution
    votes = (
        ("เห็นชอบ", resolution.votes_for),
        ("ไม่เห็นชอบ", resolution.votes_against),
        ("งดออกเสียง", resolution.abstentions),
    )
    return Facts(tuple((label, f"{number} เสียง") for label, number in votes))


def _decisions(meeting: Meeting, items: Iterable[AgendaItem], counts: Counts) -> Table:
    library = meeting.round.criteria.library
    rows = tuple(
        (
            str(item.position),
            f"{item.application.centre.name_th} ({item.application.reference})"
            + _of_request(item)
            + (f"\nเหตุผล: {item.reason}" if item.reason else ""),
            item.application.centre.province.name_th,
            str(item.total),
            _proposal(library, item),
            _decision(library, item),
        )
        for item in items
    )
    columns = (
        Column("ลำดับ", 0, "right"),
        Column("ศูนย์", 1),
        Column("จังหวัด", 0),
        Column("คะแนน", 0, "right"),
        Column("เสนอ", 0),
        Column("มติ", 0),
    )
    total = ("", f"รวม {counts.units} หน่วย", "", "", "", f"รับรอง {counts.certified}")
    return Table(columns, rows, total)


def _matters(matters: Iterable[Proposal], *, decided: bool = False) -> tuple[Block, ...]:
    """The certificates of the agenda, each with what is proposed and, once it is, what was decided; () without any."""
    rows = tuple(
        (
            str(one.position),
            f"{one.certificate.centre_name_th} ({one.certificate.reference})\nเหตุผล: "
            + (one.decided_reason if decided else one.reason)
            + (f"\nคำชี้แจงของศูนย์: {one.statement}" if one.statement else "")
            + "".join(f"\n{recusal.seat} ไม่เข้าร่วมพิจารณา: {recusal.reason}" for recusal in one.recusals.all()),
            DEEDS[one.kind],
            "" if not decided else "ไม่ดำเนินการ" if one.decision == NOTHING else DEEDS[one.decision],
        )
        for one in matters
    )
    columns = (Column("ลำดับ", 0, "right"), Column("ใบรับรอง", 1), Column("เสนอ", 0), Column("มติ", 0))
    return (Heading("เรื่องเพื่อพิจารณา: ใบรับรอง"), Table(columns, rows)) if rows else ()


def _of_request(item: AgendaItem) -> str:
    return f"\nคำขอทบทวนผลเลขที่ {item.reconsideration.reference}" if item.reconsideration else ""


def _proposal(library: Library, item: AgendaItem) -> str:
    if item.reconsideration is None or item.proposed_level:
        return _level(library, item.proposed_level)
    return "ให้ดำเนินการต่อ" if item.proposes_to_go_on else "คงผลเดิม"


def _decision(library: Library, item: AgendaItem) -> str:
    if item.reconsideration is not None and not item.changes:
        return "คงผลเดิม"
    if item.decision == Decision.CONTINUE:
        return "ให้ดำเนินการต่อ"
    return _level(library, item.level) if item.decision == Decision.CERTIFY else "ไม่รับรอง"


def _level(library: Library, code: str) -> str:
    level = library.level(code)
    return level.th if level else "ไม่รับรอง"
