"""Addresses of rounds."""

from django.urls import path

from saduak.certification.views import rounds

urlpatterns = [
    path("rounds", rounds.list_rounds_view, name="list_rounds"),
    path("rounds/prepare", rounds.prepare_round_view, name="prepare_round"),
    path("rounds/<str:reference>", rounds.show_round_view, name="show_round"),
    path("rounds/<str:reference>/panels", rounds.bring_in_view, name="bring_in"),
    path("rounds/<str:reference>/terms", rounds.change_round_terms_view, name="change_round_terms"),
    path("rounds/<str:reference>/calendar", rounds.change_round_calendar_view, name="change_round_calendar"),
    path("rounds/<str:reference>/steps/<str:step>", rounds.take_round_step_view, name="take_round_step"),
]
