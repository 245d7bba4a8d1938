"""Ratings by visitors, who are known to nobody (ความพึงพอใจต่อบริการ)."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import Service
from saduak.directory.models import Centre
from saduak.frontdesk.models.counters import Counter
from saduak.frontdesk.models.tickets import Ticket

BEST = 5
"""Faces to choose from: 1 is very dissatisfied, 5 very satisfied."""


class RatedTicket(models.Model):
    """That this ticket has been rated, so that it is rated once; not how, and not when. Kept until the day is over.

    `has_comment` likewise: its words lie elsewhere, and lead back to neither.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="rated")
    has_comment = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.ticket_id)


class Rating(models.Model):
    """What one visitor thought of one service at one counter on one day (คะแนนความพึงพอใจ).

    Nothing here leads to the ticket: no moment, no order (keys are random), no language, no channel. `is_mixed` once
    the day is over and its rows were written anew in a random order, so that not even the database remembers one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    day = models.DateField(_("day"))
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", verbose_name=_("service"))
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="+", verbose_name=_("counter"))
    score = models.PositiveSmallIntegerField(
        _("satisfaction"), validators=[MinValueValidator(1), MaxValueValidator(BEST)]
    )
    is_mixed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        indexes = [
            models.Index(fields=["centre", "day"], name="rating_of_day"),
            models.Index(fields=["day"], condition=Q(is_mixed=False), name="rating_to_be_mixed"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=BEST), name="a_rating_is_one_of_five_faces"),
        ]

    def __str__(self) -> str:
        return str(self.score)


class RatingComment(models.Model):
    """What a visitor added in words, apart from the score and the counter (ข้อเสนอแนะ). May hold personal data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    day = models.DateField(_("day"))
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", verbose_name=_("service"))
    words = models.CharField(_("comment"), max_length=500)
    is_mixed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [models.Index(fields=["centre", "day"], name="comment_of_day")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_comment_says_something")]

    def __str__(self) -> str:
        return self.words
