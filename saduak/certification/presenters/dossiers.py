"""The dossier as it is read by those who weigh it (สำนวนคำขอ)."""

from dataclasses import dataclass

from django.utils.translation import get_language

from saduak.certification.models import Application, ScreeningMark
from saduak.certification.presenters import answers, checklist, files
from saduak.standards.criteria import Criterion, Strand


@dataclass(frozen=True)
class Item:
    """One criterion with everything that the centre says and shows."""

    criterion: Criterion
    mark: checklist.Mark
    said: list[answers.Spoken]
    files: list[files.ShownFile]
    remark: ScreeningMark | None


@dataclass(frozen=True)
class Chapter:
    """A strand, or a group of it, with its criteria."""

    strand: Strand
    heading: str
    items: tuple[Item, ...]


def chapters_of(application: Application) -> list[Chapter]:
    """The whole dossier in the order of the criteria."""
    found = checklist.checklist_of(application)
    shown = files.files_of(application)
    language = get_language() or "th"
    chapters = []
    for part in found.parts:
        for section in part.sections:
            items = tuple(_item(application, mark, shown) for mark in section.marks)
            chapters.append(Chapter(part.strand, section.heading or part.strand.title(language), items))
    return chapters


def _item(application: Application, mark: checklist.Mark, shown: list[files.ShownFile]) -> Item:
    criterion = mark.criterion
    return Item(
        criterion,
        mark,
        answers.said_of(application, criterion),
        [file for file in shown if criterion.code in file.codes],
        answers.remark_on(application, criterion.code),
    )
