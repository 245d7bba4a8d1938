"""Addresses that machines ask: issuers, status lists, the endpoints of the VC-API."""

from django.urls import path, register_converter

from saduak.credentials import vc_api, views
from saduak.credentials.status_lists import StatusPurpose


class PurposeConverter:
    """One of the purposes of a status list."""

    regex = "|".join(StatusPurpose)

    def to_python(self, value: str) -> StatusPurpose:
        """The purpose."""
        return StatusPurpose(value)

    def to_url(self, value: str) -> str:
        """Its word."""
        return str(value)


register_converter(PurposeConverter, "purpose")

urlpatterns = [
    path(".well-known/did.json", views.issuer_view, {"issuer": "programme"}, name="issuer_document"),
    path("example/did.json", views.issuer_view, {"issuer": "example"}, name="example_issuer_document"),
    path("systems/did.json", views.issuer_view, {"issuer": "systems"}, name="systems_issuer_document"),
    path("credentials/issue", vc_api.issue_view, name="issue_credential"),
    path("credentials/verify", vc_api.verify_view, name="verify_credential"),
    path("presentations/verify", vc_api.verify_presentation_view, name="verify_presentation"),
    path("credentials/status/<purpose:purpose>/<int:number>", views.status_list_view, name="status_list"),
]
