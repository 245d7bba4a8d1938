"""What must be true of an application before a step is open, each a sentence with its refusal (เงื่อนไข)."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.rules import Phase
from saduak.procedure.kit import condition


def _runs(application: Any, phase: Phase, at: datetime) -> bool:
    return bool(application.round.runs(phase, timezone.localdate(at)))


@condition(otherwise=_("The round is not accepting applications today."))
def round_accepts_applications(application: Any, at: datetime) -> bool:
    return bool(application.round.is_open) and _runs(application, Phase.APPLICATION, at)


@condition(otherwise=_("The self-assessment is not complete. Every criterion needs an answer."))
def self_assessment_is_complete(application: Any, at: datetime) -> bool:
    return not application.unanswered


@condition(otherwise=_("Some answers claim a criterion without evidence."))
def every_claim_has_evidence(application: Any, at: datetime) -> bool:
    return not application.unproven


@condition(otherwise=_("Nothing has been changed in an item that was to be mended."))
def every_named_item_is_mended(application: Any, at: datetime) -> bool:
    return not application.unmended


@condition(otherwise=_("The time for mending has run out."))
def mending_is_in_time(application: Any, at: datetime) -> bool:
    due = application.mend_until
    return due is not None and (application.round.is_example or timezone.localdate(at) <= due)


@condition(otherwise=_("A dossier may be returned once only, and this one has been."))
def not_returned_before(application: Any, at: datetime) -> bool:
    return not application.was_returned


@condition(otherwise=_("Name at least one item that is to be mended."))
def items_to_mend_are_named(application: Any, at: datetime) -> bool:
    return bool(application.named_items)


@condition(otherwise=_("Some criteria have not been looked at yet."))
def every_item_is_screened(application: Any, at: datetime) -> bool:
    return not application.unscreened


@condition(otherwise=_("A physical criterion is not met. The application cannot go on."))
def every_gate_is_passed(application: Any, at: datetime) -> bool:
    return not application.failed_gates


@condition(otherwise=_("No physical criterion has failed, so there is no ground to screen the application out."))
def a_gate_has_failed(application: Any, at: datetime) -> bool:
    return bool(application.failed_gates)


@condition(otherwise=_("An item is marked for mending. Return the dossier, or settle the item first."))
def nothing_is_left_to_mend(application: Any, at: datetime) -> bool:
    return not application.named_items


@condition(otherwise=_("The unit has no visit with at least two assessors who declared no conflict of interest."))
def a_visit_is_staffed(application: Any, at: datetime) -> bool:
    return bool(application.staffed_visit)


@condition(otherwise=_("The visit has not begun yet."))
def the_visit_has_begun(application: Any, at: datetime) -> bool:
    visit = application.current_visit
    return visit is not None and visit.starts_at <= at


@condition(otherwise=_("An assessor has begun to score, so the visit stays as it was recorded."))
def no_score_is_lost(application: Any, at: datetime) -> bool:
    return not application.has_score_sheets


@condition(otherwise=_("Some assessors have not submitted their score sheets."))
def every_sheet_is_submitted(application: Any, at: datetime) -> bool:
    return bool(application.sheets_are_in)


@condition(otherwise=_("Some criteria have no agreed value, or a difference has no reason."))
def every_value_is_agreed(application: Any, at: datetime) -> bool:
    return bool(application.consensus_is_complete)


@condition(otherwise=_("The unit stands on the agenda of a meeting already."))
def not_on_an_agenda(application: Any, at: datetime) -> bool:
    return not application.is_on_open_agenda


@condition(otherwise=_("The steering committee has not resolved on this unit."))
def a_resolution_is_recorded(application: Any, at: datetime) -> bool:
    return bool(application.has_resolution_in_hand)


@condition(otherwise=_("The steering committee has answered no request to reconsider this decision."))
def a_request_is_answered(application: Any, at: datetime) -> bool:
    return bool(application.has_answer_in_hand)


@condition(otherwise=_("The time for this stage has not run out."))
def the_time_has_run_out(application: Any, at: datetime) -> bool:
    due = application.lapses_after
    return due is not None and timezone.localdate(at) > due


@condition(otherwise=_("The authority's own date has not passed, or the round sets no outcome for that."))
def a_default_is_due(application: Any, at: datetime) -> bool:
    due = application.default_after
    return due is not None and timezone.localdate(at) > due
