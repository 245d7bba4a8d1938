"""One table of what people saw, took away, and were given (บันทึกการเข้าถึงข้อมูล)."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Act(models.TextChoices):
    """What somebody did that changes no case and is kept nevertheless."""

    LOOKED_AT = "looked_at", _("Looked at")
    EXPORTED = "exported", _("Exported")
    SEARCHED_PERSONAL_DATA = "searched_personal_data", _("Searched personal data")
    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Failed to sign in")
    SIGNED_OUT = "signed_out", _("Signed out")
    GRANTED = "granted", _("Granted")
    REVOKED = "revoked", pgettext_lazy("right", "Revoked")


SIGN_INS = (Act.SIGNED_IN, Act.SIGN_IN_FAILED, Act.SIGNED_OUT)
GRANTS = (Act.GRANTED, Act.REVOKED)


class RecordQuerySet(models.QuerySet["Record"]):
    """Ways of choosing records."""

    def by(self, person: Any) -> Self:
        """What one person did."""
        return self.filter(person=person)

    def concerning(self, person: Any) -> Self:
        """What was granted to one person, or taken from them."""
        return self.filter(concerns=person)

    def about(self, kind: str, reference: str) -> Self:
        """Who saw or took away one thing."""
        return self.filter(kind=kind, reference=reference)

    def sign_ins(self) -> Self:
        """Sign-ins, failed ones too, and sign-outs."""
        return self.filter(act__in=SIGN_INS)

    def grants(self) -> Self:
        """What was granted and revoked."""
        return self.filter(act__in=GRANTS)

    def between(self, first: datetime, until: datetime) -> Self:
        """From the moment `first`, before the moment `until`."""
        return self.filter(at__gte=first, at__lt=until)


class Record(models.Model):
    """One look, export, sign-in or grant (รายการเข้าถึงข้อมูล); database triggers refuse to change it.

    Names are copied, so that a record reads the same after its account was renamed or closed.
    """

    at = models.DateTimeField(_("at"))
    act = models.CharField(_("act"), max_length=30, choices=Act)
    person = models.ForeignKey(  # Null: not signed in, no such account, or the operator's own command.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    person_name = models.CharField(_("name"), max_length=260, blank=True)
    concerns = models.ForeignKey(  # Null: the act concerns a thing, not a person.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("concerns")
    )
    concerns_name = models.CharField(_("name of the person concerned"), max_length=260, blank=True)
    kind = models.CharField(_("kind"), max_length=80, blank=True)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    what = models.CharField(_("what"), max_length=300, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    address = models.GenericIPAddressField(_("network address"), null=True)  # Null: not asked through the web.
    user_agent = models.CharField(_("browser"), max_length=300, blank=True)
    request_id = models.CharField(_("request"), max_length=60, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None) | ~models.Q(person_name=""), name="a_record_names_its_person"
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | ~models.Q(act__in=["signed_in", "signed_out"]),
                name="who_signed_in_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="record_of_person"),
            models.Index(fields=["concerns", "-id"], name="record_concerning_person"),
            models.Index(fields=["kind", "reference", "-id"], name="record_about_thing"),
            models.Index(fields=["at"], name="record_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.person_name} {self.act} {self.kind} {self.reference}".rstrip()
