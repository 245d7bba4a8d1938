"""Results of earlier years as old papers tell them (ผลการรับรองจากบันทึกเดิม)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.journal.models import Entry, EntryQuerySet


class Outcome(models.TextChoices):
    """What a source says came out; some do not tell the level."""

    BASIC = "basic", _("Basic level")
    ADVANCED = "advanced", _("Advanced level")
    EXCELLENT = "excellent", _("Excellent level")
    CERTIFIED = "certified", _("Certified, level not told")
    DECLINED = "declined", _("Not certified")


class Match(models.TextChoices):
    """Whether a person has said which centre the line is about."""

    OPEN = "open", _("not looked at")
    MATCHED = "matched", _("matched to a centre")
    ALONE = "alone", _("belongs to no centre of the directory")


class Holding(models.TextChoices):
    """What a person has said of a line that others contradict."""

    OPEN = "open", _("as the source tells it")
    HOLDS = "holds", _("holds")
    SET_ASIDE = "set_aside", _("set aside")


class PastStage(models.TextChoices):
    """How far a spreadsheet of past results is."""

    REFUSED = "refused", _("has problems")
    CHECKED = "checked", _("ready to be written")
    WRITTEN = "written", _("written")
    OVERTAKEN = "overtaken", _("the records changed first")
    GIVEN_UP = "given_up", _("given up")


class PastSheet(models.Model):
    """One uploaded spreadsheet of past results, from the dry run to the writing (ไฟล์ผลการรับรองเดิม).

    `problems` is a list of `[row, column, value, words]`; `preview` holds the first lines as `[row, words, match]`, the
    last being the centre it may be about; `digest` is the hash of all that was shown. The content is dropped once it is
    written or given up.
    """

    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    state = models.CharField(_("state"), max_length=20, choices=PastStage)
    is_example = models.BooleanField(_("example"), default=False)
    language = models.CharField(max_length=5, default="th")
    problems = models.JSONField(default=list)
    preview = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    total = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("uploaded"), default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_past_sheet", args=[self.pk])

    @property
    def waits(self) -> bool:
        """Whether it can be written."""
        return self.state == PastStage.CHECKED


class PastResultQuerySet(models.QuerySet["PastResult"]):
    """Ways of choosing past results."""

    def standing(self) -> Self:
        """Those that nobody has set aside."""
        return self.exclude(holding=Holding.SET_ASIDE)

    def unmatched(self) -> Self:
        """Those of which nobody has said which centre they are about."""
        return self.filter(match=Match.OPEN)

    def with_places(self) -> Self:
        """With what a list prints beside each line."""
        return self.select_related("centre__agency", "centre__province", "province", "agency")


class PastResult(models.Model):
    """One line of one source: what came out for a centre in a year (ผลการรับรองจากบันทึกเดิม).

    It is no certificate: it has no number, no term and no resolution of this platform. Lines of several sources about
    one centre and year stand side by side; where they contradict each other a person says which one holds. Lines that
    are not matched are about one centre when their `subject` is the same: the name in the source, within its province.
    """

    case_kind = "certification.past_result"

    cycle_be = models.PositiveSmallIntegerField(_("year (B.E.)"))
    centre_name = models.CharField(_("centre as the source has it"), max_length=300)
    agency_name = models.CharField(_("agency as the source has it"), max_length=300, blank=True)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    province = models.ForeignKey("directory.Province", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("result"), max_length=20, choices=Outcome)
    source = models.CharField(_("source"), max_length=300)
    page = models.CharField(_("page"), max_length=60, blank=True)
    centre = models.ForeignKey(  # Null: not matched, or no centre of the directory.
        "directory.Centre", on_delete=models.PROTECT, null=True, related_name="past_results", verbose_name=_("centre")
    )
    match = models.CharField(_("match"), max_length=10, choices=Match, default=Match.OPEN)
    holding = models.CharField(_("verdict"), max_length=10, choices=Holding, default=Holding.OPEN)
    reason = models.TextField(_("reason"), blank=True)
    subject = models.CharField(max_length=340, editable=False)
    sheet = models.ForeignKey(PastSheet, on_delete=models.PROTECT, null=True, related_name="results")
    row = models.PositiveIntegerField(_("row"), default=0)
    is_example = models.BooleanField(_("example"), default=False)
    version = models.PositiveIntegerField(default=0)

    objects = PastResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("past result")
        verbose_name_plural = _("past results")
        ordering = ["-cycle_be", "province", "centre_name", "pk"]
        indexes = [
            models.Index(fields=["cycle_be", "subject"], name="past_result_of_subject"),
            models.Index(fields=["centre", "cycle_be"], name="past_result_of_centre"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle_be", "centre_name", "province", "agency_name", "source", "page"],
                name="a_source_tells_a_result_once",
            ),
            models.UniqueConstraint(
                fields=["cycle_be", "centre"],
                condition=Q(holding="holds"),
                name="one_past_result_of_a_centre_holds",
                violation_error_message=_("Two past results of one year hold."),
            ),
            models.UniqueConstraint(
                fields=["cycle_be", "subject"],
                condition=Q(holding="holds", centre=None),
                name="one_past_result_of_a_name_holds",
                violation_error_message=_("Two past results of one year hold."),
            ),
            models.CheckConstraint(name="a_match_has_its_centre", condition=Q(match="matched") ^ Q(centre=None)),
            models.CheckConstraint(name="a_past_result_has_a_known_outcome", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="a_verdict_on_a_past_result_has_a_reason", condition=Q(holding="open") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_be} {self.centre_name}"

    def get_absolute_url(self) -> str:
        """Its page, for the secretariat."""
        return reverse("show_past_result", args=[self.pk])

    @property
    def reference(self) -> str:
        """Its reference in the journal."""
        return str(self.pk)

    @property
    def journal_centre_id(self) -> int | None:
        """Its entries are filed under the centre that it is about."""
        return self.centre_id

    @property
    def history(self) -> EntryQuerySet:
        """The journal's entries about it, oldest first."""
        return Entry.objects.filter(case_kind=self.case_kind, case_reference=self.reference)

    @property
    def says(self) -> Any:
        """The result in words."""
        return Outcome(self.outcome).label
