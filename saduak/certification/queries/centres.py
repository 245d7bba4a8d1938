"""A person's own centres, and their applications."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from saduak.certification.models import Application, Round
from saduak.certification.models.applications import WORKS_IN_A_CENTRE
from saduak.certification.procedure.applications import Stage
from saduak.directory.models import Centre
from saduak.directory.queries import memberships_of


def own_centres(user: Any) -> QuerySet[Centre]:
    """The open centres in which the person works today."""
    own = {m.centre_id for m in memberships_of(user) if m.centre_id and m.office in WORKS_IN_A_CENTRE}
    return Centre.objects.in_service().filter(pk__in=own).with_names().in_order_of_names()


def rounds_to_apply_in(day: date) -> QuerySet[Round]:
    """The rounds that take applications on that day, the latest cycle first."""
    return Round.objects.accepting_on(day).order_by("-cycle_be")


def open_application(centre: Centre, round_: Round) -> Application | None:
    """The application that the centre has in the round, unless it withdrew."""
    return Application.objects.filter(centre=centre, round=round_).exclude(stage=Stage.WITHDRAWN).first()


def centres_without_application(user: Any, round_: Round) -> QuerySet[Centre]:
    """The person's own centres that have not begun to apply in the round."""
    begun = Application.objects.filter(centre=OuterRef("pk"), round=round_).exclude(stage=Stage.WITHDRAWN)
    return own_centres(user).filter(~Exists(begun))
