"""Arithmetic of the directory: quorums, and the words by which a centre is found."""

from saduak.thai.text import search_key, search_tokens

SPELLED_OUT = {
    search_key(short): search_key(full)
    for short, full in {
        "จ.": "",  # จังหวัด, อำเภอ and ตำบล say what the next word is; the word itself is enough.
        "อ.": "",
        "ต.": "",
        "กทม.": "กรุงเทพมหานคร",
        "รพ.": "โรงพยาบาล",
        "สนง.": "สำนักงาน",
    }.items()
}
"""What a searcher abbreviates and the register spells out."""


def quorum_among(members: int, *, rule: str, number: int | None = None) -> int:
    """How many of `members` members must attend: at least one; a fixed `number` is never more than there are.

    `rule` is `more_than_half`, `at_least_half` or `number`. Which one a body has is told by its order; the default,
    more than half, is unchecked against the text.
    """
    if rule == "number":
        return max(1, min(number or 1, members))
    if rule == "at_least_half":
        return max(1, (members + 1) // 2)
    return members // 2 + 1


def findable(*texts: str) -> str:
    """The search text of a thing: the words of its texts, the telling ones first, each between spaces."""
    return f" {search_key(' '.join(texts))} "


def words_sought(text: str) -> list[str]:
    """The words of a query as typed, abbreviations spelled out; จ., อ. and ต. before a place are dropped."""
    return _spelled_out(search_key(text).split())


def words_sought_apart(text: str) -> list[str]:
    """The same with words parted that were written together (ขนส่งลำพูน); loads a dictionary when first called."""
    return _spelled_out(search_tokens(text))


def _spelled_out(words: list[str]) -> list[str]:
    spelled = [SPELLED_OUT.get(word, word) for word in words] if len(words) > 1 else words
    return list(dict.fromkeys(word for word in spelled if word))
