"""Addresses of the quality of assessment and of remarks on dossiers."""

from django.urls import path

from saduak.certification.views import quality, remarks

urlpatterns = [
    path("quality", quality.show_agreement_view, name="show_agreement"),
    path("quality/assessors", quality.show_leaning_view, name="show_leaning"),
    path("quality/rotation", quality.show_rotation_view, name="show_rotation"),
    path("quality/cases", quality.list_quality_cases_view, name="list_quality_cases"),
    path("remarks", remarks.list_remarks_view, name="list_remarks"),
    path("remarks/<int:pk>", remarks.show_remark_view, name="show_remark"),
    path("remarks/terms/<str:reference>", remarks.set_remark_terms_view, name="set_remark_terms"),
]
