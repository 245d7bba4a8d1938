"""The outbox: every message that leaves, from its draft to its arrival (กล่องข้อความออก)."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.attachments.models import Attachment
from saduak.journal.models import Case


class State(models.TextChoices):
    """Where a notice stands."""

    DRAFT = "draft", _("Draft")
    RELEASED = "released", _("On its way")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not delivered")
    CANCELLED = "cancelled", _("Cancelled")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Ways of choosing notices."""

    def about(self, case: Case) -> Self:
        """The notices about one case, oldest first."""
        return self.filter(case_kind=case.case_kind, case_reference=case.reference).order_by("drafted_at", "id")

    def drafts(self) -> Self:
        """Those that wait to be released."""
        return self.filter(state=State.DRAFT)

    def failed(self) -> Self:
        """Those that could not be delivered."""
        return self.filter(state=State.FAILED)

    def received_by(self, person: object) -> Self:
        """Those that reached this person, by whichever channel."""
        return self.filter(to_user=person, state=State.SENT)

    def unread(self) -> Self:
        """Those that were not opened yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One message to one person or address, in the words in which it is sent (ข้อความแจ้ง)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to_user = models.ForeignKey(  # Null: an address without an account.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="notices", verbose_name=_("to")
    )
    to_name = models.CharField(_("to"), max_length=260, blank=True)
    to_email = models.EmailField(_("e-mail"), blank=True)
    channel = models.CharField(_("channel"), max_length=20)
    template = models.CharField(_("template"), max_length=100)
    language = models.CharField(_("language"), max_length=5, default="th")
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    attachments = models.ManyToManyField(Attachment, related_name="notices", verbose_name=_("attachments"))
    case_kind = models.CharField(_("kind of case"), max_length=80, blank=True)
    case_reference = models.CharField(_("reference"), max_length=60, blank=True)
    batch = models.CharField(_("batch"), max_length=100, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.DRAFT)
    message_id = models.CharField(_("message number"), max_length=200, unique=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    drafted_at = models.DateTimeField(_("drafted at"), default=timezone.now)
    released_at = models.DateTimeField(_("released at"), null=True)  # Null: not released.
    released_by = models.ForeignKey(  # Null: not released, or released by the clock.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("released by")
    )
    tried_at = models.DateTimeField(_("tried at"), null=True)  # Null: not tried.
    sent_at = models.DateTimeField(_("sent at"), null=True)  # Null: not sent.
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)  # Null: not cancelled.
    cancelled_by = models.ForeignKey(  # Null: not cancelled.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("cancelled by")
    )
    read_at = models.DateTimeField(_("read at"), null=True)  # Null: not opened on the platform.

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at", "id"]
        indexes = [
            models.Index(fields=["case_kind", "case_reference"], name="notice_about_case"),
            models.Index(fields=["state", "tried_at"], name="notice_in_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_user__isnull=False) | ~Q(to_email=""), name="a_notice_goes_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(released_at__isnull=False),
                name="only_a_released_notice_leaves",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="a_sent_notice_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | ~Q(state="cancelled") & Q(cancelled_at__isnull=True),
                name="a_cancelled_notice_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """The page with its text."""
        return reverse("show_notice", args=[self.pk])

    @property
    def to(self) -> str:
        """The recipient as a person reads it."""
        return self.to_name or self.to_email
