"""Addresses of the set-up of a desk."""

from django.urls import path

from saduak.frontdesk.views import desks, furnishing, settings_of_desk, wizard

urlpatterns = [
    path("", desks.list_desks_view, name="list_desks"),
    path("<str:code>/wizard/", wizard.continue_wizard_view, name="continue_wizard"),
    path("<str:code>/wizard/<str:question>", wizard.answer_wizard_view, name="answer_wizard"),
    path("<str:code>/settings/", desks.show_desk_settings_view, name="show_desk_settings"),
    path("<str:code>/settings/open", desks.open_desk_view, name="open_desk"),
    path("<str:code>/settings/close", desks.close_desk_view, name="close_desk"),
    path("<str:code>/settings/services/", furnishing.list_desk_services_view, name="list_desk_services"),
    path("<str:code>/settings/services/new", furnishing.write_desk_service_view, name="enter_desk_service"),
    path("<str:code>/settings/services/<int:pk>", furnishing.write_desk_service_view, name="correct_desk_service"),
    path("<str:code>/settings/groups/new", furnishing.write_queue_group_view, name="enter_queue_group"),
    path("<str:code>/settings/groups/<int:pk>", furnishing.write_queue_group_view, name="correct_queue_group"),
    path("<str:code>/settings/counters/", furnishing.list_counters_view, name="list_counters"),
    path("<str:code>/settings/counters/new", furnishing.write_counter_view, name="enter_counter"),
    path("<str:code>/settings/counters/<int:pk>", furnishing.write_counter_view, name="correct_counter"),
    path("<str:code>/settings/visitors/", furnishing.list_visitor_classes_view, name="list_visitor_classes"),
    path("<str:code>/settings/visitors/new", furnishing.write_visitor_class_view, name="enter_visitor_class"),
    path("<str:code>/settings/visitors/<int:pk>", furnishing.write_visitor_class_view, name="correct_visitor_class"),
    path("<str:code>/settings/hours/", settings_of_desk.set_desk_hours_view, name="set_desk_hours"),
    path("<str:code>/settings/hours/special", settings_of_desk.write_special_day_view, name="write_special_day"),
    path("<str:code>/settings/limits", settings_of_desk.set_desk_limits_view, name="set_desk_limits"),
    path("<str:code>/settings/texts", settings_of_desk.set_desk_texts_view, name="set_desk_texts"),
    path("<str:code>/settings/supervisors", settings_of_desk.name_supervisors_view, name="name_supervisors"),
    path("<str:code>/settings/move/<str:kind>/<int:pk>", furnishing.move_thing_view, name="move_thing"),
    path("<str:code>/settings/remove/<str:kind>/<int:pk>", furnishing.remove_thing_view, name="remove_thing"),
]
