"""The words of a voice as its page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.frontdesk.models import VoiceClip
from saduak.frontdesk.voice import Clip, clips

KINDS: Mapping[str, object] = {
    "phrase": _("Phrases and places"),
    "digit": _("Digits"),
    "number": _("Numbers"),
    "letter": pgettext_lazy("voice", "Letters"),
}
"""What words are for, in the order of the page; endings stand with the phrases."""

HINTS: Mapping[str, object] = {
    "phrase": _("Say it as the beginning of a sentence, calmly."),
    "ending": _("Say it as the end of a sentence."),
    "digit": _("Say the digit evenly, as one in a row."),
    "number": _("Say it as a part of a number."),
    "letter": _("Say the name of the letter evenly."),
}


@dataclass(frozen=True)
class Word:
    """One word with its recording; None: not recorded yet."""

    clip: Clip
    recorded: VoiceClip | None
    hint: object


@dataclass(frozen=True)
class Words:
    """Words of one kind."""

    label: object
    words: Sequence[Word]


def in_kinds(recorded: Sequence[VoiceClip]) -> list[Words]:
    """All 48 words by what they are for."""
    known = {clip.code: clip for clip in recorded}
    found: dict[str, list[Word]] = {kind: [] for kind in KINDS}
    for clip in clips().values():
        use = clip.use.split(" ")[0]
        kind = "phrase" if use == "ending" else use
        found[kind].append(Word(clip, known.get(clip.code), HINTS[use]))
    return [Words(KINDS[kind], words) for kind, words in found.items()]


PAGE_WORDS = {
    "record": pgettext_lazy("voice", "Record"),
    "stop": _("Stop"),
    "again": _("Record again"),
    "recording": _("Recording … say the word, then press Stop"),
    "saving": _("Saving …"),
    "saved": _("Saved. Listen to it, or go on to the next word."),
    "recorded": pgettext_lazy("voice", "Recorded"),
    "missing": _("Not recorded yet"),
    "no_microphone": _("The microphone cannot be used. Let the browser use it, then try again."),
    "not_saved": _("The recording was not saved. Look at the connection, then record it again."),
    "cannot_join": _("This cannot be joined from recorded words: the browser’s voice would say it."),
    "some_missing": _("Words are missing: {words}"),
}
"""What the page says while somebody records; `{words}` are filled in."""


def page_words() -> dict[str, str]:
    """`PAGE_WORDS` in the reader's language."""
    return {name: str(sentence) for name, sentence in PAGE_WORDS.items()}
