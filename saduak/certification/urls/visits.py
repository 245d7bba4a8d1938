"""Addresses of visits."""

from django.urls import path

from saduak.certification.views import visits

urlpatterns = [
    path("visits", visits.show_itinerary_view, name="show_itinerary"),
    path("visits/itinerary.pdf", visits.print_itinerary_view, name="print_itinerary"),
    path("applications/<str:reference>/visit/plan", visits.plan_visit_view, name="plan_visit"),
    path("applications/<str:reference>/visit/change", visits.change_visit_view, name="change_visit"),
    path("applications/<str:reference>/visit.ics", visits.download_visit_view, name="download_visit"),
]
