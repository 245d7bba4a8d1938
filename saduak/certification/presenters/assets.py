"""Plaques, emblems and reports in words: where one stands, what can be done, what was done (ถ้อยคำของป้ายและตรา)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.certification import oversight, policies
from saduak.certification.models import Asset, AssetOrder, Certificate, MisuseReport
from saduak.certification.presenters.clocks import days_left, tone_on
from saduak.certification.procedure.assets import ASSET, ASSET_ORDER, TRACK, AssetStage, OrderStage
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.procedure.misuse import MISUSE, MisuseStage
from saduak.design.components import Clock, Crumb, Moment, Stop
from saduak.design.tables import Column
from saduak.design.templatetags.saduak import badge, thai_date
from saduak.journal.models import Entry
from saduak.procedure.kit import Decision

LABEL = gettext_lazy("Plaques and emblems")
MISUSE_LABEL = gettext_lazy("Reports of misuse")

TONES: dict[str, str] = {
    AssetStage.ORDERED: "plain",
    AssetStage.MADE: "info",
    AssetStage.DELIVERED: "info",
    AssetStage.IN_USE: "success",
    AssetStage.TO_BE_RETURNED: "attention",
    AssetStage.RETURNED: "plain",
    AssetStage.LOST: "danger",
    AssetStage.WRITTEN_OFF: "plain",
    OrderStage.PLACED: "info",
    OrderStage.RECEIVED: "success",
    OrderStage.CANCELLED: "plain",
    MisuseStage.REPORTED: "attention",
    MisuseStage.LOOKED_INTO: "info",
    MisuseStage.SETTLED: "success",
}
"""Stage → tone of its badge."""

DEEDS: dict[str, object] = {
    "order": gettext_lazy("Ordered from the maker"),
    "place_order": gettext_lazy("Order placed"),
    "arrive": gettext_lazy("Arrived from the maker"),
    "complete": gettext_lazy("All pieces have arrived"),
    "cancel": gettext_lazy("What had not arrived was cancelled"),
    "deliver": gettext_lazy("Handed to the centre"),
    "acknowledge": gettext_lazy("The centre confirmed that it has it"),
    "call_back": gettext_lazy("Called back"),
    "take_back": gettext_lazy("Came back"),
    "report_lost": gettext_lazy("Reported lost"),
    "find_again": gettext_lazy("Found again"),
    "write_off": gettext_lazy("Written off"),
    "report": gettext_lazy("Reported"),
    "look_into": gettext_lazy("Taken up"),
    "settle": gettext_lazy("Settled"),
}
"""Step → what happened."""

ASIDE = frozenset({"report_lost", "write_off", "cancel"})
"""Steps whose buttons stand back; so does taking back what nobody has called back."""

EMBLEM_REFUSED: dict[str, object] = {
    CertificateStage.SUSPENDED: gettext_lazy(
        "The certificate is suspended. Until it is restored the emblem is not used."
    ),
    CertificateStage.EXPIRED: gettext_lazy("The certificate has expired. The emblem is no longer used."),
    CertificateStage.REVOKED: gettext_lazy("The certificate was revoked. The emblem is no longer used."),
    CertificateStage.RETURNED: gettext_lazy("The centre gave its certificate back. The emblem is no longer used."),
    CertificateStage.RENEWED: gettext_lazy("A newer certificate has taken its place, with an emblem of its own."),
}
"""Why there is no emblem for a certificate."""


@dataclass(frozen=True)
class Page:
    """A plaque or an emblem with what can be done about it now."""

    stage: object
    tone: str
    track: list[Stop]
    decisions: list[tuple[Decision[Any], str, str]]
    clocks: list[Clock]
    moments: list[Moment]
    trail: list[Crumb]


def page_of(asset: Asset, user: Any, *, at: datetime) -> Page:
    """The page of one piece."""
    roles = oversight.roles_over(user, asset.certificate)
    decisions = [
        (decision, reverse("take_asset_step", args=[asset.reference, decision.step.name]), _kind(decision, asset))
        for decision in ASSET.decisions(asset, roles=roles, at=at)
        if decision.step.name != "arrive" and (decision.allowed or decision.step.name != "call_back")
    ]
    return Page(
        stage=AssetStage(asset.stage).label,
        tone=TONES[asset.stage],
        track=track_of(asset),
        decisions=decisions,
        clocks=clocks_of(asset, at.date()),
        moments=moments_of(asset.history),
        trail=trail_of(asset),
    )


def track_of(asset: Asset) -> list[Stop]:
    """The straight way, and where this piece is on it or left it."""
    days = {
        AssetStage.ORDERED: asset.order.ordered_on,
        AssetStage.MADE: asset.made_on,
        AssetStage.DELIVERED: asset.delivered_on,
        AssetStage.IN_USE: asset.received_on,
    }
    stops = []
    for stage in TRACK:
        state = "now" if stage == asset.stage else "done" if days[stage] else "ahead"
        stops.append(Stop(stage.label, state, days[stage]))
    if asset.stage not in TRACK:
        stops = [Stop(stop.label, "done" if stop.at else "left", stop.at) for stop in stops]
        stops.append(Stop(AssetStage(asset.stage).label, "now", asset.stage_since))
    return stops


def clocks_of(asset: Asset, today: date) -> list[Clock]:
    """By when it comes back."""
    if asset.due_back_on is None:
        return []
    tone = "plain" if asset.is_example else tone_on(asset.due_back_on, today)
    return [Clock(_("To come back by"), asset.due_back_on, days_left(asset.due_back_on, today), tone)]


def moments_of(entries: Iterable[Entry]) -> list[Moment]:
    """What was done, oldest first."""
    return [Moment(at=e.at, what=DEEDS.get(e.step, e.step), who=e.by_name, note=e.note) for e in entries]


def steps_of(order: AssetOrder, user: Any, *, at: datetime) -> list[Decision[Any]]:
    """What can be done with an order now; that all has arrived follows from the pieces."""
    roles = policies.roles_over_rounds(user)
    return [d for d in ASSET_ORDER.decisions(order, roles=roles, at=at) if d.step.name != "complete"]


def steps_with(report: MisuseReport, user: Any, *, at: datetime) -> list[Decision[Any]]:
    """What can be done with a report now."""
    return list(MISUSE.decisions(report, roles=policies.roles_over_rounds(user), at=at))


def columns() -> list[Column]:
    """The columns of the list of plaques and emblems."""
    return [
        Column("reference", _("Serial number"), shown=_linked, sort=("reference",)),
        Column("kind", _("Kind"), value=lambda a: str(a.get_kind_display()), sort=("kind",)),
        Column(
            "centre", _("Centre"), value=lambda a: a.certificate.centre_name_th, sort=("certificate__centre__sort_key",)
        ),
        Column(
            "certificate", _("Certificate"), value=lambda a: a.certificate.reference, sort=("certificate__reference",)
        ),
        Column("stage", _("Stage"), value=lambda a: str(AssetStage(a.stage).label), shown=_stage, sort=("stage",)),
        Column(
            "delivered",
            _("Handed over on"),
            value=lambda a: a.delivered_on,
            shown=_day("delivered_on"),
            sort=("delivered_on",),
        ),
        Column(
            "due", _("To come back by"), value=lambda a: a.due_back_on, shown=_day("due_back_on"), sort=("due_back_on",)
        ),
    ]


ORDER_HEADINGS = (
    gettext_lazy("Serial number"),
    gettext_lazy("Centre"),
    gettext_lazy("Name in English"),
    gettext_lazy("Agency"),
    gettext_lazy("Province"),
    gettext_lazy("Level"),
    gettext_lazy("Year"),
    gettext_lazy("Certificate number"),
    gettext_lazy("Valid until"),
    gettext_lazy("Address for the QR code"),
)
"""What a maker needs of each piece."""


def rows_for_maker(pieces: Iterable[Asset], address: Any) -> list[tuple[Any, ...]]:
    """One row a piece; `address` gives what the QR code opens for a certificate's number."""
    rows = []
    for piece in pieces:
        certificate = piece.certificate
        level = certificate.round.criteria.library.level(certificate.level)
        rows.append(
            (
                piece.reference,
                certificate.centre_name_th,
                certificate.centre_name_en,
                certificate.centre.agency.name_th,
                certificate.centre.province.name_th,
                level.th if level else certificate.level,
                certificate.round.cycle_be,
                certificate.reference,
                certificate.expires_on,
                address(certificate.reference),
            )
        )
    return rows


def why_no_emblem(certificate: Certificate, today: date) -> object:
    """Why the emblem is not given out today; "" when it is."""
    return EMBLEM_REFUSED.get(certificate.standing_on(today), "")


def trail_of(asset: Asset | None = None, *further: Crumb) -> list[Crumb]:
    """The way to a plaque or an emblem."""
    trail = [Crumb(LABEL, reverse("list_assets"))]
    return [*trail, *([Crumb(asset.reference, asset.get_absolute_url())] if asset else []), *further]


def trail_to_orders(*further: Crumb) -> list[Crumb]:
    """The way to the production orders."""
    return [Crumb(LABEL, reverse("list_assets")), Crumb(_("Production orders"), reverse("list_asset_orders")), *further]


def trail_to_reports(*further: Crumb) -> list[Crumb]:
    """The way to the reports of misuse."""
    return [Crumb(MISUSE_LABEL, reverse("list_misuse")), *further]


def _kind(decision: Decision[Any], asset: Asset) -> str:
    early = decision.step.name == "take_back" and asset.due_back_on is None
    return "secondary" if early or decision.step.name in ASIDE else "primary"


def _linked(asset: Asset) -> SafeString:
    example = badge(_("Example"), tone="attention") if asset.is_example else ""
    return format_html('<a href="{}">{}</a> {}', asset.get_absolute_url(), asset.reference, example)


def _stage(asset: Asset) -> SafeString:
    return badge(AssetStage(asset.stage).label, tone=TONES[asset.stage])


def _day(name: str) -> Any:
    return lambda asset: thai_date(getattr(asset, name))
