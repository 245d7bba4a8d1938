"""Addresses of certification, by noun; the public register has its own in `urls.register`."""

from saduak.certification.urls import (
    applications,
    assets,
    assignments,
    certificates,
    field,
    meetings,
    past,
    quality,
    reconsiderations,
    renewals,
    rounds,
    scoring,
    screening,
    surveillance,
    visits,
)

urlpatterns = [
    *rounds.urlpatterns,
    *applications.urlpatterns,
    *screening.urlpatterns,
    *assignments.urlpatterns,
    *visits.urlpatterns,
    *scoring.urlpatterns,
    *field.urlpatterns,
    *meetings.urlpatterns,
    *certificates.urlpatterns,
    *past.urlpatterns,
    *reconsiderations.urlpatterns,
    *surveillance.urlpatterns,
    *renewals.urlpatterns,
    *assets.urlpatterns,
    *quality.urlpatterns,
]
