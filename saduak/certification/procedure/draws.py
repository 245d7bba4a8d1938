"""A draw is announced with its frame before anybody can know the seed, and drawn on its day (การสุ่มตัวอย่าง)."""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.procedure.kit import Procedure, Step, condition


class DrawStage(TextChoices):
    """Stages of a draw."""

    ANNOUNCED = "announced", _("Announced")
    DRAWN = "drawn", _("Drawn")
    CALLED_OFF = "called_off", _("Called off")


class Strata(TextChoices):
    """By what a frame is divided (ชั้นภูมิ)."""

    NONE = "none", _("Not divided: a simple sample")
    PROVINCE = "province", _("By province")
    LEVEL = "level", _("By level")
    MINISTRY = "ministry", _("By ministry")


@condition(otherwise=_("The day of the seed has not come."))
def the_day_of_the_seed_has_come(draw: Any, at: datetime) -> bool:
    return bool(draw.seed_day <= timezone.localdate(at))


DRAW = Procedure(
    name="certification-draw",
    title=_("Draw of a sample for surveillance"),
    starts_at=DrawStage.ANNOUNCED,
    wordings=WORDINGS,
    steps=(
        Step(
            name="draw",
            label=_("Draw with the seed"),
            clause="10.2",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({DrawStage.ANNOUNCED}),
            to=DrawStage.DRAWN,
            provided=(the_day_of_the_seed_has_come,),
        ),
        Step(
            name="call_off_draw",
            label=_("Call the draw off"),
            clause="10.3",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({DrawStage.ANNOUNCED}),
            to=DrawStage.CALLED_OFF,
        ),
    ),
)
