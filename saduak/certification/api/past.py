"""Results of earlier years: spreadsheets brought in, lines matched to centres, contradictions settled by a person."""

from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from saduak.certification.forms.past import check_sheet
from saduak.certification.models import PastResult, PastSheet
from saduak.certification.models.past import Match
from saduak.certification.operations import past as operations
from saduak.certification.policies import Permission
from saduak.certification.queries import past
from saduak.directory.models import Agency, Centre, Province
from saduak.directory.presenters import reasons_in_words
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import LARGEST
from saduak.machines.words import gettext_lazy

router = Router(tags=["Results from records"])


class SheetRowTold(Schema):
    """A problem of a spreadsheet; row 0 is the file as a whole."""

    row: int
    column: str
    value: str
    words: str


class PastSheetTold(Schema):
    """An uploaded spreadsheet, and what it would do."""

    id: int
    file_name: str
    state: str = Field(..., description="refused, checked, written, overtaken or given_up")
    is_example: bool
    total: int = Field(..., description="How many lines are new.")
    digest: str = Field(..., description="To be sent as `seen` when it is written.")
    problems: list[SheetRowTold]


class PastResultTold(Schema):
    """One line of one source."""

    id: int
    cycle_be: int
    centre_name: str
    province: str
    agency_name: str
    outcome: str = Field(..., description="basic, advanced, excellent, certified or declined")
    source: str
    page: str
    centre: str = Field(..., description="The code of the centre that it is about; empty while none is said.")
    match: str = Field(..., description="open, matched or alone")
    holding: str = Field(..., description="open, holds or set_aside")
    reason: str
    version: int
    is_example: bool


class SuggestedTold(Schema):
    """A centre that a line may be about."""

    centre: str
    name_th: str
    score: int = Field(..., description="Likeness out of 100.")
    why: list[str]


class PastResultInFullTold(PastResultTold):
    """A line beside all others about the same centre and year."""

    beside: list[PastResultTold]
    together: str = Field(..., description="What the lines that stand say together; disputed while they contradict.")
    seen: str = Field(..., description="The versions of all these lines; to be sent with a verdict.")
    suggestions: list[SuggestedTold]


class PastAsked(Paging):
    """Which lines are asked for."""

    year: int | None = Field(None, ge=2500, le=2800, description="Buddhist era.")
    province: str = Field("", max_length=2)
    outcome: str = Field("", max_length=20)
    state: Literal["", "unmatched", "disputed", "settled"] = ""


class SheetAsked(Schema):
    """What is said of an uploaded spreadsheet."""

    is_example: bool = False


class WriteSheetAsked(Schema):
    """What the dry run showed."""

    seen: str = Field(..., min_length=1, max_length=64, description="The sheet's `digest` as it was read.")


class MatchAsked(Schema):
    """Which centre a line is about."""

    centre: str = Field("", max_length=20, description="Its code; empty: no centre of the directory.")
    seen: int = Field(..., ge=0, le=LARGEST, description="The line's version as it was read.")


class HistoricAsked(Schema):
    """A centre that is entered as one that no longer serves."""

    agency: str = Field(..., min_length=1, max_length=20, description="The code of its agency.")
    seen: int = Field(..., ge=0, le=LARGEST, description="The line's version as it was read.")


class UnmatchAsked(Schema):
    """Why a match is taken back."""

    reason: str = Field(..., min_length=1, max_length=2000)
    seen: int = Field(..., ge=0, le=LARGEST, description="The line's version as it was read.")


class PastVerdictAsked(Schema):
    """Why a line holds, or why all stand again; `seen` are the versions of the lines that were compared."""

    reason: str = Field(..., min_length=1, max_length=2000)
    seen: str = Field(..., min_length=1, max_length=20_000)


@router.get(
    "/past-results",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("Every line of every source about earlier years, the latest year first."),
    response=page_of(PastResultTold),
)
def list_past_results(request: HttpRequest, asked: Query[PastAsked]) -> Any:
    may(request, Permission.SEE_PAST)
    province = Province.objects.filter(code=asked.province).first() if asked.province else None
    if asked.province and province is None:
        return paged(request, asked, [], _line)
    found = past.chosen({"year": asked.year, "province": province, "outcome": asked.outcome, "state": asked.state})
    return paged(request, asked, found, _line)


@router.post(
    "/past-results/sheets",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Bring a spreadsheet of earlier results in: a dry run, of which nothing is written yet."),
    response={201: PastSheetTold},
)
def bring_past_sheet_in(request: HttpRequest, asked: Form[SheetAsked], file: File[UploadedFile]) -> Any:
    person = may(request, Permission.KEEP_PAST)
    try:
        check_sheet(file)
    except ValidationError as refused:
        raise wrong(refused.messages[0], pointer="/file") from None
    kept = operations.take_in(file.read(), file_name=file.name or "", by=person, is_example=asked.is_example)
    return Status(201, _sheet(request, kept))


def _sheet_for(request: HttpRequest, sheet: int) -> PastSheet:
    may(request, Permission.KEEP_PAST)
    return get_object_or_404(PastSheet.objects.defer("content"), pk=sheet)


def _line_for(request: HttpRequest, line: int) -> PastResult:
    may(request, Permission.SEE_PAST)
    return get_object_or_404(PastResult.objects.with_places(), pk=line)


def _sheet(_request: HttpRequest, sheet: PastSheet) -> dict[str, Any]:
    problems = [dict(zip(("row", "column", "value", "words"), one, strict=True)) for one in sheet.problems]
    names = ("file_name", "state", "is_example", "total", "digest")
    return {**{name: getattr(sheet, name) for name in names}, "id": sheet.pk, "problems": problems}


def _line(line: PastResult) -> dict[str, Any]:
    same = ("cycle_be", "centre_name", "agency_name", "outcome", "source", "page", "match", "holding", "reason")
    return {
        **{name: getattr(line, name) for name in (*same, "version", "is_example")},
        "id": line.pk,
        "province": line.province.code,
        "centre": line.centre.code if line.centre else "",
    }


def _in_full(_request: HttpRequest, line: PastResult) -> dict[str, Any]:
    lines = list(past.lines_beside(line))
    return {
        **_line(line),
        "beside": [_line(one) for one in lines if one.pk != line.pk],
        "together": past.told_of(lines)[0].outcome,
        "seen": operations.versions_of(lines),
        "suggestions": [
            {
                "centre": one.centre.code,
                "name_th": one.centre.name_th,
                "score": one.score,
                "why": list(reasons_in_words(one.reasons)),
            }
            for one in (past.suggestions_for(line) if line.match == Match.OPEN else ())
        ],
    }


def _match(line: PastResult, *, centre: str, **said: Any) -> None:
    if not centre:
        operations.leave_alone(line, **said)
        return
    found = Centre.objects.filter(code=centre).first()
    if found is None:
        raise wrong(_("There is no centre of this code."), pointer="/centre")
    operations.match(line, found, **said)


def _open_historic(line: PastResult, *, agency: str, **said: Any) -> None:
    found = Agency.objects.filter(code=agency).first()
    if found is None:
        raise wrong(_("There is no agency of this code."), pointer="/agency")
    operations.open_historic_centre(line, agency=found, **said)


SHEETS = Cases(router, "/past-results/sheets/{sheet}", _sheet_for, _sheet, PastSheetTold)
LINES = Cases(router, "/past-results/{line}", _line_for, _in_full, PastResultInFullTold)

SHEETS.shows("show_past_sheet", "", gettext_lazy("What a spreadsheet would do, or every problem by its row."))
SHEETS.step(
    "write_past_sheet",
    "write",
    operations.write,
    WriteSheetAsked,
    gettext_lazy("Write exactly what the dry run showed, or nothing."),
)
SHEETS.step(
    "give_past_sheet_up", "give-up", operations.give_up, None, gettext_lazy("Drop a spreadsheet that was not written.")
)
LINES.shows("show_past_result", "", gettext_lazy("One line beside all others about the same centre and year."))
LINES.step(
    "match_past_result",
    "match",
    _match,
    MatchAsked,
    gettext_lazy("Say which centre a line is about, or that none of the directory is meant."),
    permission=Permission.KEEP_PAST,
)
LINES.step(
    "open_historic_centre",
    "historic-centre",
    _open_historic,
    HistoricAsked,
    gettext_lazy("Enter the centre that a line is about as one that no longer serves."),
    permission=Permission.KEEP_PAST,
)
LINES.step(
    "unmatch_past_result",
    "unmatch",
    operations.unmatch,
    UnmatchAsked,
    gettext_lazy("Take a match back; a verdict on it is taken back too."),
    permission=Permission.KEEP_PAST,
)
LINES.step(
    "settle_past_result",
    "settle",
    operations.settle,
    PastVerdictAsked,
    gettext_lazy("Say that this line holds; those that contradict it are set aside."),
    permission=Permission.KEEP_PAST,
)
LINES.step(
    "reopen_past_result",
    "reopen",
    operations.reopen,
    PastVerdictAsked,
    gettext_lazy("Let every line of this centre and year stand as its source tells it again."),
    permission=Permission.KEEP_PAST,
)
