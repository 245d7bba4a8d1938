"""Addresses of meetings, and of the certificates that they give."""

from django.urls import path

from saduak.certification.views import certificates

urlpatterns = [
    path("certificates/<str:number>.pdf", certificates.certificate_pdf_view, name="certificate_pdf"),
]
