"""Arithmetic of the directory: quorums."""


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
