"""People are appointed to offices, and their time in them ends: the only way in which roles are given and taken."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from saduak.audit.operations import granted, revoked
from saduak.directory.models import Agency, Body, BodyKind, Centre, Membership, Office
from saduak.directory.models.offices import OFFICES_IN_A_CENTRE, OFFICES_IN_AN_AGENCY
from saduak.directory.operations.writing import save_valid, write_down
from saduak.directory.policies import may_appoint_in
from saduak.people.models import User

_MEMBERS = (
    Office.CHAIR,
    Office.QUALIFIED_MEMBER,
    Office.MEMBER,
    Office.MEMBER_AND_SECRETARY,
    Office.ASSISTANT_SECRETARY,
)
OFFICES_OF: dict[BodyKind, tuple[Office, ...]] = {
    BodyKind.STEERING_COMMITTEE: (*_MEMBERS, Office.STEERING_SECRETARY),
    BodyKind.SUB_COMMITTEE: _MEMBERS,
    BodyKind.SECRETARIAT: (Office.SECRETARIAT_OFFICER, Office.ADMINISTRATOR),
    BodyKind.INSPECTORATE: (Office.INSPECTOR,),
    BodyKind.AUDIT: (Office.AUDITOR,),
}


PLACES: dict[str, type[Body] | type[Centre] | type[Agency]] = {"body": Body, "centre": Centre, "agency": Agency}
"""The kinds of places in which offices are held."""


def offices_of(place: Body | Centre | Agency) -> tuple[Office, ...]:
    """The offices that can be held in a place."""
    if isinstance(place, Body):
        return OFFICES_OF[BodyKind(place.kind)]
    return OFFICES_IN_A_CENTRE if isinstance(place, Centre) else OFFICES_IN_AN_AGENCY


@transaction.atomic
def appoint(
    person: User,
    *,
    office: Office,
    place: Body | Centre | Agency,
    from_day: date,
    until_day: date | None = None,
    order_no: str = "",
    represents: str = "",
    by: Any | None,
    request: HttpRequest | None = None,
) -> Membership:
    """Give a person an office in a place, both days included; `until_day=None`: until further notice.

    Raises PermissionDenied, and ValidationError when the place has no such office, the days overlap with another
    office of the person there or with another head or chair, or lie outside the body's term.
    """
    if by is not None and not may_appoint_in(by, place):
        raise PermissionDenied
    if office not in offices_of(place):
        raise ValidationError({"office": _("The place does not have this office.")})
    _lies_in_the_term(place, from_day, until_day)
    membership = Membership(
        person=person,
        office=office,
        body=place if isinstance(place, Body) else None,
        centre=place if isinstance(place, Centre) else None,
        agency=place if isinstance(place, Agency) else None,
        from_day=from_day,
        until_day=until_day,
        order_no=order_no,
        represents=represents,
    )
    save_valid(membership)
    _tell("appointed", membership, by=by)
    if by is not None:
        granted(
            by,
            to=person,
            what=f"{Office(office).label}, {place}",
            kind=place.case_kind,
            reference=place.reference,
            request=request,
            detail=_days(membership),
        )
    return membership


@transaction.atomic
def end(membership: Membership, *, last_day: date, by: Any | None, request: HttpRequest | None = None) -> Membership:
    """Let a person's time in an office end with a day. Raises PermissionDenied and ValidationError.

    A day in the past is taken only by the day the membership began or later: what was done in the office stays done.
    """
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    place = membership.place
    if by is not None and not may_appoint_in(by, place):
        raise PermissionDenied
    if membership.until_day is not None and membership.until_day <= last_day:
        raise ValidationError({"last_day": _("It ends earlier or on this day already.")})
    membership.until_day = last_day
    save_valid(membership)
    _tell("ended", membership, by=by)
    if by is not None:
        revoked(
            by,
            of=membership.person,
            what=f"{Office(membership.office).label}, {place}",
            kind=place.case_kind,
            reference=place.reference,
            request=request,
            detail=_days(membership),
        )
    return membership


def _lies_in_the_term(place: Body | Centre | Agency, from_day: date, until_day: date | None) -> None:
    if not isinstance(place, Body):
        if isinstance(place, Centre) and not place.is_open:
            raise ValidationError(_("The centre is closed."))
        return
    if not place.is_in_office(from_day):
        raise ValidationError({"from_day": _("The body is not in office on this day.")})
    if until_day is not None and place.term_until is not None and until_day > place.term_until:
        raise ValidationError({"until_day": _("The body's term ends before this day.")})


def _tell(step: str, membership: Membership, *, by: Any | None) -> None:
    facts: dict[str, Any] = {"person": str(membership.person), "office": membership.office, **_days(membership)}
    write_down(membership.place, step, by=by, **facts)


def _days(membership: Membership) -> dict[str, str | None]:
    until = membership.until_day
    return {"from": membership.from_day.isoformat(), "until": until.isoformat() if until else None}
