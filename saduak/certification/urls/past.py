"""Addresses of results from old papers."""

from django.urls import path

from saduak.certification.views import past

urlpatterns = [
    path("past/", past.list_past_results_view, name="list_past_results"),
    path("past/bring-in/", past.bring_in_past_results_view, name="bring_in_past_results"),
    path("past/template.<str:form>", past.past_template_view, name="past_template"),
    path("past/sheets/<int:pk>/", past.show_past_sheet_view, name="show_past_sheet"),
    path("past/sheets/<int:pk>/write/", past.write_past_sheet_view, name="write_past_sheet"),
    path("past/sheets/<int:pk>/give-up/", past.give_up_past_sheet_view, name="give_up_past_sheet"),
    path("past/<int:pk>/", past.show_past_result_view, name="show_past_result"),
    path("past/<int:pk>/match/", past.match_past_result_view, name="match_past_result"),
    path("past/<int:pk>/settle/", past.settle_past_result_view, name="settle_past_result"),
    path("past/<int:pk>/take-back/", past.take_back_past_result_view, name="take_back_past_result"),
]
