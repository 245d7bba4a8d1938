"""Addresses of the open data; they never change."""

from django.urls import path

from saduak.certification.views import open_data

urlpatterns = [
    path("", open_data.open_data_view, name="open_data"),
    path("catalogue.jsonld", open_data.open_data_catalogue_view, name="open_data_catalogue"),
    path("<slug:name>.<slug:form>", open_data.open_data_file_view, name="open_data_file"),
]
