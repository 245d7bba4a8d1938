"""Sets of criteria as they were loaded, and the mappings from one to the next (ชุดเกณฑ์และการเทียบเกณฑ์)."""

from functools import lru_cache
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from saduak.directory.policies import is_secretariat
from saduak.journal.models import Case
from saduak.standards import mapping
from saduak.standards.library import Library, load
from saduak.standards.procedure import MappingStage, Stage


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

    `source` is the text as it was loaded or written, `sha256` its digest over UTF-8 in hexadecimal. All other columns
    are copies from the source for lists and searches. A draft may be unsound while it is written, and its `document` is
    empty then. Triggers refuse to change or delete a published set.
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
        """The source as a value; read once per process. Raises LibraryRefused for a draft that is not sound yet."""
        return _library(self.source)

    @property
    def is_sound(self) -> bool:
        """Whether the source makes a library; what is published always does."""
        return bool(self.document)


class CriteriaMappingQuerySet(models.QuerySet["CriteriaMapping"]):
    """Ways of choosing mappings."""

    def between(self, older: CriteriaSet, newer: CriteriaSet) -> Self:
        """Those of one pair of versions, the latest first."""
        return self.filter(older=older, newer=newer).order_by("-number")

    def in_force(self) -> Self:
        """The confirmed ones whose newer version still reads as it did when they were confirmed."""
        return self.filter(stage=MappingStage.CONFIRMED, newer_sha256=F("newer__sha256"))


class CriteriaMapping(Case):
    """How the criteria of an older version go on in a newer one (การเทียบเกณฑ์); see `standards.mapping`.

    `links` are `mapping.Links`. A pair of versions may have several, counted by `number` within the newer version; the
    latest confirmed one counts. Confirming keeps the digest of the newer version, so that a draft that is changed
    afterwards is seen to need another. Triggers refuse to change a confirmed mapping.
    """

    case_kind = "criteria-mapping"

    older = models.ForeignKey(
        CriteriaSet, on_delete=models.PROTECT, related_name="mappings_onward", verbose_name=_("older version")
    )
    newer = models.ForeignKey(
        CriteriaSet, on_delete=models.CASCADE, related_name="mappings", verbose_name=_("newer version")
    )
    number = models.PositiveSmallIntegerField(pgettext_lazy("mapping", "number"))
    links = models.JSONField(_("links"))
    newer_sha256 = models.CharField(_("SHA-256 of the newer version"), max_length=64, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)  # Null: still a draft.

    objects = CriteriaMappingQuerySet.as_manager()

    class Meta:
        ordering = ["newer", "number"]
        verbose_name = _("mapping of criteria")
        verbose_name_plural = _("mappings of criteria")
        constraints = [
            models.UniqueConstraint(fields=["newer", "number"], name="a_mapping_is_counted_once"),
            models.UniqueConstraint(
                fields=["older", "newer"],
                condition=Q(stage=MappingStage.DRAFT),
                name="one_mapping_of_a_pair_is_being_drafted",
            ),
            models.CheckConstraint(condition=~Q(older=F("newer")), name="a_mapping_has_two_versions"),
            models.CheckConstraint(
                condition=Q(stage=MappingStage.DRAFT, confirmed_at=None, newer_sha256="")
                | (Q(stage=MappingStage.CONFIRMED, confirmed_at__isnull=False) & ~Q(newer_sha256="")),
                name="a_confirmed_mapping_has_its_moment_and_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_confirmed(self) -> bool:
        """Whether people confirmed it."""
        return self.stage == MappingStage.CONFIRMED

    @property
    def strangers(self) -> tuple[str, ...]:
        """Codes that it names and the versions do not have any more; nothing can be said while the newer is unsound."""
        if not self.newer.is_sound:
            return ()
        return mapping.strangers(self.older.library, self.newer.library, self.links)

    @property
    def sound_links(self) -> mapping.Links:
        """The links without strangers."""
        gone = set(self.strangers)
        return {
            code: tuple(c for c in before if c not in gone) for code, before in self.links.items() if code not in gone
        }


@lru_cache(maxsize=16)
def _library(source: str) -> Library:
    return load(source)
