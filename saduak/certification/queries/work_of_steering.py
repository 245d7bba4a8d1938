"""What waits for the secretary of the steering committee; the letters to be released wait in the outbox."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from saduak.certification.models import Meeting
from saduak.certification.procedure.meetings import MeetingStage
from saduak.certification.queries.certificates import waiting_proposals
from saduak.certification.queries.meetings import rounds_in_hand
from saduak.certification.rules import Default
from saduak.design.work import WorkItem
from saduak.directory.policies import is_steering_secretary

NEXT: dict[str, tuple[object, object]] = {
    MeetingStage.CALLED: (_("Prepare the agenda and open the meeting on its day"), _("To the agenda")),
    MeetingStage.IN_SESSION: (_("Decide on every unit and record the resolution"), _("To the meeting")),
}
"""Stage of a meeting → what is awaited, and what the button says."""


def work_for_steering_secretary(user: Any, today: date) -> list[WorkItem]:
    """Meetings that have not ended, and units and certificates that wait for one; three queries, none for others."""
    if not is_steering_secretary(user):
        return []
    running = list(Meeting.objects.open().select_related("round", "body"))
    return [*(_meeting(meeting) for meeting in running), *_waiting(running), *_proposals(running)]


def _meeting(meeting: Meeting) -> WorkItem:
    awaited, action = NEXT[meeting.stage]
    return WorkItem(
        reference=meeting.reference,
        who=str(_("Meeting %(number)s") % {"number": meeting.number}),
        awaited=awaited,
        due=meeting.held_on,
        url=meeting.get_absolute_url(),
        action=action,
        kind=_("Meetings"),
        is_example=meeting.is_example,
    )


def _waiting(running: list[Meeting]) -> list[WorkItem]:
    """For each round: how many proposed units stand on no agenda; the next step is on the agenda that is being made."""
    called = {meeting.round_id: meeting for meeting in running}
    return [
        WorkItem(
            reference=round_.reference,
            who=ngettext("%(count)d proposed unit", "%(count)d proposed units", round_.waiting)
            % {"count": round_.waiting},
            awaited=_("Put them on the agenda of a meeting; after its day they come onto the next by themselves")
            if round_.sets(Default.RESOLUTION)
            else _("Put them on the agenda of a meeting"),
            due=None if round_.is_example else round_.resolution_closes_on,
            url=reverse("choose_units", args=[called[round_.pk].reference])
            if round_.pk in called
            else reverse("call_meeting"),
            action=_("Put units on the agenda") if round_.pk in called else _("Call a meeting"),
            kind=_("Meetings"),
            is_example=round_.is_example,
        )
        for round_ in rounds_in_hand()
        if round_.waiting
    ]


def _proposals(running: list[Meeting]) -> list[WorkItem]:
    """What is proposed about certificates and stands on no agenda."""
    return [
        WorkItem(
            reference=one.certificate.reference,
            who=str(one.certificate.centre),
            awaited=_("Put the proposal about the certificate on an agenda"),
            due=one.certificate.suspended_until,
            url=reverse("choose_proposals", args=[running[0].reference]) if running else reverse("call_meeting"),
            action=_("To the agenda") if running else _("Call a meeting"),
            kind=_("Meetings"),
            is_example=one.certificate.is_example,
        )
        for one in waiting_proposals()
    ]
