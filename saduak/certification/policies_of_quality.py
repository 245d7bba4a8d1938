"""Who may look at figures of the assessors' work, and at remarks on dossiers."""

from typing import Any

from saduak.certification.models import Application
from saduak.certification.policies import roles_of
from saduak.certification.procedure.roles import Role
from saduak.directory.models import BodyKind, Office
from saduak.directory.policies import is_auditor, is_secretariat
from saduak.directory.queries import memberships_of


def bodies_in_view(user: Any) -> frozenset[int] | None:
    """The sub-committees whose assessors' figures the person may see; None is all of them.

    The secretariat and the auditors see all, a chair the own one.
    """
    if is_secretariat(user) or is_auditor(user):
        return None
    return frozenset(
        membership.body.pk
        for membership in memberships_of(user)
        if membership.body and membership.office == Office.CHAIR and membership.body.kind == BodyKind.SUB_COMMITTEE
    )


def may_read_remarks(user: Any, application: Application) -> bool:
    """Whether the person may read what looks odd about a dossier; a member only after declaring no conflict."""
    roles = roles_of(user, application)
    if roles & {Role.SECRETARIAT, Role.AUDITOR}:
        return True
    return Role.PANEL_MEMBER in roles and application.declared_by(user) is True


def may_dismiss(user: Any, application: Application) -> bool:
    """Whether the person may say that there is nothing in a remark."""
    return Role.SECRETARIAT in roles_of(user, application)
