"""The pages of the directory in the rail, and its centres in the search box."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.design.navigation import Found, Item, Source
from saduak.directory.models import Centre
from saduak.directory.policies import Permission
from saduak.directory.queries import search_centres

ITEMS = [
    Item(label=_("Centres"), url_name="list_centres", place="directory", needs=Permission.SEE_DIRECTORY, order=10),
    Item(
        label=_("Ministries and agencies"),
        url_name="list_agencies",
        place="directory",
        needs=Permission.SEE_DIRECTORY,
        order=20,
    ),
    Item(
        label=_("Committees and offices"),
        url_name="list_bodies",
        place="directory",
        needs=Permission.SEE_DIRECTORY,
        order=30,
    ),
    Item(label=_("People"), url_name="list_people", place="directory", needs=Permission.SEE_PEOPLE, order=40),
    Item(label=_("Provinces"), url_name="list_provinces", place="directory", needs=Permission.SEE_DIRECTORY, order=50),
    Item(
        label=_("Inspection regions"),
        url_name="list_regions",
        place="directory",
        needs=Permission.SEE_DIRECTORY,
        order=60,
    ),
    Item(label=_("Holidays"), url_name="list_holidays", place="directory", needs=Permission.SEE_DIRECTORY, order=70),
    Item(
        label=_("Duplicate records"),
        url_name="list_duplicates",
        place="directory",
        needs=Permission.EDIT_DIRECTORY,
        order=75,
    ),
    Item(label=_("Spreadsheets"), url_name="show_exchange", place="directory", needs=Permission.EXCHANGE, order=80),
]


def _centres(user: Any, words: str) -> Sequence[Found]:
    found = search_centres(words, among=Centre.objects.visible_to(user), number=10)
    return [Found(centre.name, centre.get_absolute_url(), centre.province.name) for centre in found.centres]


SOURCES = [Source(label=_("Centres"), search=_centres)]
