"""The summary of scores as a paper: every assessor's value, the agreed one and its reason (แบบสรุปคะแนน)."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.certification.models import Application, Consensus, Visit
from saduak.certification.presenters import comparing
from saduak.documents.papers import Block, Column, Facts, Heading, Paper, Paragraph, Signatures, Table
from saduak.standards.presenters import points
from saduak.thai import dates

SHORT_NAME = 4
"""Assessors from whom on columns are headed by number only, so that the table stays readable."""


def summary_of(application: Application, visit: Visit, *, at: datetime) -> Paper:
    """The paper of a unit whose sheets are all in; before the signature it says that nothing is signed."""
    language = get_language() or "th"
    comparison = comparing.comparison_of(visit)
    consensus: Consensus | None = getattr(visit, "consensus", None)
    signed = consensus if consensus is not None and consensus.signed_at is not None else None
    panel = application.assignment
    facts = [
        (_("Centre"), str(application.centre)),
        (_("Agency"), str(application.centre.agency)),
        (_("Province"), str(application.centre.province)),
        (_("Sub-committee"), f"{panel.panel} · {_('unit %(number)s') % {'number': panel.unit_number}}"),
        (_("Visit"), f"{dates.moment(visit.starts_at, language)} · {visit.get_mode_display()}"),
        (_("Criteria"), application.library.title(language)),
    ]
    blocks: list[Block] = [Facts(tuple(facts)), Heading(_("Result")), _result(application, comparison, signed)]
    if not signed:
        blocks.append(Paragraph(_("The agreed scores are not signed yet. They may still change."), strong=True))
    if signed and signed.summary:
        blocks += [Heading(_("Summary for the steering committee")), Paragraph(signed.summary)]
    blocks += [Heading(_("Assessors")), _assessors(comparison)]
    blocks += [Heading(_("Scores by criterion")), Paragraph(_("* The sheets differ."))]
    blocks += [_section(comparison, section) for section in comparison.sections]
    if signed:
        blocks += [
            Paragraph(_("Hash of the agreed scores (SHA-256): %(hash)s") % {"hash": signed.sha256}),
            Signatures(((str(signed.signed_by), _("Chair of the sub-committee")),)),
        ]
    return Paper(
        title=_("Summary of scores"),
        blocks=tuple(blocks),
        at=at,
        organisation=str(panel.panel),
        subtitle=str(application.round),
        reference=application.reference,
        made=_("Made on %(moment)s") % {"moment": dates.moment(at, language)},
        lying=True,
        language="en" if language == "en" else "th",
        example=application.is_example,
    )


def _result(application: Application, comparison: comparing.Comparison, signed: Consensus | None) -> Facts:
    standing, language = comparison.standing, get_language() or "th"
    level = standing.level.title(language) if standing.level else _("No level")
    told = [
        (_("Agreed total"), f"{standing.total}/{standing.most}"),
        (_("Level"), level),
        (_("Physical criteria met"), f"{standing.gates_met}/{standing.gates}"),
        (_("Differences settled with a reason"), str(standing.reasons)),
    ]
    if signed and signed.signed_at:
        told.append((_("Signed"), dates.moment(signed.signed_at, language)))
    return Facts(tuple(told))


def _assessors(comparison: comparing.Comparison) -> Table:
    columns = (Column(_("Office"), 2), Column(_("Name"), 2), Column(_("Own total"), 1, "right"))
    return Table(columns, tuple((one.office, one.name, one.total) for one in comparison.columns))


def _section(comparison: comparing.Comparison, section: comparing.Section) -> Table:
    many = len(comparison.columns) >= SHORT_NAME
    heads = tuple(
        Column(str(number) if many else one.office, 0.9, "center") for number, one in enumerate(comparison.columns, 1)
    )
    columns = (
        Column(_("Criterion"), 4),
        Column(_("Points up to"), 0.8, "right"),
        *heads,
        Column(_("Agreed"), 0.9, "center"),
        Column(_("Reason"), 3),
    )
    return Table(columns, tuple(_cells(row) for row in section.rows), caption=section.heading)


def _cells(row: comparing.Row) -> tuple[str, ...]:
    language = get_language() or "th"
    mark = " *" if not row.line.equal else ""
    if row.is_provisional:
        mark += f" ({_('Provisional')})"
    return (
        f"{row.leaf.code} {row.titled.title(language)}{mark}",
        points(row.leaf.max_score) if row.leaf.max_score else "–",
        *(given.words for given in row.given),
        comparing.short_words(row.leaf, row.agreed.value if row.agreed else None),
        row.agreed.reason if row.agreed else "",
    )
