"""Which sub-committee assesses a unit, and what its members declare (การมอบหมายและการเปิดเผยส่วนได้เสีย)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.postgres.standing import Standing


class Panel(models.Model):
    """A sub-committee that takes part in a round, and the last unit number it has given out (คณะอนุกรรมการในรอบ)."""

    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="panels")
    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="panels")
    last_unit_number = models.PositiveIntegerField(_("last unit number"), default=0)

    class Meta:
        verbose_name = _("sub-committee in the round")
        ordering = ["body__number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "body"], name="a_sub_committee_joins_a_round_once"),
        ]

    def __str__(self) -> str:
        return str(self.body)


class Assignment(models.Model):
    """That a sub-committee assesses a unit under a running number (การมอบหมาย)."""

    application = models.OneToOneField("Application", on_delete=models.PROTECT, related_name="assignment")
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="assignments")
    unit_number = models.PositiveIntegerField(_("unit number"))
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("assignment")
        ordering = ["panel", "unit_number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "unit_number"], name="a_unit_number_is_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.panel} {self.unit_number}"


class Declaration(models.Model):
    """What a member declares about a unit before anything confidential opens (การเปิดเผยส่วนได้เสีย)."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="declarations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    has_conflict = models.BooleanField(_("has a conflict of interest"))
    statement = models.TextField(_("what it is"), blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("declaration")
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="a_member_declares_once_per_unit"),
            models.CheckConstraint(
                name="a_declared_conflict_says_what_it_is", condition=Q(has_conflict=False) | ~Q(statement="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.person_id}"


DECLARATION_OF = Standing(
    lambda application, person: Declaration.objects.filter(application_id=application, person_id=person),
    application=-2,
    person=-3,
)
"""What a person has declared about a unit."""
