"""The few front-end files that come from npm, collected by name (แพ็กเกจภายนอก)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

_FONT = "noto-sans-thai-looped-{}-normal.woff2"

SELECTED = {
    "vendor/htmx": ("htmx.org/dist", ("htmx.min.js",)),
    "vendor/idb": ("idb/build", ("index.js",)),
    "vendor/canonicalize": ("canonicalize/lib", ("canonicalize.js",)),
    "vendor/ed25519": ("@noble/ed25519", ("index.js",)),
    "vendor/fflate": ("fflate/esm", ("browser.js",)),
    "vendor/lean-qr": ("lean-qr", ("index.mjs",)),
    "vendor/fonts": (
        "@fontsource/noto-sans-thai-looped/files",
        tuple(_FONT.format(f"{script}-{weight}") for script in ("thai", "latin") for weight in (400, 700)),
    ),
}
"""Address under /static/ → (folder in node_modules, the files wanted from it)."""


class VendorFinder(BaseFinder):
    """Finds the selected files in `node_modules`; everything else in there stays where it is."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storages = {}
        for prefix, (folder, _files) in SELECTED.items():
            storage = FileSystemStorage(location=settings.NODE_MODULES / folder)
            storage.prefix = prefix  # type: ignore[attr-defined]
            self.storages[prefix] = storage
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to check: a missing file is reported by collectstatic."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The place of one selected file on disk, or an empty list."""
        prefix, _, name = path.rpartition("/")
        found = [self.storages[prefix].path(name)] if name in SELECTED.get(prefix, ("", ()))[1] else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every selected file with the storage that holds it."""
        for prefix, (_folder, files) in SELECTED.items():
            for name in files:
                yield name, self.storages[prefix]
