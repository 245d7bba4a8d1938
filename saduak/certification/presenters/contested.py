"""Every disputed criterion with what was decided first, why the centre disagrees, and what the review found."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from saduak.certification.models import Application, Evidence, Ground, Reconsideration
from saduak.certification.models.marking import answers_of
from saduak.certification.presenters.answers import Spoken, said_of, words_of
from saduak.design.components import KeptFile
from saduak.standards.criteria import Criterion, Leaf, Named
from saduak.standards.rules import score


@dataclass(frozen=True)
class Judged:
    """One leaf with the words of its value and the reason for it."""

    leaf: Leaf
    titled: Named
    is_part: bool
    words: str
    reason: str


@dataclass(frozen=True)
class Contested:
    """One criterion before and after a review; `reviewed` is empty while nobody may read it."""

    criterion: Criterion
    claimed: list[Spoken]
    first: list[Judged]
    ground: Ground | None
    files: list[KeptFile]
    evidence: list[KeptFile]
    reviewed: list[Judged]


def contested_of(request: Reconsideration, *, reads_review: bool) -> list[Contested]:
    """The disputed criteria, in the order of the criteria."""
    grounds = {ground.code: ground for ground in request.grounds.prefetch_related("files__attachment__content")}
    return [
        Contested(
            criterion,
            said_of(request.application, criterion),
            first_of(request, criterion),
            grounds.get(criterion.code),
            files_of(request, grounds.get(criterion.code)),
            _evidence(request, criterion.code),
            _reviewed(request, criterion) if reads_review else [],
        )
        for criterion in request.contested_criteria
    ]


def first_of(request: Reconsideration, criterion: Criterion) -> list[Judged]:
    """What was decided first on a criterion, leaf by leaf, with the reason that was written."""
    unit = request.application
    if request.is_about_screening:
        mark = unit.screening_by_code.get(criterion.code)
        words = str(mark.get_finding_display()) if mark else ""
        return [Judged(_leaf(criterion), criterion, False, words, mark.remark if mark else "")]
    visit = unit.current_visit
    judged = []
    for leaf, titled in _leaves(criterion):
        mark_of = visit.agreed_on(leaf) if visit is not None else None
        judged.append(
            Judged(
                leaf,
                titled,
                bool(criterion.parts),
                words_of(leaf, mark_of.answer) if mark_of else "",
                mark_of.reason if mark_of else "",
            )
        )
    return judged


def files_of(request: Reconsideration, ground: Ground | None) -> list[KeptFile]:
    """What the centre hands in for a ground."""
    if ground is None:
        return []
    return [
        KeptFile(
            name=file.attachment.name,
            url=reverse("download_ground_file", args=[request.reference, file.pk]),
            size=file.attachment.size,
            media_type=file.attachment.media_type,
            at=file.added_at,
        )
        for file in ground.files.all()
    ]


def lost_in(application: Application, criteria: Iterable[Criterion], *, screening: bool) -> set[str]:
    """Codes of criteria on which the first decision withheld something, so that there is something to gain."""
    if screening:
        return set(application.failed_gates)
    visit = application.current_visit
    if visit is None:
        return set()
    result = score(application.library, answers_of(visit.agreed.values()))
    return {
        criterion.code
        for criterion in criteria
        if criterion.code in result.failed_gates
        or (criterion.max_score > 0 and result.by_criterion[criterion.code] < criterion.max_score)
    }


def _reviewed(request: Reconsideration, criterion: Criterion) -> list[Judged]:
    judged = []
    for leaf, titled in _leaves(criterion):
        value = request.reviewed_on(leaf)
        if value is not None:
            words = words_of(leaf, value.answer)
            judged.append(Judged(leaf, titled, bool(criterion.parts), words, value.reason))
    return judged


def _evidence(request: Reconsideration, code: str) -> list[KeptFile]:
    return [
        KeptFile(
            name=evidence.caption or evidence.attachment.name,
            url=reverse("download_reviewed_evidence", args=[request.reference, evidence.pk]),
            size=evidence.attachment.size,
            media_type=evidence.attachment.media_type,
            at=evidence.added_at,
        )
        for evidence in request.application.evidence_by_code.get(code, [])
    ]


def evidence_in(request: Reconsideration) -> dict[int, Evidence]:
    """The evidence of the dossier that serves a disputed criterion, by its key."""
    found = request.application.evidence_by_code
    return {evidence.pk: evidence for code in request.contested for evidence in found.get(code, [])}


def _leaves(criterion: Criterion) -> list[tuple[Leaf, Named]]:
    titles: dict[str, Named] = {part.code: part for part in criterion.parts}
    return [(leaf, titles.get(leaf.code, criterion)) for leaf in criterion.leaves]


def _leaf(criterion: Criterion) -> Leaf:
    return criterion.leaves[0]
