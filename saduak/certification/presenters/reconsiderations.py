"""A request to reconsider as it is read: its way, what can be done next, and its terms (การขอทบทวนผล)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.models import Application, Reconsideration
from saduak.certification.presenters.actions import Action, Way
from saduak.certification.presenters.cases import STREAM
from saduak.certification.presenters.decisions import Consequence
from saduak.certification.presenters.history import moment_of
from saduak.certification.presenters.terms_of_reconsiderations import clocks_of
from saduak.certification.procedure.reconsiderations import ENDED, RECONSIDERATION, WAY, ReconsiderationStage
from saduak.design.components import Clock, Crumb, Moment, Stop

S = ReconsiderationStage

PAGES: dict[str, str] = {
    "ask": "ask_reconsideration",
    "withdraw": "take_reconsideration_step",
    "admit": "take_reconsideration_step",
    "refuse": "take_reconsideration_step",
    "assign": "assign_reconsideration",
    "reassign": "assign_reconsideration",
    "name_reviewers": "name_reviewers",
    "sign": "sign_review",
    "reopen": "take_reconsideration_step",
    "propose": "take_reconsideration_step",
    "take_back_proposal": "take_reconsideration_step",
}
"""Step → name of the address where it is taken; its argument is the reference, for the general page the step too."""

ASIDE = frozenset({"withdraw", "refuse", "reassign", "reopen", "take_back_proposal"})
"""Steps that undo or end something; their buttons stand back."""

LINKS: tuple[tuple[object, str, Callable[[Any, Reconsideration], bool]], ...] = (
    (_("Write the grounds"), "write_grounds", rights.may_edit),
    (_("Declare interests"), "declare_for_review", rights.has_to_declare),
    (_("My opinion"), "write_opinion", rights.may_opine),
    (_("Compare the opinions and agree"), "compare_opinions", rights.may_settle),
)
"""Pages on which no step of the procedure is taken: label, name of the address, for whom."""

TONES: dict[str, str] = {
    S.ASKED: "attention",
    S.ADMITTED: "info",
    S.ASSIGNED: "info",
    S.REVIEWED: "info",
    S.PROPOSED: "info",
    S.CHANGED: "success",
    S.UPHELD: "plain",
    S.REFUSED: "danger",
}
"""Stage → tone of its badge; all others are plain."""

AWAITED: dict[str, object] = {
    S.DRAFT: _("The centre writes its grounds and asks."),
    S.ASKED: _("The secretariat says whether the request is admitted."),
    S.ADMITTED: _("The secretariat gives the request to another sub-committee."),
    S.ASSIGNED: _("The other sub-committee reviews what is disputed."),
    S.REVIEWED: _("The other sub-committee proposes its finding."),
    S.PROPOSED: _("The steering committee resolves."),
}
"""Stage → what is awaited; nothing is once it has ended."""

CONSEQUENCES: dict[str, Consequence] = {
    "withdraw": Consequence(
        _("Withdraw the request"),
        (_("The first decision stands."), _("While there is time, the centre may ask again.")),
        _("Withdraw the request"),
        _("Why is the request withdrawn?"),
        "danger",
    ),
    "admit": Consequence(
        _("Admit the request"),
        (
            _("The request goes to another sub-committee, which has not assessed the unit."),
            _("The centre gets a notice."),
        ),
        _("Admit the request"),
        "",
    ),
    "refuse": Consequence(
        _("Do not admit the request"),
        (
            _("The request ends here, and the first decision stands."),
            _("The centre gets a notice with the reasons that you write."),
        ),
        _("Refuse to admit the request"),
        _("Reasons that the centre will read"),
        "danger",
    ),
    "reopen": Consequence(
        _("Open the finding again"),
        (
            _("The signature and what followed from it are taken back."),
            _("The reviewed values stay and can be changed. The chair signs anew."),
        ),
        _("Open the finding again"),
        _("What has to be reviewed anew?"),
    ),
    "propose": Consequence(
        _("Propose to the steering committee"),
        (
            _("The finding is proposed as the chair has signed it."),
            _("The secretary of the steering committee can put it on an agenda."),
        ),
        _("Propose the finding"),
        "",
    ),
    "take_back_proposal": Consequence(
        _("Take the proposal back"),
        (_("The request is no longer proposed. The finding stays as signed."),),
        _("Take the proposal back"),
        _("Why is the proposal taken back?"),
    ),
}
"""Step → its page."""


@dataclass(frozen=True)
class RequestPage:
    """The head, the next actions, the terms and the history of a request."""

    stage: object
    tone: str
    awaited: object
    trail: list[Crumb]
    track: list[Stop]
    links: list[Way]
    actions: list[Action]
    clocks: list[Clock]
    moments: list[Moment]
    stream: str


def page_of(request: Reconsideration, user: Any, *, at: datetime) -> RequestPage:
    """The frame around a request."""
    entries = list(request.history)
    after = entries[-1].sequence if entries else 0
    asked = {"case_kind": request.case_kind, "reference": request.reference, "after": after}
    readable = [entry for entry in entries if _may_read(user, request, entry.step)]
    return RequestPage(
        stage=S(request.stage).label,
        tone=tone_of(request),
        awaited=AWAITED.get(request.stage, ""),
        trail=trail_of(request),
        track=track_of(request, {entry.to_stage: entry.at for entry in entries}),
        links=[
            Way(label, reverse(name, args=[request.reference]), "primary", "edit")
            for label, name, shown in LINKS
            if shown(user, request)
        ],
        actions=actions_for(request, user, at),
        clocks=clocks_of(request, timezone.localdate(at)),
        moments=[moment_of(entry, DEEDS) for entry in reversed(readable)],
        stream=f"{STREAM}?{urlencode(asked)}",
    )


def actions_for(request: Reconsideration, user: Any, at: datetime) -> list[Action]:
    """The steps of this stage that belong to the person and have a page, with the reasons of those not open."""
    roles = rights.roles_over(user, request)
    return [
        Action(decision, _page(decision.step.name, request), "quiet" if decision.step.name in ASIDE else "primary")
        for decision in RECONSIDERATION.decisions(request, roles=roles, at=at)
        if decision.step.name in PAGES
    ]


def trail_of(request: Reconsideration, *below: object) -> list[Crumb]:
    """The pages above; `below` are the words of the pages below the request, the last without link."""
    trail = [
        Crumb(_("Reconsiderations"), reverse("list_reconsiderations")),
        Crumb(request.reference, request.get_absolute_url() if below else ""),
    ]
    return [*trail, *(Crumb(words) for words in below)]


def trail_above(application: Application, words: object) -> list[Crumb]:
    """The pages above one on which a request begins."""
    return [
        Crumb(_("Applications"), reverse("list_applications")),
        Crumb(application.reference, application.get_absolute_url()),
        Crumb(words),
    ]


def tone_of(request: Reconsideration) -> str:
    """The tone of the stage's badge."""
    return TONES.get(request.stage, "plain")


def track_of(request: Reconsideration, reached: dict[str, datetime]) -> list[Stop]:
    """The way of a request: what it has passed with its days, where it stands, and what lies ahead."""
    stage = S(request.stage)
    if stage in ENDED:
        passed = [Stop(each.label, "done", reached[each]) for each in WAY if each in reached and each != stage]
        good = stage in {S.CHANGED, S.UPHELD}
        return [*passed, Stop(stage.label, "done" if good else "left", request.stage_since)]
    here = WAY.index(stage)
    stops = []
    for place, each in enumerate(WAY):
        state = "done" if place < here else "now" if place == here else "ahead"
        label = each.label if each != S.CHANGED else _("Answered")
        stops.append(Stop(label, state, reached.get(each) if place <= here else None))
    return stops


def _page(step: str, request: Reconsideration) -> str:
    name = PAGES[step]
    arguments = [request.reference, step] if name == "take_reconsideration_step" else [request.reference]
    return reverse(name, args=arguments)


def _may_read(user: Any, request: Reconsideration, step: str) -> bool:
    """Who declared what and who has handed in stays with the reviewers, the secretariat and the auditors."""
    if step == "give_opinion":
        return rights.sees_progress(user, request)
    return step != "declare" or rights.reads_who_reviews(user, request)


DEEDS: dict[str, object] = {
    "start": _("Began to write the request"),
    "ask": _("Asked for reconsideration"),
    "withdraw": _("Withdrew the request"),
    "admit": _("Admitted the request"),
    "refuse": _("Did not admit the request"),
    "admit_by_default": _("Counted as admitted, because the secretariat missed its day"),
    "assign": _("Gave the request to another sub-committee"),
    "reassign": _("Gave the request to a different sub-committee"),
    "name_reviewers": _("Named the reviewers"),
    "give_opinion": _("Handed in an opinion"),
    "sign": _("Signed the finding"),
    "reopen": _("Opened the finding again"),
    "propose": _("Proposed the finding to the steering committee"),
    "uphold": _("Upheld the first decision by resolution"),
    "change": _("Changed the first decision by resolution"),
    "lapse": _("Lapsed because the time ran out"),
}
"""Step → what the history of a request says."""
