"""Addresses of kiosks, and the one by which any device is paired."""

from django.urls import path

from saduak.frontdesk.views import kiosk, pairing

FOR_DEVICES = [
    path("devices/pair", pairing.pair_device_view, name="pair_device"),
    path("kiosk/", kiosk.kiosk_view, name="kiosk"),
    path("kiosk/worker.js", kiosk.kiosk_worker_view, name="kiosk_worker"),
    path("kiosk/app.webmanifest", kiosk.kiosk_manifest_view, name="kiosk_manifest"),
    path("kiosk/state", kiosk.kiosk_state_view, name="kiosk_state"),
    path("kiosk/tickets", kiosk.kiosk_tickets_view, name="kiosk_tickets"),
    path("kiosk/numbers", kiosk.kiosk_numbers_view, name="kiosk_numbers"),
    path("kiosk/check-in", kiosk.kiosk_check_in_view, name="kiosk_check_in"),
    path("kiosk/back", kiosk.kiosk_back_view, name="kiosk_back"),
    path("kiosk/print", kiosk.kiosk_print_view, name="kiosk_print"),
]
