"""Makers of the directory's things; they know what a test need not say."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from saduak.directory.models import (
    Agency,
    AgencyKind,
    Body,
    BodyKind,
    Centre,
    Holiday,
    InspectionRegion,
    Membership,
    Ministry,
    Office,
    Province,
)
from saduak.people.tests.factories import UserFactory

LONG_AGO = date(2017, 1, 1)


class MinistryFactory(DjangoModelFactory):
    """`MinistryFactory()`."""

    class Meta:
        model = Ministry

    code = factory.Sequence(lambda n: f"T{n:03d}")
    letter_code = "ทท"
    name_th = factory.Sequence(lambda n: f"กระทรวงทดสอบที่ {n}")


class AgencyFactory(DjangoModelFactory):
    """`AgencyFactory(ministry=…)`."""

    class Meta:
        model = Agency

    ministry = factory.SubFactory(MinistryFactory)
    code = factory.Sequence(lambda n: f"T{n:04d}-A")
    name_th = factory.Sequence(lambda n: f"กรมทดสอบที่ {n}")
    kind = AgencyKind.DEPARTMENT


class ProvinceFactory(DjangoModelFactory):
    """`ProvinceFactory(code="51")`; Lamphun when nothing is said, and each code once."""

    class Meta:
        model = Province
        django_get_or_create = ("code",)

    code = "51"
    name_th = factory.LazyAttribute(lambda o: "ลำพูน" if o.code == "51" else f"จังหวัดรหัส {o.code}")
    name_en = factory.LazyAttribute(lambda o: "Lamphun" if o.code == "51" else f"Province {o.code}")
    region_th = "เหนือ"


class InspectionRegionFactory(DjangoModelFactory):
    """`InspectionRegionFactory(number=15)`."""

    class Meta:
        model = InspectionRegion
        django_get_or_create = ("number",)

    number = 15
    name_th = factory.LazyAttribute(lambda o: f"เขตตรวจราชการที่ {o.number}")


class CentreFactory(DjangoModelFactory):
    """`CentreFactory(agency=…, province=…)`; `CentreFactory(closed=True)`."""

    class Meta:
        model = Centre

    class Params:
        closed = factory.Trait(is_open=False)

    agency = factory.SubFactory(AgencyFactory)
    province = factory.SubFactory(ProvinceFactory)
    code = factory.Sequence(lambda n: f"51-{n:05d}")
    name_th = factory.Sequence(lambda n: f"ศูนย์บริการทดสอบ สาขาที่ {n}")


class BodyFactory(DjangoModelFactory):
    """`BodyFactory(number=5)` is sub-committee 5; `BodyFactory(kind=BodyKind.STEERING_COMMITTEE)`."""

    class Meta:
        model = Body

    kind = BodyKind.SUB_COMMITTEE
    number = factory.LazyAttributeSequence(lambda o, n: n + 1 if o.kind == BodyKind.SUB_COMMITTEE else None)
    name_th = factory.LazyAttribute(lambda o: f"{BodyKind(o.kind).name} {o.number or ''}".strip())
    order_no = "ตัวอย่าง 1/2560"
    ordered_on = LONG_AGO
    term_from = LONG_AGO


class MembershipFactory(DjangoModelFactory):
    """`MembershipFactory(body=…, office=Office.CHAIR)`; in a new centre when no place is said."""

    class Meta:
        model = Membership

    class Params:
        ended = factory.Trait(until_day=factory.LazyFunction(lambda: timezone.localdate() - timezone.timedelta(days=1)))

    person = factory.SubFactory(UserFactory)
    office = Office.CENTRE_OFFICER
    centre = factory.Maybe(
        factory.LazyAttribute(lambda o: not (getattr(o, "body", None) or getattr(o, "agency", None))),
        yes_declaration=factory.SubFactory(CentreFactory),
        no_declaration=None,
    )
    from_day = LONG_AGO


class HolidayFactory(DjangoModelFactory):
    """`HolidayFactory(day=…)`."""

    class Meta:
        model = Holiday

    day = date(2026, 4, 13)
    name = "วันสงกรานต์"
    source = "ตัวอย่าง"


_KIND_OF_BODY = {
    Office.SECRETARIAT_OFFICER: BodyKind.SECRETARIAT,
    Office.ADMINISTRATOR: BodyKind.SECRETARIAT,
    Office.STEERING_SECRETARY: BodyKind.STEERING_COMMITTEE,
    Office.INSPECTOR: BodyKind.INSPECTORATE,
    Office.AUDITOR: BodyKind.AUDIT,
}


def person_of(office, *, body=None, centre=None, agency=None, **facts):
    """A person who holds `office` since long ago, in the place given or in one made for it.

    `facts` go to the account: `person_of(Office.CHAIR, body=five, username="chair")`.
    """
    if body is None and centre is None and agency is None:
        if office in (Office.CENTRE_HEAD, Office.CENTRE_OFFICER, Office.POSTED):
            centre = CentreFactory()
        elif office == Office.AGENCY_COORDINATOR:
            agency = AgencyFactory()
        else:
            kind = _KIND_OF_BODY.get(office, BodyKind.SUB_COMMITTEE)
            body = Body.objects.filter(kind=kind).first() if kind != BodyKind.SUB_COMMITTEE else None
            body = body or BodyFactory(kind=kind)
    person = UserFactory(**facts)
    Membership.objects.create(person=person, office=office, body=body, centre=centre, agency=agency, from_day=LONG_AGO)
    return person
