"""Addresses of reconsiderations."""

from django.urls import path

from saduak.certification.views import asking, hearing, reconsiderations, reviewing

ONE = "reconsiderations/<str:reference>"

urlpatterns = [
    path(
        "applications/<str:reference>/reconsideration", asking.start_reconsideration_view, name="start_reconsideration"
    ),
    path("reconsiderations", reconsiderations.list_reconsiderations_view, name="list_reconsiderations"),
    path(ONE, reconsiderations.show_reconsideration_view, name="show_reconsideration"),
    path(f"{ONE}/files/<int:file>", reconsiderations.download_ground_file_view, name="download_ground_file"),
    path(
        f"{ONE}/evidence/<int:evidence>",
        reconsiderations.download_reviewed_evidence_view,
        name="download_reviewed_evidence",
    ),
    path(f"{ONE}/steps/<str:step>", reconsiderations.take_reconsideration_step_view, name="take_reconsideration_step"),
    path(f"{ONE}/grounds", asking.write_grounds_view, name="write_grounds"),
    path(f"{ONE}/files/<int:file>/drop", asking.drop_ground_file_view, name="drop_ground_file"),
    path(f"{ONE}/ask", asking.ask_reconsideration_view, name="ask_reconsideration"),
    path(f"{ONE}/assignment", hearing.assign_reconsideration_view, name="assign_reconsideration"),
    path(f"{ONE}/interests", hearing.declare_for_review_view, name="declare_for_review"),
    path(f"{ONE}/reviewers", hearing.name_reviewers_view, name="name_reviewers"),
    path(f"{ONE}/opinion", reviewing.write_opinion_view, name="write_opinion"),
    path(f"{ONE}/review", reviewing.compare_opinions_view, name="compare_opinions"),
    path(f"{ONE}/signature", reviewing.sign_review_view, name="sign_review"),
]
