"""Every address of the platform (ที่อยู่หน้าเว็บ)."""

from django.urls import URLPattern, URLResolver, include, path

from saduak.config.api import api, desk

urlpatterns: list[URLPattern | URLResolver] = [
    # In this order addresses are looked for: those first that are asked for all day, last those without a common word.
    path("queue/", include("saduak.frontdesk.urls.queue")),
    path("frontdesk/", include("saduak.frontdesk.urls")),
    path("api/v1/", include(desk.addresses())),
    path("certification/", include("saduak.certification.urls")),
    path("register/", include("saduak.certification.urls.register")),
    path("open-data/", include("saduak.certification.urls.open_data")),
    path("standards/", include("saduak.standards.urls")),
    path("directory/", include("saduak.directory.urls")),
    path("people/", include("saduak.people.urls")),
    path("audit/", include("saduak.audit.urls")),
    path("design/", include("saduak.design.urls")),
    path("notices/", include("saduak.notices.urls")),
    path("", include("saduak.portal.urls")),
    path("", include("saduak.credentials.urls")),
    path("", include("saduak.certification.urls.credentials")),
    path("", include("saduak.machines.urls")),
    path("api/v1/", include(api.addresses())),
]

handler400 = "saduak.design.errors.bad_request"
handler403 = "saduak.design.errors.forbidden"
handler404 = "saduak.design.errors.not_found"
handler500 = "saduak.design.errors.server_error"
