"""Addresses of renewals."""

from django.urls import path

from saduak.certification.views import renewals

urlpatterns = [
    path("certificates/<str:number>/renewal", renewals.start_renewal_view, name="start_renewal"),
    path("applications/<str:reference>/last-time", renewals.carry_over_view, name="carry_over"),
]
