"""What looks odd about a dossier beside all others that were handed in (ข้อสังเกตเกี่ยวกับหลักฐาน).

Each question is asked of the database once for a whole dossier, however many there are in the round.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from saduak.certification.likeness import MIN_LETTERS, likeness, normalised
from saduak.certification.models import Answer, Application, Evidence, Remark, Round
from saduak.certification.models.remarks import RemarkKind
from saduak.certification.rules import months_before

OVERVIEW = "overview"
"""The code under which the overview of the centre stands among its texts."""

Facts = list[dict[str, Any]]


@dataclass(frozen=True)
class Found:
    """One remark to be made: with which other dossier, if any, and on what facts."""

    kind: RemarkKind
    other: int | None
    facts: Facts


def found_in(application: Application) -> list[Found]:
    """Everything that looks odd about a dossier; at most seven queries."""
    evidence = list(_evidence_of(application))
    return [
        *_of_two(RemarkKind.SAME_FILE, same_files(application, evidence)),
        *_of_two(RemarkKind.LIKE_PICTURE, like_pictures(application, evidence)),
        *_of_two(RemarkKind.SAME_TEXT, same_texts(application)),
        *_of_one(RemarkKind.TAKEN_OUTSIDE, taken_outside(application, evidence)),
        *_of_one(RemarkKind.EDITED, edited(evidence)),
    ]


def same_files(application: Application, evidence: Iterable[Evidence]) -> dict[int, Facts]:
    """Files that another centre has handed in too, byte by byte, by the key of the other application."""
    mine = list(evidence)
    contents = {one.attachment.content_id: one for one in mine}
    received = {one.attachment.received_sha256: one for one in mine}
    alike = Q(attachment__content__in=contents) | Q(attachment__received_sha256__in=received)
    found: dict[int, Facts] = defaultdict(list)
    for theirs in _of_other_centres(application).filter(alike):
        own = contents.get(theirs.attachment.content_id) or received[theirs.attachment.received_sha256]
        found[theirs.application_id].append({**_told(own), **_told(theirs, "their_")})
    return found


def like_pictures(application: Application, evidence: Iterable[Evidence]) -> dict[int, Facts]:
    """Pictures of other centres that look alike and are not the same file, by the key of the other application."""
    mine = {one.attachment.content_id: one for one in evidence if one.attachment.content.dhash is not None}
    near = _near_pictures(application, mine)
    theirs = {one.pk: one for one in _of_other_centres(application).filter(pk__in={key for _own, key, _bits in near})}
    found: dict[int, Facts] = defaultdict(list)
    for own, key, bits in near:
        if other := theirs.get(key):
            found[other.application_id].append({**_told(mine[own]), **_told(other, "their_"), "bits": bits})
    return found


def same_texts(application: Application) -> dict[int, Facts]:
    """Texts that are the same as, or nearly the same as, those of other centres, by the key of the other application.

    The sketches of the application's own texts are there already.
    """
    candidates = _texts_that_share_a_band(application)
    own, others = _texts({application.pk}), _texts({key for key, _code in candidates})
    found: dict[int, Facts] = defaultdict(list)
    for key, code in candidates:
        one, other = own.get((application.pk, code), ""), others.get((key, code), "")
        percent = int(100 * likeness(one, other))
        if percent >= application.round.same_text_percent:
            found[key].append({"code": code, "percent": percent, "letters": len(one)})
    return found


def taken_outside(application: Application, evidence: Iterable[Evidence]) -> Facts:
    """Photographs that the camera says were taken before or after the time that counts, or outside the named period."""
    first, last = time_that_counts(application)
    found = []
    for one in evidence:
        if one.attachment.taken_at is None:
            continue
        day = timezone.localdate(one.attachment.taken_at)
        named = (one.period_from or date.min) <= day <= (one.period_until or date.max)
        why = "before" if day < first else "after" if day > last else "" if named else "not_named"
        if why:
            told = {"why": why, "taken_at": one.attachment.taken_at.isoformat()}
            found.append({**_told(one), **told, "from": first.isoformat(), "until": last.isoformat()})
    return found


def edited(evidence: Iterable[Evidence]) -> Facts:
    """Photographs that a program has written again after they were taken."""
    return [
        {
            **_told(one),
            "taken_at": one.attachment.taken_at.isoformat(),
            "edited_at": one.attachment.edited_at.isoformat(),
        }
        for one in evidence
        if one.attachment.taken_at is not None and one.attachment.edited_at is not None
    ]


def time_that_counts(application: Application) -> tuple[date, date]:
    """The first and last day on which a photograph of the dossier may have been taken."""
    round_ = application.round
    last = application.submitted_at
    return (
        months_before(round_.application_opens_on, round_.evidence_months),
        timezone.localdate(last) if last else round_.application_closes_on,
    )


def texts_of(application: Application) -> dict[str, str]:
    """The normalised texts of a dossier that are long enough to be compared, by code."""
    texts = {code: text for (_key, code), text in _texts({application.pk}).items()}
    return {code: text for code, text in texts.items() if len(text) >= MIN_LETTERS}


def remarks_of(application: Application) -> list[Remark]:
    """The remarks on one dossier, those that stand first."""
    return sorted(application.remarks.for_page(), key=lambda one: (not one.stands, one.kind, one.pk))


def remarks_in(round_: Round) -> Any:
    """Every remark of a round, as a queryset; what stands on two of its dossiers comes once."""
    twin = Remark.objects.filter(application=OuterRef("other"), other=OuterRef("application"), kind=OuterRef("kind"))
    first = twin.filter(application__round=round_, pk__lt=OuterRef("pk"))
    return Remark.objects.filter(~Exists(first), application__round=round_).for_page()


# What is asked of the database -----------------------------------------------------------------------------------


def _evidence_of(application: Application) -> Any:
    used = Evidence.objects.filter(application=application, uses__isnull=False)
    return used.select_related("attachment__content").prefetch_related("uses").distinct().order_by("pk")


def _of_other_centres(application: Application) -> Any:
    """Evidence in use in dossiers that other centres have handed in."""
    handed_in = Evidence.objects.filter(uses__isnull=False, application__submitted_at__isnull=False)
    others = handed_in.exclude(application__centre=application.centre_id)
    return others.select_related("attachment").prefetch_related("uses").distinct().order_by("pk")


def _near_pictures(application: Application, mine: Mapping[str, Evidence]) -> list[tuple[str, int, int]]:
    """(own content, key of the other evidence, bits apart). PostgreSQL counts the bits: 100,000 pictures take it a
    fraction of a second for each of ours, without an index."""
    if not mine:
        return []
    hashes = [one.attachment.content.dhash for one in mine.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT mine.sha256, evidence.id, bit_count((content.dhash # mine.dhash)::bit(64))
            FROM unnest(%s::text[], %s::bigint[]) AS mine (sha256, dhash)
            JOIN attachments_content content
              ON bit_count((content.dhash # mine.dhash)::bit(64)) <= %s AND content.sha256 <> ALL (%s::text[])
            JOIN attachments_attachment attachment ON attachment.content_id = content.sha256
            JOIN certification_evidence evidence ON evidence.attachment_id = attachment.id
            ORDER BY 3, 1, 2
            """,
            [list(mine), hashes, application.round.like_picture_bits, list(mine)],
        )
        return [(own, key, bits) for own, key, bits in cursor.fetchall()]


def _texts_that_share_a_band(application: Application) -> list[tuple[int, str]]:
    """(key of the other application, code) of texts that may be alike."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT theirs.application_id, theirs.code
            FROM certification_textsketch mine
            JOIN certification_textsketch theirs ON theirs.bands && mine.bands AND theirs.code = mine.code
            JOIN certification_application other ON other.id = theirs.application_id
            WHERE mine.application_id = %s AND other.centre_id <> %s
            ORDER BY 1, 2
            """,
            [application.pk, application.centre_id],
        )
        return [(key, code) for key, code in cursor.fetchall()]


def _texts(keys: Iterable[int]) -> dict[tuple[int, str], str]:
    """The normalised texts of dossiers, by the keys of application and code."""
    keys = set(keys)
    said = Answer.objects.filter(application__in=keys).exclude(explanation="")
    found = {(key, code): text for key, code, text in said.values_list("application", "code", "explanation")}
    overviews = Application.objects.filter(pk__in=keys).exclude(overview="").values_list("pk", "overview")
    found |= {(key, OVERVIEW): text for key, text in overviews}
    return {place: normalised(text) for place, text in found.items()}


def _told(evidence: Evidence, whose: str = "") -> dict[str, Any]:
    return {
        f"{whose}evidence": evidence.pk,
        f"{whose}file": evidence.attachment.name,
        f"{whose}codes": sorted({use.code for use in evidence.uses.all()}),
    }


def _of_two(kind: RemarkKind, found: Mapping[int, Facts]) -> list[Found]:
    """The dossiers with most in common first."""
    return [Found(kind, key, found[key]) for key in sorted(found, key=lambda key: (-len(found[key]), key))]


def _of_one(kind: RemarkKind, facts: Facts) -> list[Found]:
    return [Found(kind, None, facts)] if facts else []
