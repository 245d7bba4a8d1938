"""Who holds which office, where, and in which days: the only source of roles (การดำรงตำแหน่ง)."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.directory.models.agencies import Agency
from saduak.directory.models.bodies import Body
from saduak.directory.models.centres import Centre
from saduak.directory.models.naming import days, holding, same
from saduak.directory.models.offices import OFFICES_IN_A_BODY, OFFICES_IN_A_CENTRE, OFFICES_IN_AN_AGENCY, Office
from saduak.postgres.standing import Standing


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Ways of choosing memberships."""

    def on(self, day: date) -> Self:
        """Memberships in force on a day; in a body, only while the body itself is in office."""
        body_in_office = Q(body__isnull=True) | holding(day, since="body__term_from", until="body__term_until")
        return self.filter(holding(day, since="from_day", until="until_day") & body_in_office)

    def of(self, person: Any) -> Self:
        """One person's memberships, past and to come included."""
        return self.filter(person=person)

    def with_places(self) -> Self:
        """With the places, in one question to the database."""
        return self.select_related("body", "centre__agency__ministry", "centre__province", "agency__ministry")

    def with_people(self) -> Self:
        """With the people, in one question to the database."""
        return self.select_related("person")


class Membership(models.Model):
    """An office held by a person in a body, a centre or an agency, from a day until a day (การดำรงตำแหน่ง)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    office = models.CharField(_("office"), max_length=30, choices=Office)
    represents = models.CharField(_("represents"), max_length=200, blank=True)
    from_day = models.DateField(_("from"))
    until_day = models.DateField(_("until"), null=True, blank=True)  # Null: until further notice.
    order_no = models.CharField(_("order number"), max_length=80, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["from_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False, centre__isnull=True, agency__isnull=True, office__in=OFFICES_IN_A_BODY)
                | Q(body__isnull=True, centre__isnull=False, agency__isnull=True, office__in=OFFICES_IN_A_CENTRE)
                | Q(body__isnull=True, centre__isnull=True, agency__isnull=False, office__in=OFFICES_IN_AN_AGENCY),
                name="an_office_is_held_in_exactly_one_place_that_has_it",
                violation_error_message=_("The place does not have this office."),
            ),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(from_day__lte=F("until_day")),
                name="a_membership_begins_before_it_ends",
                violation_error_message=_("The last day is before the first."),
            ),
            *(
                ExclusionConstraint(
                    expressions=[same("person"), same(place), days("from_day", "until_day")],
                    condition=Q(**{f"{place}__isnull": False}),
                    name=f"one_office_per_person_and_{place}_at_a_time",
                    violation_error_message=_("The person holds an office there in these days."),
                )
                for place in ("body", "centre", "agency")
            ),
            ExclusionConstraint(
                expressions=[same("centre"), days("from_day", "until_day")],
                condition=Q(office=Office.CENTRE_HEAD),
                name="a_centre_has_one_head_at_a_time",
                violation_error_message=_("The centre has another head in these days."),
            ),
            ExclusionConstraint(
                expressions=[same("body"), days("from_day", "until_day")],
                condition=Q(office=Office.CHAIR),
                name="a_body_has_one_chair_at_a_time",
                violation_error_message=_("The body has another chair in these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_office_display()}, {self.place}"

    def get_office_display(self) -> str:  # type: ignore[no-redef]
        """The office in words; Django's own way looks all offices up in the reader's language for each."""
        return str(Office(self.office).label)

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on the day, as `on` asks of many: in a body, only while the body itself is in office."""
        return self.holds_on(day) and (self.body is None or self.body.is_in_office(day))

    def is_in(self, place: "Body | Centre | Agency") -> bool:
        """Whether the office is held there; the place is not fetched for that."""
        field = {Body: self.body_id, Centre: self.centre_id, Agency: self.agency_id}
        return field[type(place)] == place.pk

    @property
    def place(self) -> "Body | Centre | Agency":
        """The body, centre or agency."""
        return next(place for place in (self.body, self.centre, self.agency) if place is not None)

    def holds_on(self, day: date) -> bool:
        """Whether its own days hold the day."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)


_EVER = Standing(
    lambda person: Membership.objects.filter(person=person).select_related("body").order_by("from_day", "pk"), person=-2
)


def memberships_of(user: Any, on: date | None = None) -> tuple[Membership, ...]:
    """The offices a person holds on a day (today when left out), each with its body; asked once per person object.

    Every page asks this. It is told what offices there are, and of which place by its id; centres and agencies are
    fetched by the few that print their names.

    A stranger, and a person whose account is closed, holds none. After an appointment fetch the person anew.
    """
    if not user.is_authenticated or not user.is_active:
        return ()
    day = on or timezone.localdate()
    # All that were ever held: they are few, and which of them hold on a day is sooner told here than in SQL.
    ever: list[Membership] | None = getattr(user, "_memberships", None)
    if ever is None:
        # On the person, not on the request's stand-in for them, which keeps a `__dict__` of its own.
        ever = user._memberships = _EVER.all(person=user.pk)
    known: dict[date, tuple[Membership, ...]] | None = getattr(user, "_memberships_on", None)
    if known is None:
        known = user._memberships_on = {}
    if day not in known:
        known[day] = tuple(held for held in ever if held.is_in_force(day))
    return known[day]
