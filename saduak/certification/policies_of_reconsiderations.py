"""Who may do and read what of a request to reconsider (สิทธิในการขอทบทวนผล)."""

from datetime import date
from typing import Any

from saduak.certification import policies
from saduak.certification.models import Application, Reconsideration
from saduak.certification.procedure.reconsiderations import HEARD, ReconsiderationStage
from saduak.certification.procedure.roles import CENTRE, PANEL, Role
from saduak.certification.queries.reconsiderations import (
    own_review,
    request_on,
    subject_of,
    term_to_ask,
    told_on,
    took_part,
)
from saduak.directory.models import Office
from saduak.directory.queries import memberships_of

_IN_A_BODY = {
    Office.CHAIR: Role.CHAIR,
    Office.MEMBER_AND_SECRETARY: Role.SUB_COMMITTEE_SECRETARY,
    Office.ASSISTANT_SECRETARY: Role.SUB_COMMITTEE_SECRETARY,
}


def roles_over(user: Any, request: Reconsideration) -> frozenset[Role]:
    """What the person is to a request today: as to the unit, but the sub-committee is the one that reviews.

    Whoever took part in the first decision, or has declared a conflict, is nothing in it.
    """
    of_the_first = {Role.PANEL_MEMBER, Role.ASSESSOR, *PANEL}
    roles = set(policies.roles_of(user, request.application)) - of_the_first
    seats = [m for m in memberships_of(user) if m.body_id is not None and m.body_id == request.body_id]
    if seats and request.application.declared_by(user) is not False and not _took_part(user, request):
        roles |= {Role.PANEL_MEMBER, *(_IN_A_BODY[Office(m.office)] for m in seats if m.office in _IN_A_BODY)}
        if own_review(request, user) is not None:
            roles.add(Role.ASSESSOR)
    return frozenset(roles)


def _took_part(user: Any, request: Reconsideration) -> bool:
    known = request.__dict__.setdefault("_took_part", {})
    if user.pk not in known:
        known[user.pk] = bool(took_part(request.application, [user.pk]))
    return bool(known[user.pk])


def may_start(user: Any, application: Application, today: date) -> bool:
    """Whether the person can begin a request now: of the centre, a decision is there, and there is time."""
    if not policies.roles_of(user, application) & CENTRE:
        return False
    subject = subject_of(application)
    if subject is None or request_on(application, subject) is not None:
        return False
    told = told_on(application)
    return told is None or application.is_example or today <= term_to_ask(application, told).day


def may_edit(user: Any, request: Reconsideration) -> bool:
    """Whether the person may write the grounds now."""
    return request.is_editable and bool(roles_over(user, request) & CENTRE)


def may_read_grounds(user: Any, request: Reconsideration) -> bool:
    """Whether the person may read grounds and files; a reviewing member only after declaring no conflict."""
    roles = roles_over(user, request)
    if roles & {*CENTRE, Role.AGENCY_COORDINATOR, Role.AUDITOR}:
        return True
    if roles & {Role.SECRETARIAT, Role.STEERING_SECRETARY, Role.STEERING_MEMBER}:
        return not request.is_editable
    return Role.PANEL_MEMBER in roles and request.application.declared_by(user) is True


def may_read_review(user: Any, request: Reconsideration) -> bool:
    """Whether the person may read the signed finding: its makers, then the committee, then the centre."""
    roles = roles_over(user, request)
    if request.stage in {ReconsiderationStage.UPHELD, ReconsiderationStage.CHANGED}:
        return bool(roles)
    if request.stage == ReconsiderationStage.PROPOSED and roles & {Role.STEERING_SECRETARY, Role.STEERING_MEMBER}:
        return True
    signed = request.stage in {ReconsiderationStage.REVIEWED, ReconsiderationStage.PROPOSED}
    return signed and bool(roles & {Role.SECRETARIAT, Role.AUDITOR, Role.PANEL_MEMBER})


def has_to_declare(user: Any, request: Reconsideration) -> bool:
    """Whether the person sits on the reviewing sub-committee and has not declared any interest yet."""
    asked = request.stage == ReconsiderationStage.ASSIGNED and Role.PANEL_MEMBER in roles_over(user, request)
    return asked and request.application.declared_by(user) is None


def must_declare_first(user: Any, request: Reconsideration) -> bool:
    """Whether nothing of the request opens before the person has declared: a member who is nothing else to it."""
    roles = roles_over(user, request)
    only_reviews = roles <= {Role.PANEL_MEMBER, Role.ASSESSOR, *PANEL}
    open_now = Role.PANEL_MEMBER in roles and only_reviews and request.stage in HEARD
    return open_now and request.application.declared_by(user) is None


def may_opine(user: Any, request: Reconsideration) -> bool:
    """Whether the person writes an opinion now."""
    if request.stage != ReconsiderationStage.ASSIGNED or Role.ASSESSOR not in roles_over(user, request):
        return False
    mine = own_review(request, user)
    return mine is not None and mine.submitted_at is None and request.application.declared_by(user) is True


def may_compare(user: Any, request: Reconsideration) -> bool:
    """Whether the person may see the opinions beside each other: members who review, once all are in."""
    if not request.opinions_are_in:
        return False
    roles = roles_over(user, request)
    if Role.AUDITOR in roles and request.signed_at is not None:
        return True
    return Role.PANEL_MEMBER in roles and request.application.declared_by(user) is True


def may_settle(user: Any, request: Reconsideration) -> bool:
    """Whether the person may write down reviewed values now."""
    member = Role.PANEL_MEMBER in roles_over(user, request)
    return request.stage == ReconsiderationStage.ASSIGNED and member and may_compare(user, request)


def reads_who_reviews(user: Any, request: Reconsideration) -> bool:
    """Whether the person may read who reviews, who declared what and who has handed in."""
    return bool(roles_over(user, request) & {Role.SECRETARIAT, Role.AUDITOR, Role.PANEL_MEMBER})


def sees_progress(user: Any, request: Reconsideration) -> bool:
    """Whether the person may learn who has handed in; whoever still has to write learns nothing."""
    mine = own_review(request, user)
    return (mine is None or mine.submitted_at is not None) and reads_who_reviews(user, request)


def reads_from_outside(user: Any, request: Reconsideration) -> bool:
    """Whether the person is nobody of the centre; what such a person opens is told to the audit."""
    return not roles_over(user, request) & CENTRE
