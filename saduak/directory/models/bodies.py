"""The committees and offices that the programme works through, as legal bodies (คณะกรรมการและหน่วยงานกลาง)."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.directory.models.naming import Filed, Named, days, holding, same
from saduak.directory.models.provinces import Province
from saduak.directory.rules import quorum_among


class BodyKind(models.TextChoices):
    """What a body is for."""

    STEERING_COMMITTEE = "steering_committee", _("steering committee")
    SUB_COMMITTEE = "sub_committee", _("assessment sub-committee")
    SECRETARIAT = "secretariat", _("secretariat")
    INSPECTORATE = "inspectorate", _("inspectorate")
    AUDIT = "audit", _("auditors")


class QuorumRule(models.TextChoices):
    """How many members make a meeting."""

    MORE_THAN_HALF = "more_than_half", _("more than half of the members")
    AT_LEAST_HALF = "at_least_half", _("at least half of the members")
    NUMBER = "number", _("a fixed number of members")


class BodyQuerySet(models.QuerySet["Body"]):
    """Ways of choosing bodies."""

    def on(self, day: date) -> Self:
        """Bodies in office on a day."""
        return self.filter(holding(day, since="term_from", until="term_until"))

    def sub_committees(self) -> Self:
        """The numbered assessment sub-committees."""
        return self.filter(kind=BodyKind.SUB_COMMITTEE)


class Body(Filed, Named):
    """A committee, sub-committee or office, made by an order for a term (คณะกรรมการ คณะอนุกรรมการ)."""

    case_kind = "body"

    kind = models.CharField(_("kind"), max_length=30, choices=BodyKind)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)  # Null: the kind is not numbered.
    order_no = models.CharField(_("order number"), max_length=80, blank=True)
    ordered_on = models.DateField(_("date of the order"), null=True, blank=True)  # Null: not known.
    term_from = models.DateField(_("in office from"))
    term_until = models.DateField(_("in office until"), null=True, blank=True)  # Null: until further notice.
    quorum_rule = models.CharField(_("quorum"), max_length=20, choices=QuorumRule, default=QuorumRule.MORE_THAN_HALF)
    quorum_number = models.PositiveSmallIntegerField(_("number of members"), null=True, blank=True)
    quorum_source = models.CharField(_("source of the quorum"), max_length=300, default="unchecked against the text")
    jurisdiction = models.ManyToManyField(
        Province, blank=True, related_name="bodies", verbose_name=_("provinces in its charge")
    )
    version = models.PositiveIntegerField(_("version"), default=0)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "number", "-term_from"]
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            models.CheckConstraint(
                condition=Q(term_until__isnull=True) | Q(term_from__lte=F("term_until")),
                name="a_term_begins_before_it_ends",
                violation_error_message=_("The term ends before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=BodyKind.SUB_COMMITTEE) | Q(number__isnull=False),
                name="a_sub_committee_has_a_number",
                violation_error_message=_("A sub-committee has a number."),
            ),
            models.CheckConstraint(
                condition=Q(quorum_rule=QuorumRule.NUMBER, quorum_number__gte=1)
                | (~Q(quorum_rule=QuorumRule.NUMBER) & Q(quorum_number__isnull=True)),
                name="a_fixed_quorum_has_a_number",
                violation_error_message=_("Give the number of members for a fixed quorum, and only then."),
            ),
            ExclusionConstraint(
                expressions=[same("number"), days("term_from", "term_until")],
                condition=Q(kind=BodyKind.SUB_COMMITTEE),
                name="one_sub_committee_per_number_and_day",
                violation_error_message=_("Another sub-committee has this number in these days."),
            ),
            ExclusionConstraint(
                expressions=[days("term_from", "term_until")],
                condition=Q(kind=BodyKind.STEERING_COMMITTEE),
                name="one_steering_committee_at_a_time",
                violation_error_message=_("Another steering committee is in office in these days."),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_body", args=[self.pk])

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As Django does, once the kind is known: an exclusion whose condition needs a refused field fails."""
        if "kind" not in (exclude or ()):
            super().validate_constraints(exclude=exclude)

    @property
    def reference(self) -> str:
        """Its reference in the journal."""
        return f"B{self.pk:05d}"

    def is_in_office(self, on: date) -> bool:
        """Whether its term holds the day."""
        return self.term_from <= on and (self.term_until is None or on <= self.term_until)

    def quorum_among(self, members: int) -> int:
        """How many of `members` members must attend."""
        return quorum_among(members, rule=self.quorum_rule, number=self.quorum_number)
