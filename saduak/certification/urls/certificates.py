"""Addresses of certificates as cases, for those who watch over them; the register has the public ones."""

from django.urls import path

from saduak.certification.views import acts, certificates

ONE = "certificates/<str:number>"

urlpatterns = [
    path("certificates", certificates.list_certificates_view, name="list_certificates"),
    path(f"{ONE}.pdf", certificates.certificate_pdf_view, name="certificate_pdf"),
    path(ONE, certificates.show_certificate_view, name="show_certificate"),
    path(f"{ONE}/order", acts.order_suspension_view, name="order_suspension"),
    path(f"{ONE}/lift", acts.lift_order_view, name="lift_order"),
    path(f"{ONE}/give-back", acts.give_back_view, name="give_back"),
    path(f"{ONE}/propose/<str:kind>", acts.propose_act_view, name="propose_act"),
    path(f"{ONE}/statement", acts.state_view, name="state_on_certificate"),
    path(f"{ONE}/take-back", acts.take_back_view, name="take_back_act"),
]
