"""Addresses."""

from django.urls import path

from saduak.portal import views

urlpatterns = [
    path("", views.home_view, name="home"),
    path("robots.txt", views.robots_view, name="robots"),
    path("sitemap.xml", views.sitemap_index_view, name="sitemap_index"),
    path("sitemap-<int:part>.xml", views.sitemap_view, name="sitemap"),
    path("my-work", views.my_work_view, name="my_work"),
    path("about", views.about_view, name="about"),
    path("contact", views.contact_view, name="contact"),
    path("privacy", views.privacy_view, name="privacy"),
    path("accessibility", views.accessibility_view, name="accessibility"),
]
