"""The voice of a desk: clips that the office has recorded itself (เสียงเรียกคิว)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.attachments.models import Attachment
from saduak.frontdesk.models.desks import Desk
from saduak.frontdesk.voice import ENDINGS, OPENINGS


class Voice(models.Model):
    """How a desk's calls begin and end: codes of clips (สำนวนการเรียกคิว)."""

    desk = models.OneToOneField(
        Desk, on_delete=models.PROTECT, primary_key=True, related_name="voice", verbose_name=_("front desk")
    )
    opening = models.CharField(_("a call begins with"), max_length=5, default=OPENINGS[0])
    ending = models.CharField(_("a call ends with"), max_length=5, default=ENDINGS[0])

    class Meta:
        verbose_name = _("voice")
        verbose_name_plural = _("voices")
        constraints = [
            models.CheckConstraint(condition=Q(opening__in=OPENINGS), name="a_call_begins_with_known_words"),
            models.CheckConstraint(condition=Q(ending__in=ENDINGS), name="a_call_ends_with_known_words"),
        ]

    def __str__(self) -> str:
        return str(self.desk_id)


class VoiceClip(models.Model):
    """One recorded word of `frontdesk.voice.clips()`, as a short WAV file (คลิปเสียง); the newest takes the place."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="voice_clips", verbose_name=_("front desk"))
    code = models.CharField(_("word"), max_length=5)
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    milliseconds = models.PositiveIntegerField(_("length in milliseconds"))
    recorded_at = models.DateTimeField(_("voice recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("voice recorded by")
    )

    class Meta:
        verbose_name = _("recorded word")
        verbose_name_plural = _("recorded words")
        ordering = ["desk", "code"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "code"], name="a_word_is_kept_once_at_its_desk"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^th_(0[1-9]|[123][0-9]|4[0-8])$"), name="a_clip_is_one_of_the_words"
            ),
        ]

    def __str__(self) -> str:
        return self.code
