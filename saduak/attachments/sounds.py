"""Spoken words are written anew, so that only what can be heard is kept."""

import sys
import wave
from array import array
from io import BytesIO

from saduak.attachments.examined import Examined
from saduak.attachments.refusals import FileRefused, Refusal

MOST_BYTES = 1024 * 1024
"""The largest recording that is read: six seconds at 48,000 samples have 576,000 bytes."""

SHORTEST, LONGEST = 50, 6000
"""Milliseconds that a spoken word may take; our own choice."""

RATES = range(8000, 48001)
"""Samples in a second: from a telephone's to those of a sound card."""

LEAST_LOUD = 300
"""A recording whose loudest sample of 32,768 stays below this is silence; our own choice, some 40 decibels down."""


def examine(content: bytes) -> Examined:
    """A WAV file with one channel of 16 bits, written anew from its samples: nothing else of it stays.

    Raises FileRefused.
    """
    if not content:
        raise FileRefused(Refusal.EMPTY)
    if len(content) > MOST_BYTES:
        raise FileRefused(Refusal.LONG_SOUND)
    rate, samples = _read(content)
    milliseconds = len(samples) * 1000 // rate
    if not SHORTEST <= milliseconds <= LONGEST:
        raise FileRefused(Refusal.LONG_SOUND)
    if max(max(samples), -min(samples)) < LEAST_LOUD:
        raise FileRefused(Refusal.SILENT_SOUND)
    return Examined(content=_written(rate, samples), media_type="audio/wav", milliseconds=milliseconds)


def _read(content: bytes) -> "tuple[int, array[int]]":
    try:
        with wave.open(BytesIO(content), "rb") as sound:
            if (sound.getnchannels(), sound.getsampwidth()) != (1, 2) or sound.getframerate() not in RATES:
                raise FileRefused(Refusal.BROKEN_SOUND)
            rate, frames = sound.getframerate(), sound.readframes(sound.getnframes())
    except (wave.Error, EOFError, RuntimeError) as broken:  # The last: a length that points beyond the file.
        raise FileRefused(Refusal.BROKEN_SOUND) from broken
    samples = array("h", frames[: len(frames) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return rate, samples


def _written(rate: int, samples: "array[int]") -> bytes:
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    made = BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples.tobytes())
    return made.getvalue()
