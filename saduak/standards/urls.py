"""Addresses."""

from django.urls import path

from saduak.standards import views

urlpatterns = [
    path("", views.list_criteria_view, name="list_criteria"),
    path("drafts/load", views.load_criteria_view, name="load_criteria"),
    path("<slug:reference>", views.show_criteria_view, name="show_criteria"),
    path("<slug:reference>/source.yaml", views.download_criteria_view, name="download_criteria"),
    path("<slug:reference>/replace", views.replace_criteria_view, name="replace_criteria"),
    path("<slug:reference>/publish", views.publish_criteria_view, name="publish_criteria"),
    path("<slug:reference>/discard", views.discard_criteria_view, name="discard_criteria"),
]
