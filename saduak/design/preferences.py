"""What a reader chooses about the page: language, text size, contrast; kept in cookies, never guessed (การแสดงผล)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

KEPT_FOR = 365 * 24 * 60 * 60  # A year, in seconds.


@dataclass(frozen=True)
class Preference:
    """One thing to choose: the cookie's name, the choices as value → wording, the first being the default."""

    name: str
    label: object
    choices: dict[str, object]

    @property
    def default(self) -> str:
        """What holds when nothing was chosen."""
        return next(iter(self.choices))

    def chosen(self, request: HttpRequest) -> str:
        """The reader's choice; the default when there is none or it makes no sense."""
        value = request.COOKIES.get(self.name, "")
        return value if value in self.choices else self.default


LANGUAGE = Preference("language", _("Language"), {"th": "ไทย", "en": "English"})
TEXT = Preference("text", _("Text size"), {"100": _("Normal"), "115": _("Large"), "130": _("Largest")})
CONTRAST = Preference("contrast", _("Colours"), {"normal": _("Light"), "dark": _("Dark"), "high": _("High contrast")})
PREFERENCES = {preference.name: preference for preference in (LANGUAGE, TEXT, CONTRAST)}


class LanguageMiddleware:
    """Thai unless the reader chose English; a browser's Accept-Language says little about a Thai reader's wish."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = LANGUAGE.chosen(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response


def appearance(request: HttpRequest) -> dict[str, Any]:
    """Context for every page: how it looks for this reader, and whether the nation mourns."""
    return {
        "text_size": TEXT.chosen(request),
        "contrast": CONTRAST.chosen(request),
        "mourning": settings.MOURNING,
    }
