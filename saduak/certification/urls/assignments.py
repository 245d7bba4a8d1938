"""Addresses of assignments and declarations."""

from django.urls import path

from saduak.certification.views import assignments, interests

urlpatterns = [
    path("assignments", assignments.assign_applications_view, name="assign_applications"),
    path("interests", interests.list_interests_view, name="list_interests"),
    path("applications/<str:reference>/assignment", assignments.assign_application_view, name="assign_application"),
    path("applications/<str:reference>/interests", interests.show_interests_view, name="show_interests"),
    path("applications/<str:reference>/interests/declare", interests.declare_interest_view, name="declare_interest"),
]
