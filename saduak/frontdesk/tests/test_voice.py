"""How calls are said: Thai numbers, names of counters, and the same words in the browser."""

import random

import pytest

from saduak.frontdesk import voice
from tests.support import node

CALLS = [
    ("A012", "5", "ขอเชิญหมายเลข เอ ศูนย์ หนึ่ง สอง ที่ช่องบริการ ห้า ค่ะ", "ขอเชิญหมายเลข A012 ที่ช่องบริการ 5 ค่ะ"),
    ("W108", "ช่อง 12", "ขอเชิญหมายเลข ดับเบิลยู หนึ่ง ศูนย์ แปด ที่ช่องบริการ สิบ สอง ค่ะ", "ขอเชิญหมายเลข W108 ที่ช่องบริการ 12 ค่ะ"),
    ("Z1204", "ห้อง 21", "ขอเชิญหมายเลข แซด หนึ่ง สอง ศูนย์ สี่ ที่ห้อง ยี่สิบ เอ็ด ค่ะ", "ขอเชิญหมายเลข Z1204 ที่ห้อง 21 ค่ะ"),
    ("b7", "เคาน์เตอร์ ๓", "ขอเชิญหมายเลข บี เจ็ด ที่เคาน์เตอร์ สาม ค่ะ", "ขอเชิญหมายเลข b7 ที่เคาน์เตอร์ 3 ค่ะ"),
    ("A012", "2B", "ขอเชิญหมายเลข เอ ศูนย์ หนึ่ง สอง ที่ช่องบริการ สอง บี ค่ะ", "ขอเชิญหมายเลข A012 ที่ช่องบริการ 2B ค่ะ"),
]

NAMED = [
    ("A012", "ทะเบียนราษฎร", "ขอเชิญหมายเลข A012 ที่ช่องบริการ ทะเบียนราษฎร ค่ะ"),
    ("A012", "ห้องทะเบียน", "ขอเชิญหมายเลข A012 ที่ห้องทะเบียน ค่ะ"),
    ("A012", "VIP", "ขอเชิญหมายเลข A012 ที่ช่องบริการ VIP ค่ะ"),
]


@pytest.mark.parametrize(("number", "counter", "speech", "caption"), CALLS)
def test_a_call_is_joined_from_recorded_words(number, counter, speech, caption):
    said = voice.in_thai(number, counter)

    assert (said.speech, said.caption) == (speech, caption)
    assert " ".join(voice.clips()[code].said for code in said.clips) == speech


@pytest.mark.parametrize(("number", "counter", "caption"), NAMED)
def test_a_name_that_nobody_recorded_is_left_to_the_browser(number, counter, caption):
    said = voice.in_thai(number, counter)

    assert said.clips is None
    assert said.caption == caption


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("0", "ศูนย์"),
        ("1", "หนึ่ง"),
        ("10", "สิบ"),
        ("11", "สิบ เอ็ด"),
        ("20", "ยี่สิบ"),
        ("21", "ยี่สิบ เอ็ด"),
        ("35", "สาม สิบ ห้า"),
        ("100", "หนึ่ง ร้อย"),
        ("101", "หนึ่ง ร้อย เอ็ด"),
        ("2568", "สอง พัน ห้า ร้อย หก สิบ แปด"),
        ("007", "ศูนย์ ศูนย์ เจ็ด"),
        ("12345", "หนึ่ง สอง สาม สี่ ห้า"),
    ],
)
def test_thai_reads_numbers(digits, words):
    assert " ".join(voice.clips()[code].said for code in voice.as_number(digits)) == words


def test_a_call_in_english():
    assert voice.in_english("A012", "ช่อง 5").speech == "Number A 0 1 2, please go to counter 5."
    assert voice.in_english("A012", "ห้อง 3").caption == "Number A012, please go to room 3"


def test_the_board_leaves_out_what_its_heading_says():
    shown = [voice.on_the_board(counter) for counter in ("5", "ช่อง 12", "ช่องบริการ ๓", "ห้อง 3", "เคาน์เตอร์ 2", "การเงิน")]

    assert shown == ["5", "12", "3", "ห้อง 3", "เคาน์เตอร์ 2", "การเงิน"]


def test_there_are_48_words_to_record():
    assert list(voice.clips()) == [f"th_{place:02d}" for place in range(1, 49)]


def test_the_browser_says_every_call_as_the_server_does():
    chance = random.Random(48)
    pairs = [(number, counter) for number, counter, *_ in (*CALLS, *NAMED)]
    for _ in range(400):
        number = chance.choice("ABKQWZ") + str(chance.randrange(10 ** chance.randint(1, 4))).zfill(3)
        word = chance.choice(["", "ช่อง", "ช่องบริการ ", "เคาน์เตอร์ ", "ห้อง", "Room ", "counter"])
        label = chance.choice(
            [str(chance.randrange(13000)), f"{chance.choice('ABZ')}{chance.randrange(40)}", "2/3", "การเงิน", "๑๒"]
        )
        pairs.append((number, f"{word}{label}"))
    answers = node.run(
        """
        const voice = await import(`${site}/frontdesk/board/voice.js`);
        const said = (await given()).map(([number, counter]) => [
            voice.inThai(number, counter, { opening: "th_02", ending: "th_07" }), voice.inEnglish(number, counter),
            voice.onTheBoard(counter)]);
        console.log(JSON.stringify({ said, words: voice.WORDS }));
        """,
        pairs,
    )

    assert answers["words"] == {code: clip.said for code, clip in voice.clips().items()}
    for (number, counter), (thai, english, shown) in zip(pairs, answers["said"], strict=True):
        here = voice.in_thai(number, counter, opening="th_02", ending="th_07")
        assert (thai["clips"], thai["speech"], thai["caption"]) == (
            here.clips and list(here.clips),
            here.speech,
            here.caption,
        )
        there = voice.in_english(number, counter)
        assert shown == voice.on_the_board(counter)
        assert (english["speech"], english["caption"]) == (there.speech, there.caption)


def test_a_number_with_other_signs_is_left_to_the_browser():
    assert voice.in_thai("A-1", "5").clips is None
