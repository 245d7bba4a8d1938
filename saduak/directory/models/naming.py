"""What the models of the directory share: two languages, a history, and ranges the database can compare."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.journal.models import Entry, EntryQuerySet


class Named(models.Model):
    """A name in Thai, and in English where it is known."""

    name_th = models.CharField(_("name in Thai"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language; the Thai name where there is no English one."""
        return self.name_en if self.name_en and get_language() == "en" else self.name_th


class Filed:
    """A thing of the directory whose changes stand in the journal."""

    case_kind: str
    reference: Any

    @property
    def history(self) -> EntryQuerySet:
        """The journal's entries about it, oldest first."""
        return Entry.objects.filter(case_kind=self.case_kind, case_reference=self.reference)

    @property
    def journal_centre_id(self) -> int | None:
        """The centre under which its entries are filed."""
        return None


def holding(day: date, *, since: str, until: str) -> Q:
    """Rows whose days from field `since` to field `until` (empty: open end), both included, hold `day`."""
    return Q(**{f"{since}__lte": day}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day}))


def same(field: str) -> tuple[Func, str]:
    """A whole number as a range of one, so that GiST compares it without an extension of PostgreSQL."""
    return Func(F(field), F(field), Value("[]"), function="int8range"), "&&"


def days(since: str, until: str) -> tuple[Func, str]:
    """The days from `since` to `until`, both included; an empty end is open."""
    return Func(F(since), F(until), Value("[]"), function="daterange"), "&&"
