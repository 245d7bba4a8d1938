"""The centres that serve the public (ศูนย์ราชการสะดวก)."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.directory.models.agencies import Agency
from saduak.directory.models.naming import Filed, Named
from saduak.directory.models.offices import SEES_EVERYTHING
from saduak.directory.models.provinces import Province
from saduak.directory.rules import findable
from saduak.thai.text import grams_despite_a_slip, one_slip_away, sort_key, telling_grams

GRAMS = Func(F("search_text"), function="directory_grams", output_field=ArrayField(models.TextField()))
"""The pairs and triples of letters of a centre's search text, as the index keeps them; `thai.text.grams` in SQL."""


class CentreQuerySet(models.QuerySet["Centre"]):
    """Ways of choosing centres."""

    def in_service(self) -> Self:
        """Those that have not been closed for good."""
        return self.filter(is_open=True)

    def with_names(self) -> Self:
        """With what a list prints beside each centre, in one question to the database."""
        return self.select_related("agency__ministry", "province")

    def in_order_of_names(self) -> Self:
        """As a dictionary has them."""
        return self.order_by("sort_key", "pk")

    def with_words(self, words: Iterable[str], *, common: Collection[str] = ()) -> Self:
        """Those whose search text holds every word (of search keys) as a part of its words.

        A single digit must be a word, a single letter begins one. The index is not asked for `common` words: so many
        hold them that looking is quicker.
        """
        found = self.alias(grams=GRAMS)
        for word in words:
            part = word if len(word) > 1 else f" {word} " if word.isdigit() else f" {word}"
            found = found.filter(search_text__contains=part)
            if word not in common and (len(word) > 1 or word.isdigit()):
                found = found.filter(grams__contains=telling_grams(word))
        return found

    def with_nearly(self, words: Iterable[str]) -> Self:
        """Those whose search text holds every word, of four letters or more, with at most one slip in each."""
        found = self.alias(grams=GRAMS)
        for word in words:
            despite = Q()
            for needed in grams_despite_a_slip(word):
                despite |= Q(grams__contains=needed)
            found = found.filter(despite, search_text__regex=one_slip_away(word))
        return found

    def visible_to(self, user: Any) -> Self:
        """Open centres to everybody; closed ones to their people, their agency, the secretariat and the auditors."""
        if not user.is_authenticated:
            return self.in_service()
        held = user.memberships.on(timezone.localdate())
        return self.filter(
            Q(is_open=True)
            | Q(pk__in=held.filter(centre__isnull=False).values("centre"))
            | Q(agency__in=held.filter(agency__isnull=False).values("agency"))
            | models.Exists(held.filter(office__in=SEES_EVERYTHING))
        )


class Centre(Filed, Named):
    """A service unit that may be certified, or has been (ศูนย์ราชการสะดวก).

    `opening_hours` is a list of `{"days": [1, …, 7], "opens": "08:30", "closes": "16:30"}`, Monday being 1;
    `rules.read_hours` makes it from words and `rules.hours_in_words` tells it. Positions are WGS 84 degrees.
    """

    case_kind = "centre"

    code = models.CharField(_("code"), max_length=20, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="centres", verbose_name=_("agency"))
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="centres", verbose_name=_("province"))
    district = models.CharField(_("district"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=500, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    opening_hours = models.JSONField(_("opening hours"), default=list, blank=True)
    opening_note = models.CharField(_("remark on opening hours"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    line_id = models.CharField(_("LINE account"), max_length=60, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )  # Null: unknown.
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    is_open = models.BooleanField(_("in service"), default=True)
    merged_into = models.ForeignKey(  # Null: it stands for itself.
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="absorbed"
    )
    also_known_as = models.TextField(editable=False, blank=True)  # Names and codes of the records merged into it.
    version = models.PositiveIntegerField(_("version"), default=0)
    search_text = models.TextField(editable=False, blank=True)
    sort_key = models.TextField(editable=False, blank=True, db_collation="C")

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("centre")
        verbose_name_plural = _("centres")
        indexes = [
            models.Index(fields=["province", "agency"], name="centre_by_place"),
            models.Index(fields=["sort_key", "id"], name="centre_by_name"),
            GinIndex(Func(F("search_text"), function="directory_grams"), name="centre_by_part_of_word"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(5, 21), longitude__range=(97, 106)),
                name="a_centre_lies_in_thailand",
                violation_error_message=_("The position lies outside Thailand."),
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^[1-9][0-9]{4}$"),
                name="a_postcode_has_five_digits",
                violation_error_message=_("A postcode has five digits."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(is_open=False),
                name="a_merged_centre_is_not_in_service",
                violation_error_message=_("The centre was merged into another one."),
            ),
        ]

    def save(self, **how: Any) -> None:
        """Save it with what it is found and sorted by, which its fields, its agency and its province make."""
        self.make_findable()
        if how.get("update_fields") is not None:
            how["update_fields"] = {*how["update_fields"], "search_text", "sort_key"}
        super().save(**how)

    def make_findable(self) -> None:
        """Set what it is found and sorted by."""
        self.sort_key = sort_key(self.name_th)
        self.search_text = findable(
            self.name_th,
            self.name_en,
            self.district,
            self.agency.name_th,
            self.agency.name_en,
            self.province.name_th,
            self.province.name_en,
            self.code,
            self.also_known_as,
        )

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("show_centre", args=[self.code])

    @property
    def reference(self) -> str:
        """Its reference in the journal."""
        return self.code

    @property
    def journal_centre_id(self) -> int | None:
        """Entries about a centre are filed under the centre."""
        return self.pk
