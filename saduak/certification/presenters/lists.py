"""Applications as lines of a work list, and centres as lines of an agency's overview (รายการคำขอ)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saduak.certification.models import Application
from saduak.certification.presenters import clocks, stages
from saduak.certification.procedure.applications import Stage
from saduak.design.tables import Column
from saduak.design.templatetags.saduak import badge, level
from saduak.directory.models import Centre
from saduak.thai import dates

LABEL = gettext_lazy("Applications")
AGENCY_LABEL = gettext_lazy("Centres of the agency")


def columns(today: date) -> list[Column]:
    """The columns of the work list."""
    return [
        Column("reference", _("Reference"), shown=_reference, sort=("reference",)),
        Column("centre", _("Centre"), value=lambda a: str(a.centre), shown=_centre, sort=("centre__sort_key",)),
        Column("agency", _("Agency"), value=lambda a: str(a.centre.agency), sort=("centre__agency__name_th",)),
        Column("province", _("Province"), value=lambda a: str(a.centre.province), sort=("centre__province__name_th",)),
        Column("round", _("Round"), value=lambda a: str(a.round), sort=("round__cycle_be",), aside=True),
        Column("stage", _("Stage"), value=lambda a: str(stages.label_of(a)), shown=_stage, sort=("stage",)),
        Column("awaited", _("What is awaited"), value=lambda a: str(stages.awaited_in(a.stage)), aside=True),
        Column("since", _("Since"), value="stage_since", shown=_since, sort=("stage_since",), aside=True),
        Column("due", _("By"), value=clocks.due_of, shown=lambda a: _due(clocks.due_of(a), today)),
        Column("submitted", _("Submitted"), value="submitted_at", shown=_submitted, sort=("submitted_at",), aside=True),
    ]


def _reference(application: Application) -> SafeString:
    return format_html('<a class="nowrap" href="{}">{}</a>', application.get_absolute_url(), application.reference)


def _centre(application: Application) -> SafeString:
    example = badge(_("Example"), tone="attention") if application.is_example else ""
    return format_html("{} {}", application.centre, example)


def _stage(application: Application) -> SafeString:
    awaited = stages.awaited_in(application.stage)
    return format_html(
        '{}<br><small class="muted">{}</small>',
        badge(stages.label_of(application), tone=stages.tone_of(application.stage)),
        awaited,
    )


def _since(application: Application) -> str:
    return dates.short(application.stage_since, _language())


def _submitted(application: Application) -> str:
    return dates.short(application.submitted_at, _language()) if application.submitted_at else ""


def _due(due: date | None, today: date) -> SafeString | str:
    if due is None:
        return ""
    return format_html(
        '<span class="nowrap">{}</span><br>{}',
        dates.short(due, _language()),
        badge(clocks.days_left(due, today), tone=clocks.tone_on(due, today), icon="clock"),
    )


# The overview of an agency.


@dataclass(frozen=True)
class CentreLine:
    """One centre in a round: its application, if it has one, and what still lacks before it is handed in."""

    centre: Centre
    application: Application | None
    today: date

    @property
    def has_begun(self) -> bool:
        """Whether there is an application."""
        return self.application is not None

    @property
    def has_submitted(self) -> bool:
        """Whether the dossier was handed in."""
        return self.application is not None and self.application.submitted_at is not None

    @property
    def is_at_work(self) -> bool:
        """Whether the centre itself has to go on."""
        return self.application is not None and self.application.is_editable

    @property
    def missing(self) -> int | None:
        """How many criteria lack an answer or evidence; None when nothing is being filled in."""
        if self.application is None or not self.is_at_work:
            return None
        library = self.application.library
        empty = {library.leaves[code].criterion.code for code in self.application.unanswered}
        return len(empty | set(self.application.unproven))

    @property
    def due(self) -> date | None:
        """The day by which the centre has to move."""
        return clocks.due_of(self.application) if self.application is not None and self.is_at_work else None

    @property
    def stage_words(self) -> str:
        """Where it stands."""
        return str(stages.label_of(self.application)) if self.application else _("Not begun")

    @property
    def left(self) -> int:
        """What needs attention first: not begun, then what lacks most, then what is out of the centre's hands."""
        if self.application is None:
            return 0
        return 1000 - (self.missing or 0) if self.is_at_work else 2000


@dataclass(frozen=True)
class Summary:
    """How many centres, and how far they are."""

    centres: int
    begun: int
    submitted: int
    certified: int


def agency_lines(found: Iterable[tuple[Centre, Application | None]], today: date) -> list[CentreLine]:
    """The centres as lines."""
    return [CentreLine(centre, application, today) for centre, application in found]


def summary_of(lines: Sequence[CentreLine]) -> Summary:
    """The lines in four numbers."""
    return Summary(
        len(lines),
        sum(line.has_begun for line in lines),
        sum(line.has_submitted for line in lines),
        sum(line.application is not None and line.application.stage == Stage.CERTIFIED for line in lines),
    )


def agency_columns() -> list[Column]:
    """The columns of an agency's overview."""
    return [
        Column(
            "centre",
            _("Centre"),
            value=lambda line: str(line.centre),
            shown=_line_centre,
            sort=lambda line: line.centre.name_th,
        ),
        Column("province", _("Province"), value=lambda line: str(line.centre.province)),
        Column("stage", _("Stage"), value="stage_words", shown=_line_stage, sort=lambda line: line.stage_words),
        Column("claim", _("Own score"), value=_claim, shown=_claim_shown, sort=_claim, number=True),
        Column(
            "left", _("Still missing"), value="missing", shown=_missing_shown, sort=lambda line: line.left, number=True
        ),
        Column("due", _("By"), value="due", shown=lambda line: _due(line.due, line.today), sort=lambda line: line.due),
    ]


def _line_centre(line: CentreLine) -> SafeString:
    if line.application is None:
        return format_html('{}<br><small class="muted">{}</small>', line.centre, line.centre.code)
    return format_html(
        '<a href="{}">{}</a><br><small class="muted">{}</small>',
        reverse("show_application", args=[line.application.reference]),
        line.centre,
        line.application.reference,
    )


def _line_stage(line: CentreLine) -> SafeString:
    tone = stages.tone_of(line.application.stage) if line.application else "attention"
    return badge(line.stage_words, tone=tone)


def _claim(line: CentreLine) -> object:
    return line.application.claim.total if line.application is not None else None


def _claim_shown(line: CentreLine) -> SafeString | str:
    if line.application is None:
        return "–"
    claim = line.application.claim
    drawn = level(claim.level.code) if claim.level else ""
    return format_html("{}<br>{}", f"{claim.total:.2f}", drawn) if drawn else f"{claim.total:.2f}"


def _missing_shown(line: CentreLine) -> str:
    return "–" if line.missing is None else str(line.missing)


def _language() -> str:
    return get_language() or "th"
