"""Addresses of score sheets and of what the assessors agree on."""

from django.urls import path

from saduak.certification.views import sheets

urlpatterns = [
    path("visits/mine", sheets.list_my_visits_view, name="list_my_visits"),
    path("applications/<str:reference>/sheet", sheets.open_sheet_view, name="open_sheet"),
    path("sheets/<str:reference>", sheets.show_sheet_view, name="show_sheet"),
    path("sheets/<str:reference>/criteria/<str:code>", sheets.mark_criterion_view, name="mark_criterion"),
    path("sheets/<str:reference>/submit", sheets.submit_sheet_view, name="submit_sheet"),
]
