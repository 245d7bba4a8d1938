"""The figures of past days, so that a year is read quickly; each can be made anew from the slices (สถิติรายวัน)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import Service
from saduak.directory.models import Centre
from saduak.frontdesk.models.desks import PriorityClass


class DaySummary(models.Model):
    """One past day of one desk as a whole (สรุปประจำวัน).

    `told`, `off_ms`, `bias_ms` and `within` say how good the told waits were: so many told, the sums of the absolute
    and of the signed errors in milliseconds, and how many were called within their 80th percentile. `ready_ms` is the
    time that counters were ready, for each half hour of the day from midnight; `open_minutes` the hours of the desk.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    day = models.DateField(_("day"))
    made_at = models.DateTimeField(_("made at"))
    open_minutes = models.PositiveSmallIntegerField(_("minutes open"), default=0)
    out_of_order = models.PositiveIntegerField(_("calls out of order"), default=0)
    ready_ms = ArrayField(models.PositiveIntegerField(), verbose_name=_("counters ready"), default=list)
    told = models.PositiveIntegerField(_("waits told"), default=0)
    off_ms = models.PositiveBigIntegerField(_("error"), default=0)
    bias_ms = models.BigIntegerField(_("bias"), default=0)
    within = models.PositiveIntegerField(_("within the 80th percentile"), default=0)

    class Meta:
        verbose_name = _("summary of a day")
        verbose_name_plural = _("summaries of days")
        ordering = ["centre", "day"]
        constraints = [models.UniqueConstraint(fields=["centre", "day"], name="one_summary_of_a_day_at_a_desk")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.day}"


class DayFigures(models.Model):
    """One past day of one service and class of visitors (สถิติรายวันตามงานบริการและกลุ่ม). Milliseconds throughout.

    The names are those of `rules.figures.Line`; lists have one number for each half hour from midnight.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    day = models.DateField(_("day"))
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", verbose_name=_("service"))
    priority = models.ForeignKey(
        PriorityClass, on_delete=models.PROTECT, related_name="+", verbose_name=_("class of visitors")
    )
    arrivals = ArrayField(models.PositiveIntegerField(), verbose_name=_("arrivals"), default=list)
    calls = ArrayField(models.PositiveIntegerField(), verbose_name=_("calls"), default=list)
    waited = ArrayField(models.PositiveBigIntegerField(), verbose_name=_("waited until called"), default=list)
    longest = models.PositiveIntegerField(_("longest wait"), default=0)
    served = models.PositiveIntegerField(_("served"), default=0)
    serving = models.PositiveBigIntegerField(_("time at the counter"), default=0)
    missed = models.PositiveIntegerField(_("did not come when called"), default=0)
    came_back = models.PositiveIntegerField(_("came back"), default=0)
    cancelled = models.PositiveIntegerField(_("cancelled or left"), default=0)
    outcomes = models.JSONField(_("outcomes"), default=dict)

    class Meta:
        verbose_name = _("figures of a day")
        verbose_name_plural = _("figures of days")
        ordering = ["centre", "day", "service", "priority"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "day", "service", "priority"], name="figures_of_a_day_are_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.day} {self.service_id}"
