"""What visitors open, below `queue/`. The page of a centre comes last, for its code may look like anything."""

from django.urls import path

from saduak.frontdesk.urls import appointments, boards, kiosks, ratings, tickets
from saduak.frontdesk.views import queue

urlpatterns = [
    *appointments.FOR_VISITORS,
    *boards.urlpatterns,
    *kiosks.FOR_DEVICES,
    *ratings.FOR_VISITORS,
    *tickets.FOR_VISITORS,
    path("<str:code>/rule", queue.show_rule_view, name="show_rule"),
    path("<str:code>/", queue.show_queue_view, name="show_queue"),
]
