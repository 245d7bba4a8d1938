"""What the case page of an application shows, whichever of its views is open (หน้าคำขอ)."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from saduak.certification import policies
from saduak.certification.models import Application, Certificate, Dossier, Reconsideration, Visit
from saduak.certification.presenters import actions, clocks, stages
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.reconsiderations import ReconsiderationStage
from saduak.design.components import Clock, Crumb, Stop, Tab
from saduak.journal.models import Case, Entry
from saduak.standards.rules import Result

STREAM = "/live/journal"
"""Where the journal tells what happens; answered beside Django, so it has no name to reverse."""


@dataclass(frozen=True)
class CasePage:
    """The head, the next actions, the views and the clocks of a case."""

    stage: object
    tone: str
    awaited: object
    trail: list[Crumb]
    track: list[Stop]
    links: list[actions.Way]
    actions: list[actions.Action]
    tabs: list[Tab]
    clocks: list[Clock]
    entries: list[Entry]
    stream: str


@dataclass(frozen=True)
class Facts:
    """What the overview tells; what the person may not read is None or empty."""

    application: Application
    user: Any
    reads_dossier: bool
    reads_scores: bool

    @cached_property
    def claim(self) -> Result | None:
        """The score that the centre gives itself."""
        return self.application.claim if self.reads_dossier else None

    @cached_property
    def dossiers(self) -> list[Dossier]:
        """The dossiers that were handed over."""
        return list(self.application.dossiers.defer("content")) if self.reads_dossier else []

    @cached_property
    def visit(self) -> Visit | None:
        """The visit that is planned or was held."""
        return self.application.current_visit

    @cached_property
    def level(self) -> str:
        """The code of the agreed or resolved level."""
        return self.application.level if self.reads_scores else ""

    @cached_property
    def requests(self) -> list[tuple[Reconsideration, object]]:
        """The requests to reconsider its decision that exist for the person, each with its stage in words."""
        if not self.application.is_final and self.application.stage != Stage.SCREENED:
            return []
        found = self.application.reconsiderations.visible_to(self.user)
        return [(one, ReconsiderationStage(one.stage).label) for one in found]

    @cached_property
    def certificate(self) -> Certificate | None:
        """The certificate, once there is one."""
        return self.application.certificate


def page_of(application: Application, user: Any, *, at: datetime, tab: str) -> CasePage:
    """The frame around every view of the case."""
    entries = list(application.history)
    return CasePage(
        stage=stages.label_of(application),
        tone=stages.tone_of(application.stage),
        awaited=stages.awaited_in(application.stage),
        trail=actions.trail_of(application),
        track=stages.track_of(application, entries),
        links=actions.links_for(user, application),
        actions=actions.actions_for(user, application, at),
        tabs=actions.tabs_for(user, application, tab),
        clocks=clocks.clocks_of(application, timezone.localdate(at)),
        entries=entries,
        stream=stream_of(application, entries),
    )


def stream_of(case: Case, entries: list[Entry]) -> str:
    """The address that tells the page of every entry after the last one that it shows."""
    after = entries[-1].sequence if entries else 0
    asked = {"case_kind": case.case_kind, "reference": case.reference, "after": after}
    return f"{STREAM}?{urlencode(asked)}"


def facts_of(application: Application, user: Any) -> Facts:
    """The facts of the case as far as the person may read them."""
    return Facts(
        application,
        user,
        reads_dossier=policies.may_read_dossier(user, application),
        reads_scores=application.total is not None and policies.may_read_scores(user, application),
    )
