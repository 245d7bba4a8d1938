"""What changed between two texts, word by word; Thai words are parted with a dictionary (ความต่างของถ้อยคำ)."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby

from saduak.thai.words import parted


@dataclass(frozen=True)
class Run:
    """Words that follow one another: `what` is same, removed or added."""

    what: str
    text: str


def differences(older: str, newer: str) -> tuple[Run, ...]:
    """Both texts as one sequence of runs; those that are not added make the older text, not removed the newer."""
    if older == newer:
        return (Run("same", newer),) if newer else ()
    before, after = words(older), words(newer)
    runs = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            runs.append(Run("same", "".join(before[a:b])))
            continue
        runs += [Run("removed", "".join(before[a:b]))] if b > a else []
        runs += [Run("added", "".join(after[c:d]))] if d > c else []
    return tuple(_without_islands(runs))


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[str, ...]:
    """The words and spaces of a text; put together again they are the text."""
    found = tuple(parted(text, keep_whitespace=True, join_broken_num=False))
    return found if "".join(found) == text else tuple(text)


def _without_islands(runs: list[Run]) -> list[Run]:
    """A space that is the same between two changes is read more easily as part of them."""
    lone = [run.what == "same" and run.text.isspace() and 0 < at < len(runs) - 1 for at, run in enumerate(runs)]
    spread = [
        part
        for run, alone in zip(runs, lone, strict=True)
        for part in ([Run("removed", run.text), Run("added", run.text)] if alone else [run])
    ]
    joined = []
    for changed, stretch in groupby(spread, key=lambda run: run.what != "same"):
        several = list(stretch)
        for what in ("removed", "added") if changed else ("same",):
            if text := "".join(run.text for run in several if run.what == what):
                joined.append(Run(what, text))
    return joined
