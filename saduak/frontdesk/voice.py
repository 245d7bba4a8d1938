"""How a call is said (เสียงเรียกคิว): the recorded words that it is joined from, and the sentences; plain Python.

`static/frontdesk/board/voice.js` says the same in the browser; one table of calls holds both to it.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OPENINGS = ("th_01", "th_02")
"""How a call may begin: ขอเชิญหมายเลข, ขอเชิญคิวที่."""

ENDINGS = ("th_06", "th_07")
"""How a call may end: ค่ะ, ครับ."""

_PLACES = {
    "ช่องบริการ": "th_03",
    "ช่อง": "th_03",
    "เคาน์เตอร์": "th_04",
    "counter": "th_04",
    "ห้อง": "th_05",
    "room": "th_05",
}
_COUNTER, _HUNDRED, _THOUSAND, _TEN, _TWENTY, _ONE_AT_THE_END = "th_03", "th_21", "th_22", "th_18", "th_19", "th_20"
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_LONGEST_NUMBER = 4  # Digits; longer ones are read one by one.


@dataclass(frozen=True)
class Clip:
    """One word to record: its code, what is said, and what for (`digit 1`, `letter A`, `phrase` …)."""

    code: str
    said: str
    use: str


@dataclass(frozen=True)
class Spoken:
    """A call in words: codes of clips in order, what a voice reads, and what stands on the board.

    `clips` is None where a name would have to be said that nobody records word by word.
    """

    clips: tuple[str, ...] | None
    speech: str
    caption: str


@cache
def clips() -> dict[str, Clip]:
    """Code → the word, of all 48 in their order; from `data/voice_clips.csv`."""
    with (Path(__file__).parent / "data" / "voice_clips.csv").open(encoding="utf-8", newline="") as rows:
        return {row["file"]: Clip(row["file"], row["spoken_th"], row["use"]) for row in csv.DictReader(rows)}


def in_thai(number: str, counter: str, *, opening: str = OPENINGS[0], ending: str = ENDINGS[0]) -> Spoken:
    """The call of a ticket such as `A012` to a counter such as `5`, `ช่อง 12`, `ห้อง 3` or `ทะเบียน`.

    The ticket is read sign by sign, so that everybody can compare it with the paper; the counter as a number.
    """
    number, counter = _tidy(number), _tidy(counter)
    place, rest = _place_and_rest(counter)
    signs, label = _signs(number), _label(rest)
    joined = None
    if signs is not None and label is not None:
        joined = (opening, *signs, place or _COUNTER, *label, ending)
    where = _where(place, rest, counter)
    caption = f"{_said(opening)} {number} {where} {_said(ending)}"
    spoken_number = " ".join(map(_said, signs)) if signs is not None else number
    spoken_label = " ".join(map(_said, label)) if label is not None else rest
    speech = f"{_said(opening)} {spoken_number} {_where(place, spoken_label, counter)} {_said(ending)}"
    return Spoken(joined, speech, caption)


def in_english(number: str, counter: str) -> Spoken:
    """The same call in English, which the browser's own voice says: no clips."""
    number, counter = _tidy(number), _tidy(counter)
    place, rest = _place_and_rest(counter)
    where = f"{'room' if place == 'th_05' else 'counter'} {rest}"
    return Spoken(
        None,
        speech=f"Number {' '.join(number)}, please go to {where}.",
        caption=f"Number {number}, please go to {where}",
    )


def on_the_board(counter: str) -> str:
    """A counter below the heading “ช่องบริการ”: `ช่อง 12` is 12; a room or another place keeps its name."""
    counter = _tidy(counter)
    place, rest = _place_and_rest(counter)
    return rest if place == _COUNTER else counter


def as_number(digits: str) -> tuple[str, ...]:
    """A number of at most four digits as Thai reads it, in codes of clips.

    Longer ones, or with a nought first, are read digit by digit. A one at the end of more than one digit is เอ็ด,
    two tens are ยี่สิบ.
    """
    if len(digits) > _LONGEST_NUMBER or (digits[0] == "0" and len(digits) > 1):
        return tuple(map(_digit, digits))
    value = int(digits)
    thousands, hundreds, tens, ones = (value // 1000, value // 100 % 10, value // 10 % 10, value % 10)
    said: list[str] = []
    if thousands:
        said += [_digit(str(thousands)), _THOUSAND]
    if hundreds:
        said += [_digit(str(hundreds)), _HUNDRED]
    if tens == 2:
        said += [_TWENTY]
    elif tens:
        said += [_TEN] if tens == 1 else [_digit(str(tens)), _TEN]
    if ones == 1 and value > 1:
        said += [_ONE_AT_THE_END]
    elif ones or not value:
        said += [_digit(str(ones))]
    return tuple(said)


def _tidy(words: str) -> str:
    return re.sub("[ \t\u00a0]+", " ", words.translate(_THAI_DIGITS)).strip(" ")


def _place_and_rest(counter: str) -> tuple[str | None, str]:
    """The clip of the place named at the beginning, if one is, and what comes after it."""
    for word, code in _PLACES.items():
        if counter.lower().startswith(word) and (rest := counter[len(word) :].strip(" ")):
            return code, rest
    return None, counter


def _where(place: str | None, rest: str, counter: str) -> str:
    """“ที่ช่องบริการ 5”; a name that says itself what it is stays whole, as “ที่ห้องทะเบียน”."""
    word = _said(place or _COUNTER)
    return f"{word}{rest}" if place and not rest[0].isascii() and " " not in counter else f"{word} {rest}"


def _signs(number: str) -> tuple[str, ...] | None:
    if not re.fullmatch("[A-Za-z0-9]+", number):
        return None
    return tuple(_digit(sign) if sign.isdigit() else _letter(sign) for sign in number)


def _label(rest: str) -> tuple[str, ...] | None:
    """Letters and numbers of a counter's name in clips; None when it is a name of its own."""
    if not re.fullmatch("[A-Za-z0-9 /-]*[A-Za-z0-9]", rest) or re.search("[A-Za-z]{3}", rest):
        return None
    said: list[str] = []
    for part in re.findall("[A-Za-z]|[0-9]+", rest):
        said += as_number(part) if part[0].isdigit() else [_letter(part)]
    return tuple(said)


def _digit(sign: str) -> str:
    return f"th_{8 + int(sign):02d}"


def _letter(sign: str) -> str:
    return f"th_{23 + ord(sign.upper()) - ord('A'):02d}"


def _said(code: str) -> str:
    return clips()[code].said
