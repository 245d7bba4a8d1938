"""The reader's preferences, and the gallery of components."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from saduak.access.doors import open_to_everyone, open_to_signed_in
from saduak.design import gallery, navigation
from saduak.design.pages import render
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


@open_to_signed_in
def search_view(request: HttpRequest) -> HttpResponse:
    """Pages, cases and centres that the words find; for the search box only the finds."""
    words = request.GET.get("q", "").strip()[:200]
    found = {"words": words, "groups": navigation.search(request.user, words)}
    return render(request, "design/search.html", found, part="palette-found")


@open_to_everyone
def show_gallery_view(request: HttpRequest) -> HttpResponse:
    """Every component as it looks, and a form that is checked."""
    table = gallery.example_table(request)
    if table.wants_export:
        return table.export("criteria-2568")
    form = gallery.Example(request.POST or None, request.FILES or None)
    accepted = form.is_bound and form.is_valid()
    shown = {
        "groups": gallery.shown(request),
        "colours": gallery.COLOURS,
        "form": gallery.Example() if accepted else form,
        "accepted": accepted,
    }
    return render(request, "design/gallery.html", shown, status=422 if form.is_bound and not accepted else 200)
