"""Addresses."""

from django.urls import URLPattern, path

from saduak.notices import views

urlpatterns: list[URLPattern] = [
    path("", views.show_own_notices_view, name="show_own_notices"),
    path("outbox", views.show_outbox_view, name="show_outbox"),
    path("outbox/release", views.release_batch_view, name="release_batch"),
    path("<uuid:number>", views.show_notice_view, name="show_notice"),
    path("<uuid:number>/files/<uuid:file>", views.open_notice_file_view, name="open_notice_file"),
    path("<uuid:number>/release", views.release_notice_view, name="release_notice"),
    path("<uuid:number>/cancel", views.cancel_notice_view, name="cancel_notice"),
    path("<uuid:number>/retry", views.retry_notice_view, name="retry_notice"),
]
