"""Addresses where visits are rated, below `queue/`, and where the figures are read, below `frontdesk/`."""

from django.urls import path

from saduak.frontdesk.views import rating, ratings, tablet

FOR_VISITORS = [
    path("t/<str:secret>/rate", rating.rate_visit_view, name="rate_visit"),
    path("tablet/", tablet.tablet_view, name="tablet"),
    path("tablet/worker.js", tablet.tablet_worker_view, name="tablet_worker"),
    path("tablet/app.webmanifest", tablet.tablet_manifest_view, name="tablet_manifest"),
    path("tablet/state", tablet.tablet_state_view, name="tablet_state"),
    path("devices/visits", tablet.visits_to_rate_view, name="visits_to_rate"),
    path("devices/rate", tablet.rate_by_device_view, name="rate_by_device"),
]

urlpatterns = [
    path("<str:code>/ratings", ratings.show_ratings_view, name="show_ratings"),
    path("<str:code>/ratings/comments", ratings.list_comments_view, name="list_comments"),
    path("<str:code>/ratings/comments/<uuid:pk>/remove", ratings.remove_comment_view, name="remove_comment"),
]
