"""Addresses of applications."""

from django.urls import path

from saduak.certification.views import applications, lists

urlpatterns = [
    path("applications", lists.list_applications_view, name="list_applications"),
    path("applications/<str:reference>", applications.show_application_view, name="show_application"),
    path("applications/<str:reference>/history", applications.show_history_view, name="show_history"),
    path("applications/<str:reference>/steps/<str:step>", applications.take_step_view, name="take_step"),
]
