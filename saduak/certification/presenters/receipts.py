"""What a centre holds in its hands after it has handed its dossier in (ใบรับคำขอ)."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.certification.models import Application, Dossier
from saduak.certification.presenters import answers, checklist
from saduak.documents.papers import Column, Facts, Heading, Paper, Paragraph, Table
from saduak.thai import dates


def receipt(application: Application, dossier: Dossier, *, at: datetime) -> Paper:
    """The receipt as a paper: what was handed in, when, its digest, and the list of answers and files."""
    language = "en" if get_language() == "en" else "th"
    centre = application.centre
    standing = checklist.checklist_of(application).standing
    facts = (
        (_("Application"), application.reference),
        (_("Round"), str(application.round)),
        (_("Centre"), f"{centre} ({centre.code})"),
        (_("Agency"), str(centre.agency)),
        (_("Province"), str(centre.province)),
        (_("Handed in"), dates.moment(dossier.handed_over_at, language)),
        (_("Handed in by"), str(dossier.handed_over_by)),
        (_("Dossier number"), str(dossier.number)),
        (_("Score the centre gives itself"), f"{dossier.content['claim']} / {standing.most}"),
        ("SHA-256", dossier.sha256),
    )
    return Paper(
        title=_("Receipt for an application for certification"),
        subtitle=str(application.round),
        reference=application.reference,
        organisation=_("Secretariat of the Government Easy Contact Center programme"),
        blocks=(
            Facts(facts),
            Paragraph(
                _(
                    "The dossier is kept as it was handed in. The digest above belongs to exactly this dossier: "
                    "if a single letter or file were another, the digest would be another."
                )
            ),
            Heading(_("Answers")),
            _answers(application, dossier),
            Heading(_("Files")),
            _files(dossier),
        ),
        at=at,
        made=dates.moment(at, language),
        language=language,  # type: ignore[arg-type]  # One of the two, see above.
        example=application.is_example,
    )


def _answers(application: Application, dossier: Dossier) -> Table:
    given = dossier.content["answers"]
    language = get_language() or "th"
    rows = []
    for code, leaf in application.library.leaves.items():
        said = given.get(code) or given.get(leaf.criterion.code) or {"answer": ""}
        words = answers.words_of(leaf, said["answer"]) or _("Not answered")
        rows.append((code, leaf.criterion.title(language), words))
    return Table((Column(_("Code"), 0), Column(_("Criterion")), Column(_("Answer"), 0)), tuple(rows))


def _files(dossier: Dossier) -> Table:
    rows = tuple((file["code"], file["name"], file["sha256"][:16] + "…") for file in dossier.content["evidence"])
    return Table((Column(_("Code"), 0), Column(_("File")), Column("SHA-256", 0)), rows)
