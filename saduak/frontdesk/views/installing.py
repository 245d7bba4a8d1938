"""Pages that a device keeps and opens without the server: their worker and their manifest (หน้าที่ติดตั้งบนอุปกรณ์).

The kiosk, the console, the board and the tablet are such pages. Each says what it consists of as an `Installable`, and
has three addresses: the shell (the same for everybody, without anybody's data), the worker and the manifest. The page
itself registers the worker with `shared/installing.js`, keeps what it must not lose with `shared/store.js` and
`shared/outbox.js`, and stays up to date with `shared/following.js`.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language

_STATIC = Path(__file__).parents[1] / "static" / "frontdesk"
STYLES = tuple(f"design/css/{name}.css" for name in ("tokens", "base", "frames", "components", "forms"))
FONTS = tuple(
    f"vendor/fonts/noto-sans-thai-looped-{script}-{weight}-normal.woff2"
    for script in ("thai", "latin")
    for weight in (400, 700)
)
DATABASE = "vendor/idb/index.js"
QR = "vendor/lean-qr/index.mjs"


def files_of(folder: str) -> tuple[str, ...]:
    """Every file of one folder below `static/frontdesk/`, as the static files are named; without workers."""
    files = sorted(file.name for file in (_STATIC / folder).iterdir() if file.is_file() and file.name != "worker.js")
    return tuple(f"frontdesk/{folder}/{name}" for name in files)


@dataclass(frozen=True)
class Installable:
    """One page: `name` begins the names of its caches, `folder` lies below `static/frontdesk/`, `also` are other files.

    The shared modules, the look and the fonts come by themselves.
    """

    name: str
    folder: str
    also: tuple[str, ...] = ()

    @property
    def files(self) -> list[str]:
        """The addresses of everything it is made of."""
        names = (
            *files_of(self.folder),
            *files_of("shared"),
            DATABASE,
            *STYLES,
            *FONTS,
            "design/emblem.svg",
            *self.also,
        )
        return [staticfiles_storage.url(name) for name in names]


def worker_response(page: Installable, *, shell: str, shell_text: str) -> HttpResponse:
    """The service worker for the page at the address `shell`, whose text is `shell_text`.

    Another version of any file is another worker. It governs the addresses below the shell's only.
    """
    files = page.files
    version = sha256(json.dumps([files, shell_text], ensure_ascii=False).encode()).hexdigest()[:16]
    facts = {"name": page.name, "version": version, "shell": shell, "files": files}
    program = staticfiles_storage.url("frontdesk/shared/worker.js")
    response = HttpResponse(
        f"self.APP = {json.dumps(facts)};\nimportScripts({json.dumps(program)});\n",
        content_type="text/javascript; charset=utf-8",
    )
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = shell
    return response


def manifest_response(name: str, *, shell: str, display: str = "fullscreen", orientation: str = "any") -> HttpResponse:
    """What a device needs to know to put the page on its first screen and open it without a browser's frame."""
    icon = {"src": staticfiles_storage.url("design/emblem.svg"), "sizes": "any", "type": "image/svg+xml"}
    manifest = {
        "id": shell,
        "name": f"{name} · GECC",
        "short_name": name,
        "lang": get_language() or "th",
        "start_url": shell,
        "scope": shell,
        "display": display,
        "orientation": orientation,
        "background_color": "#fbfbf9",
        "theme_color": "#0b5d57",
        "icons": [icon],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")
