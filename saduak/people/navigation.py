"""The own account in the rail."""

from django.utils.translation import gettext_lazy as _

from saduak.design.navigation import Item

ITEMS = [Item(label=_("My account"), url_name="show_own_account", place="settings", order=10)]
