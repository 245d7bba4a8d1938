"""The connected systems in the rail."""

from django.utils.translation import gettext_lazy as _

from saduak.design.navigation import Item
from saduak.machines.policies import Permission

ITEMS = [Item(_("Connected systems"), "list_clients", place="settings", needs=Permission.SEE_CLIENTS, order=80)]
