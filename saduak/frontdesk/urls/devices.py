"""Addresses of a desk's devices, of its poster, and of what was done without the server."""

from django.urls import path

from saduak.frontdesk.views import devices, paper, undecided

urlpatterns = [
    path("<str:code>/devices", devices.list_devices_of_desk_view, name="list_devices_of_desk"),
    path("<str:code>/devices/add/<slug:kind>", devices.add_device_view, name="add_device"),
    path("<str:code>/devices/<int:device>", devices.change_device_view, name="change_device"),
    path("<str:code>/devices/<int:device>/pair", devices.pair_device_of_desk_view, name="pair_device_of_desk"),
    path("<str:code>/devices/<int:device>/revoke", devices.revoke_device_view, name="revoke_device"),
    path("<str:code>/devices/<int:device>/print", devices.print_again_view, name="print_again"),
    path("<str:code>/poster.pdf", paper.door_poster_view, name="door_poster"),
    path("<str:code>/undecided", undecided.list_undecided_view, name="list_undecided"),
    path("<str:code>/undecided/<str:reference>/settle", undecided.settle_undecided_view, name="settle_undecided"),
]
