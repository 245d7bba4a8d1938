"""Addresses of applications."""

from django.urls import path

from saduak.certification.views import applications, applying, checklist, dossiers, lists

urlpatterns = [
    path("applications", lists.list_applications_view, name="list_applications"),
    path("agency", lists.agency_overview_view, name="agency_overview"),
    path("apply", applying.start_application_view, name="start_application"),
    path("applications/<str:reference>", applications.show_application_view, name="show_application"),
    path("applications/<str:reference>/dossier", dossiers.show_dossier_view, name="show_dossier"),
    path("applications/<str:reference>/files", dossiers.show_files_view, name="show_files"),
    path(
        "applications/<str:reference>/files/<int:evidence>", checklist.download_evidence_view, name="download_evidence"
    ),
    path("applications/<str:reference>/history", applications.show_history_view, name="show_history"),
    path("applications/<str:reference>/about", applying.describe_application_view, name="describe_application"),
    path("applications/<str:reference>/self-assessment", checklist.assess_view, name="assess"),
    path(
        "applications/<str:reference>/self-assessment/<str:code>",
        checklist.assess_criterion_view,
        name="assess_criterion",
    ),
    path(
        "applications/<str:reference>/self-assessment/<str:code>/evidence",
        checklist.add_evidence_view,
        name="add_evidence",
    ),
    path(
        "applications/<str:reference>/self-assessment/<str:code>/evidence/<int:evidence>",
        checklist.describe_evidence_view,
        name="describe_evidence",
    ),
    path(
        "applications/<str:reference>/self-assessment/<str:code>/evidence/<int:evidence>/drop",
        checklist.drop_evidence_view,
        name="drop_evidence",
    ),
    path("applications/<str:reference>/submit", applying.submit_application_view, name="submit_application"),
    path("applications/<str:reference>/receipt", applying.show_receipt_view, name="show_receipt"),
    path("applications/<str:reference>/receipt.pdf", applying.print_receipt_view, name="print_receipt"),
    path("applications/<str:reference>/steps/<str:step>", applications.take_step_view, name="take_step"),
]
