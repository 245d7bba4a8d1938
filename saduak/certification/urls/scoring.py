"""Addresses of score sheets and of what the assessors agree on."""

from django.urls import path

from saduak.certification.views import consensus, sheets

urlpatterns = [
    path("visits/mine", sheets.list_my_visits_view, name="list_my_visits"),
    path("applications/<str:reference>/sheet", sheets.open_sheet_view, name="open_sheet"),
    path("sheets/<str:reference>", sheets.show_sheet_view, name="show_sheet"),
    path("sheets/<str:reference>/criteria/<str:code>", sheets.mark_criterion_view, name="mark_criterion"),
    path("sheets/<str:reference>/submit", sheets.submit_sheet_view, name="submit_sheet"),
    path("applications/<str:reference>/scores", consensus.compare_sheets_view, name="compare_sheets"),
    path("applications/<str:reference>/scores.pdf", consensus.print_scores_view, name="print_scores"),
    path("applications/<str:reference>/scores/equal", consensus.adopt_equal_view, name="adopt_equal"),
    path("applications/<str:reference>/scores/criteria/<str:code>", consensus.settle_view, name="settle"),
    path("applications/<str:reference>/scores/signature", consensus.sign_scores_view, name="sign_scores"),
    path("applications/<str:reference>/result", consensus.show_result_view, name="show_result"),
]
