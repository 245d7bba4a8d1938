"""The register as files for whoever counts further, with a dictionary and a catalogue."""

import json
import re
from collections.abc import Iterator
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.certification.operations import open_data
from saduak.certification.operations.open_data import FORMS
from saduak.certification.presenters.open_data import LICENCE, LICENCE_NAME, catalogue
from saduak.certification.presenters.register import trail_to
from saduak.certification.queries.open_data import SETS
from saduak.design.components import Crumb
from saduak.design.pages import light, render

PIECE = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@open_to_everyone
@require_safe
@light
def open_data_view(request: HttpRequest) -> HttpResponse:
    """Every data set with its files and its dictionary."""
    edition = open_data.current()
    sets = [(one, [(form, edition.files[f"{one.name}.{form}"]) for form in FORMS]) for one in SETS]
    context = {
        "sets": sets,
        "edition": edition,
        "licence": LICENCE,
        "licence_name": LICENCE_NAME,
        "trail": trail_to(Crumb(_("Open data"))),
    }
    return render(request, "certification/register/open_data.html", context)


@open_to_everyone
@require_safe
def open_data_catalogue_view(request: HttpRequest) -> HttpResponseBase:
    """The catalogue as JSON-LD."""
    edition = open_data.current()
    content = json.dumps(catalogue(edition), ensure_ascii=False, indent=1).encode()
    tag = f'"{edition.entry}-{edition.made_at:%Y%m%dT%H%M%S}"'
    if _is_held(request, tag, edition.made_at):
        return _public(HttpResponse(status=304), tag, edition.made_at)
    return _public(HttpResponse(content, content_type="application/ld+json"), tag, edition.made_at)


@open_to_everyone
@require_safe
def open_data_file_view(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """One file of the edition that holds, or the part of it that is asked for."""
    edition = open_data.current()
    file = edition.files.get(f"{name}.{form}")
    if file is None:
        raise Http404
    tag = f'"{file.sha256}"'
    if _is_held(request, tag, edition.made_at):
        return _public(HttpResponse(status=304), tag, edition.made_at)
    first, last, is_part = 0, file.size - 1, False
    if wished := _wished(request, file.size, tag):
        first, last = wished
        is_part = True
        if first > last:
            refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
            return _public(refused, tag, edition.made_at)
    pieces = _pieces(file.path, first, last - first + 1) if request.method != "HEAD" else iter(())
    response = StreamingHttpResponse(pieces, status=206 if is_part else 200, content_type=FORMS[form])
    response["Content-Length"] = str(last - first + 1)
    response["Content-Disposition"] = f'attachment; filename="saduak-{name}-{edition.day:%Y-%m-%d}.{form}"'
    if is_part:
        response["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    return _public(response, tag, edition.made_at)


def _is_held(request: HttpRequest, tag: str, made_at: datetime) -> bool:
    """Whether the asker holds this already; a tag decides before a moment does."""
    if tags := request.headers.get("If-None-Match"):
        return tag in parse_etags(tags) or "*" in parse_etags(tags)
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(made_at.timestamp()) <= since


def _wished(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """The first and last byte that are asked for, None for the whole; first after last for what cannot be given."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or request.headers.get("If-Range", tag) != tag or asked[0] == "bytes=-":
        return None
    if not asked[1]:
        return max(0, size - int(asked[2])), (size - 1 if int(asked[2]) else -1)
    if asked[2] and int(asked[2]) < int(asked[1]):
        return None
    return int(asked[1]), min(int(asked[2] or size - 1), size - 1)


def _pieces(path: str, first: int, length: int) -> Iterator[bytes]:
    """The bytes piece by piece; the edition before the one that holds stays, so the file is there."""
    with open(path, "rb") as file:
        file.seek(first)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


def _public(response: HttpResponseBase, tag: str, made_at: datetime) -> HttpResponseBase:
    """The same for everybody, kept by anybody, and asked for anew each time."""
    response["ETag"] = tag
    response["Last-Modified"] = http_date(made_at.timestamp())
    response["Accept-Ranges"] = "bytes"
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, no_cache=True)
    return response
