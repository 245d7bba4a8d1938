"""The voice of a desk, and whose voice it may borrow."""

from django.db.models import Count, QuerySet

from saduak.frontdesk.models import Desk, Voice, VoiceClip


def voice_of(desk: Desk) -> tuple[Voice, list[VoiceClip]]:
    """How the desk's calls begin and end, and its recorded words in their order."""
    voice = Voice.objects.filter(desk=desk).first() or Voice(desk=desk)
    return voice, list(desk.voice_clips.select_related("file__content").order_by("code"))


def voices_to_bring(desk: Desk) -> QuerySet[Desk]:
    """Desks of other centres of the same agency with recorded words, with `recorded`, how many; the fullest first."""
    others = Desk.objects.filter(centre__agency=desk.centre.agency).exclude(pk=desk.pk)
    return (
        others.annotate(recorded=Count("voice_clips"))
        .filter(recorded__gt=0)
        .select_related("centre")
        .order_by("-recorded", "centre__name_th", "pk")
    )
