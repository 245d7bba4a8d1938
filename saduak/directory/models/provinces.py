"""Provinces, and the inspection regions whose members change over time (จังหวัดและเขตตรวจราชการ)."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from saduak.directory.models.naming import Filed, Named, days, holding, same


class Province(Named):
    """One of the 77 (จังหวัด); `code` is the two-digit TIS 1099 code, which is also the number of ISO 3166-2:TH."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    abbr_th = models.CharField(_("Thai abbreviation"), max_length=4, blank=True)
    abbr_en = models.CharField(_("English abbreviation"), max_length=4, blank=True)
    region_th = models.CharField(_("geographical region"), max_length=40, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True)  # Null: not known.
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True)

    class Meta:
        ordering = ["code"]


class InspectionRegionQuerySet(models.QuerySet["InspectionRegion"]):
    """Ways of choosing regions."""

    def of(self, province: Province, on: date) -> Self:
        """The region to which a province belonged on a day."""
        held = RegionProvince.objects.filter(holding(on, since="from_day", until="until_day"), province=province)
        return self.filter(pk__in=held.values("region"))

    def with_provinces_on(self, day: date) -> Self:
        """With their provinces of a day as `now`, in one more question to the database."""
        now = RegionProvince.objects.on(day).select_related("province").order_by("province__code")
        return self.prefetch_related(models.Prefetch("belongings", queryset=now, to_attr="now"))


class InspectionRegion(Filed, Named):
    """A region of the inspectors of the Prime Minister's Office (เขตตรวจราชการ); 0 is the central one."""

    case_kind = "inspection_region"

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    province_group_th = models.CharField(_("group of provinces"), max_length=120, blank=True)

    objects = InspectionRegionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    @property
    def reference(self) -> str:
        """Its reference in the journal."""
        return f"R{self.number:02d}"


class RegionProvinceQuerySet(models.QuerySet["RegionProvince"]):
    """Ways of choosing."""

    def on(self, day: date) -> Self:
        """Where the provinces belonged on a day."""
        return self.filter(holding(day, since="from_day", until="until_day"))


class RegionProvince(models.Model):
    """A province's time in a region."""

    region = models.ForeignKey(InspectionRegion, on_delete=models.PROTECT, related_name="belongings")
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="belongings")
    from_day = models.DateField(_("from"))
    until_day = models.DateField(_("until"), null=True, blank=True)  # Null: until further notice.
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = RegionProvinceQuerySet.as_manager()

    class Meta:
        ordering = ["region__number", "province__code", "from_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(from_day__lte=F("until_day")),
                name="a_province_joins_a_region_before_it_leaves",
            ),
            ExclusionConstraint(
                expressions=[same("province"), days("from_day", "until_day")],
                name="a_province_is_in_one_region_at_a_time",
                violation_error_message=_("The province is in another region in these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province} → {self.region}"

    def holds_on(self, day: date) -> bool:
        """Whether the province belonged to the region on a day."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)
