"""The files of a dossier (หลักฐาน)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.certification.models import Application, Evidence
from saduak.thai import dates


@dataclass(frozen=True)
class ShownFile:
    """One piece of evidence with its address, and the codes of the criteria that it serves."""

    evidence: Evidence
    url: str
    codes: tuple[str, ...]
    period: str

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return self.evidence.attachment.is_image


def files_for(application: Application, code: str) -> list[ShownFile]:
    """What shows one criterion."""
    return [file for file in files_of(application) if code in file.codes]


def other_files(application: Application, code: str) -> list[ShownFile]:
    """What the dossier has besides."""
    return [file for file in files_of(application) if code not in file.codes]


def files_of(application: Application) -> list[ShownFile]:
    """Everything in the dossier, each file once."""
    codes: dict[int, list[str]] = {}
    known: dict[int, Evidence] = {}
    for code, found in application.evidence_by_code.items():
        for evidence in found:
            known[evidence.pk] = evidence
            codes.setdefault(evidence.pk, []).append(code)
    order = list(application.library.criteria())
    place = {criterion.code: position for position, criterion in enumerate(order)}
    return [
        ShownFile(
            evidence,
            reverse("download_evidence", args=[application.reference, evidence.pk]),
            tuple(sorted(codes[pk], key=lambda code: place.get(code, len(order)))),
            _period(evidence),
        )
        for pk, evidence in known.items()
    ]


def _period(evidence: Evidence) -> str:
    language = get_language() or "th"
    first, last = evidence.period_from, evidence.period_until
    if first and last:
        return dates.period(first, last, language)
    if first:
        return _("from %(day)s") % {"day": dates.short(first, language)}
    if last:
        return _("until %(day)s") % {"day": dates.short(last, language)}
    return ""
