"""Addresses of meetings: units, certificates and resolutions."""

from django.urls import path

from saduak.certification.views import agendas, meetings, proposals, resolutions

ONE = "meetings/<str:reference>"
ITEM = f"{ONE}/units/<int:item>"
MATTER = f"{ONE}/certificates/<int:proposal>"

urlpatterns = [
    path("meetings", meetings.list_meetings_view, name="list_meetings"),
    path("meetings/call", meetings.call_meeting_view, name="call_meeting"),
    path(ONE, meetings.show_meeting_view, name="show_meeting"),
    path(f"{ONE}/attendance", meetings.show_attendance_view, name="show_attendance"),
    path(f"{ONE}/history", meetings.show_meeting_history_view, name="show_meeting_history"),
    path(f"{ONE}/open", meetings.convene_meeting_view, name="convene_meeting"),
    path(f"{ONE}/cancel", meetings.cancel_meeting_view, name="cancel_meeting"),
    path(f"{ONE}/agenda.pdf", resolutions.print_agenda_view, name="print_agenda"),
    path(f"{ONE}/units", agendas.choose_units_view, name="choose_units"),
    path(f"{ONE}/units/requests", agendas.choose_requests_view, name="choose_requests"),
    path(f"{ONE}/units/arrange", agendas.arrange_agenda_view, name="arrange_agenda"),
    path(f"{ONE}/units/follow", agendas.follow_proposals_view, name="follow_proposals"),
    path(ITEM, agendas.decide_unit_view, name="decide_unit"),
    path(f"{ITEM}/off", agendas.take_off_agenda_view, name="take_off_agenda"),
    path(f"{ITEM}/aside", agendas.step_aside_view, name="step_aside"),
    path(f"{ITEM}/aside/<int:recusal>/back", agendas.come_back_view, name="come_back"),
    path(f"{ONE}/certificates", proposals.choose_proposals_view, name="choose_proposals"),
    path(MATTER, proposals.decide_proposal_view, name="decide_proposal"),
    path(f"{MATTER}/off", proposals.take_off_proposal_view, name="take_off_proposal"),
    path(f"{MATTER}/aside", proposals.step_aside_from_view, name="step_aside_from_certificate"),
    path(f"{MATTER}/aside/<int:recusal>/back", proposals.come_back_to_view, name="come_back_to_certificate"),
    path(f"{ONE}/resolve", resolutions.resolve_meeting_view, name="resolve_meeting"),
    path(f"{ONE}/resolution", resolutions.show_resolution_view, name="show_resolution"),
    path(f"{ONE}/resolution.pdf", resolutions.print_resolution_view, name="print_resolution"),
    path(f"{ONE}/resolution.json", resolutions.download_resolution_view, name="download_resolution"),
    path(f"{ONE}/minutes.pdf", resolutions.print_minutes_view, name="print_minutes"),
    path(f"{ONE}/minutes/signed", resolutions.open_minutes_view, name="open_minutes"),
    path(f"{ONE}/letters", resolutions.show_letters_view, name="show_letters"),
    path(f"{ONE}/letters/draft", resolutions.draft_letters_view, name="draft_letters"),
]
