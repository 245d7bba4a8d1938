"""Words for django-ninja, which wants text where Django has text that is still to be translated."""

from typing import cast

from django.utils import translation


def gettext_lazy(message: str) -> str:
    """Django's own, under its name so that the catalogues find the message; typed as what it becomes."""
    return cast(str, translation.gettext_lazy(message))
