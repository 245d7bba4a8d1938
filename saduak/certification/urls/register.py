"""Addresses of the public register."""

from django.urls import path

from saduak.certification.views import credentials, draws, figures, misuse, records, register, verifier

urlpatterns = [
    path("", register.find_centres_view, name="find_centres"),
    path("centres/<str:code>/", register.show_registered_centre_view, name="show_registered_centre"),
    path("records/", records.public_records_view, name="public_records"),
    path("figures/", figures.register_figures_view, name="register_figures"),
    path("check/", register.check_certificate_view, name="check_certificate"),
    path("check/file/", credentials.check_credential_view, name="check_credential"),
    path("verifier/", verifier.verifier_view, name="verifier"),
    path("verifier.html", verifier.download_verifier_view, name="download_verifier"),
    path("c/<str:number>/", register.check_certificate_number_view, name="check_certificate_number"),
    path("report-misuse/", misuse.report_misuse_view, name="report_misuse"),
    path("draws/", draws.list_draws_view, name="list_draws"),
    path("draws/<str:reference>/", draws.show_draw_view, name="show_draw"),
    path("draws/<str:reference>.json", draws.download_draw_view, name="download_draw"),
    path("draws/<str:reference>.tsv", draws.download_frame_view, name="download_frame"),
]
