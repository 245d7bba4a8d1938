"""Thai text: one spelling for what looks the same, dictionary order, and keys that find a word as people write it."""

import re
import unicodedata
from itertools import chain, pairwise

from saduak.thai.numerals import from_thai_digits
from saduak.thai.words import parted

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SARA_AM_BEFORE_MARK = re.compile("\u0e33([\u0e47-\u0e4c]+)")
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}")
_TONES_AND_SIGNS = "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e"
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")

_FOLDED = str.maketrans(
    {
        # Letters of one sound, of which the rarer is often replaced by the commoner.
        **dict(zip("ศษณใฎฏฐฑฒธฆฌฬภ", "สสนไดตถทททคชลพ", strict=True)),
        **dict.fromkeys(_TONES_AND_SIGNS + "\u0e46\u0e2f"),  # Also the signs of repetition and abbreviation.
    }
)
_DOT_WITHIN_ABBREVIATION = re.compile(r"\.(?=\w{1,2}\.)")
_NO_LETTER = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+|_")


def normalised(text: str) -> str:
    """The same text in its one spelling: what looks the same compares as the same.

    Unicode NFC; zero-width characters and soft hyphens dropped; sara am as one character (ํา → ำ) after its tone mark;
    two sara e as one sara ae (เเ → แ); marks above and below in their order (vowel, tone, silencer) and never doubled;
    one space between words, none around. Normalising twice changes nothing more.
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _SARA_AM_BEFORE_MARK.sub("\\1\u0e33", text).replace("\u0e33", "\u0e4d\u0e32")
    text = _MARKS.sub(_marks_in_order, text).replace("\u0e4d\u0e32", "\u0e33")
    text = text.replace("\u0e40\u0e40", "\u0e41")
    return " ".join(unicodedata.normalize("NFC", text).split())


def sort_key(text: str) -> str:
    """A key that puts Thai text in dictionary order when compared by code point (in PostgreSQL: collation "C").

    A leading vowel counts after its consonant; tone marks, mai taikhu and the silencer count only where all else is
    equal; Thai digits sort as Arabic ones, capitals as small letters. A person is sorted by first name, as printed:
    pass the name without its title.
    """
    swapped = _LEADING_VOWEL.sub(r"\2\1", from_thai_digits(normalised(text)).casefold())
    primary = "".join(letter for letter in swapped if letter not in _TONES_AND_SIGNS)
    return primary if primary == swapped else f"{primary}\t{swapped}"


def search_key(text: str) -> str:
    """What is compared when something is looked for: words with one space between, spelling variants made equal.

    Tone marks and silencers are dropped (ศูนย์ = ศูนย), letters of one sound are folded to the commonest (ศ ษ → ส, ณ → น,
    ใ → ไ, ธ ฑ ฒ → ท, ภ → พ, …), Thai digits are Arabic, capitals small. Dots within an abbreviation vanish (ธ.ก.ส. =
    ธกส), other punctuation parts words. ร and ล stay apart: as one letter they would make too many places alike.
    """
    key = from_thai_digits(normalised(unicodedata.normalize("NFKC", text))).casefold()
    key = _NO_LETTER.sub(" ", _DOT_WITHIN_ABBREVIATION.sub("", key))
    # What folding drops may bring marks together that were apart: they take their order again.
    return normalised(normalised(key).translate(_FOLDED))


def search_tokens(text: str) -> list[str]:
    """The words of a text, each as its search key: words that are written together are parted with a dictionary.

    The first text of a process takes a twentieth of a second, then some 40 microseconds a phrase.
    """
    return search_key(" ".join(parted(normalised(text), keep_whitespace=False))).split()


def grams(text: str) -> set[str]:
    """The pairs and triples of neighbouring letters in each word of the text's search key; a single letter is its own.

    They are what an index keeps of a text: a part of a word, down to two letters, has no gram that the word lacks.
    """
    found: set[str] = set()
    for word in search_key(text).split():
        found.update(word[at : at + size] for size in (2, 3) for at in range(len(word) - size + 1))
        if len(word) == 1:
            found.add(word)
    return found


def telling_grams(word: str) -> list[str]:
    """The few grams that an index should be asked for: triples side by side that cover one word of a search key.

    What lacks one of them cannot hold the word. A word of one or two letters is its own gram.
    """
    if len(word) <= 3:
        return [word]
    starts = {*range(0, len(word) - 2, 3), len(word) - 3}
    return sorted({word[at : at + 3] for at in starts})


def similarity(one: str, other: str) -> float:
    """How alike two texts are to a searcher, from 0 to 1: twice the shared pairs of letters over all pairs of both.

    Pairs are those of the search keys, with the begin and the end of every word as letters of their own.
    """
    return overlap(letter_pairs(one), letter_pairs(other))


def letter_pairs(text: str) -> frozenset[str]:
    """What `similarity` compares of a text, for one that is compared with many."""
    return frozenset(
        padded[at : at + 2]
        for word in search_key(text).split()
        for padded in [f"^{word}$"]
        for at in range(len(word) + 1)
    )


def overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """The `similarity` of two texts whose letter pairs are known."""
    if not first or not second:
        return float(first == second)
    return 2 * len(first & second) / (len(first) + len(second))


def grams_despite_a_slip(word: str) -> list[list[str]]:
    """What an index should be asked for where a slip is forgiven: whatever the slip, one of these lists is there whole.

    A slip hurts one third of the word (one half, where it has less than six letters) and leaves the rest; an exchange
    across a border hurts two, so the word with each border exchanged is listed too. For words of four letters or more.
    """
    pieces = 3 if len(word) >= 6 else 2
    borders = [len(word) * piece // pieces for piece in range(pieces + 1)]
    thirds = [telling_grams(word[start:end]) for start, end in pairwise(borders)]
    unhurt = [sorted({*chain.from_iterable(thirds[:hurt] + thirds[hurt + 1 :])}) for hurt in range(pieces)]
    exchanged = [word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] for at in borders[1:-1]]
    return unhurt + [telling_grams(other) for other in exchanged]


def one_slip_away(word: str) -> str:
    """A regular expression for the spellings one slip from a word of a search key.

    A slip is a letter wrong, missing or too many, or two neighbours exchanged. The expression is good for Python's `re`
    and for PostgreSQL's `~`. Words under four letters allow no slip.
    """
    if len(word) < 4:
        return re.escape(word)
    spellings = [re.escape(word[:at]) + r"\S?" + re.escape(word[at + 1 :]) for at in range(len(word))]
    spellings += [re.escape(word[:at]) + r"\S" + re.escape(word[at:]) for at in range(1, len(word))]
    spellings += [
        re.escape(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
        for at in range(len(word) - 1)
        if word[at] != word[at + 1]
    ]
    return "(?:" + "|".join(spellings) + ")"


def _marks_in_order(run: re.Match[str]) -> str:
    ordered = sorted(run[0], key=lambda mark: 0 if mark < "\u0e47" else 3 if mark == "\u0e4d" else 1)
    return "".join(mark for at, mark in enumerate(ordered) if at == 0 or mark != ordered[at - 1])
