"""The platform's addresses, and one that writes two entries at once."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from saduak.config.urls import handler400  # noqa: F401  (Django finds it by its name.)
from saduak.journal.models import Entry


@csrf_exempt
@transaction.atomic
def write_pair(request: HttpRequest, name: str) -> HttpResponse:
    """Write both entries of a pair, or none; a form that did not arrive whole is a bad request."""
    if request.POST.get("said") != "สะดวก":
        return HttpResponse(status=400)
    for step in ("first", "second"):
        Entry.objects.create(at=timezone.now(), case_kind="pair", case_reference=name, step=step)
    return HttpResponse("written")


@csrf_exempt
def weigh(request: HttpRequest) -> HttpResponse:
    """Answer with the number of bytes that arrived in the file or the field `what`."""
    sent = request.FILES["what"].size if request.FILES else len(request.POST["what"])
    return HttpResponse(str(sent))


urlpatterns = [path("weigh", weigh), path("pair/<str:name>", write_pair), path("", include("saduak.config.urls"))]
