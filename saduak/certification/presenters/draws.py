"""Draws in words (การสุ่มตัวอย่าง)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.access.grants import holds
from saduak.certification import policies
from saduak.certification.draws import Ticket
from saduak.certification.models import Draw
from saduak.certification.presenters.actions import Action
from saduak.certification.presenters.register import trail_to
from saduak.certification.procedure.draws import DRAW, DrawStage, Strata
from saduak.design.components import Crumb
from saduak.design.levels import LEVELS

LABEL = gettext_lazy("Draws")
TONES: dict[str, str] = {DrawStage.ANNOUNCED: "info", DrawStage.DRAWN: "success", DrawStage.CALLED_OFF: "plain"}
PAGES: dict[str, str] = {"draw": "draw_sample", "call_off_draw": "call_off_draw"}
"""Step → name of the address where it is taken."""


@dataclass(frozen=True)
class Line:
    """One draw with its stage and size in words."""

    draw: Draw

    @property
    def stage(self) -> object:
        """The stage in words."""
        return DrawStage(self.draw.stage).label

    @property
    def tone(self) -> str:
        """The tone of the stage."""
        return TONES[self.draw.stage]

    @property
    def numbers(self) -> str:
        """How many of how many."""
        members = getattr(self.draw, "members", None)  # A list counts them in the database.
        values = {"size": f"{self.draw.size:,}", "frame": f"{len(self.draw.frame) if members is None else members:,}"}
        return _("%(size)s of %(frame)s certificates") % values


def actions_for(draw: Draw, user: Any, at: datetime) -> list[Action]:
    """What the person can do about it."""
    if not holds(user, policies.Permission.RUN_SURVEILLANCE):
        return []
    return [
        Action(
            decision,
            reverse(PAGES[decision.step.name], args=[draw.reference]),
            "primary" if decision.step.name == "draw" else "quiet",
        )
        for decision in DRAW.decisions(draw, roles=policies.roles_over_rounds(user), at=at)
    ]


def drawn_lines(draw: Draw, tickets: Iterable[Ticket], centres: Mapping[str, str]) -> list[tuple[Ticket, str, object]]:
    """What was drawn, each with its centre and its stratum in words."""
    by_level = draw.strata == Strata.LEVEL
    return [
        (one, centres.get(one.number, ""), LEVELS.get(one.stratum, one.stratum) if by_level else one.stratum)
        for one in tickets
    ]


def trail_of(draw: Draw | None = None, *below: object) -> list[Crumb]:
    """The pages above a page about draws."""
    if draw is None:
        return trail_to(*([Crumb(LABEL, reverse("list_draws")), *map(Crumb, below)] if below else [Crumb(LABEL)]))
    here = Crumb(draw.reference, draw.get_absolute_url()) if below else Crumb(draw.reference)
    return trail_to(Crumb(LABEL, reverse("list_draws")), here, *map(Crumb, below))
