"""Remarks on dossiers in words, each with its facts and what it may and may not mean (ข้อสังเกตเกี่ยวกับหลักฐาน)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saduak.certification.models import Application, Remark
from saduak.certification.models.remarks import RemarkKind
from saduak.certification.policies_of_quality import may_read_remarks
from saduak.certification.queries.remarks import OVERVIEW, remarks_of
from saduak.design.tables import Column
from saduak.design.templatetags.saduak import badge
from saduak.thai import dates

EXPLANATIONS: dict[RemarkKind, object] = {
    RemarkKind.SAME_FILE: gettext_lazy(
        "The two files are the same byte for byte. An order or a manual of one ministry may rightly serve many "
        "centres; a photograph of a service point can hardly belong to two."
    ),
    RemarkKind.LIKE_PICTURE: gettext_lazy(
        "The pictures look alike when they are reduced to 64 shades. They may be one picture saved twice, or two "
        "places built by one plan."
    ),
    RemarkKind.SAME_TEXT: gettext_lazy(
        "Spaces, signs and kinds of digits do not count; runs of six letters are compared. A text that an agency "
        "gave to its centres looks like this too."
    ),
    RemarkKind.TAKEN_OUTSIDE: gettext_lazy(
        "The day is the one that the camera noted, and the camera's clock may be wrong."
    ),
    RemarkKind.EDITED: gettext_lazy(
        "A program wrote the picture again after it was taken. Making it smaller or turning it does that too."
    ),
}

_WHY: dict[str, object] = {
    "before": gettext_lazy("%(file)s was taken on %(day)s, before %(from)s from when on photographs count"),
    "after": gettext_lazy("%(file)s was taken on %(day)s, after the dossier was handed in on %(until)s"),
    "not_named": gettext_lazy("%(file)s was taken on %(day)s, outside the period that the centre named for it"),
}


@dataclass(frozen=True)
class Shown:
    """One remark as a person reads it; `other_url` is empty when the other case does not exist for the person."""

    remark: Remark
    other_url: str

    @property
    def title(self) -> object:
        """What it is."""
        return RemarkKind(self.remark.kind).label

    @property
    def pieces(self) -> list[str]:
        """What was found, piece by piece."""
        return [in_words(RemarkKind(self.remark.kind), piece) for piece in self.remark.pieces]

    @property
    def linked(self) -> list[tuple[str, str, str]]:
        """Each piece, with the address of the own file and of the other's; empty where there is none to open."""
        other = self.remark.other if self.other_url else None
        return [
            (words, _file(self.remark.application, piece.get("evidence")), _file(other, piece.get("their_evidence")))
            for words, piece in zip(self.pieces, self.remark.pieces, strict=True)
        ]

    @property
    def first(self) -> str:
        """The first piece, and how many more there are."""
        pieces = self.pieces
        more = _(" and %(number)s more") % {"number": len(pieces) - 1} if len(pieces) > 1 else ""
        return f"{pieces[0]}{more}" if pieces else ""

    @property
    def explanation(self) -> object:
        """What it may and may not mean."""
        return EXPLANATIONS[RemarkKind(self.remark.kind)]

    @property
    def kinship(self) -> str:
        """How near the two centres are in the hierarchy of the state."""
        return kinship(self.remark)


def shown_to(remarks: Iterable[Remark], visible: Iterable[int]) -> list[Shown]:
    """Remarks for a person for whom the cases with the keys `visible` exist."""
    visible = set(visible)
    return [
        Shown(one, one.other.get_absolute_url() if one.other is not None and one.other_id in visible else "")
        for one in remarks
    ]


def for_reader(user: Any, application: Application) -> list[Shown]:
    """The remarks on a dossier that the person may read."""
    if not may_read_remarks(user, application):
        return []
    found = remarks_of(application)
    others = [one.other_id for one in found if one.other_id]
    visible = Application.objects.visible_to(user).filter(pk__in=others).values_list("pk", flat=True) if others else ()
    return shown_to(found, visible)


def in_words(kind: RemarkKind, piece: dict[str, Any]) -> str:
    """One piece of what was found."""
    if kind is RemarkKind.SAME_TEXT:
        words = _("%(code)s: %(percent)s %% of the text is the same (%(letters)s letters)")
        code = _("Overview of the centre") if piece["code"] == OVERVIEW else piece["code"]
        return words % {**piece, "code": code}
    codes = ", ".join(piece["codes"])
    if kind is RemarkKind.SAME_FILE:
        words = _("%(file)s (%(codes)s) is %(their_file)s (%(their_codes)s) of the other dossier")
        return words % {**piece, "codes": codes, "their_codes": ", ".join(piece["their_codes"])}
    if kind is RemarkKind.LIKE_PICTURE:
        words = _("%(file)s (%(codes)s) looks like %(their_file)s (%(their_codes)s): %(bits)s of 64 shades differ")
        return words % {**piece, "codes": codes, "their_codes": ", ".join(piece["their_codes"])}
    file = f"{piece['file']} ({codes})"
    if kind is RemarkKind.EDITED:
        words = _("%(file)s was taken on %(day)s and written again on %(edited)s")
        return words % {"file": file, "day": _day(piece["taken_at"]), "edited": _day(piece["edited_at"])}
    told = {"file": file, "day": _day(piece["taken_at"]), "from": _day(piece["from"]), "until": _day(piece["until"])}
    return str(_WHY[piece["why"]]) % told


def kinship(remark: Remark) -> str:
    """How near two centres are; "" where there is only one."""
    if remark.other is None:
        return ""
    one, other = remark.application.centre, remark.other.centre
    if one.agency_id == other.agency_id:
        return _("of the same agency")
    return (
        _("in the same province") if one.province_id == other.province_id else _("of different agencies and provinces")
    )


def columns() -> list[Column]:
    """The list of a round's remarks."""
    return [
        Column(
            "reference",
            gettext_lazy("Application"),
            value=lambda one: one.application.reference,
            sort=("application__reference",),
        ),
        Column("centre", gettext_lazy("Centre"), value=lambda one: str(one.application.centre)),
        Column(
            "kind",
            gettext_lazy("What was noticed"),
            value=lambda one: RemarkKind(one.kind).label,
            shown=lambda one: format_html('<a href="{}">{}</a>', one.get_absolute_url(), RemarkKind(one.kind).label),
            sort=("kind",),
        ),
        Column("other", gettext_lazy("The other dossier"), value=_other),
        Column("kinship", gettext_lazy("The two centres"), value=kinship),
        Column("pieces", gettext_lazy("Pieces"), value=lambda one: len(one.facts), number=True),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda one: _("to be looked at") if one.stands else _("dismissed"),
            shown=lambda one: badge(_("to be looked at"), "warning") if one.stands else badge(_("dismissed")),
            sort=("dismissed_at",),
        ),
        Column("reason", gettext_lazy("Reason"), aside=True),
    ]


def _file(application: Application | None, evidence: int | None) -> str:
    if application is None or evidence is None:
        return ""
    return reverse("download_evidence", args=[application.reference, evidence])


def _other(remark: Remark) -> str:
    other: Application | None = remark.other
    return "" if other is None else f"{other.reference} {other.centre}"


def _day(text: str) -> str:
    """A stored moment or day, as a day in Bangkok."""
    if len(text) == len("2020-01-15"):
        day = date.fromisoformat(text)
    else:
        day = timezone.localdate(datetime.fromisoformat(text))
    return dates.short(day, get_language() or "th")
