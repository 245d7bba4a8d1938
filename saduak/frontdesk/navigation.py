"""The pages of the front desk in the rail."""

from django.utils.translation import gettext_lazy as _

from saduak.design.navigation import Item
from saduak.frontdesk.policies import Permission

ITEMS = [Item(label=_("Front desks"), url_name="list_desks", place="frontdesk", needs=Permission.SEE, order=10)]
