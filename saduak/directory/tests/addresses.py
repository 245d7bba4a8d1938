"""Who opens what in the directory."""

from saduak.directory.models import Import, Membership, Merge
from saduak.directory.tests.factories import CentreFactory, HolidayFactory, InspectionRegionFactory
from tests.support.addresses import everybody, only
from tests.support.world import OFFICERS, Kind

EDITORS = {Kind.SECRETARIAT, Kind.ADMINISTRATOR}
APPOINTERS = EDITORS | {Kind.CENTRE_HEAD}
SEES_CLOSED = EDITORS | {Kind.AGENCY_COORDINATOR, Kind.AUDITOR}


def centre(world):
    return {"code": world.centre.code}


def closed_centre(world):
    return {"code": CentreFactory(closed=True, agency=world.centre.agency).code}


def other_centre(world):
    return {"code": world.other_centre.code}


def agency(world):
    return {"code": world.centre.agency.code}


def ministry(world):
    return {"code": world.centre.agency.ministry.code}


def panel(world):
    return {"pk": world.panel.pk}


def holiday(world):
    return {"pk": HolidayFactory().pk}


def region(world):
    return {"number": InspectionRegionFactory().number}


def person(world):
    return {"pk": world.people[Kind.CENTRE_OFFICER].pk}


def office(world):
    return {"pk": Membership.objects.get(person=world.people[Kind.CENTRE_OFFICER]).pk}


def spreadsheet(world):
    sheet = Import.objects.create(
        kind="centres", file_name="x.csv", sha256="", content=b"", by=world.people[Kind.AUDITOR]
    )
    return {"pk": sheet.pk}


def two_centres(world):
    return {"one": world.centre.code, "other": world.other_centre.code}


def merge(world):
    made = Merge.objects.create(
        merged=CentreFactory(closed=True), surviving=world.centre, reason="ซ้ำ", was_open=True, by=None
    )
    return {"pk": made.pk}


ADDRESSES = {
    "list_centres": only(OFFICERS),
    "show_centre": (
        everybody(at=centre),
        everybody(at=closed_centre, answer=404, answers=dict.fromkeys(SEES_CLOSED, 200)),
    ),
    "open_centre": only(EDITORS),
    "correct_centre": (only(APPOINTERS, at=centre), only(EDITORS, at=other_centre)),
    "turn_centre": only(EDITORS, at=centre),
    "list_duplicates": only(EDITORS),
    "look_for_duplicates": only(EDITORS, post={}, answer=302),
    "compare_centres": only(EDITORS, at=two_centres),
    "show_merge": only(EDITORS | {Kind.AUDITOR}, at=merge),
    "list_agencies": only(OFFICERS),
    "show_agency": only(OFFICERS, at=agency),
    "add_agency": only(EDITORS),
    "correct_agency": only(EDITORS, at=agency),
    "add_ministry": only(EDITORS),
    "correct_ministry": only(EDITORS, at=ministry),
    "list_bodies": only(OFFICERS),
    "show_body": only(OFFICERS, at=panel),
    "establish_body": only(EDITORS),
    "correct_body": only(EDITORS, at=panel),
    "appoint": only(APPOINTERS, at=lambda world: {"kind": "centre", "pk": world.centre.pk}),
    "end_membership": only(APPOINTERS, at=office),
    "list_people": only(EDITORS | {Kind.AUDITOR}),
    "show_person": only(EDITORS | {Kind.AUDITOR}, at=person),
    "open_account": only(APPOINTERS),
    "correct_account": only(EDITORS, at=person),
    "turn_account": only(EDITORS, at=person, post={}, answer=302),
    "show_exchange": only(EDITORS),
    "show_import": only(EDITORS, at=spreadsheet),
    "write_import": only(EDITORS, at=spreadsheet, post={}, answer=302),
    "stop_import": only(EDITORS, at=spreadsheet, post={}, answer=302),
    "show_template": only(EDITORS, at=lambda world: {"kind": "centres", "form": "csv"}),
    "export_sheet": only(EDITORS, at=lambda world: {"kind": "agencies", "form": "csv"}),
    "list_provinces": only(OFFICERS),
    "list_regions": only(OFFICERS),
    "show_region": only(OFFICERS, at=region),
    "move_province": only(EDITORS, at=region, post={"province": ""}, answer=422),
    "list_holidays": only(OFFICERS),
    "add_holiday": only(EDITORS),
    "correct_holiday": only(EDITORS, at=holiday),
}
