"""Who is what to a front desk, and who may open which page of it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from saduak.access.grants import Grants
from saduak.directory.models import Centre, Office
from saduak.directory.policies import heads_a_centre, is_auditor, is_secretariat, works_in_a_centre
from saduak.directory.queries import memberships_of
from saduak.frontdesk.models import Desk
from saduak.frontdesk.procedure import Role
from saduak.live.audiences import Audiences, everyone
from saduak.postgres.standing import Standing


class Permission(StrEnum):
    """What the tables grant at front desks."""

    SEE = "frontdesk.see"
    SERVE = "frontdesk.serve"
    SUPERVISE = "frontdesk.supervise"
    SET_UP = "frontdesk.set_up"
    READ_REPORTS = "frontdesk.read_reports"


_IN_THE_CENTRE = {
    Office.CENTRE_HEAD: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Office.CENTRE_OFFICER: frozenset({Role.OFFICER}),
}
_EVERYWHERE = {
    Office.SECRETARIAT_OFFICER: frozenset({Role.SECRETARIAT}),
    Office.AUDITOR: frozenset({Role.AUDITOR}),
}

_NAMING = Standing(lambda user: Desk.supervisors.through.objects.filter(user=user).order_by(), user=-3)
"""The desks that name a person as their supervisor: nearly every page asks, for its rail."""


def serving_roles_of(user: Any, centre_id: int) -> frozenset[Role]:
    """The roles that take steps with a centre's tickets, as far as offices give them: no question for each press."""
    found: frozenset[Role] = frozenset()
    for membership in memberships_of(user):
        if membership.centre_id == centre_id:
            found |= _IN_THE_CENTRE.get(Office(membership.office), frozenset())
    return found


def desk_roles_of(user: Any, centre: Centre) -> frozenset[Role]:
    """What the person is to a centre's desk today: officer, supervisor, or secretariat and auditor, who look on.

    A head is both officer and supervisor; whom a desk names as its supervisor is one without any office there.
    """
    roles = serving_roles_of(user, centre.pk)
    for membership in memberships_of(user):
        roles |= _EVERYWHERE.get(Office(membership.office), frozenset())
    if Role.SUPERVISOR not in roles and _is_named_by(user, desk_id=centre.pk):
        roles |= {Role.SUPERVISOR}
    return roles


def roles_at_desks(user: Any, desks: Iterable[Desk]) -> dict[int, frozenset[Role]]:
    """As `desk_roles_of` for many desks, by the keys of their centres, in one question."""
    named = {one.desk_id for one in _NAMING.all(user=user.pk)}
    everywhere = frozenset[Role]().union(
        *(_EVERYWHERE.get(Office(membership.office), ()) for membership in memberships_of(user))
    )
    return {
        desk.pk: serving_roles_of(user, desk.pk)
        | everywhere
        | (frozenset({Role.SUPERVISOR}) if desk.pk in named else frozenset())
        for desk in desks
    }


def roles_at_a_counter(user: Any, centre: Centre | int) -> frozenset[Role]:
    """The roles with which the person takes steps with tickets; the database is asked only about supervisors."""
    pk = centre if isinstance(centre, int) else centre.pk
    return serving_roles_of(user, pk) or (
        frozenset({Role.SUPERVISOR}) if _is_named_by(user, desk_id=pk) else frozenset()
    )


def supervises(user: Any, centre: Centre) -> bool:
    """Whether the person supervises the centre's desk today."""
    return Role.SUPERVISOR in desk_roles_of(user, centre)


def may_serve_at(user: Any, centre: Centre | int) -> bool:
    """Whether the person may sit at a counter of the centre today."""
    return bool(roles_at_a_counter(user, centre))


def _is_named_by(user: Any, desk_id: int | None = None) -> bool:
    """Whether this desk names the person, or any."""
    if not (user.is_authenticated and user.is_active):
        return False
    return any(desk_id in (None, one.desk_id) for one in _NAMING.all(user=user.pk))


def supervises_a_desk(user: Any) -> bool:
    """Is named as a supervisor by a front desk."""
    return _is_named_by(user)


GRANTS: Grants = {
    Permission.SEE: (works_in_a_centre, is_secretariat, is_auditor, supervises_a_desk),
    Permission.SERVE: (works_in_a_centre, supervises_a_desk),
    Permission.SUPERVISE: (heads_a_centre, supervises_a_desk),
    Permission.SET_UP: (heads_a_centre, supervises_a_desk),
    Permission.READ_REPORTS: (heads_a_centre, is_secretariat, is_auditor, supervises_a_desk),
}

AUDIENCES: Audiences = {
    # Neither entry carries anything about a person: a number, a counter, a moment.
    "ticket": everyone,
    "sitting": everyone,
    "wanted_counter": everyone,
}
