"""One view, one page: whole for a browser, the named part for htmx (การแสดงหน้า)."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str | Sequence[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the whole page, or with its partial when htmx asks for a part of it.

    `part` is the name of the partial, which is also the `id` of its element and the `hx-target`. With several, the one
    that htmx targets is taken, else the first. A page with a refused form answers 422, which htmx swaps in too.
    """
    if part and wants_part(request):
        parts = [part] if isinstance(part, str) else list(part)
        target = request.htmx.target  # type: ignore[attr-defined]
        template = f"{template}#{target if target in parts else parts[0]}"
    response = render_template(request, template, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def light(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page for a slow telephone: compressed, and not sent again while it says the same.

    Whoever keeps it asks each time whether it still holds. The answer to that names the cookies that shape the page,
    as the page itself does, or a browser would take a page in one language for one in another.
    """

    @gzip_page
    @conditional_page
    @wraps(view)
    def lightened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        patch_cache_control(response, no_cache=True)
        return response

    return lightened


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks, and would put a part of the page in its place."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not (htmx.boosted or htmx.history_restore_request)
