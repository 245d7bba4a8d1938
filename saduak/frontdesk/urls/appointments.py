"""Addresses of appointments: for officers, and for visitors."""

from django.urls import path

from saduak.frontdesk.views import appointments, booking, calendars, desk_appointments, slot_plans

urlpatterns = [
    path("<str:code>/appointments", desk_appointments.list_appointments_view, name="list_appointments"),
    path("<str:code>/appointments/new", desk_appointments.book_at_desk_view, name="book_at_desk"),
    path("<str:code>/appointments/plan", slot_plans.show_slot_plan_view, name="show_slot_plan"),
    path("<str:code>/appointments/plan/add", slot_plans.add_slots_view, name="add_slots"),
    path("<str:code>/appointments/plan/propose", slot_plans.propose_slots_view, name="propose_slots"),
    path("<str:code>/appointments/plan/feed", slot_plans.renew_feed_view, name="renew_feed"),
    path("<str:code>/appointments/plan/<int:line>/remove", slot_plans.remove_slots_view, name="remove_slots"),
    path(
        "<str:code>/appointments/<str:reference>/check-in",
        desk_appointments.check_in_at_desk_view,
        name="check_in_at_desk",
    ),
    path(
        "<str:code>/appointments/<str:reference>/cancel", desk_appointments.cancel_at_desk_view, name="cancel_at_desk"
    ),
]

FOR_VISITORS = [
    path("b/<str:secret>", appointments.show_appointment_view, name="show_appointment"),
    path("b/<str:secret>/move", appointments.move_appointment_view, name="move_appointment"),
    path("b/<str:secret>/cancel", appointments.cancel_appointment_view, name="cancel_appointment"),
    path("b/<str:secret>/check-in", appointments.check_in_view, name="check_in"),
    path("b/<str:secret>/appointment.ics", calendars.appointment_calendar_view, name="appointment_calendar"),
    path("appointments/<str:feed>.ics", calendars.desk_calendar_view, name="desk_calendar"),
    path("<str:code>/book", booking.book_appointment_view, name="book_appointment"),
]
