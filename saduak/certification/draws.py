"""A sample that whoever loses by it can draw again: from a recorded frame, by a seed nobody could know, in plain steps.

The algorithm `sha256-order/1`:

1. The frame is a list of certificate numbers, each with the name of its stratum ("" when the sample is simple). Its
   digest is the SHA-256 of the lines `number TAB stratum LF` in the order of the numbers, in UTF-8.
2. The size is shared among the strata in proportion to their sizes, by largest remainders; of equal remainders the
   stratum whose name comes first gets more.
3. The ticket of a certificate is the SHA-256 of `seed LF number` in UTF-8, in hexadecimal. In each stratum those with
   the smallest tickets are drawn, as many as its share.

The seed comes from a public source that is named before its day, together with the digest of the frame.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ALGORITHM = "sha256-order/1"
FORMAT = "saduak-draw/1"

Frame = Iterable[tuple[str, str]]
"""Certificate numbers, each with its stratum."""


@dataclass(frozen=True)
class Ticket:
    """One member of the frame with what the seed makes of it."""

    stratum: str
    ticket: str
    number: str


def frame_lines(frame: Frame) -> str:
    """The frame as it is hashed and downloaded."""
    return "".join(f"{number}\t{stratum}\n" for number, stratum in sorted(frame))


def frame_digest(frame: Frame) -> str:
    """SHA-256 of the frame in hexadecimal."""
    return hashlib.sha256(frame_lines(frame).encode()).hexdigest()


def ticket_of(seed: str, number: str) -> str:
    """What the seed makes of one certificate: 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest()


def shares(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum are drawn; never more than it has, and together `size`, or all of the frame."""
    whole = sum(sizes.values())
    size = min(size, whole)
    exact = {stratum: divmod(size * number, whole) for stratum, number in sizes.items()}
    given = {stratum: share for stratum, (share, _remainder) in exact.items()}
    by_remainder = sorted(exact, key=lambda stratum: (-exact[stratum][1], stratum))
    for stratum in by_remainder[: size - sum(given.values())]:
        given[stratum] += 1
    return given


def draw(frame: Frame, seed: str, size: int) -> tuple[Ticket, ...]:
    """The sample, stratum by stratum, in each the smallest tickets first. Raises ValueError where none can be drawn."""
    frame = sorted(frame)
    if not seed or size < 1 or not frame:
        raise ValueError("A draw needs a frame, a seed and a size of at least one.")
    if len({number for number, _stratum in frame}) < len(frame):
        raise ValueError("A number stands in the frame twice.")
    tickets = sorted((stratum, ticket_of(seed, number), number) for number, stratum in frame)
    left = shares(Counter(stratum for _number, stratum in frame), size)
    drawn = []
    for stratum, ticket, number in tickets:
        if left[stratum]:
            left[stratum] -= 1
            drawn.append(Ticket(stratum, ticket, number))
    return tuple(drawn)


@dataclass(frozen=True)
class Again:
    """What drawing again from a record shows."""

    frame_is_the_announced: bool
    result_is_the_recorded: bool
    drawn: tuple[Ticket, ...]

    @property
    def agrees(self) -> bool:
        """Whether everything is as it was recorded."""
        return self.frame_is_the_announced and self.result_is_the_recorded


def draw_again(record: Mapping[str, Any]) -> Again:
    """Draw again from a record as it was downloaded. Raises ValueError for what is no record of this algorithm."""
    try:
        if (record["format"], record["algorithm"]) != (FORMAT, ALGORITHM):
            raise ValueError("This is no record of a draw that can be repeated here.")
        frame = [(str(number), str(stratum)) for number, stratum in record["frame"]]
        drawn = draw(frame, str(record["seed"]), int(record["size"]))
        return Again(
            frame_is_the_announced=frame_digest(frame) == record["frame_sha256"],
            result_is_the_recorded=[one.number for one in drawn] == list(record["result"]),
            drawn=drawn,
        )
    except (KeyError, TypeError) as broken:
        raise ValueError("This is no record of a draw.") from broken
