"""Mappings are begun, changed and confirmed by the secretariat; what is confirmed counts and stays."""

import pytest
from django.db import IntegrityError, transaction

from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.standards import operations
from saduak.standards.models import CriteriaMapping
from saduak.standards.queries import mapping_between
from saduak.standards.tests.factories import SMALL, CriteriaSetFactory

pytestmark = pytest.mark.django_db

LATER = SMALL.replace("small-2570", "small-2571").replace("code: S1", "code: S9").replace("คุณภาพบริการ", "ผลลัพธ์")


@pytest.fixture
def secretary():
    return person_of(Office.SECRETARIAT_OFFICER)


@pytest.fixture
def older():
    return CriteriaSetFactory(source=SMALL, published=True)


@pytest.fixture
def newer():
    return CriteriaSetFactory(source=LATER)


def told(criteria_map):
    return [(line.kind.value, line.older, line.newer) for line in criteria_map.lines]


def test_what_nobody_confirmed_is_a_suggestion(older, newer):
    found = mapping_between(older, newer)

    assert not found.is_confirmed
    assert told(found) == [("same", ("G1",), ("G1",)), ("new", (), ("S9",)), ("dropped", ("S1",), ())]
    assert found.of_newer("S9").kind == "new"
    assert found.of_older("S1").kind == "dropped"


def test_a_version_goes_on_as_itself(older):
    assert mapping_between(older, older).is_confirmed
    assert told(mapping_between(older, older)) == [("same", ("G1",), ("G1",)), ("same", ("S1",), ("S1",))]


def test_what_people_confirmed_counts(older, newer, secretary):
    begun = operations.begin_mapping(older, newer, by=secretary)

    changed = operations.change_mapping(begun, {"G1": ("G1",), "S9": ("S1",)}, by=secretary, seen=begun.version)

    assert not mapping_between(older, newer).is_confirmed
    operations.confirm_mapping(changed, by=secretary, seen=changed.version)
    found = mapping_between(older, newer)
    assert (found.is_confirmed, found.references) == (True, ("small-2571.m1",))
    assert told(found) == [("same", ("G1",), ("G1",)), ("changed", ("S1",), ("S9",))]
    entries = Entry.objects.filter(case_kind="criteria-mapping")
    assert [(e.step, e.clause, e.to_stage) for e in entries] == [
        ("link", "4", "draft"),
        ("link", "4", "draft"),
        ("confirm", "5", "confirmed"),
    ]
    assert entries.last().facts["sha256"] == newer.sha256


def test_a_mapping_is_begun_once_and_a_later_one_takes_its_place(older, newer, secretary):
    first = operations.begin_mapping(older, newer, by=secretary)
    assert operations.begin_mapping(older, newer, by=secretary) == first
    operations.change_mapping(first, {"S9": ("S1",)}, by=secretary)
    operations.confirm_mapping(first, by=secretary)

    second = operations.begin_mapping(older, newer, by=secretary)

    assert (second.reference, second.links) == ("small-2571.m2", {"S9": ["S1"]})
    assert mapping_between(older, newer).references == (first.reference,)
    operations.confirm_mapping(second, by=secretary)
    assert mapping_between(older, newer).references == (second.reference,)


def test_a_draft_that_changed_needs_its_mapping_confirmed_anew(older, secretary):
    newer = operations.load_draft(LATER, by=secretary)
    first = operations.confirm_mapping(operations.begin_mapping(older, newer, by=secretary), by=secretary)

    changed = operations.replace_draft(newer, LATER.replace("code: G1", "code: G2"), by=secretary)

    assert not mapping_between(older, changed).is_confirmed
    again = operations.begin_mapping(older, changed, by=secretary)
    assert (first.links["G1"], again.links) == (["G1"], {"S9": []})


def test_a_mapping_that_names_what_is_gone_is_not_confirmed(older, secretary):
    newer = operations.load_draft(LATER, by=secretary)
    drafted = operations.begin_mapping(older, newer, by=secretary)
    operations.replace_draft(newer, LATER.replace("code: G1", "code: G2"), by=secretary)

    with pytest.raises(StepRefused) as refused:
        operations.confirm_mapping(drafted, by=secretary)

    assert refused.value.decision.reasons[0].code == "it_names_only_what_is_there"


def test_years_between_are_joined(older, newer, secretary):
    operations.confirm_mapping(operations.begin_mapping(older, newer, by=secretary), by=secretary)
    newer = operations.publish(newer, by=secretary)
    last = CriteriaSetFactory(source=LATER.replace("2571", "2572").replace("code: G1", "code: G7"))
    operations.confirm_mapping(operations.begin_mapping(newer, last, by=secretary), by=secretary)

    found = mapping_between(older, last)

    assert found.references == ("small-2571.m1", "small-2572.m1")
    assert told(found) == [("same", ("G1",), ("G7",)), ("new", (), ("S9",)), ("dropped", ("S1",), ())]


@pytest.mark.parametrize("pair", ["a draft", "itself"])
def test_only_what_binds_is_mapped_to_another(older, newer, secretary, pair):
    ends = {"a draft": (newer, older), "itself": (older, older)}[pair]

    with pytest.raises(ValueError, match="cannot be mapped"):
        operations.begin_mapping(*ends, by=secretary)


def test_links_to_strangers_are_refused(older, newer, secretary):
    begun = operations.begin_mapping(older, newer, by=secretary)

    with pytest.raises(KeyError):
        operations.change_mapping(begun, {"S9": ("nobody",)}, by=secretary)


def test_two_people_do_not_overwrite_each_other(older, newer, secretary):
    begun = operations.begin_mapping(older, newer, by=secretary)
    operations.change_mapping(begun, {"S9": ("S1",)}, by=secretary, seen=begun.version)

    with pytest.raises(StepOvertaken):
        operations.change_mapping(begun, {}, by=secretary, seen=begun.version)

    assert CriteriaMapping.objects.get().links == {"S9": ["S1"]}


def test_only_the_secretariat_maps(older, newer):
    with pytest.raises(StepRefused):
        operations.begin_mapping(older, newer, by=person_of(Office.CENTRE_HEAD))

    assert not CriteriaMapping.objects.exists()


def test_the_database_keeps_what_is_confirmed(older, newer, secretary):
    confirmed = operations.confirm_mapping(operations.begin_mapping(older, newer, by=secretary), by=secretary)
    operations.publish(newer, by=secretary)

    with pytest.raises(IntegrityError, match="is final"), transaction.atomic():
        CriteriaMapping.objects.update(links={})
    with pytest.raises(IntegrityError, match="is final"), transaction.atomic():
        confirmed.delete()


def test_a_discarded_draft_takes_its_mappings_along(older, secretary):
    newer = operations.load_draft(LATER, by=secretary)
    operations.confirm_mapping(operations.begin_mapping(older, newer, by=secretary), by=secretary)

    operations.discard_draft(newer, by=secretary)

    assert not CriteriaMapping.objects.exists()
