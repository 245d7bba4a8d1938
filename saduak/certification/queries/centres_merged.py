"""What of certification stands against two centres becoming one."""

from typing import Any

from django.utils.translation import gettext as _

from saduak.certification.models import Application, Certificate
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.certificates import ALIVE
from saduak.directory.models import Centre


def what_stands_against_merging(sender: type[Centre], *, surviving: Centre, merged: Centre, **_told: Any) -> list[str]:
    """Sentences about what both have and one centre can have only once; two queries."""
    both = [merged.pk, surviving.pk]
    found = []
    alive = list(Certificate.objects.filter(centre__in=both, stage__in=ALIVE).order_by("reference"))
    if len(alive) > 1:
        words = {"first": alive[0].reference, "second": alive[1].reference}
        found.append(
            _("Both hold a certificate that is not at its end: %(first)s and %(second)s. One has to end first.") % words
        )
    rounds: dict[int, Application] = {}
    taking_part = Application.objects.filter(centre__in=both).exclude(stage=Stage.WITHDRAWN)
    for application in taking_part.order_by("reference"):
        other = rounds.setdefault(application.round_id, application)
        if other.centre_id != application.centre_id:
            words = {"first": other.reference, "second": application.reference}
            found.append(
                _("Both applied in the same round: %(first)s and %(second)s. One has to be withdrawn first.") % words
            )
    return found
