"""Addresses."""

from django.urls import path

from saduak.portal import views

urlpatterns = [
    path("", views.home_view, name="home"),
    path("my-work", views.my_work_view, name="my_work"),
    path("about", views.about_view, name="about"),
    path("contact", views.contact_view, name="contact"),
    path("privacy", views.privacy_view, name="privacy"),
    path("accessibility", views.accessibility_view, name="accessibility"),
]
