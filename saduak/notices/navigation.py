"""Pages of the notices in the rail."""

from django.utils.translation import gettext_lazy as _

from saduak.design.navigation import Item
from saduak.notices.policies import Permission

ITEMS = [
    Item(label=_("Notices to me"), url_name="show_own_notices", place="work", order=40),
    Item(label=_("Outbox"), url_name="show_outbox", place="certification", needs=Permission.OUTBOX, order=80),
]
