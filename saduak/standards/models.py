"""Sets of criteria: the source as it was loaded, its digest, and whether it binds (ชุดเกณฑ์)."""

from functools import lru_cache
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from saduak.directory.policies import is_secretariat
from saduak.journal.models import Case
from saduak.standards.library import Library, load
from saduak.standards.procedure import Stage


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    """Ways of choosing sets of criteria."""

    def published(self) -> Self:
        """Those that bind; a round may pin one of them."""
        return self.filter(stage=Stage.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """What the person may read: everybody what is published, the secretariat its drafts too."""
        return self.all() if is_secretariat(user) else self.published()

    def drafts(self) -> Self:
        """Those that are still being written."""
        return self.filter(stage=Stage.DRAFT)


class CriteriaSet(Case):
    """One version of the criteria (ชุดเกณฑ์); its reference is the id inside the source.

    `source` is the text as it was loaded, `sha256` its digest over UTF-8 in hexadecimal. All other columns are copies
    from the source for lists and searches. Triggers refuse to change or delete a published set.
    """

    case_kind = "criteria"

    cycle_be = models.PositiveSmallIntegerField(_("cycle (B.E.)"))
    title_th = models.CharField(_("Thai title"), max_length=2000)
    title_en = models.CharField(_("English title"), max_length=2000, blank=True)
    source = models.TextField(pgettext_lazy("criteria", "source"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    document = models.JSONField(_("content"))
    loaded_at = models.DateTimeField(_("loaded at"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)  # Null: still a draft.

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        ordering = ["-cycle_be", "-loaded_at"]
        verbose_name = _("set of criteria")
        verbose_name_plural = _("sets of criteria")
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT, published_at=None)
                | Q(stage=Stage.PUBLISHED, published_at__isnull=False)
                | Q(stage=Stage.DISCARDED, published_at=None),
                name="a_published_set_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title_th}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_criteria", args=[self.reference])

    @property
    def code(self) -> str:
        """The id of the library."""
        return self.reference

    @property
    def title(self) -> str:
        """The title in the reader's language, Thai where there is no other."""
        return self.title_en if get_language() == "en" and self.title_en else self.title_th

    @property
    def is_published(self) -> bool:
        """Whether it binds and can be pinned."""
        return self.stage == Stage.PUBLISHED

    @property
    def library(self) -> Library:
        """The source as a value; read once per process."""
        return _library(self.source)


@lru_cache(maxsize=16)
def _library(source: str) -> Library:
    return load(source)
