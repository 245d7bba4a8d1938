"""A request to reconsider a decision, before another sub-committee (การขอทบทวนผล).

The programme publishes no rule for it. Terms and effects are this platform's own, after the Administrative Procedure
Act 2539 as it is generally told; unchecked against the text.
"""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.roles import PANEL, WORDINGS, Role
from saduak.procedure.kit import CLOCK, Procedure, Step, condition


class ReconsiderationStage(TextChoices):
    """Stages of a request to reconsider."""

    DRAFT = "draft", _("Being written")
    ASKED = "asked", _("Asked")
    ADMITTED = "admitted", _("Admitted")
    REFUSED = "refused", _("Not admitted")
    ASSIGNED = "assigned", _("Under review")
    REVIEWED = "reviewed", _("Reviewed")
    PROPOSED = "proposed", _("Proposed to the committee")
    UPHELD = "upheld", _("First decision upheld")
    CHANGED = "changed", _("First decision changed")
    WITHDRAWN = "withdrawn", _("Request withdrawn")
    LAPSED = "lapsed", _("Request lapsed")


ANSWERED = frozenset({ReconsiderationStage.UPHELD, ReconsiderationStage.CHANGED})
"""Stages that only a resolution of the steering committee brings about."""

ENDED = ANSWERED | {ReconsiderationStage.REFUSED, ReconsiderationStage.WITHDRAWN, ReconsiderationStage.LAPSED}
"""Stages from which nothing moves."""

NOT_ASKED = frozenset({ReconsiderationStage.WITHDRAWN, ReconsiderationStage.LAPSED})
"""Stages that leave the centre free to ask again while there is time."""

HEARD = frozenset({ReconsiderationStage.ASSIGNED, ReconsiderationStage.REVIEWED, ReconsiderationStage.PROPOSED})
"""Stages in which another sub-committee has the request."""

WAY = (
    ReconsiderationStage.DRAFT,
    ReconsiderationStage.ASKED,
    ReconsiderationStage.ADMITTED,
    ReconsiderationStage.ASSIGNED,
    ReconsiderationStage.REVIEWED,
    ReconsiderationStage.PROPOSED,
    ReconsiderationStage.CHANGED,
)
"""The straight way, as the case page draws it."""


@condition(otherwise=_("The time for asking has run out."))
def it_is_asked_in_time(case: Any, at: datetime) -> bool:
    due = case.last_day_to_ask
    return due is None or timezone.localdate(at) <= due


@condition(otherwise=_("Say for at least one criterion why the decision is wrong."))
def a_ground_is_given(case: Any, at: datetime) -> bool:
    return bool(case.contested)


@condition(
    otherwise=_("Every physical criterion that was found not met needs a ground; one that stays unmet bars all.")
)
def every_failed_gate_is_disputed(case: Any, at: datetime) -> bool:
    return not case.undisputed_gates


@condition(otherwise=_("The time for answering whether the request is admitted has not run out."))
def admission_is_overdue(case: Any, at: datetime) -> bool:
    due = case.admitted_by_default_after
    return due is not None and timezone.localdate(at) > due


@condition(otherwise=_("The time for answering the request has not run out."))
def the_answer_is_overdue(case: Any, at: datetime) -> bool:
    due = case.stands_by_default_after
    return due is not None and timezone.localdate(at) > due


@condition(otherwise=_("A reviewer has begun to write an opinion, so sub-committee and reviewers stay."))
def no_opinion_is_lost(case: Any, at: datetime) -> bool:
    return not case.has_opinions


@condition(otherwise=_("At least two reviewers must have handed in their opinions, and every reviewer who was named."))
def every_opinion_is_in(case: Any, at: datetime) -> bool:
    return bool(case.opinions_are_in)


@condition(otherwise=_("A disputed item has no agreed value, or a difference has no reason."))
def every_disputed_item_is_settled(case: Any, at: datetime) -> bool:
    return not case.unsettled


@condition(otherwise=_("The request stands on the agenda of a meeting already."))
def the_request_is_on_no_agenda(case: Any, at: datetime) -> bool:
    return not case.is_on_open_agenda


@condition(otherwise=_("The steering committee has not resolved on this request."))
def the_committee_has_resolved(case: Any, at: datetime) -> bool:
    return bool(case.has_resolution_in_hand)


@condition(otherwise=_("The term for writing the request has not run out."))
def the_term_is_over(case: Any, at: datetime) -> bool:
    due = case.last_day_to_ask
    return due is not None and timezone.localdate(at) > due


RECONSIDERATION = Procedure(
    name="certification-reconsideration",
    title=_("Reconsideration"),
    starts_at=ReconsiderationStage.DRAFT,
    wordings=WORDINGS,
    steps=(
        Step(
            name="ask",
            label=_("Ask for reconsideration"),
            clause="10.1",
            taken_by=Role.CENTRE_HEAD,
            moves=frozenset({ReconsiderationStage.DRAFT}),
            to=ReconsiderationStage.ASKED,
            provided=(it_is_asked_in_time, a_ground_is_given, every_failed_gate_is_disputed),
        ),
        Step(
            name="withdraw",
            label=_("Withdraw the request"),
            clause="10.2",
            taken_by=Role.CENTRE_HEAD,
            moves=frozenset(
                {
                    ReconsiderationStage.DRAFT,
                    ReconsiderationStage.ASKED,
                    ReconsiderationStage.ADMITTED,
                    ReconsiderationStage.ASSIGNED,
                }
            ),
            to=ReconsiderationStage.WITHDRAWN,
        ),
        Step(
            name="admit",
            label=_("Admit the request"),
            clause="10.3",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({ReconsiderationStage.ASKED}),
            to=ReconsiderationStage.ADMITTED,
        ),
        Step(
            name="refuse",
            label=_("Do not admit the request"),
            clause="10.4",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({ReconsiderationStage.ASKED}),
            to=ReconsiderationStage.REFUSED,
        ),
        Step(
            name="admit_by_default",
            label=_("Counts as admitted"),
            clause="10.5",
            taken_by=CLOCK,
            moves=frozenset({ReconsiderationStage.ASKED}),
            to=ReconsiderationStage.ADMITTED,
            provided=(admission_is_overdue,),
        ),
        Step(
            name="assign",
            label=_("Give it to another sub-committee"),
            clause="10.6",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({ReconsiderationStage.ADMITTED}),
            to=ReconsiderationStage.ASSIGNED,
        ),
        Step(
            name="reassign",
            label=_("Give it to a different sub-committee"),
            clause="10.7",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({ReconsiderationStage.ASSIGNED}),
            to=None,
            provided=(no_opinion_is_lost,),
        ),
        Step(
            name="name_reviewers",
            label=_("Name the reviewers"),
            clause="10.8",
            taken_by=frozenset({Role.SECRETARIAT, *PANEL}),
            moves=frozenset({ReconsiderationStage.ASSIGNED}),
            to=None,
            provided=(no_opinion_is_lost,),
        ),
        Step(
            name="sign",
            label=_("Sign the finding"),
            clause="10.9",
            taken_by=Role.CHAIR,
            moves=frozenset({ReconsiderationStage.ASSIGNED}),
            to=ReconsiderationStage.REVIEWED,
            provided=(every_opinion_is_in, every_disputed_item_is_settled),
        ),
        Step(
            name="reopen",
            label=_("Open the finding again"),
            clause="10.10",
            taken_by=Role.CHAIR,
            moves=frozenset({ReconsiderationStage.REVIEWED}),
            to=ReconsiderationStage.ASSIGNED,
        ),
        Step(
            name="propose",
            label=_("Propose to the steering committee"),
            clause="10.11",
            taken_by=PANEL,
            moves=frozenset({ReconsiderationStage.REVIEWED}),
            to=ReconsiderationStage.PROPOSED,
        ),
        Step(
            name="take_back_proposal",
            label=_("Take the proposal back"),
            clause="10.12",
            taken_by=PANEL,
            moves=frozenset({ReconsiderationStage.PROPOSED}),
            to=ReconsiderationStage.REVIEWED,
            provided=(the_request_is_on_no_agenda,),
        ),
        Step(
            name="stand_by_default",
            label=_("Comes onto the next agenda as proposed"),
            clause="10.19",
            taken_by=CLOCK,
            moves=frozenset({ReconsiderationStage.PROPOSED}),
            to=None,
            provided=(the_answer_is_overdue,),
        ),
        Step(
            name="uphold",
            label=_("Uphold the first decision by resolution"),
            clause="10.13",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({ReconsiderationStage.PROPOSED}),
            to=ReconsiderationStage.UPHELD,
            provided=(the_committee_has_resolved,),
        ),
        Step(
            name="change",
            label=_("Change the first decision by resolution"),
            clause="10.14",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({ReconsiderationStage.PROPOSED}),
            to=ReconsiderationStage.CHANGED,
            provided=(the_committee_has_resolved,),
        ),
        Step(
            name="lapse",
            label=_("Lapse"),
            clause="10.15",
            taken_by=CLOCK,
            moves=frozenset({ReconsiderationStage.DRAFT}),
            to=ReconsiderationStage.LAPSED,
            provided=(the_term_is_over,),
        ),
    ),
)
