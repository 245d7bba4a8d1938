"""The pages of certification in the rail."""

from django.utils.translation import gettext_lazy as _

from saduak.certification.policies import Permission
from saduak.design.navigation import Item

ITEMS: list[Item] = [
    Item(
        label=_("Applications"),
        url_name="list_applications",
        place="certification",
        needs=Permission.SEE_APPLICATIONS,
        order=20,
    ),
]
