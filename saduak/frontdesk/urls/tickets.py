"""Addresses of a visitor's own ticket, below `queue/`."""

from django.urls import path

from saduak.frontdesk.views import asking_why, coming_back, following, holding

FOR_VISITORS = [
    path("t/push-worker.js", following.push_worker_view, name="push_worker"),
    path("t/<str:secret>/push", following.follow_by_push_view, name="follow_by_push"),
    path("t/<str:secret>/email", following.follow_by_email_view, name="follow_by_email"),
    path("t/<str:secret>", holding.show_ticket_view, name="show_ticket"),
    path("t/<str:secret>/why", asking_why.why_before_view, name="why_before"),
    path("t/<str:secret>/state", holding.ticket_state_view, name="ticket_state"),
    path("t/<str:secret>/back", coming_back.wait_again_view, name="wait_again"),
    path("t/<str:secret>/cancel", holding.cancel_ticket_view, name="cancel_ticket"),
    path("<str:code>/take", holding.take_ticket_view, name="take_ticket"),
    path("<str:code>/door", holding.take_ticket_at_the_door_view, name="take_ticket_at_the_door"),
    path("<str:code>/find", holding.find_ticket_view, name="find_ticket"),
]
