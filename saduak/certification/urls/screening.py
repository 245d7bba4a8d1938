"""Addresses of the screening."""

from django.urls import path

from saduak.certification.views import screening

urlpatterns = [
    path("applications/<str:reference>/screening", screening.screen_application_view, name="screen_application"),
    path("applications/<str:reference>/screening/rest", screening.accept_the_rest_view, name="accept_the_rest"),
    path("applications/<str:reference>/screening/criteria/<str:code>", screening.find_view, name="find"),
    path("applications/<str:reference>/screening/return", screening.return_application_view, name="return_application"),
    path("applications/<str:reference>/screening/pass", screening.pass_screening_view, name="pass_screening"),
    path("applications/<str:reference>/screening/out", screening.screen_out_view, name="screen_out"),
]
