"""What an assessor does without signal: devices, dossiers on them, and the changes that they send (งานตรวจภาคสนาม)."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.certification.merging import Change

ODD_CLOCK = timedelta(minutes=5)
"""From this difference on a device's clock is called wrong; our own choice."""


class FieldDeviceQuerySet(models.QuerySet["FieldDevice"]):
    """Ways of choosing devices."""

    def visible_to(self, user: Any) -> Self:
        """A device exists for its owner."""
        return self.filter(owner=user.pk) if user.is_authenticated else self.none()

    def trusted(self) -> Self:
        """Those that were not turned away."""
        return self.filter(revoked_at__isnull=True)


class FieldDevice(models.Model):
    """A telephone or computer on which an assessor works without signal (เครื่องสำหรับงานภาคสนาม).

    `public_key` is the ECDSA P-256 key whose other half never leaves the device, as base64 of its SubjectPublicKeyInfo.
    `skew_seconds` is by how much its clock was ahead of ours when it last spoke with us.
    """

    uuid = models.UUIDField(_("identifier"), unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="field_devices")
    name = models.CharField(_("name"), max_length=80)
    public_key = models.TextField(_("public key"))
    registered_at = models.DateTimeField(_("registered at"))
    last_spoke_at = models.DateTimeField(_("last in touch"), null=True)  # Null: only registered so far.
    skew_seconds = models.IntegerField(_("clock ahead by, in seconds"), default=0)
    revoked_at = models.DateTimeField(_("turned away at"), null=True)  # Null: trusted.

    objects = FieldDeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device for field work")
        ordering = ["-registered_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_odd_clock(self) -> bool:
        """Whether its clock is so far off that a person should look at it."""
        return abs(self.skew_seconds) >= ODD_CLOCK.total_seconds()


class TakenAlong(models.Model):
    """That the dossier of a visit was put on a device (แฟ้มที่นำไปกับเครื่อง)."""

    device = models.ForeignKey(FieldDevice, on_delete=models.PROTECT, related_name="taken")
    visit = models.ForeignKey("Visit", on_delete=models.PROTECT, related_name="taken_along")
    at = models.DateTimeField(_("taken along at"))

    class Meta:
        verbose_name = _("dossier on a device")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["device", "visit"], name="a_dossier_lies_on_a_device_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.device_id}"


class FieldEvent(models.Model):
    """One change that was made on a device, as it was signed there; never altered afterwards (รายการจากเครื่อง).

    `sha256` is the hash of the canonical event and the name of the version that it makes. The same event sent again is
    the same row; another content under the same `uuid` is another row, and a dispute. Without a device it was made on a
    page. `received_late`: it came after the sheet was handed in, and changes nothing.
    """

    class Kind(models.TextChoices):
        """What changed."""

        MARK = "mark", _("Mark")
        PHOTO = "photo", _("Photograph")
        DROP_PHOTO = "drop_photo", _("Photograph taken away")
        SUBMIT = "submit", _("Handed in")

    uuid = models.UUIDField(_("identifier"))
    sha256 = models.CharField("SHA-256", max_length=64)
    device = models.ForeignKey(  # Null: made on a page.
        FieldDevice, on_delete=models.PROTECT, null=True, related_name="events"
    )
    sheet = models.ForeignKey("ScoreSheet", on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField(_("number on the device"), null=True)  # Null: made on a page.
    base_version = models.JSONField(_("made upon"), default=list)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=40, blank=True)
    payload = models.JSONField(_("content"))
    client_time = models.DateTimeField(_("time on the device"))
    clock_offset = models.IntegerField(_("what the device adds to its clock, in seconds"), default=0)
    signature = models.TextField(_("signature"), blank=True)
    received_at = models.DateTimeField(_("received at"))
    skew_seconds = models.IntegerField(_("clock ahead by, in seconds"), default=0)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_late = models.BooleanField(_("came too late"), default=False)
    noted_at = models.DateTimeField(_("noted at"), null=True)  # Null: nobody has looked at the late change.

    class Meta:
        verbose_name = _("change from a device")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["uuid", "sha256"], name="an_event_is_received_once"),
            models.CheckConstraint(
                name="an_event_of_a_device_is_signed",
                condition=Q(device__isnull=True, seq__isnull=True, signature="")
                | (Q(device__isnull=False, seq__isnull=False) & ~Q(signature="")),
            ),
        ]
        indexes = [models.Index(fields=["sheet", "kind", "code"], name="event_of_line")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.sha256[:8]}"

    @property
    def said_at(self) -> datetime:
        """When it was made, by the device's clock as the device itself corrected it."""
        return self.client_time + timedelta(seconds=self.clock_offset)

    @property
    def has_odd_clock(self) -> bool:
        """Whether the clock was changed after it had last been compared, so that nobody knows when this was made."""
        # Ahead by `skew` now, and corrected by `offset` then: of an untouched clock they add up to nothing.
        return abs(self.skew_seconds + self.clock_offset) >= ODD_CLOCK.total_seconds()

    @property
    def change(self) -> Change:
        """The event as it is merged with others of its line."""
        said = self.payload
        return Change(self.sha256, tuple(self.base_version), said["answer"], said["note"], self.said_at)


class FieldPhoto(models.Model):
    """A photograph that an assessor took for a criterion (ภาพถ่ายจากการตรวจ).

    `taken_at` and the place are what the device said. Its bytes come after the event; until then there is no
    `attachment`.
    """

    uuid = models.UUIDField(_("identifier"))
    sheet = models.ForeignKey("ScoreSheet", on_delete=models.PROTECT, related_name="photos")
    code = models.CharField(_("code"), max_length=20)
    sha256 = models.CharField("SHA-256", max_length=64)
    attachment = models.ForeignKey(  # Null: its bytes have not arrived.
        "attachments.Attachment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(_("taken at"))
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True)  # Null: not permitted.
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True)  # Null: not permitted.
    accuracy = models.PositiveIntegerField(_("accurate to, in metres"), null=True)  # Null: not known.
    is_dropped = models.BooleanField(_("taken away"), default=False)

    class Meta:
        verbose_name = _("photograph of a visit")
        ordering = ["taken_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "uuid"], name="a_photograph_is_kept_once"),
            models.CheckConstraint(
                name="a_place_has_both_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.uuid}"
