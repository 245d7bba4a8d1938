"""What a centre said before, beside what it says now."""

from collections.abc import Iterable

from saduak.certification.models import Answer, Application
from saduak.certification.procedure.applications import Stage


def earlier_answers(application: Application, codes: Iterable[str]) -> dict[str, Answer]:
    """The answers that the same centre gave under the same codes in the latest earlier round that it handed in."""
    before = (
        Application.objects.filter(
            centre_id=application.centre_id,
            round__cycle_be__lt=application.round.cycle_be,
            submitted_at__isnull=False,
        )
        .exclude(stage__in=[Stage.WITHDRAWN, Stage.LAPSED])
        .order_by("-round__cycle_be")
        .first()
    )
    if before is None:
        return {}
    found = before.answers.filter(code__in=list(codes)).select_related("application__round")
    return {answer.code: answer for answer in found if answer.is_marked}
