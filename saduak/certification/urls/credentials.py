"""Addresses of credentials, which stand at the root of the site because they are written into signed documents."""

from django.urls import path

from saduak.certification.views import credentials

urlpatterns = [
    path("credentials/<str:number>.json", credentials.certificate_credential_view, name="certificate_credential"),
]
