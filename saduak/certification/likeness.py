"""How alike two texts or two pictures are, as arithmetic (ความคล้ายกันของข้อความและภาพ).

Texts are compared by the sets of letters in a row that occur in them, so that Thai needs no words to be found. A
text's sketch is short, and like texts share a part of it: the database finds candidates by it, which are then compared.
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b

from saduak.thai import text as spelling
from saduak.thai.numerals import from_thai_digits

SHINGLE = 6
"""Letters in a row that are compared: about a Thai word and a half. Our own choice."""

MIN_LETTERS = 60
"""Texts with fewer letters are alike by chance ("there is a ramp at the entrance"): this platform's default."""

SAME_TEXT_PERCENT = 80
"""From this share of common shingles on, two texts are told to be nearly the same: this platform's default, which a
round may change."""

BANDS, ROWS = 16, 3
"""The sketch: with these, texts that share 80 % of their shingles meet in a band in all but one of 100,000 cases, and
texts that share 20 % in 12 of 100 (A. Broder, On the resemblance and containment of documents, 1997; banding after
J. Leskovec, A. Rajaraman, J. Ullman, Mining of Massive Datasets, 3.4)."""

NEAR_PICTURES = 6
"""Bits of the 64 in which two pictures may differ to be told alike. N. Krawetz, who described the hash ("Kind of like
that", 2013), takes up to 10 for a possible variation; fewer are taken here, because service places look much alike. A
round may say otherwise."""

_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[^\w]|_")
_MASK = (1 << 64) - 1


def _marks_stay(letter: str) -> bool:
    """Vowels and tones above and below belong to the Thai letter before them."""
    return unicodedata.category(letter) in {"Mn", "Mc"} or not _NEITHER_LETTER_NOR_DIGIT.match(letter)


def normalised(text: str) -> str:
    """A text without what changes nothing: spaces, signs, capitals, Thai digits and the forms of letters."""
    folded = from_thai_digits(spelling.normalised(unicodedata.normalize("NFKC", text))).casefold()
    return "".join(letter for letter in folded if _marks_stay(letter))


def shingles(plain: str) -> frozenset[str]:
    """All runs of letters of a normalised text; of a text that is too short, the text itself."""
    if len(plain) <= SHINGLE:
        return frozenset({plain} if plain else ())
    return frozenset(plain[start : start + SHINGLE] for start in range(len(plain) - SHINGLE + 1))


def likeness(one: str, other: str) -> float:
    """The share of shingles that two normalised texts have in common (Jaccard), from 0 to 1."""
    ones, others = shingles(one), shingles(other)
    together = ones | others
    return len(ones & others) / len(together) if together else 0.0


def sketch(plain: str) -> list[int]:
    """For each band a number of 63 bits; like texts share at least one of them. Empty for a text without letters.

    Bands never meet those of another place: the number of the band is a part of it.
    """
    hashed = [_hash(shingle) for shingle in shingles(plain)]
    if not hashed:
        return []
    smallest = [min((_mixed(one, number)) for one in hashed) for number in range(BANDS * ROWS)]
    return [_band(number, smallest[number * ROWS : (number + 1) * ROWS]) for number in range(BANDS)]


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


def _mixed(value: int, number: int) -> int:
    """One of many orders of the same values: a permutation of 64 bits for each number."""
    value = (value ^ (number * 0x9E3779B97F4A7C15)) & _MASK
    value = (value * 0xBF58476D1CE4E5B9) & _MASK
    value ^= value >> 29
    return (value * 0x94D049BB133111EB) & _MASK


def _band(number: int, rows: Iterable[int]) -> int:
    told = ",".join(map(str, (number, *rows)))
    return _hash(told) >> 1


def bits_apart(one: int, other: int) -> int:
    """In how many of 64 bits two hashes of pictures differ; both may be signed."""
    return ((one ^ other) & _MASK).bit_count()
