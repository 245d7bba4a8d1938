"""The only way a stored file leaves: as a download, or shown when its kind is on the short list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header, parse_etags

from saduak.attachments import storage
from saduak.attachments.images import drawn_small
from saduak.attachments.models import Attachment

SHOWN = {"image/jpeg", "image/png", "image/webp", "application/pdf"}
"""Kinds that a browser may show; all others are downloads. Never a kind that can run a program, as HTML and SVG can."""


SMALL = 480
"""Pixels on the longer side of a picture in a list."""


def respond_small(attachment: Attachment, *, request: HttpRequest | None = None) -> HttpResponse:
    """A picture drawn small for a list, as JPEG; what is no picture is 404. Access is checked by the caller, as ever.

    The browser keeps it as it keeps the file itself. Raises ContentLost.
    """
    if not attachment.is_image:
        raise Http404
    tag = f'"{attachment.sha256}-{SMALL}"'
    if request is not None and tag in parse_etags(request.headers.get("If-None-Match", "")):
        return _kept(HttpResponse(status=304), tag)
    drawn = drawn_small(storage.read(attachment.sha256), longest_side=SMALL)
    return _kept(HttpResponse(drawn, content_type="image/jpeg"), tag)


def respond(attachment: Attachment, *, as_download: bool = False, request: HttpRequest | None = None) -> HttpResponse:
    """The file as a response. The caller has checked that this person may have it, and has told the audit.

    Given the request, a browser that holds the file already gets 304. Raises ContentLost when the stored bytes are
    not those of their address: nothing else is ever sent under its name.
    """
    known = parse_etags(request.headers.get("If-None-Match", "")) if request else []
    if f'"{attachment.sha256}"' in known:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(storage.read(attachment.sha256), content_type=attachment.media_type)
        shown = attachment.media_type in SHOWN and not as_download
        response["Content-Disposition"] = content_disposition_header(not shown, attachment.name) or "inline"
    return _kept(response, f'"{attachment.sha256}"')


def _kept(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"  # Kept by this browser, asked for anew: access may have ended.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
