"""What stands against two records of a centre becoming one, on the side of the front desk (การรวมทะเบียนศูนย์)."""

from typing import Any

from django.utils.translation import gettext as _

from saduak.directory.models import Centre
from saduak.frontdesk.models import Desk


def what_stands_against_merging(sender: type[Centre], *, merged: Centre, **_told: Any) -> list[str]:
    """A desk keeps its numbers, tickets and devices where they were given: a record with one does not go. One query."""
    if not Desk.objects.filter(pk=merged.pk).exists():
        return []
    return [_("%(name)s runs a front desk. Let the other record become one with it instead.") % {"name": merged.name}]
