"""Addresses of the front desk for those who work there, by noun; what visitors open is in `urls.queue`."""

from django.urls import URLPattern

from saduak.frontdesk.urls import appointments, board_keeping, console, devices, floor, ratings, reports, setting_up

urlpatterns: list[URLPattern] = [
    *setting_up.urlpatterns,
    *console.urlpatterns,
    *appointments.urlpatterns,
    *devices.urlpatterns,
    *board_keeping.urlpatterns,
    *ratings.urlpatterns,
    *floor.urlpatterns,
    *reports.urlpatterns,
]
