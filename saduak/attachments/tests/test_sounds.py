"""Spoken words as they come from a browser: read, and written anew."""

import wave
from array import array
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from saduak.attachments import storage
from saduak.attachments.operations import store_sound
from saduak.attachments.refusals import FileRefused, Refusal
from saduak.attachments.sounds import examine
from saduak.attachments.tests.factories import sound


def test_a_word_is_kept_with_its_length():
    examined = examine(sound(milliseconds=400, rate=24000))

    assert (examined.media_type, examined.milliseconds) == ("audio/wav", 400)
    with wave.open(BytesIO(examined.content)) as kept:
        assert (kept.getnchannels(), kept.getsampwidth(), kept.getframerate(), kept.getnframes()) == (1, 2, 24000, 9600)


def test_what_is_not_heard_is_not_kept():
    spoken = sound()
    body = spoken[12:] + b"LIST\x10\x00\x00\x00INFO<script>    "
    hidden = b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body

    assert examine(hidden).content == spoken


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        pytest.param(b"", Refusal.EMPTY, id="nothing"),
        pytest.param(b"RIFF\x00\x00\x00\x00WAVE", Refusal.BROKEN_SOUND, id="a head without a body"),
        pytest.param(b"OggS" + bytes(300), Refusal.BROKEN_SOUND, id="another kind of sound"),
        pytest.param(sound(channels=2), Refusal.BROKEN_SOUND, id="two channels"),
        pytest.param(sound(rate=96000), Refusal.BROKEN_SOUND, id="too fine"),
        pytest.param(sound(milliseconds=20), Refusal.LONG_SOUND, id="a click"),
        pytest.param(sound(milliseconds=7000, rate=8000), Refusal.LONG_SOUND, id="a speech"),
        pytest.param(sound(milliseconds=12000, rate=48000), Refusal.LONG_SOUND, id="a large file"),
        pytest.param(sound(loud=100), Refusal.SILENT_SOUND, id="silence"),
    ],
)
def test_what_is_no_spoken_word_is_refused(content, refusal):
    with pytest.raises(FileRefused) as refused:
        examine(content)

    assert [reason.code for reason in refused.value.reasons] == [refusal]


@given(place=st.integers(0, 60), put=st.binary(max_size=6), cut=st.integers(0, 300))
def test_broken_sounds_are_refused_and_break_nothing(place, put, cut):
    whole = sound(milliseconds=60, rate=8000)
    broken = (whole[:place] + put + whole[place + len(put) :])[: len(whole) - cut]

    try:
        examined = examine(broken)
    except FileRefused:
        return

    assert examine(examined.content) == examined


@pytest.mark.django_db
def test_a_word_is_stored_under_its_own_name_and_kind():
    stored, milliseconds = store_sound(ContentFile(sound(milliseconds=400), name="th_08.opus"), by=None)

    assert (stored.name, stored.media_type, milliseconds) == ("th_08.opus.wav", "audio/wav", 400)
    assert array("h", storage.read(stored.sha256)[44:])
