"""Parting Thai text into words, with PyThaiNLP and its dictionary (การตัดคำ)."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any


class Dictionary:
    """Words, for PyThaiNLP's newmm to look up. Its own tree of letters takes some 80 MB and a third of a second."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word.strip() for word in words) - {""}
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[:3]].add(len(word))
        for beginning, found in lengths.items():
            found.update(length for length in (1, 2) if beginning[:length] in self._words)
        self._lengths = {beginning: sorted(found) for beginning, found in lengths.items()}

    def __len__(self) -> int:
        return len(self._words)

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """The words with which the text goes on from there, the shortest first."""
        known, end = self._lengths, len(text) - start
        lengths = known.get(text[start : start + 3]) or known.get(text[start : start + 2]) or known.get(text[start], [])
        parts = [text[start : start + length] for length in lengths if length <= end]
        return [part for part in parts if part in self._words]


def parted(text: str, **how: bool) -> list[str]:
    """The words of a text in their order, as `word_tokenize` is told to part them.

    The first one in a process takes a twentieth of a second, then some 40 microseconds a phrase.
    """
    from pythainlp.tokenize import word_tokenize  # Not every process needs it.

    return word_tokenize(text, engine="newmm", custom_dict=_dictionary(), **how)


@cache
def _dictionary() -> Any:
    from pythainlp.corpus import thai_words

    return Dictionary(thai_words())
