"""Addresses for the tests of the doors."""

from enum import StrEnum

from django.http import HttpResponse
from django.urls import include, path

from saduak.access.doors import needs, open_to_everyone, open_to_signed_in


class Permission(StrEnum):
    READ = "letters.read"


def silent(request):
    return HttpResponse("silent")


@open_to_everyone
def open_view(request):
    """Open."""
    return HttpResponse("open")


@open_to_signed_in
def signed_in_view(request, word="me"):
    """For people with an account."""
    return HttpResponse(word)


@needs(Permission.READ)
def reading_view(request, word="letter"):
    """For readers."""
    return HttpResponse(word)


urlpatterns = [
    path(
        "letters/",
        include(
            [
                path("open", open_view, name="open"),
                path("silent", silent, name="silent"),
                path("nameless", signed_in_view),
            ]
        ),
    ),
]
