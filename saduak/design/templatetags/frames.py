"""What the frames of all pages draw: `{% load frames %}` (กรอบหน้า)."""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from saduak.design import navigation
from saduak.design.preferences import PREFERENCES

register = template.Library()


@register.simple_block_tag
def kept(content: str) -> str:
    """{% kept as page_title %}{% block title %}{% endblock %}{% endkept %}"""
    return SafeString(content.strip())


@register.simple_tag
def same_for_all(name: str) -> str:
    """{% same_for_all "frames/behaviour.html" %}, a part of the frame that looks at nothing but the language"""
    return _same_for_all(name, get_language(), get_script_prefix())


@lru_cache(maxsize=64)
def _same_for_all(name: str, language: str | None, prefix: str) -> str:
    return render_to_string(name)


@register.filter
def message_tone(tag: str) -> str:
    """{{ message.level_tag|message_tone }} → the tone of a message from Django's messages framework"""
    return {"error": "danger", "debug": "plain"}.get(tag, tag or "info")


@register.inclusion_tag("frames/rail.html", takes_context=True)
def rail(context: Context, drawer: bool = False) -> dict[str, Any]:
    """{% rail %}"""
    request = context["request"]
    # The bar's drawer and the page's side show the same.
    if (pages := getattr(request, "rail", None)) is None:
        places = navigation.rail_for(request.user)
        current = navigation.current(places, request.path)
        shown = tuple(navigation.folded(places, current))
        pages = request.rail = _pages_of_rail(
            get_language(), get_script_prefix(), shown, current, is_here=current == request.path
        )
    return {"pages": pages, "drawer": drawer, "csrf_token": context.get("csrf_token")}


@lru_cache(maxsize=512)
def _pages_of_rail(
    language: str, prefix: str, places: tuple[navigation.Place, ...], current: str, *, is_here: bool
) -> str:
    """They look the same to all who may open the same pages and stand on the same one."""
    return render_to_string("frames/rail_pages.html", {"places": places, "current": current, "is_here": is_here})


@register.inclusion_tag("frames/doors.html", takes_context=True)
def public_doors(context: Context, label: object) -> dict[str, Any]:
    """{% public_doors "หน้าสำหรับประชาชน" %}"""
    return {"doors": navigation.all_doors(), "path": context["request"].path, "label": label}


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """{% canonical %}, the page's one address on the open web"""
    return f"{settings.PUBLIC_URL}{context['request'].path}"


@lru_cache(maxsize=128)
def _preference_buttons(language: str, chosen: tuple[str, ...], *, named: bool) -> str:
    """They look the same to all who read in one language and chose the same; every page shows them twice."""
    shown = [
        {
            "preference": preference,
            "choices": [(value, label, value == now) for value, label in preference.choices.items()],
        }
        for preference, now in zip(PREFERENCES.values(), chosen, strict=True)
    ]
    return render_to_string("frames/preference_buttons.html", {"preferences": shown, "named": named})


@register.inclusion_tag("frames/preferences.html", takes_context=True)
def reading_preferences(context: Context) -> dict[str, Any]:
    """{% reading_preferences %}"""
    request = context["request"]
    chosen = tuple(preference.chosen(request) for preference in PREFERENCES.values())
    language = get_language()
    return {
        "buttons": _preference_buttons(language, chosen, named=False),
        "named_buttons": _preference_buttons(language, chosen, named=True),
        "next": request.get_full_path(),
    }
