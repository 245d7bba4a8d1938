"""A draw: its frame and where the seed comes from, published before; the seed and the result (การสุ่มตัวอย่าง)."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.certification.draws import ALGORITHM, FORMAT
from saduak.certification.procedure.draws import DRAW, DrawStage, Strata
from saduak.journal.models import Case


class DrawQuerySet(models.QuerySet["Draw"]):
    """Ways of choosing draws."""

    def for_list(self) -> Self:
        """Without their frames, of which only the sizes are told, as `members`."""
        return self.defer("frame", "result").annotate(
            members=Func(F("frame"), function="jsonb_array_length", output_field=models.IntegerField())
        )


class Draw(Case):
    """One draw of centres to be followed up; everybody may read it, and draw it again from what it shows."""

    case_kind = "certification.draw"

    title = models.CharField(pgettext_lazy("draw", "title"), max_length=200)
    purpose = models.TextField(_("what it is for"))
    strata = models.CharField(_("divided"), max_length=10, choices=Strata.choices)
    frame = models.JSONField(_("frame"))
    frame_sha256 = models.CharField(_("hash of the frame"), max_length=64)
    algorithm = models.CharField(_("algorithm"), max_length=30, default=ALGORITHM)
    size = models.PositiveIntegerField(_("how many are drawn"))
    seed_source = models.TextField(_("where the seed comes from"))
    seed_day = models.DateField(_("day of the seed"))
    announced_at = models.DateTimeField(_("announced at"))
    due_on = models.DateField(_("to be checked by"))
    seed = models.CharField(_("seed"), max_length=200, blank=True)
    result = models.JSONField(_("result"), default=list, blank=True)
    drawn_at = models.DateTimeField(_("drawn at"), null=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = DrawQuerySet.as_manager()
    procedure = DRAW

    class Meta:
        verbose_name = _("draw")
        ordering = ["-announced_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="a_draw_has_a_known_stage", condition=Q(stage__in=DrawStage.values)),
            models.CheckConstraint(
                name="what_is_drawn_has_its_seed",
                condition=Q(stage=DrawStage.DRAWN, drawn_at__isnull=False) & ~Q(seed="") & ~Q(result=[])
                | ~Q(stage=DrawStage.DRAWN) & Q(seed="", drawn_at=None, result=[]),
            ),
            models.CheckConstraint(
                name="a_draw_names_the_source_of_its_seed", condition=~Q(seed_source="") & Q(size__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("show_draw", args=[self.reference])

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The frame as the algorithm takes it."""
        return [(number, stratum) for number, stratum in self.frame]

    @property
    def record(self) -> dict[str, Any]:
        """All that is needed to draw it again."""
        return {
            "format": FORMAT,
            "reference": self.reference,
            "title": self.title,
            "is_example": self.is_example,
            "algorithm": self.algorithm,
            "announced_at": self.announced_at.isoformat(),
            "frame": self.frame,
            "frame_sha256": self.frame_sha256,
            "size": self.size,
            "seed_source": self.seed_source,
            "seed_day": self.seed_day.isoformat(),
            "seed": self.seed,
            "result": self.result,
        }
