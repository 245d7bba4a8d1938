"""Addresses of connected systems, and of the page about the interface."""

from django.urls import URLPattern, path

from saduak.machines import views

urlpatterns: list[URLPattern] = [
    path("api/", views.show_interface_view, name="show_interface"),
    path("api/openapi.json", views.show_description_view, name="show_description"),
    path("machines/", views.list_clients_view, name="list_clients"),
    path("machines/new/", views.add_client_view, name="add_client"),
    path("machines/<int:pk>/", views.show_client_view, name="show_client"),
    path("machines/<int:pk>/correct/", views.correct_client_view, name="correct_client"),
    path("machines/<int:pk>/turn/", views.turn_client_view, name="turn_client"),
    path("machines/<int:pk>/token/", views.give_token_view, name="give_token"),
    path("machines/tokens/<int:pk>/revoke/", views.revoke_token_view, name="revoke_token"),
    path("machines/webhooks/<uuid:key>/", views.show_webhook_view, name="show_webhook"),
    path("machines/webhooks/<uuid:key>/resume/", views.resume_webhook_view, name="resume_webhook"),
    path("machines/webhooks/<uuid:key>/replay/", views.replay_webhook_view, name="replay_webhook"),
]
