"""Addresses of assignments and declarations."""

from django.urls import path

from saduak.certification.views import allotting, assignments, interests

urlpatterns = [
    path("assignments", assignments.assign_applications_view, name="assign_applications"),
    path("assignments/proposals", allotting.propose_assignments_view, name="propose_assignments"),
    path("assignments/proposals/<int:pk>", allotting.show_allotment_view, name="show_allotment"),
    path("assignments/proposals/<int:pk>/stop", allotting.stop_allotment_view, name="stop_allotment"),
    path("assignments/proposals/<int:pk>/record", allotting.allotment_record_view, name="allotment_record"),
    path("assignments/proposals/<int:pk>/check", allotting.check_allotment_view, name="check_allotment"),
    path(
        "assignments/proposals/<int:pk>/units/<str:reference>",
        allotting.decide_allotment_view,
        name="decide_allotment",
    ),
    path("interests", interests.list_interests_view, name="list_interests"),
    path("applications/<str:reference>/assignment", assignments.assign_application_view, name="assign_application"),
    path("applications/<str:reference>/interests", interests.show_interests_view, name="show_interests"),
    path("applications/<str:reference>/interests/declare", interests.declare_interest_view, name="declare_interest"),
]
