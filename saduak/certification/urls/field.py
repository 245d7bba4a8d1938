"""Addresses of work without signal; the app's worker answers for what lies below `field/`."""

from django.urls import path

from saduak.certification.views import field, field_data, field_pages

urlpatterns = [
    path("field/", field.field_view, name="field"),
    path("applications/<str:reference>/field", field_pages.open_field_view, name="open_field"),
    path("field/worker.js", field.field_worker_view, name="field_worker"),
    path("field/app.webmanifest", field.field_manifest_view, name="field_manifest"),
    path("field/standing", field_data.field_standing_view, name="field_standing"),
    path("field/devices/register", field_data.register_device_view, name="register_device"),
    path("field/visits/<int:visit>/take", field_data.take_along_view, name="take_along"),
    path("field/send", field_data.send_field_work_view, name="send_field_work"),
    path("field/photos/<uuid:photo>/send", field_data.send_photograph_view, name="send_photograph"),
    path("field/photos/<uuid:photo>", field_data.show_photograph_view, name="show_photograph"),
    path("field/devices", field_pages.list_devices_view, name="list_devices"),
    path("field/devices/<uuid:device>/turn-away", field_pages.turn_device_away_view, name="turn_device_away"),
    path("field/disputes", field_pages.list_disputes_view, name="list_disputes"),
    path("field/disputes/settle", field_pages.settle_dispute_view, name="settle_dispute"),
    path("field/late/<int:event>/note", field_pages.note_late_change_view, name="note_late_change"),
    path("field/bring", field_pages.bring_in_view, name="bring_in_field_work"),
]
