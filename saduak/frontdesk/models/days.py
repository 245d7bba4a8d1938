"""A day at a desk: what has been given out, and a number that grows with every change (วันให้บริการ)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from saduak.directory.models import Centre


class ServiceDay(models.Model):
    """One day of one desk (วันให้บริการ).

    `version` grows in the transaction of every change of the day's tickets, counters and calls: whoever has seen a
    version has seen everything up to it. `sequence` counts the tickets; ties of the queue go by it.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    day = models.DateField(_("day"))
    version = models.PositiveBigIntegerField(_("version"), default=0)
    sequence = models.PositiveIntegerField(_("tickets so far"), default=0)
    stopped_at = models.DateTimeField(_("no more tickets since"), null=True)  # Null: still giving out.
    stop_reason = models.CharField(_("why no more tickets"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)  # Null: not closed yet.

    class Meta:
        verbose_name = _("service day")
        verbose_name_plural = _("service days")
        ordering = ["day", "centre"]
        indexes = [models.Index(fields=["day"], condition=Q(closed_at=None), name="service_day_not_closed")]
        constraints = [
            models.UniqueConstraint(fields=["centre", "day"], name="one_record_of_a_day_at_a_desk"),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | ~Q(stop_reason=""), name="an_early_stop_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.day}"


class NumberSeries(models.Model):
    """The last number given out under one letter on one day (เลขคิวล่าสุด).

    Numbers set aside for devices lie together and high up, so that the day begins with 1 for everybody else; a series
    that comes so far goes on behind them.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    day = models.DateField(_("day"))
    prefix = models.CharField(_("letter"), max_length=1)
    last = models.PositiveIntegerField(_("last number"))
    aside_first = models.PositiveIntegerField(_("set aside from"), null=True)  # Null: nothing is set aside.
    aside_last = models.PositiveIntegerField(_("set aside until"), null=True)

    class Meta:
        ordering = ["centre", "day", "prefix"]
        constraints = [models.UniqueConstraint(fields=["centre", "day", "prefix"], name="one_series_of_a_letter_a_day")]

    def __str__(self) -> str:
        return f"{self.prefix}{self.last}"


class NumberBlock(models.Model):
    """Numbers set aside for a device that may have to go on without the server (ช่วงเลขสำรอง)."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    device = models.ForeignKey("Device", on_delete=models.PROTECT, related_name="blocks", verbose_name=_("device"))
    day = models.DateField(_("day"))
    prefix = models.CharField(_("letter"), max_length=1)
    first = models.PositiveIntegerField(_("first number"))
    last = models.PositiveIntegerField(_("last number"))
    reserved_at = models.DateTimeField(_("set aside at"))

    class Meta:
        ordering = ["reserved_at", "pk"]
        indexes = [models.Index(fields=["device", "day"], name="block_of_device")]
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last"), first__gte=1), name="a_block_has_numbers"),
            models.UniqueConstraint(fields=["centre", "day", "prefix", "first"], name="no_number_is_set_aside_twice"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.first}–{self.last}"
