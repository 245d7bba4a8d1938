"""An application from its first draft to the committee's resolution (คำขอรับการรับรอง)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.conditions_of_applications import (
    a_default_is_due,
    a_gate_has_failed,
    a_request_is_answered,
    a_resolution_is_recorded,
    a_visit_is_staffed,
    every_claim_has_evidence,
    every_gate_is_passed,
    every_item_is_screened,
    every_named_item_is_mended,
    every_sheet_is_submitted,
    every_value_is_agreed,
    items_to_mend_are_named,
    mending_is_in_time,
    no_score_is_lost,
    not_on_an_agenda,
    not_returned_before,
    nothing_is_left_to_mend,
    round_accepts_applications,
    self_assessment_is_complete,
    the_time_has_run_out,
    the_visit_has_begun,
)
from saduak.certification.procedure.roles import CENTRE, PANEL, WORDINGS, Role
from saduak.procedure.kit import CLOCK, Procedure, Step


class Stage(TextChoices):
    """Stages of an application."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for mending")
    SCREENED = "screened", _("Screened")
    SCREENED_OUT = "screened_out", _("Screened out")
    ASSIGNED = "assigned", _("Assigned")
    VISIT_PLANNED = "visit_planned", _("Visit planned")
    VISITED = "visited", _("Visited")
    ASSESSED = "assessed", _("Assessed")
    PROPOSED = "proposed", _("Proposed")
    CERTIFIED = "certified", _("Certified")
    NOT_CERTIFIED = "not_certified", _("Not certified")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


FINAL = frozenset({Stage.SCREENED_OUT, Stage.CERTIFIED, Stage.NOT_CERTIFIED, Stage.WITHDRAWN, Stage.LAPSED})
"""Stages from which nothing moves, but by a reconsideration."""

ON_RECONSIDERATION = frozenset({"take_up_again", "certify_after_all", "raise_level"})
"""Steps with which the answer to a request to reconsider changes a first decision; the first stays in the history."""

RESOLVED = frozenset({Stage.CERTIFIED, Stage.NOT_CERTIFIED})
"""Stages that only a resolution of the steering committee brings about."""

EDITABLE = frozenset({Stage.DRAFT, Stage.RETURNED})
"""Stages in which the centre may work on its dossier."""

TRACK = (
    Stage.DRAFT,
    Stage.SUBMITTED,
    Stage.SCREENED,
    Stage.ASSIGNED,
    Stage.VISIT_PLANNED,
    Stage.VISITED,
    Stage.ASSESSED,
    Stage.PROPOSED,
    Stage.CERTIFIED,
)
"""The straight way, as the case page draws it."""

APPLICATION = Procedure(
    name="certification-application",
    title=_("Application for certification"),
    starts_at=Stage.DRAFT,
    wordings=WORDINGS,
    steps=(
        Step(
            name="submit",
            label=_("Submit the application"),
            clause="2.1",
            taken_by=CENTRE,
            moves=frozenset({Stage.DRAFT}),
            to=Stage.SUBMITTED,
            provided=(round_accepts_applications, self_assessment_is_complete, every_claim_has_evidence),
        ),
        Step(
            name="withdraw",
            label=_("Withdraw the application"),
            clause="2.2",
            taken_by=Role.CENTRE_HEAD,
            moves=frozenset(
                {Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED, Stage.SCREENED, Stage.ASSIGNED, Stage.VISIT_PLANNED}
            ),
            to=Stage.WITHDRAWN,
        ),
        Step(
            name="return",
            label=_("Return for mending"),
            clause="3.1",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.SUBMITTED}),
            to=Stage.RETURNED,
            provided=(not_returned_before, items_to_mend_are_named),
        ),
        Step(
            name="resubmit",
            label=_("Submit the mended dossier"),
            clause="3.2",
            taken_by=CENTRE,
            moves=frozenset({Stage.RETURNED}),
            to=Stage.SUBMITTED,
            provided=(
                mending_is_in_time,
                every_named_item_is_mended,
                self_assessment_is_complete,
                every_claim_has_evidence,
            ),
        ),
        Step(
            name="pass_screening",
            label=_("Pass the screening"),
            clause="3.3",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.SUBMITTED}),
            to=Stage.SCREENED,
            provided=(every_item_is_screened, every_gate_is_passed, nothing_is_left_to_mend),
        ),
        Step(
            name="screen_out",
            label=_("Screen out"),
            clause="3.4",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.SUBMITTED}),
            to=Stage.SCREENED_OUT,
            provided=(every_item_is_screened, a_gate_has_failed),
        ),
        Step(
            name="correct_screening",
            label=_("Take the screening up again"),
            clause="3.5",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.SCREENED}),
            to=Stage.SUBMITTED,
        ),
        Step(
            name="assign",
            label=_("Assign to a sub-committee"),
            clause="4.1",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.SCREENED}),
            to=Stage.ASSIGNED,
        ),
        Step(
            name="reassign",
            label=_("Assign to another sub-committee"),
            clause="4.2",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.ASSIGNED}),
            to=None,
        ),
        Step(
            name="plan_visit",
            label=_("Fix the visit"),
            clause="5.1",
            taken_by=frozenset({Role.SECRETARIAT, *PANEL}),
            moves=frozenset({Stage.ASSIGNED}),
            to=Stage.VISIT_PLANNED,
            provided=(a_visit_is_staffed,),
        ),
        Step(
            name="cancel_visit",
            label=_("Cancel the visit"),
            clause="5.2",
            taken_by=frozenset({Role.SECRETARIAT, *PANEL}),
            moves=frozenset({Stage.VISIT_PLANNED}),
            to=Stage.ASSIGNED,
        ),
        Step(
            name="hold_visit",
            label=_("Record that the visit was held"),
            clause="5.3",
            taken_by=PANEL,
            moves=frozenset({Stage.VISIT_PLANNED}),
            to=Stage.VISITED,
            provided=(the_visit_has_begun,),
        ),
        Step(
            name="correct_visit",
            label=_("The visit was not held after all"),
            clause="5.4",
            # Whether it is open tells if anybody has begun to score, which no assessor may learn.
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.VISITED}),
            to=Stage.VISIT_PLANNED,
            provided=(no_score_is_lost,),
        ),
        Step(
            name="sign_consensus",
            label=_("Sign the agreed scores"),
            clause="5.5",
            taken_by=Role.CHAIR,
            moves=frozenset({Stage.VISITED}),
            to=Stage.ASSESSED,
            provided=(every_sheet_is_submitted, every_value_is_agreed),
        ),
        Step(
            name="reopen_consensus",
            label=_("Open the agreed scores again"),
            clause="5.6",
            taken_by=Role.CHAIR,
            moves=frozenset({Stage.ASSESSED}),
            to=Stage.VISITED,
        ),
        Step(
            name="propose",
            label=_("Propose to the steering committee"),
            clause="6.1",
            taken_by=PANEL,
            moves=frozenset({Stage.ASSESSED}),
            to=Stage.PROPOSED,
        ),
        Step(
            name="take_back_proposal",
            label=_("Take the proposal back"),
            clause="6.2",
            taken_by=PANEL,
            moves=frozenset({Stage.PROPOSED}),
            to=Stage.ASSESSED,
            provided=(not_on_an_agenda,),
        ),
        Step(
            name="certify",
            label=_("Certify by resolution"),
            clause="6.3",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({Stage.PROPOSED}),
            to=Stage.CERTIFIED,
            provided=(a_resolution_is_recorded,),
        ),
        Step(
            name="decline",
            label=_("Decline by resolution"),
            clause="6.4",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({Stage.PROPOSED}),
            to=Stage.NOT_CERTIFIED,
            provided=(a_resolution_is_recorded,),
        ),
        Step(
            name="pass_by_default",
            label=_("Counts as passed"),
            clause="7.2",
            taken_by=CLOCK,
            moves=frozenset({Stage.SUBMITTED}),
            to=Stage.SCREENED,
            provided=(a_default_is_due, every_gate_is_passed),
        ),
        Step(
            name="propose_by_default",
            label=_("Counts as proposed"),
            clause="7.3",
            taken_by=CLOCK,
            moves=frozenset({Stage.ASSESSED}),
            to=Stage.PROPOSED,
            provided=(a_default_is_due,),
        ),
        Step(
            name="stand_by_default",
            label=_("Comes onto the next agenda as proposed"),
            clause="7.4",
            taken_by=CLOCK,
            moves=frozenset({Stage.PROPOSED}),
            to=None,
            provided=(a_default_is_due,),
        ),
        Step(
            name="take_up_again",
            label=_("Let it go on after reconsideration"),
            clause="10.16",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({Stage.SCREENED_OUT}),
            to=Stage.SCREENED,
            provided=(a_request_is_answered,),
        ),
        Step(
            name="certify_after_all",
            label=_("Certify after reconsideration"),
            clause="10.17",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({Stage.NOT_CERTIFIED}),
            to=Stage.CERTIFIED,
            provided=(a_request_is_answered,),
        ),
        Step(
            name="raise_level",
            label=_("Raise the level after reconsideration"),
            clause="10.18",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({Stage.CERTIFIED}),
            to=None,
            provided=(a_request_is_answered,),
        ),
        Step(
            name="lapse",
            label=_("Lapse"),
            clause="7.1",
            taken_by=CLOCK,
            moves=EDITABLE,
            to=Stage.LAPSED,
            provided=(the_time_has_run_out,),
        ),
    ),
)
