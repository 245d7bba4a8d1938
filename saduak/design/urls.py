"""Addresses."""

from django.urls import path

from saduak.design import views

urlpatterns = [
    path("preferences", views.choose_preference_view, name="choose_preference"),
]
