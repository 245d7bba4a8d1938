"""Addresses of the directory."""

from django.urls import path

from saduak.directory.views import agencies, bodies, calendar, centres, exchange, people

urlpatterns = [
    path("centres/", centres.list_centres_view, name="list_centres"),
    path("centres/new/", centres.open_centre_view, name="open_centre"),
    path("centres/<str:code>/", centres.show_centre_view, name="show_centre"),
    path("centres/<str:code>/correct/", centres.correct_centre_view, name="correct_centre"),
    path("centres/<str:code>/service/", centres.turn_centre_view, name="turn_centre"),
    path("agencies/", agencies.list_agencies_view, name="list_agencies"),
    path("agencies/new/", agencies.add_agency_view, name="add_agency"),
    path("agencies/<str:code>/", agencies.show_agency_view, name="show_agency"),
    path("agencies/<str:code>/correct/", agencies.correct_agency_view, name="correct_agency"),
    path("ministries/new/", agencies.add_ministry_view, name="add_ministry"),
    path("ministries/<str:code>/correct/", agencies.correct_ministry_view, name="correct_ministry"),
    path("bodies/", bodies.list_bodies_view, name="list_bodies"),
    path("bodies/new/", bodies.establish_body_view, name="establish_body"),
    path("bodies/<int:pk>/", bodies.show_body_view, name="show_body"),
    path("bodies/<int:pk>/correct/", bodies.correct_body_view, name="correct_body"),
    path("appoint/<str:kind>/<int:pk>/", bodies.appoint_view, name="appoint"),
    path("offices/<int:pk>/end/", bodies.end_membership_view, name="end_membership"),
    path("people/", people.list_people_view, name="list_people"),
    path("people/new/", people.open_account_view, name="open_account"),
    path("people/<int:pk>/", people.show_person_view, name="show_person"),
    path("people/<int:pk>/correct/", people.correct_account_view, name="correct_account"),
    path("people/<int:pk>/account/", people.turn_account_view, name="turn_account"),
    path("spreadsheets/", exchange.show_exchange_view, name="show_exchange"),
    path("spreadsheets/<int:pk>/", exchange.show_import_view, name="show_import"),
    path("spreadsheets/<int:pk>/write/", exchange.write_import_view, name="write_import"),
    path("spreadsheets/<int:pk>/stop/", exchange.stop_import_view, name="stop_import"),
    path("spreadsheets/<str:kind>/template.<str:form>", exchange.show_template_view, name="show_template"),
    path("spreadsheets/<str:kind>/export.<str:form>", exchange.export_sheet_view, name="export_sheet"),
    path("provinces/", calendar.list_provinces_view, name="list_provinces"),
    path("regions/", calendar.list_regions_view, name="list_regions"),
    path("regions/<int:number>/", calendar.show_region_view, name="show_region"),
    path("regions/<int:number>/join/", calendar.move_province_view, name="move_province"),
    path("holidays/", calendar.list_holidays_view, name="list_holidays"),
    path("holidays/new/", calendar.add_holiday_view, name="add_holiday"),
    path("holidays/<int:pk>/correct/", calendar.correct_holiday_view, name="correct_holiday"),
]
