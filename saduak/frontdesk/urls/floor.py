"""Addresses of the supervisor's floor."""

from django.urls import path

from saduak.frontdesk.views import floor

urlpatterns = [
    path("<str:code>/floor", floor.show_floor_view, name="show_floor"),
    path("<str:code>/floor/state", floor.floor_state_view, name="floor_state"),
    path("<str:code>/floor/<slug:deed>", floor.do_on_the_floor_view, name="do_on_the_floor"),
]
