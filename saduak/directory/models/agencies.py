"""Ministries and the agencies below them (กระทรวงและหน่วยงาน)."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.directory.models.naming import Filed, Named


class Ministry(Filed, Named):
    """A ministry or what ranks with one (กระทรวง); `letter_code` opens the numbers of its letters."""

    case_kind = "ministry"

    code = models.CharField(_("code"), max_length=20, unique=True)
    letter_code = models.CharField(_("letter code"), max_length=10, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("ministry")
        verbose_name_plural = _("ministries")

    @property
    def reference(self) -> str:
        """Its reference in the journal."""
        return self.code


class AgencyKind(models.TextChoices):
    """What an agency is in law."""

    DEPARTMENT = "department", _("department")
    STATE_ENTERPRISE = "state_enterprise", _("state enterprise")
    PUBLIC_ORGANISATION = "public_organisation", _("public organisation")
    PROVINCIAL = "provincial", _("provincial administration")
    LOCAL = "local", _("local administration")
    INDEPENDENT = "independent", _("independent agency")
    OTHER = "other", _("other state agency")


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Ways of choosing agencies."""

    def with_parts_of(self, agency: "Agency") -> Self:
        """An agency and its direct parts."""
        return self.filter(Q(pk=agency.pk) | Q(parent=agency))

    def directly_below(self, ministry: Ministry) -> Self:
        """Those that have no other agency above them."""
        return self.filter(ministry=ministry, parent__isnull=True)


class Agency(Filed, Named):
    """A government agency or state enterprise (หน่วยงานของรัฐ), under a ministry, perhaps under another agency."""

    case_kind = "agency"

    code = models.CharField(_("code"), max_length=20, unique=True)
    ministry = models.ForeignKey(  # Null: an agency outside every ministry.
        Ministry, on_delete=models.PROTECT, null=True, blank=True, related_name="agencies", verbose_name=_("ministry")
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=AgencyKind, default=AgencyKind.DEPARTMENT)
    is_active = models.BooleanField(_("exists today"), default=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="an_agency_is_not_a_part_of_itself"
            )
        ]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_agency", args=[self.code])

    @property
    def reference(self) -> str:
        """Its reference in the journal."""
        return self.code
