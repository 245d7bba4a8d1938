"""One view, one page: whole for a browser, the named part for htmx (การแสดงหน้า)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers


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
    if part and _wants_part(request):
        parts = [part] if isinstance(part, str) else list(part)
        target = request.htmx.target  # type: ignore[attr-defined]
        template = f"{template}#{target if target in parts else parts[0]}"
    response = render_template(request, template, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _wants_part(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not (htmx.boosted or htmx.history_restore_request)
