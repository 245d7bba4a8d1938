"""The records in the rail."""

from django.utils.translation import gettext_lazy as _

from saduak.audit.policies import Permission
from saduak.design.navigation import Item

ITEMS = [Item(_("Who saw what"), "list_records", place="settings", needs=Permission.READ_RECORDS, order=90)]
