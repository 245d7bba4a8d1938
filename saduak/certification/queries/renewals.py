"""What a centre said before, carried through the mapping between two versions of the criteria (การนำคำตอบเดิมมาใช้)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from saduak.certification.models import Answer, Application, Certificate, Evidence, Round
from saduak.certification.models.applications import WORKS_IN_A_CENTRE
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.certificates import ALIVE
from saduak.certification.rules import may_be_renewed
from saduak.directory.queries import memberships_of
from saduak.standards.criteria import Criterion
from saduak.standards.mapping import CriteriaMap, LineKind
from saduak.standards.queries import mapping_between
from saduak.standards.rules import Verdict


@dataclass(frozen=True)
class Carried:
    """One criterion of the round, with what the centre said before of those from which it comes.

    `pairs` are the earlier answers by the code under which each can be confirmed; they are empty where nothing can be
    carried: the criterion is new, asks something else, was split or merged, or people have not confirmed the mapping.
    """

    criterion: Criterion
    kind: LineKind
    before: tuple[tuple[Criterion, tuple[Answer, ...]], ...]
    pairs: tuple[tuple[str, Answer], ...]
    evidence: tuple[Evidence, ...]
    is_answered: bool
    is_confirmed: bool

    @property
    def can_be_confirmed(self) -> bool:
        """Whether "still true" is an answer here."""
        return bool(self.pairs) and not self.is_answered


def earlier_application(application: Application) -> Application | None:
    """From where answers are carried: the application behind the certificate that is renewed, else the latest that
    the centre handed in in an earlier round and did not withdraw."""
    if application.renews is not None:
        return application.renews.application
    before = Application.objects.filter(
        centre=application.centre_id, round__cycle_be__lt=application.round.cycle_be, submitted_at__isnull=False
    ).exclude(stage__in=[Stage.WITHDRAWN, Stage.LAPSED])
    return before.select_related("round__criteria").order_by("-round__cycle_be").first()


def carried_of(application: Application, earlier: Application) -> list[Carried]:
    """Every criterion of the round beside what was said before, in the order of the criteria."""
    way = mapping_between(earlier.round.criteria, application.round.criteria)
    return [_carried(criterion, application, earlier, way) for criterion in application.library.criteria()]


def _carried(criterion: Criterion, application: Application, earlier: Application, way: CriteriaMap) -> Carried:
    line = way.of_newer(criterion.code)
    said = earlier.answers_by_code
    before = tuple((known, _said_of(known, said)) for known in map(earlier.library.criterion, line.older))
    now = application.answers_by_code
    codes = {criterion.code, *(leaf.code for leaf in criterion.leaves)}
    given = [now[code] for code in codes if code in now and now[code].is_marked]
    files = [file for code in line.older for file in earlier.evidence_by_code.get(code, [])]
    pairs: tuple[tuple[str, Answer], ...] = ()
    if line.kind is LineKind.SAME and way.is_confirmed:
        pairs = _pairs(criterion, line.older[0], line.leaves, said)
    return Carried(
        criterion=criterion,
        kind=line.kind,
        before=before,
        pairs=pairs,
        evidence=tuple({file.pk: file for file in files}.values()),
        is_answered=bool(given),
        is_confirmed=bool(given) and all(answer.carried_from_id for answer in given),
    )


def _said_of(criterion: Criterion, said: dict[str, Answer]) -> tuple[Answer, ...]:
    codes = dict.fromkeys([criterion.code, *(leaf.code for leaf in criterion.leaves)])
    return tuple(said[code] for code in codes if code in said and said[code].is_marked)


def _pairs(
    criterion: Criterion, older: str, leaves: Iterable[tuple[str, str]], said: dict[str, Answer]
) -> tuple[tuple[str, Answer], ...]:
    """The earlier answers by their new codes; that all of it does not apply stands under the criterion itself."""
    whole = said.get(older)
    if whole is not None and whole.value is Verdict.NOT_APPLICABLE:
        return ((criterion.code, whole),)
    pairs = tuple((newer, said[old]) for old, newer in leaves if old in said and said[old].is_marked)
    return pairs if len(pairs) == len(criterion.leaves) else ()


def renewable(certificate: Certificate, round_: Round, today: date) -> bool:
    """Whether the certificate can be renewed in the round today: alive, and near enough to its last day.

    The window is the round's; a round for practice holds nobody to it.
    """
    if certificate.stage not in ALIVE or certificate.is_example is not round_.is_example:
        return False
    return round_.is_example or may_be_renewed(certificate.expires_on, today, months=round_.renewal_months)


def renewal_of(certificate: Certificate) -> Application | None:
    """The application that renews the certificate, unless it was withdrawn or has lapsed."""
    return certificate.renewals.exclude(stage__in=[Stage.WITHDRAWN, Stage.LAPSED]).order_by("-pk").first()


def own_certificates(user: Any) -> list[Certificate]:
    """The certificates of the person's own centres that are alive, those that end first at the top."""
    own = {m.centre_id for m in memberships_of(user) if m.centre_id and m.office in WORKS_IN_A_CENTRE}
    if not own:
        return []
    alive = Certificate.objects.filter(centre__in=own, stage__in=ALIVE).select_related("centre", "round")
    return list(alive.order_by("expires_on", "reference"))


def rounds_to_renew_in(certificate: Certificate, today: date) -> list[Round]:
    """The rounds that take applications today and in which the certificate can be renewed, the latest first."""
    accepting = Round.objects.accepting_on(today).order_by("-cycle_be")
    begun = Application.objects.filter(centre=certificate.centre_id).exclude(stage=Stage.WITHDRAWN)
    taken = set(begun.values_list("round", flat=True))
    return [one for one in accepting if one.pk not in taken and renewable(certificate, one, today)]
