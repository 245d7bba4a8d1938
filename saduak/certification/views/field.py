"""The app for work without signal: a shell without anybody's data, its worker and its manifest (งานตรวจภาคสนาม)."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from csp.decorators import csp_update
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.certification.presenters.field_words import addresses, words
from saduak.design import pages

_APP = Path(__file__).parents[1] / "static" / "certification" / "field"
FILES = (
    *(f"certification/field/{file.name}" for file in sorted(_APP.glob("*.js")) if file.name != "worker.js"),
    "certification/field/field.css",
    "standards/score.js",
    "vendor/idb/index.js",
    "vendor/canonicalize/canonicalize.js",
    *(f"design/css/{name}.css" for name in ("tokens", "base", "frames", "components", "forms")),
    *(
        f"vendor/fonts/noto-sans-thai-looped-{script}-{weight}-normal.woff2"
        for script in ("thai", "latin")
        for weight in (400, 700)
    ),
    "design/emblem.svg",
)
"""Everything that the app is made of; a device keeps exactly these, by their hashed addresses."""


@open_to_everyone
@require_safe
@csp_update({"img-src": ["blob:"]})
def field_view(request: HttpRequest) -> HttpResponse:
    """The shell: the same for everybody, so that a device may keep it. What it shows comes from the device itself."""
    return pages.render(request, "certification/field/shell.html", _shell())


@open_to_everyone
@require_safe
def field_worker_view(request: HttpRequest) -> HttpResponse:
    """The service worker, for addresses below its own only; another version of any file makes another worker."""
    files = [staticfiles_storage.url(name) for name in FILES]
    shell = render_to_string("certification/field/shell.html", _shell())
    made_of = json.dumps([files, shell], ensure_ascii=False)
    facts = {
        "version": sha256(made_of.encode()).hexdigest()[:16],
        "shell": reverse("field"),
        "files": files,
    }
    program = staticfiles_storage.url("certification/field/worker.js")
    text = f"self.FIELD = {json.dumps(facts)};\nimportScripts({json.dumps(program)});\n"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = reverse("field")
    return response


@open_to_everyone
@require_safe
def field_manifest_view(request: HttpRequest) -> HttpResponse:
    """What a telephone needs to know to put the app on its first screen."""
    name = _("Field work")
    manifest = {
        "id": reverse("field"),
        "name": f"{name} · GECC",
        "short_name": name,
        "lang": get_language() or "th",
        "start_url": reverse("field"),
        "scope": reverse("field"),
        "display": "standalone",
        "background_color": "#fbfbf9",
        "theme_color": "#0b5d57",
        "icons": [
            {"src": staticfiles_storage.url("design/emblem.svg"), "sizes": "any", "type": "image/svg+xml"},
        ],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


def _shell() -> dict[str, Any]:
    return {"words": words(), "addresses": addresses()}
