"""Addresses of the surveillance of certified centres, and of the draws that choose them."""

from django.urls import path

from saduak.certification.views import draws, findings, surveillance

ONE = "surveillance/<str:reference>"
TURN = f"{ONE}/answers/<int:turn>"

urlpatterns = [
    path("surveillance", surveillance.list_surveillances_view, name="list_surveillances"),
    path("certificates/<str:number>/surveillance", surveillance.open_surveillance_view, name="open_surveillance"),
    path(ONE, surveillance.show_surveillance_view, name="show_surveillance"),
    path(f"{ONE}/send", surveillance.send_assessor_view, name="send_assessor"),
    path(f"{ONE}/check", surveillance.check_centre_view, name="check_centre"),
    path(f"{ONE}/findings", findings.record_finding_view, name="record_finding"),
    path(f"{ONE}/findings/<int:finding>/strike", findings.strike_finding_view, name="strike_finding"),
    path(TURN, findings.answer_finding_view, name="answer_finding"),
    path(f"{TURN}/verify", findings.verify_finding_view, name="verify_finding"),
    path(f"{TURN}/files/<uuid:file>", findings.open_answer_file_view, name="open_answer_file"),
    path(f"{TURN}/files/<uuid:file>/drop", findings.drop_answer_file_view, name="drop_answer_file"),
    path(f"{ONE}/step/<str:step>", surveillance.take_surveillance_step_view, name="take_surveillance_step"),
    path("surveillance/draws/announce", draws.announce_draw_view, name="announce_draw"),
    path("surveillance/draws/<str:reference>/draw", draws.draw_view, name="draw_sample"),
    path("surveillance/draws/<str:reference>/call-off", draws.call_off_draw_view, name="call_off_draw"),
]
