"""The reader's preferences, and the gallery of components."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from saduak.access.doors import open_to_everyone
from saduak.design.preferences import KEPT_FOR, PREFERENCES


# Exempt: without a token in it the form can stand on pages that set no cookie; forged, it could only change colours.
@csrf_exempt
@open_to_everyone
@require_POST
def choose_preference_view(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice in a cookie, and go back to the page."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    for name, preference in PREFERENCES.items():
        value = request.POST.get(name)
        if value in preference.choices:
            response.set_cookie(
                name, value, max_age=KEPT_FOR, samesite="Lax", secure=request.is_secure(), httponly=True
            )
    return response
