"""An assessor who has not handed in learns nothing about other sheets, on any page that can be reached."""

import re
from datetime import timedelta
from functools import cache
from io import BytesIO

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from openpyxl import load_workbook
from pypdf import PdfReader

from saduak.certification.models import Application, ScoreSheet
from saduak.certification.operations import assignments, sheets, visits
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.journal.models import Entry
from saduak.journal.steps import StepRefused
from saduak.thai.dates import be_year
from tests.support import pages
from tests.support.asking import Asking, asking, look_at
from tests.support.beginning import Beginning

pytestmark = pytest.mark.django_db

CHANGES_EVERY_TIME = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|nonce="[^"]*"|nonce-[A-Za-z0-9_-]+'
)
HEADERS = ("Content-Type", "ETag", "Last-Modified", "Location", "Content-Disposition", "Vary")
"""What the answers' heads may tell."""

WAYS_IN = ("my_work", "home", "list_my_visits", "list_applications")
LEADS_AWAY = (
    "/accounts/",
    "/static/",
    "/live/",
    "/sign-",
    "/people/",
    "/directory/",
    "/criteria",
    "/design/",
    "/media/",
)
"""Pages that tell nothing of a round; the walk would only be longer."""

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OF_THE_UNIT = (
    "show_application",
    "show_history",
    "show_dossier",
    "show_files",
    "open_sheet",
    "compare_sheets",
    "print_scores",
    "sign_scores",
    "show_result",
    "adopt_equal",
)


LED_TO = etree.XPath("//@href | //@hx-get")
"""The addresses that a page leads to, or fetches parts from."""


@cache
def cells_of(book):
    """What stands in a spreadsheet; its file holds the second of its making besides."""
    return [[cell.value for cell in row] for sheet in load_workbook(BytesIO(book)) for row in sheet.iter_rows()]


@cache
def words_of(paper):
    """The text of a PDF but for the line that says when it was made, which is today; the visits lie years back."""
    lines = [line for page in PdfReader(BytesIO(paper)).pages for line in page.extract_text().splitlines()]
    return [line for line in lines if str(be_year(timezone.localdate())) not in line]


def told_by(kind, body):
    """What an answer tells, without what changes every time: tokens, and the second in which a file was made."""
    if kind == SHEET:
        return cells_of(body)
    return words_of(body) if kind == "application/pdf" else CHANGES_EVERY_TIME.sub(b"", body)


def seen_by(client, at, *more):
    """Every page that can be reached by links, and those named: address → status, heads and body without tokens.

    It is seen at the moment `at`: a printed paper notes the second of its making.
    """
    with time_machine.travel(at, tick=False):
        return _seen_by(client, *more)


def _seen_by(client, *more):
    seen, waiting, beginning = {}, [*map(reverse, WAYS_IN), *more], Beginning()
    while waiting:
        address = waiting.pop().split("#")[0]
        if address in seen or address.count("=") > 1 or not address.startswith("/") or address.startswith(LEADS_AWAY):
            continue
        with beginning.again():
            answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        head = {name: answer.get(name) for name in HEADERS}
        if CHANGES_EVERY_TIME.search(body):
            head["ETag"] = None  # It is made over the token too.
        seen[address] = (answer.status_code, head, told_by(head["Content-Type"], body))
        if answer.get("Content-Type", "").startswith("text/html"):
            path = address.split("?")[0]
            waiting += [path + link if link.startswith("?") else link for link in LED_TO(pages.read(answer)) if link]
        if answer.get("Location"):
            waiting.append(answer["Location"])
    return seen


@pytest.fixture
def world():
    return World()


@pytest.fixture
def application(world):
    return world.assigned()


@pytest.fixture
def third(world, application):
    """A third assessor, so that one sheet in is not all sheets in."""
    return person_of(Office.MEMBER, body=world.five)


@pytest.fixture
def unit(world, third, application):
    assignments.declare(application, by=third, has_conflict=False)
    planned = visits.plan(
        world.declared(application),
        world.plan(assessors=(world.chair, world.member, third)),
        by=world.panel_secretary,
    )
    return visits.hold(planned, by=world.chair, at=world.during(Phase.VISITS, 11))


def addresses_of(unit, others=()):
    named = [reverse(name, args=[unit.reference]) for name in OF_THE_UNIT]
    sheets_ = [reverse("show_sheet", args=[f"{unit.reference}-S{unit.current_visit.pk}-{p.pk}"]) for p in others]
    return [*named, *sheets_, reverse("mark_criterion", args=[sheets_[0].rsplit("/", 1)[1], "P1"])]


def afresh(person):
    return get_user_model().objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("who", "begun"),
    [("chair", False), ("member", True)],
    ids=["a chair who has not begun", "a member with a sheet half filled in"],
)
def test_an_assessor_who_has_not_handed_in_sees_the_same_whatever_others_do(world, third, unit, who, begun):
    me = getattr(world, who)
    other = world.member if who == "chair" else world.chair
    if begun:
        sheet = world.score(unit, me, submit=False)
        sheet.marks.filter(code="R1.2").delete()
    look_at([me])
    with asking():
        client, soon = Asking(me), timezone.now() + timedelta(minutes=10)  # After all that is done below.
        addresses = addresses_of(unit, (other, third))
        before = seen_by(client, soon, *addresses)
        assert len(before) > 15

        world.score(unit, other, submit=False, **{"2.1": "not_met"})
        assert seen_by(client, soon, *addresses) == before
        world.score(unit, other)
        world.score(unit, third)

        assert seen_by(client, soon, *addresses) == before


@pytest.mark.parametrize("who", ["chair", "member"])
def test_refusals_do_not_tell_an_assessor_anything_either(world, third, unit, client, who):
    me = getattr(world, who)
    other = world.member if who == "chair" else world.chair
    client.force_login(me)
    tries = [
        (reverse("adopt_equal", args=[unit.reference]), {}),
        (reverse("settle", args=[unit.reference, "2.1"]), {"said": "met", "reason": "ลอง"}),
        (reverse("sign_scores", args=[unit.reference]), {"read": "x", "seen": unit.version}),
        (reverse("take_step", args=[unit.reference, "correct_visit"]), {"reason": "ลอง", "seen": unit.version}),
        (reverse("take_step", args=[unit.reference, "propose"]), {"seen": unit.version}),
    ]

    def answers():
        given = [client.post(address, form) for address, form in tries]
        return [(one.status_code, CHANGES_EVERY_TIME.sub(b"", one.content)) for one in given]

    before = answers()
    theirs = world.score(unit, other, submit=False)
    assert answers() == before
    sheets.submit(theirs, by=other, at=world.during(Phase.VISITS, 13))
    world.score(unit, third)

    assert answers() == before
    assert Application.objects.get().version == unit.version


def test_whoever_has_handed_in_waits_and_learns_no_names(world, third, unit, client):
    world.score(unit, world.member)
    client.force_login(world.member)

    def waiting():
        return client.get(reverse("compare_sheets", args=[unit.reference])).content.decode()

    assert "รอผู้ตรวจประเมินคนอื่น" in waiting()
    assert "1 จาก 3" in waiting()
    world.score(unit, third)

    assert "2 จาก 3" in waiting()
    for person in (world.chair, third):
        assert str(person) not in waiting()


def test_the_history_of_the_unit_holds_no_entry_about_a_sheet(world, unit):
    world.score(unit, world.member)

    assert Entry.objects.filter(case_kind=ScoreSheet.case_kind).exists()
    assert not unit.history.filter(step__in=["open", "score"]).exists()
    assert not any("-S" in entry.case_reference for entry in unit.history)


def test_nobody_marks_or_hands_in_the_sheet_of_another(world, unit):
    sheet = world.score(unit, world.member, submit=False)

    for person in (world.chair, world.secretariat, world.panel_secretary):
        with pytest.raises(StepRefused):
            sheets.mark(sheet, "P1", "not_met", by=afresh(person))
        with pytest.raises(StepRefused):
            sheets.submit(sheet, by=afresh(person), at=world.during(Phase.VISITS, 13))
