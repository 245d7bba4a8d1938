"""What a desk offers to visitors of its centre's page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from saduak.directory.models import Centre
from saduak.frontdesk.models import Desk


def offered_to_visitors(*, centre: Centre, **signal: Any) -> list[tuple[object, str]]:
    """The centre's queue page, while its desk gives out tickets."""
    if not centre.is_open or not Desk.objects.filter(centre=centre, is_open=True).exists():
        return []
    return [(_("Queue and services today"), reverse("show_queue", args=[centre.code]))]
