"""The portal's page in the rail."""

from django.utils.translation import gettext_lazy as _

from saduak.design.navigation import Item

ITEMS = [Item(label=_("What waits for me"), url_name="my_work", place="work", order=0)]
