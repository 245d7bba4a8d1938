"""The criteria in the rail."""

from django.utils.translation import gettext_lazy as _

from saduak.design.navigation import Door, Item

ITEMS = [Item(label=_("Criteria"), url_name="list_criteria", place="certification", order=80)]

DOORS = [Door(label=_("Criteria"), url_name="list_criteria", order=40)]
