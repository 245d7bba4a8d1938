"""The accounts of the demonstration, named by office and never by person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from saduak.directory.models import Agency, Body, BodyKind, Centre, Office, Province
from saduak.directory.operations.bodies import establish
from saduak.directory.operations.memberships import appoint
from saduak.people.models import User

SINCE = date(2019, 10, 1)


@dataclass(frozen=True)
class Account:
    """An account to show to whoever tries the platform: the user name, and the office in Thai."""

    username: str
    office_th: str


@dataclass(frozen=True)
class Committees:
    """The bodies of the demonstration."""

    secretariat: Body
    steering: Body
    sub_committee: Body
    reviewing: Body
    inspectorate: Body
    audit: Body


def committees(province: Province, number: int) -> Committees:
    """The bodies, made where they are missing."""
    sub_committee = _body(
        BodyKind.SUB_COMMITTEE,
        f"คณะอนุกรรมการตรวจประเมินมาตรฐานศูนย์ราชการสะดวก คณะที่ {number}",
        f"Assessment sub-committee {number}",
        number=number,
        order_no=f"ตัวอย่าง {number}/2563",
        jurisdiction=[province],
    )
    return Committees(
        secretariat=_body(BodyKind.SECRETARIAT, "ฝ่ายเลขานุการ ศูนย์ราชการสะดวก", "Secretariat of the programme"),
        steering=_body(
            BodyKind.STEERING_COMMITTEE,
            "คณะกรรมการอำนวยการศูนย์ราชการสะดวก",
            "Steering committee",
            order_no="ตัวอย่าง 1/2563",
        ),
        sub_committee=sub_committee,
        reviewing=_body(
            BodyKind.SUB_COMMITTEE,
            "คณะอนุกรรมการตรวจประเมินมาตรฐานศูนย์ราชการสะดวก คณะที่ 3",
            "Assessment sub-committee 3",
            number=3,
            order_no="ตัวอย่าง 3/2563",
        ),
        inspectorate=_body(BodyKind.INSPECTORATE, "ผู้ตรวจราชการสำนักนายกรัฐมนตรี", "Inspectors of the PM's Office"),
        audit=_body(BodyKind.AUDIT, "ผู้สอบทานระบบ", "Auditors"),
    )


def staff(bodies: Committees, password: str) -> dict[str, User]:
    """The people of the bodies, by user name."""
    return _appointed(
        [
            ("secretariat", "เจ้าหน้าที่ฝ่ายเลขานุการ", Office.SECRETARIAT_OFFICER, bodies.secretariat),
            ("administrator", "ผู้ดูแลระบบ", Office.ADMINISTRATOR, bodies.secretariat),
            ("steering-chair", "ประธานกรรมการอำนวยการ", Office.CHAIR, bodies.steering),
            ("steering-expert", "กรรมการผู้ทรงคุณวุฒิ", Office.QUALIFIED_MEMBER, bodies.steering),
            ("steering-member-1", "กรรมการอำนวยการ คนที่ 1", Office.MEMBER, bodies.steering),
            ("steering-member-2", "กรรมการอำนวยการ คนที่ 2", Office.MEMBER, bodies.steering),
            ("steering-secretary", "กรรมการและเลขานุการ", Office.STEERING_SECRETARY, bodies.steering),
            ("sub5-chair", "ประธานอนุกรรมการ คณะที่ 5", Office.CHAIR, bodies.sub_committee),
            ("sub5-expert", "อนุกรรมการผู้ทรงคุณวุฒิ คณะที่ 5", Office.QUALIFIED_MEMBER, bodies.sub_committee),
            ("sub5-member", "อนุกรรมการ คณะที่ 5", Office.MEMBER, bodies.sub_committee),
            ("sub5-secretary", "อนุกรรมการและเลขานุการ คณะที่ 5", Office.MEMBER_AND_SECRETARY, bodies.sub_committee),
            ("sub3-chair", "ประธานอนุกรรมการ คณะที่ 3", Office.CHAIR, bodies.reviewing),
            ("sub3-member", "อนุกรรมการ คณะที่ 3", Office.MEMBER, bodies.reviewing),
            ("sub3-secretary", "อนุกรรมการและเลขานุการ คณะที่ 3", Office.MEMBER_AND_SECRETARY, bodies.reviewing),
            ("inspector", "ผู้ตรวจราชการสำนักนายกรัฐมนตรี", Office.INSPECTOR, bodies.inspectorate),
            ("auditor", "ผู้สอบทานระบบ", Office.AUDITOR, bodies.audit),
        ],
        password,
    )


def heads_and_officers(centres: dict[str, Centre], password: str) -> dict[str, User]:
    """A head and an officer for each centre, as `pea-head` and `pea-officer`."""
    rows: list[tuple[str, str, Office, Any]] = []
    for key, centre in centres.items():
        rows.append((f"{key}-head", f"หัวหน้า{centre.name_th}", Office.CENTRE_HEAD, centre))
        rows.append((f"{key}-officer", f"เจ้าหน้าที่{centre.name_th}", Office.CENTRE_OFFICER, centre))
    return _appointed(rows, password)


def coordinators(agencies: dict[str, Agency], password: str) -> dict[str, User]:
    """A coordinator for each agency, as `baac-coordinator`."""
    rows = [
        (f"{key}-coordinator", f"ผู้ประสานงาน{agency.name_th}", Office.AGENCY_COORDINATOR, agency)
        for key, agency in agencies.items()
    ]
    return _appointed(rows, password)


def _body(kind: BodyKind, name_th: str, name_en: str, **facts: Any) -> Body:
    found = Body.objects.filter(kind=kind, number=facts.get("number")).order_by("term_from").first()
    return found or establish(kind=kind, name_th=name_th, name_en=name_en, term_from=SINCE, by=None, **facts)


def _appointed(rows: Iterable[tuple[str, str, Any, Any]], password: str) -> dict[str, User]:
    people: dict[str, User] = {}
    for username, office_th, office, place in rows:
        person = User.objects.create_user(
            username, email=f"{username}@example.org", password=password, name=office_th, position=office_th
        )
        appoint(person, office=office, place=place, from_day=SINCE, order_no="ตัวอย่าง", by=None)
        people[username] = person
    return people
