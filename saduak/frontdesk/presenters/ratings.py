"""How ratings are worded and drawn for those who work at a desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from saduak.design.charts import Chart, Series, stacked
from saduak.frontdesk.presenters.rating_words import FACES
from saduak.frontdesk.queries.ratings import Rated, Ratings
from saduak.frontdesk.rules.ratings import Tally


@dataclass(frozen=True)
class Line:
    """One service or counter in words; `mean` and `satisfied` are empty while nothing may be seen."""

    name: str
    number: str
    mean: str
    satisfied: str
    shares: tuple[str, ...]
    withheld: str


def finding(ratings: Ratings) -> str:
    """What the month says in one sentence."""
    shown = ratings.shown
    if shown.satisfied is None:
        return _("Too few ratings to be shown yet")
    return _("%(share)s in 100 visitors were satisfied or very satisfied") % {"share": f"{shown.satisfied:.0f}"}


def lines(rated: Sequence[Rated]) -> list[Line]:
    """Each service or counter as a line of a table."""
    return [_line(one) for one in rated]


def _line(one: Rated) -> Line:
    shown = one.seen.shown
    waiting = one.seen.withheld
    withheld = ngettext("%(n)d more waits for company", "%(n)d more wait for company", waiting) % {"n": waiting}
    return Line(
        name=one.name,
        number=str(shown.number) if shown.number else "–",
        mean="–" if shown.mean is None else f"{shown.mean:.1f}",
        satisfied="–" if shown.satisfied is None else f"{shown.satisfied:.0f}%",
        shares=_shares(shown),
        withheld=withheld if waiting else "",
    )


def _shares(shown: Tally) -> tuple[str, ...]:
    return tuple(str(number) if shown.number else "–" for number in shown.faces)


def drawn(ratings: Ratings, language: str) -> SafeString | None:
    """The services as bars of five parts; None while none may be seen."""
    seen = [one for one in ratings.services if one.seen.shown.number]
    if not seen:
        return None
    series = [Series(face(language), [one.seen.shown.faces[place] for one in seen]) for place, face in enumerate(FACES)]
    return stacked(
        Chart(
            finding=finding(ratings),
            labels=[one.name for one in seen],
            series=series,
            unit=pgettext("unit", "ratings"),
            source=_("Ratings of days that are over"),
            name="ratings",
        )
    )
