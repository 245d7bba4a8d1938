"""Plaques and printed emblems, the orders that make them, accepted terms of use, and reports of misuse (ป้ายและตรา)."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.certificates import Certificate
from saduak.certification.procedure.assets import (
    ASSET,
    ASSET_ORDER,
    HELD,
    OUT,
    AssetKind,
    AssetStage,
    OrderStage,
)
from saduak.certification.procedure.certificates import ALIVE, CertificateStage
from saduak.certification.procedure.misuse import MISUSE, MisuseStage, Settlement
from saduak.directory.models import Office
from saduak.directory.models.memberships import memberships_of
from saduak.journal.models import Case

SEES_EVERY_ASSET = {Office.SECRETARIAT_OFFICER, Office.AUDITOR}


class AssetOrder(Case):
    """A batch of plaques or emblems ordered from a maker (ใบสั่งผลิต)."""

    case_kind = "certification.asset-order"

    kind = models.CharField(_("kind"), max_length=10, choices=AssetKind.choices)
    maker = models.CharField(_("maker"), max_length=200)
    ordered_on = models.DateField(_("ordered on"))
    due_on = models.DateField(_("to arrive by"))
    note = models.TextField(_("note"), blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    procedure = ASSET_ORDER

    class Meta:
        verbose_name = _("production order")
        ordering = ["-ordered_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="an_order_has_a_known_stage", condition=Q(stage__in=OrderStage.values)),
            models.CheckConstraint(name="an_order_has_a_known_kind", condition=Q(kind__in=AssetKind.values)),
            models.CheckConstraint(name="an_order_names_its_maker", condition=~Q(maker="")),
            models.CheckConstraint(
                name="an_order_arrives_after_it_is_placed", condition=Q(due_on__gte=models.F("ordered_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_asset_order", args=[self.reference])

    @property
    def awaits_pieces(self) -> bool:
        """Whether some have not arrived."""
        return self.assets.filter(stage=AssetStage.ORDERED).exists()


class AssetQuerySet(models.QuerySet["Asset"]):
    """Ways of choosing plaques and emblems."""

    def visible_to(self, user: Any) -> Self:
        """All, to the secretariat and the auditors; those of the own centre or agency once they are handed over."""
        held = memberships_of(user)
        if {membership.office for membership in held} & SEES_EVERY_ASSET:
            return self.all()
        centres = [m.centre_id for m in held if m.centre_id]
        agencies = [m.agency_id for m in held if m.office == Office.AGENCY_COORDINATOR]
        own = Q(certificate__centre__in=centres) | Q(certificate__centre__agency__in=agencies)
        return self.filter(own, delivered_on__isnull=False)

    def due_to_call_back(self, day: date) -> Self:
        """Those that a centre still has although its certificate has ended; a practice calls nothing back."""
        ended = ~Q(certificate__stage__in=ALIVE) | Q(certificate__expires_on__lt=day)
        return self.filter(ended, stage__in=OUT, is_example=False)

    def overdue(self, day: date) -> Self:
        """Those that should have come back."""
        return self.filter(stage=AssetStage.TO_BE_RETURNED, due_back_on__lt=day)

    def for_page(self) -> Self:
        """With what every list and page prints."""
        return self.select_related(
            "certificate__centre__agency",
            "certificate__centre__province",
            "certificate__application__round",
            "order",
            "receipt",
        )


class Asset(Case):
    """One plaque or one printed emblem; its reference is its serial number (ป้ายหรือตรารับรอง).

    `delivered_on` stays set from the first hand-over on. `due_back_on` is set while it is to be returned.
    """

    case_kind = "certification.asset"

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="assets")
    order = models.ForeignKey(AssetOrder, on_delete=models.PROTECT, related_name="assets")
    kind = models.CharField(_("kind"), max_length=10, choices=AssetKind.choices)
    made_on = models.DateField(_("arrived from the maker on"), null=True)
    delivered_on = models.DateField(_("handed over on"), null=True)
    delivered_how = models.CharField(_("how it was handed over"), max_length=300, blank=True)
    received_on = models.DateField(_("received on"), null=True)
    received_by = models.CharField(_("who received it"), max_length=200, blank=True)
    receipt = models.ForeignKey(  # Null: a note instead, or nothing yet.
        "attachments.Attachment",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("signed receipt"),
    )
    due_back_on = models.DateField(_("to come back by"), null=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = AssetQuerySet.as_manager()
    procedure = ASSET

    class Meta:
        verbose_name = _("plaque or emblem")
        ordering = ["reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "kind"],
                condition=Q(stage__in=sorted(HELD)),
                name="one_piece_of_a_kind_per_certificate",
            ),
            models.CheckConstraint(name="an_asset_has_a_known_stage", condition=Q(stage__in=AssetStage.values)),
            models.CheckConstraint(name="an_asset_has_a_known_kind", condition=Q(kind__in=AssetKind.values)),
            models.CheckConstraint(
                name="what_is_with_a_centre_was_received_by_somebody",
                condition=~Q(stage=AssetStage.IN_USE)
                | Q(delivered_on__isnull=False, received_on__isnull=False) & ~Q(received_by=""),
            ),
            models.CheckConstraint(
                name="what_is_to_be_returned_has_a_day",
                condition=Q(stage=AssetStage.TO_BE_RETURNED, due_back_on__isnull=False)
                | ~Q(stage=AssetStage.TO_BE_RETURNED) & Q(due_back_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_asset", args=[self.reference])

    @property
    def journal_centre_id(self) -> int | None:
        """The centre under which its entries are filed."""
        return self.certificate.centre_id

    @property
    def terms_are_accepted(self) -> bool:
        """Whether the centre accepted the terms of use for this certificate."""
        return self.certificate.terms_accepted.exists()


class TermsAccepted(models.Model):
    """That a centre accepted the terms of use of plaque and emblem; written once (การยอมรับเงื่อนไข)."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="terms_accepted")
    edition = models.CharField(_("edition of the terms"), max_length=20)
    sha256 = models.CharField(_("SHA-256 of the terms"), max_length=64)
    accepted_at = models.DateTimeField(_("accepted at"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("accepted by")
    )

    class Meta:
        verbose_name = _("accepted terms")
        ordering = ["-accepted_at"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "edition"], name="an_edition_is_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} {self.edition}"


class MisuseQuerySet(models.QuerySet["MisuseReport"]):
    """Ways of choosing reports."""

    def open(self) -> Self:
        """Those that are not settled."""
        return self.exclude(stage=MisuseStage.SETTLED)


class MisuseReport(Case):
    """Somebody saw the plaque, the emblem or the name of the programme misused (รายงานการใช้โดยไม่ถูกต้อง).

    Who reported may stay unnamed; a name and a way to answer are personal data that only the secretariat reads.
    """

    case_kind = "certification.misuse"

    certificate = models.ForeignKey(  # Null: not known, or of a place that was never certified.
        Certificate, on_delete=models.PROTECT, null=True, related_name="misuse_reports"
    )
    where = models.CharField(_("where it was seen"), max_length=500)
    what = models.TextField(_("what was seen"))
    seen_on = models.DateField(_("seen on"))
    reporter = models.ForeignKey(  # Null: somebody without an account.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who reported")
    )
    contact = models.CharField(_("how to answer"), max_length=200, blank=True)
    reported_at = models.DateTimeField(_("reported at"))
    settlement = models.CharField(_("outcome"), max_length=20, choices=Settlement.choices, blank=True)
    finding = models.TextField(_("what came out"), blank=True)

    objects = MisuseQuerySet.as_manager()
    procedure = MISUSE

    class Meta:
        verbose_name = _("report of misuse")
        ordering = ["-reported_at"]
        constraints = [
            models.CheckConstraint(name="a_report_has_a_known_stage", condition=Q(stage__in=MisuseStage.values)),
            models.CheckConstraint(name="a_report_says_where_and_what", condition=~Q(where="") & ~Q(what="")),
            models.CheckConstraint(
                name="a_settled_report_tells_what_came_out",
                condition=Q(stage=MisuseStage.SETTLED, settlement__in=Settlement.values) & ~Q(finding="")
                | ~Q(stage=MisuseStage.SETTLED) & Q(settlement="", finding=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its page, for the secretariat."""
        return reverse("show_misuse", args=[self.reference])

    @property
    def journal_centre_id(self) -> int | None:
        """The centre under which its entries are filed."""
        return self.certificate.centre_id if self.certificate else None


def certificates_without(kind: str, day: date) -> "models.QuerySet[Certificate]":
    """Valid certificates that have no piece of the kind, nor one on its way; a lost one may be replaced."""
    has = Asset.objects.filter(certificate=OuterRef("pk"), kind=kind, stage__in=HELD)
    valid = Certificate.objects.filter(stage=CertificateStage.VALID, issued_on__lte=day, expires_on__gte=day)
    return valid.filter(~Exists(has)).select_related("centre__agency", "centre__province", "round")
