"""Days on which government offices close, with where and by whose word (วันหยุดราชการ)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.directory.models.naming import Filed
from saduak.directory.models.provinces import Province
from saduak.thai.calendar import NATIONWIDE, Closure


class HolidayKind(models.TextChoices):
    """Why a day is one."""

    STATUTORY = "statutory", _("yearly")
    SUBSTITUTION = "substitution", _("in lieu")
    SPECIAL = "special", _("special")
    REGIONAL = "regional", _("regional")


class HolidayScope(models.TextChoices):
    """Where a day is one."""

    NATIONWIDE = "nationwide", _("the whole country")
    REGION = "region", _("one region")
    PROVINCES = "provinces", _("some provinces")


class Confidence(models.TextChoices):
    """How surely a day is known."""

    ENTERED = "entered", _("entered from the announcement")
    LIBRARY = "library", _("from a public library of holidays")
    CORRECTED = "corrected", _("from a public library, corrected")
    NEWS = "news", _("from a news report of the resolution")
    PROJECTED = "projected", _("computed before the announcement")
    UNCONFIRMED = "unconfirmed", _("not yet found in an official list")


class HolidayQuerySet(models.QuerySet["Holiday"]):
    """Ways of choosing holidays."""

    def closing_offices(self) -> Self:
        """Days on which government offices close."""
        return self.filter(offices_close=True)

    def between(self, since: date, until: date) -> Self:
        """Days from `since` to `until`, both included."""
        return self.filter(day__range=(since, until))

    def with_places(self) -> Self:
        """With the provinces, in one more question to the database."""
        return self.prefetch_related("provinces")

    def observed_in(self, province: Province | None) -> Self:
        """Days that count in a province; without one, only those of the whole country."""
        nationwide = Q(scope=HolidayScope.NATIONWIDE)
        if province is None:
            return self.filter(nationwide)
        named = Holiday.provinces.through.objects.filter(province_id=province.pk).values("holiday_id")
        in_region = Q(scope=HolidayScope.REGION, region_th=province.region_th)
        return self.filter(nationwide | in_region | Q(scope=HolidayScope.PROVINCES, pk__in=named))


class Holiday(Filed, models.Model):
    """A day with a name (วันหยุด); offices need not close on it. `source` says who told it."""

    case_kind = "holiday"

    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=HolidayKind, default=HolidayKind.SPECIAL)
    scope = models.CharField(_("where"), max_length=20, choices=HolidayScope, default=HolidayScope.NATIONWIDE)
    region_th = models.CharField(_("region"), max_length=40, blank=True)
    provinces = models.ManyToManyField(Province, blank=True, related_name="holidays", verbose_name=_("provinces"))
    confidence = models.CharField(_("how surely known"), max_length=20, choices=Confidence, default=Confidence.ENTERED)
    source = models.CharField(_("source"), max_length=500)
    offices_close = models.BooleanField(_("government offices close"), default=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "name", "scope", "region_th"],
                name="a_day_has_a_holiday_once",
                violation_error_message=_("This holiday is in the table already."),
            ),
            models.CheckConstraint(
                condition=(Q(scope=HolidayScope.REGION) & ~Q(region_th=""))
                | (~Q(scope=HolidayScope.REGION) & Q(region_th="")),
                name="a_regional_holiday_names_its_region",
                violation_error_message=_("Name the region of a regional holiday, and only then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    @property
    def reference(self) -> str:
        """Its reference in the journal."""
        return f"H{self.pk:05d}"

    def as_closure(self) -> Closure:
        """As the office calendar counts with it; fetch `with_places` first."""
        scope = NATIONWIDE
        if self.scope == HolidayScope.REGION:
            scope = f"region:{self.region_th}"
        elif self.scope == HolidayScope.PROVINCES:
            scope = " ".join(province.code for province in self.provinces.all())
        return Closure(self.day, self.name, self.kind, scope, self.offices_close, self.confidence, self.source)
