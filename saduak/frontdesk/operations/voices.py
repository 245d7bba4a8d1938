"""A desk's voice is recorded word by word, borrowed from another centre, and told how calls go (การบันทึกเสียง).

Every deed locks the desk and writes one entry. All raise PermissionDenied for who does not supervise the desk.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.attachments.operations import store_sound
from saduak.directory.operations.writing import save_valid
from saduak.frontdesk.models import Desk, Voice, VoiceClip
from saduak.frontdesk.operations.keeping import kept
from saduak.frontdesk.queries.voices import voices_to_bring
from saduak.frontdesk.voice import clips
from saduak.journal.steps import record


@transaction.atomic
def record_word(desk: Desk, code: str, sound: "File[Any]", *, by: Any, at: datetime | None = None) -> VoiceClip:
    """Keep a recorded word in the place of the one before. Raises KeyError for no word of ours, and FileRefused."""
    at = at or timezone.now()
    word = clips()[code]
    desk = kept(desk, by=by)
    file, milliseconds = store_sound(sound, by=by, at=at)
    clip, _is_new = VoiceClip.objects.update_or_create(
        desk=desk,
        code=code,
        defaults={"file": file, "milliseconds": milliseconds, "recorded_at": at, "recorded_by": by},
    )
    record(desk, step="word_recorded", by=by, at=at, facts={"word": code, "said": word.said})
    return clip


@transaction.atomic
def remove_word(desk: Desk, code: str, *, by: Any, at: datetime | None = None) -> None:
    """Take a recorded word back; calls that need it are left to the browser's voice."""
    desk = kept(desk, by=by)
    taken, _of_what = VoiceClip.objects.filter(desk=desk, code=code).delete()
    if taken:
        record(desk, step="word_removed", by=by, at=at or timezone.now(), facts={"word": code})


@transaction.atomic
def choose_manner(desk: Desk, *, opening: str, ending: str, by: Any, at: datetime | None = None) -> Voice:
    """Say how calls begin and end."""
    desk = kept(desk, by=by)
    voice = Voice.objects.filter(desk=desk).first() or Voice(desk=desk)
    voice.opening, voice.ending = opening, ending
    save_valid(voice)
    record(desk, step="manner_chosen", by=by, at=at or timezone.now(), facts={"opening": opening, "ending": ending})
    return voice


@transaction.atomic
def bring_voice(desk: Desk, giver: Desk, *, by: Any, at: datetime | None = None) -> int:
    """Take the words that are missing here from another centre of the same agency; how many.

    Words that were recorded here stay. Raises ValidationError when that centre's voice is not to be had.
    """
    at = at or timezone.now()
    desk = kept(desk, by=by)
    if not voices_to_bring(desk).filter(pk=giver.pk).exists():
        raise ValidationError(_("That centre has no recorded words for this one."))
    known = set(desk.voice_clips.values_list("code", flat=True))
    brought = [
        VoiceClip(
            desk=desk,
            code=clip.code,
            file_id=clip.file_id,
            milliseconds=clip.milliseconds,
            recorded_at=clip.recorded_at,
            recorded_by_id=clip.recorded_by_id,
        )
        for clip in giver.voice_clips.exclude(code__in=known)
    ]
    VoiceClip.objects.bulk_create(brought)
    if brought:
        facts = {"from": giver.reference, "words": [clip.code for clip in brought]}
        record(desk, step="voice_brought", by=by, at=at, facts=facts)
    return len(brought)
