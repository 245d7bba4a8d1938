"""What a device takes along: the dossier, the plan of the score, and where the sheet stands (แฟ้มที่นำไปกับเครื่อง)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from saduak.certification.models import Application, FieldDevice, ScoreSheet, Visit
from saduak.certification.operations.field import waiting_reasons
from saduak.certification.presenters.answers import said_of
from saduak.certification.presenters.files import files_of
from saduak.certification.queries.field import ToTake, lines_of
from saduak.design.components import size_in_words
from saduak.standards.criteria import Criterion, Named
from saduak.standards.presenters import points, points_words
from saduak.thai import dates

MOST_BYTES = 100_000_000
"""Evidence that one dossier takes along, in bytes; our own choice, of what browsers keep for a site without asking."""


def visit_line(found: ToTake) -> dict[str, Any]:
    """One visit in the list of those that may be taken along."""
    application = found.visit.application
    return {
        **_facts(found.visit),
        "may_take": found.is_free,
        "declare": "" if found.is_free else reverse("declare_interest", args=[application.reference]),
        "take": reverse("take_along", args=[found.visit.pk]),
        "files": len(found.sizes),
        "size": size_in_words(sum(found.sizes)) if found.sizes else "",
    }


def _facts(visit: Visit) -> dict[str, Any]:
    application = visit.application
    return {
        "id": visit.pk,
        "reference": application.reference,
        "centre": str(application.centre),
        "place": visit.place,
        "mode": visit.get_mode_display(),
        "when": _period(visit),
        "starts_at": visit.starts_at.isoformat(),
        "is_example": application.is_example,
    }


def dossier_of(visit: Visit, *, sheet: ScoreSheet | None, at: datetime) -> dict[str, Any]:
    """Everything of one visit that works without signal; the centre's answers, nobody else's marks."""
    application = visit.application
    language = get_language() or "th"
    library = application.library
    return {
        **_facts(visit),
        "taken_at": at.isoformat(),
        "criteria_version": str(library),
        "plan": library.plan.as_json(),
        "levels": {level.code: level.title(language) for level in library.levels},
        "strands": [
            {
                "code": strand.code,
                "title": strand.title(language),
                "sections": [
                    {"title": group.title(language), "criteria": [c.code for c in group.criteria]}
                    for group in strand.groups
                ]
                or [{"title": "", "criteria": [c.code for c in strand.own_criteria]}],
            }
            for strand in library.strands
        ],
        "criteria": [_criterion(application, criterion, language) for criterion in library.criteria()],
        "evidence": _files(application),
        "sheet": sheet_state(sheet) if sheet is not None else empty_state(visit),
    }


def sheet_state(sheet: ScoreSheet) -> dict[str, Any]:
    """The assessor's own sheet as it stands here, line by line, with the versions to go on from."""
    lines = lines_of(sheet)
    marks = sheet.marks_by_code
    return {
        "visit": sheet.visit_id,
        "submitted_at": _moment(sheet.submitted_at) if sheet.submitted_at else "",
        "waiting": [str(reason) for reason in waiting_reasons(sheet)],
        "lines": {
            code: {
                "answer": marks[code].answer if code in marks else "",
                "note": marks[code].note if code in marks else "",
                "base": list(lines[code].versions) if code in lines else [],
                "disputed": code in marks and marks[code].is_disputed,
            }
            for code in sorted({*marks, *lines})
        },
        "photos": {
            str(photo.uuid): {"code": photo.code, "has_content": photo.attachment_id is not None}
            for photo in sheet.photos.all()
            if not photo.is_dropped
        },
    }


def empty_state(visit: Visit) -> dict[str, Any]:
    """A sheet that has not begun."""
    return {"visit": visit.pk, "submitted_at": "", "waiting": [], "lines": {}, "photos": {}}


def device_line(device: FieldDevice | None) -> dict[str, Any]:
    """What a device is told about itself."""
    if device is None:
        return {"state": "unknown", "skew": 0}
    state = "trusted" if device.revoked_at is None else "turned_away"
    return {"state": state, "skew": device.skew_seconds, "odd_clock": device.has_odd_clock}


def _criterion(application: Application, criterion: Criterion, language: str) -> dict[str, Any]:
    titles: dict[str, Named] = {part.code: part for part in criterion.parts}
    remark = application.screening_by_code.get(criterion.code)
    step = application.library.score_step
    return {
        "code": criterion.code,
        "title": criterion.title(language),
        "asks": criterion.asks(language),
        "points": points_words(criterion),
        "provisional": criterion.is_provisional,
        "strand": criterion.strand,
        "may_be_waived": criterion.code in application.library.plan.waivable,
        "leaves": [
            {
                "code": leaf.code,
                "title": titles[leaf.code].title(language) if leaf.code in titles else "",
                "most": points(leaf.max_score),
                "step": points(max(step, Decimal(1) if leaf.max_score > 10 else Decimal("0.5"))),
                "verdict": leaf.is_yes_or_no,
            }
            for leaf in criterion.leaves
        ],
        "said": [
            {"title": one.titled.title(language) if one.is_part else "", "words": one.words, "text": one.explanation}
            for one in said_of(application, criterion)
        ],
        "remark": remark.remark if remark is not None else "",
    }


def _files(application: Application) -> list[dict[str, Any]]:
    """The evidence in the order of the criteria; what would pass the limit stays here."""
    taken, left = [], MOST_BYTES
    for file in files_of(application):
        attachment = file.evidence.attachment
        fits = attachment.size <= left
        left -= attachment.size if fits else 0
        taken.append(
            {
                "id": file.evidence.pk,
                "url": file.url,
                "name": attachment.name,
                "kind": attachment.media_type,
                "bytes": attachment.size,
                "size": size_in_words(attachment.size),
                "caption": file.evidence.caption,
                "codes": list(file.codes),
                "fits": fits,
            }
        )
    return taken


def _period(visit: Visit) -> str:
    language = get_language() or "th"
    last = timezone.localtime(visit.ends_at)
    return f"{_moment(visit.starts_at)} – {dates.clock(last, language)}"


def _moment(at: datetime) -> str:
    return dates.moment(timezone.localtime(at), get_language() or "th")
