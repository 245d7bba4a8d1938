"""Contents, each stored once, and the files that people handed in (ไฟล์แนบ)."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Content(models.Model):
    """Bytes under the address of their SHA-256; a trigger refuses UPDATE (เนื้อหาไฟล์)."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    media_type = models.CharField(_("kind"), max_length=100)
    width = models.PositiveIntegerField(_("width"), null=True)  # Null: not a picture.
    height = models.PositiveIntegerField(_("height"), null=True)  # Null: not a picture.
    pages = models.PositiveIntegerField(_("pages"), null=True)  # Null: not a PDF.
    dhash = models.BigIntegerField(_("what it looks like"), null=True)  # Null: not a picture, or nothing to tell.
    stored_at = models.DateTimeField(_("stored at"), default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="an_address_is_a_sha256"),
            models.CheckConstraint(condition=Q(size__gt=0), name="a_content_is_never_empty"),
        ]

    def __str__(self) -> str:
        return self.sha256


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Ways of choosing files."""

    def same_as(self, attachment: "Attachment") -> Self:
        """Other files with the same bytes, as stored or as they were handed in."""
        alike = Q(content_id=attachment.content_id) | Q(received_sha256=attachment.received_sha256)
        return self.filter(alike).exclude(pk=attachment.pk)

    def with_same_content(self) -> Self:
        """Files whose bytes were handed in at least once more."""
        others = Attachment.objects.exclude(pk=models.OuterRef("pk")).filter(
            Q(content_id=models.OuterRef("content_id")) | Q(received_sha256=models.OuterRef("received_sha256"))
        )
        return self.filter(models.Exists(others))


class Attachment(models.Model):
    """One file as a person handed it in (ไฟล์แนบ).

    `received_sha256` is the digest of what arrived, before a picture was drawn anew. Date and place are there only
    when the picture is evidence that needs them; degrees are WGS 84.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="attachments")
    received_sha256 = models.CharField(_("SHA-256 as received"), max_length=64, db_index=True)
    name = models.CharField(_("name"), max_length=120)
    taken_at = models.DateTimeField(_("taken at"), null=True)  # Null: not noted by the camera, or not kept.
    edited_at = models.DateTimeField(_("edited at"), null=True)  # Null: not noted, or never after it was taken.
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True)  # Null: likewise.
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True)  # Null: likewise.
    stored_at = models.DateTimeField(_("stored at"), default=timezone.now)
    stored_by = models.ForeignKey(  # Null: the platform itself.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("stored by")
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["stored_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_place_is_on_the_globe",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sha256(self) -> str:
        """The address of the stored bytes: 64 hexadecimal digits."""
        return self.content_id

    @property
    def size(self) -> int:
        """The size of the stored bytes."""
        return self.content.size

    @property
    def media_type(self) -> str:
        """What the bytes truly are, such as `image/jpeg`."""
        return self.content.media_type

    @property
    def width(self) -> int | None:
        """Pixels across; None when it is no picture."""
        return self.content.width

    @property
    def height(self) -> int | None:
        """Pixels down; None when it is no picture."""
        return self.content.height

    @property
    def pages(self) -> int | None:
        """Pages of a PDF; None when it is none."""
        return self.content.pages

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type.startswith("image/")
