"""Days on which one desk keeps other hours than its week and the office calendar say (วันพิเศษ)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models.desks import Desk


class SpecialDay(models.Model):
    """One day of one desk with hours of its own, or closed, and why (วันพิเศษ).

    `spans` is a list of `{"opens": "08:30", "closes": "12:00"}`; empty: closed. It outweighs holidays.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="special_days", verbose_name=_("front desk"))
    day = models.DateField(_("day"))
    spans = models.JSONField(_("hours of that day"), default=list, blank=True)
    reason = models.CharField(_("why"), max_length=200)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "day"],
                name="a_day_is_special_once_at_its_desk",
                violation_error_message=_("This day is among the special days already."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_special_day_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"
