"""A recorded word in the browser: silence goes, loudness is the same, and the server takes what comes out."""

import base64

from saduak.attachments.sounds import examine
from tests.support import node

PLAY = """
    const { levelled, toWav, trimmed, RATE } = await import(`${site}/frontdesk/voice/wav.js`);
    const spoken = (before, word, after, loud = 0.3) =>
        Float32Array.from({ length: Math.round((before + word + after) * RATE) }, (_, n) =>
            n / RATE >= before && n / RATE < before + word ? loud * Math.sin(n / 7) : 0.0005 * Math.sin(n));
"""


def test_silence_around_a_word_is_cut_off():
    lengths = node.run(
        PLAY
        + """console.log(JSON.stringify([spoken(1, 0.5, 2), spoken(0, 0.4, 0), new Float32Array(RATE)]
            .map((samples) => trimmed(samples, RATE).length / RATE)));"""
    )

    assert [round(length, 1) for length in lengths] == [0.6, 0.4, 1.0]


def test_every_word_is_as_loud_as_the_others_and_ends_softly():
    words = node.run(
        PLAY
        + """console.log(JSON.stringify([0.05, 0.9].map((loud) => {
            const word = levelled(spoken(0, 0.3, 0, loud), RATE);
            return [Math.max(...word), word[0], word.at(-1)];
        })));"""
    )

    assert [[round(value, 2) for value in word] for word in words] == [[0.8, 0.0, 0.0]] * 2


def test_the_server_takes_what_the_browser_makes():
    sent = node.run(
        PLAY
        + """const made = toWav(levelled(trimmed(spoken(0.5, 0.6, 0.5), RATE), RATE), RATE);
            console.log(JSON.stringify(Buffer.from(made).toString("base64")));"""
    )
    content = base64.b64decode(sent)

    examined = examine(content)

    assert examined.content == content
    assert 600 <= examined.milliseconds <= 720
