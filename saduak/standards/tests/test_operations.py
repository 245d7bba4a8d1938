"""Drafts are loaded, replaced, discarded and published by the secretariat; each deed is in the journal."""

from hashlib import sha256

import pytest

from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.standards import operations
from saduak.standards.library import LibraryRefused
from saduak.standards.models import CriteriaSet
from saduak.standards.tests.factories import GECC_2568, SMALL, CriteriaSetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return person_of(Office.SECRETARIAT_OFFICER)


@pytest.fixture
def stranger():
    return person_of(Office.CENTRE_HEAD)


def steps_of(reference):
    entries = Entry.objects.filter(case_kind="criteria", case_reference=reference)
    return [(entry.step, entry.clause, entry.to_stage, entry.role) for entry in entries]


def test_a_source_is_kept_to_the_byte(secretary):
    source = "\ufeff" + SMALL.replace("\n", "\r\n")

    draft = operations.load_draft(source, by=secretary)

    draft.refresh_from_db()
    assert (draft.reference, draft.stage, draft.cycle_be) == ("small-2570", "draft", 2570)
    assert draft.source == source
    assert draft.sha256 == sha256(source.encode()).hexdigest()
    assert draft.document["strands"][1]["own_criteria"][0]["max_score"] == "100"
    assert steps_of("small-2570") == [("load", "1", "draft", "secretariat")]


def test_an_unsound_source_is_not_kept(secretary):
    with pytest.raises(LibraryRefused, match="8:53 bad_points"):
        operations.load_draft(SMALL.replace("min: 70", "min: x"), by=secretary)

    assert not CriteriaSet.objects.exists()


def test_an_id_is_given_once(secretary):
    CriteriaSetFactory(source=SMALL, published=True)

    with pytest.raises(LibraryRefused, match="2:1 id_taken"):
        operations.load_draft(SMALL, by=secretary)

    assert CriteriaSet.objects.get().is_published


def test_a_draft_is_replaced_by_a_source_with_the_same_id(secretary):
    draft = operations.load_draft(SMALL, by=secretary)

    operations.replace_draft(draft, SMALL.replace("เกณฑ์ย่อ", "เกณฑ์ใหม่"), by=secretary, seen=draft.version)

    draft.refresh_from_db()
    assert (draft.title_th, draft.library.th, draft.version) == ("เกณฑ์ใหม่", "เกณฑ์ใหม่", 2)
    with pytest.raises(LibraryRefused, match="2:1 id_changed"):
        operations.replace_draft(draft, SMALL.replace("id: small-2570", "id: other"), by=secretary)


def test_a_draft_that_somebody_replaced_is_not_published_unseen(secretary):
    draft = operations.load_draft(SMALL, by=secretary)
    operations.replace_draft(draft, SMALL + "# changed\n", by=secretary)

    with pytest.raises(StepOvertaken):
        operations.publish(draft, by=secretary, seen=draft.version)

    assert CriteriaSet.objects.get().stage == "draft"


def test_publishing_makes_a_draft_binding(secretary):
    draft = operations.load_draft(SMALL, by=secretary)

    published = operations.publish(draft, by=secretary, seen=draft.version)

    assert published.is_published
    assert published.published_at == published.stage_since
    assert steps_of("small-2570")[-1] == ("publish", "3", "published", "secretariat")
    assert published.history.last().facts["sha256"] == published.sha256


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(lambda case, by: operations.replace_draft(case, SMALL, by=by), id="replace"),
        pytest.param(lambda case, by: operations.publish(case, by=by), id="publish"),
        pytest.param(lambda case, by: operations.discard_draft(case, by=by), id="discard"),
    ],
)
def test_what_is_published_stays(secretary, deed):
    published = CriteriaSetFactory(source=SMALL, published=True)

    with pytest.raises(StepRefused) as refused:
        deed(published, secretary)

    assert refused.value.decision.reasons[0].code == "wrong_stage"
    assert not steps_of("small-2570")


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(lambda _case, by: operations.load_draft(GECC_2568, by=by), id="load"),
        pytest.param(lambda case, by: operations.replace_draft(case, SMALL, by=by), id="replace"),
        pytest.param(lambda case, by: operations.publish(case, by=by), id="publish"),
        pytest.param(lambda case, by: operations.discard_draft(case, by=by), id="discard"),
    ],
)
def test_only_the_secretariat_keeps_the_criteria(stranger, deed):
    draft = CriteriaSetFactory(source=SMALL)

    with pytest.raises(StepRefused) as refused:
        deed(draft, stranger)

    assert refused.value.decision.reasons[0].code == "wrong_role"
    assert (CriteriaSet.objects.get().stage, Entry.objects.count()) == ("draft", 0)


def test_a_discarded_draft_is_gone_but_remembered(secretary):
    draft = operations.load_draft(SMALL, by=secretary)

    operations.discard_draft(draft, by=secretary)

    assert not CriteriaSet.objects.exists()
    assert [step for step, *_ in steps_of("small-2570")] == ["load", "discard"]
    assert operations.load_draft(SMALL, by=secretary).stage == "draft"


def test_drafts_are_for_the_secretariat(secretary, stranger):
    draft, published = CriteriaSetFactory(source=SMALL), CriteriaSetFactory(published=True)

    assert list(CriteriaSet.objects.visible_to(stranger)) == [published]
    assert set(CriteriaSet.objects.visible_to(secretary)) == {draft, published}
    assert list(CriteriaSet.objects.drafts()) == [draft]
