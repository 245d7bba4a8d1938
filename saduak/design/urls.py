"""Addresses."""

from django.urls import path

from saduak.design import views

urlpatterns = [
    path("", views.show_gallery_view, name="show_gallery"),
    path("search", views.search_view, name="search"),
    path("preferences", views.choose_preference_view, name="choose_preference"),
]
