"""Addresses."""

from django.urls import URLPattern, path

from saduak.audit import views

urlpatterns: list[URLPattern] = [
    path("", views.list_records_view, name="list_records"),
    path("export/", views.export_records_view, name="export_records"),
]
