"""Agreement, leaning, rotation and work of a round's assessors, and who sees them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from saduak.audit.models import Record
from saduak.certification.models import AgreedMark, Mark, Round, VisitAssessor
from saduak.certification.operations import consensus
from saduak.certification.policies_of_quality import bodies_in_view
from saduak.certification.presenters import quality as shown
from saduak.certification.queries.quality import Quality, values_of
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, CentreFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def signed(world, **different):
    """One more unit whose agreed scores are signed; the member marks the named codes otherwise."""
    centre = CentreFactory()
    head = person_of(Office.CENTRE_HEAD, centre=centre)
    application = world.scored(centre, by=head, **different)
    visit = application.current_visit
    consensus.adopt_what_is_equal(visit, by=world.chair)
    for line in visit.lines:
        if visit.agreed_on(line.leaf) is None:
            said = next(
                str(mark.value) for mark in visit.submitted_sheets[0].marks.all() if mark.code == line.leaf.code
            )
            consensus.settle(visit, line.leaf.code, said, by=world.chair, reason="เห็นพ้องตามหลักฐาน")
    fresh = type(application).objects.get(pk=application.pk)
    return consensus.sign(fresh, by=world.chair, summary="ดี", at=world.during("visits", 14))


def graded(world):
    """A leaf that takes points."""
    return next(leaf for leaf in world.criteria.library.leaves.values() if not leaf.is_yes_or_no)


def quality(world, **how):
    return Quality(Round.objects.select_related("criteria").get(pk=world.round.pk), **how)


def test_marks_become_shares_of_the_points(world):
    library, leaf = world.criteria.library, graded(world)
    yes = next(one for one in library.leaves.values() if one.is_yes_or_no)

    told = values_of(library, {leaf.code: str(leaf.max_score / 2), yes.code: "met"})

    assert told == {leaf.code: 0.5, yes.code: 1.0}


def test_a_criterion_that_does_not_apply_counts_for_its_leaves(world):
    library, leaf = world.criteria.library, graded(world)

    assert values_of(library, {leaf.criterion.code: "not_applicable"})[leaf.code] is None


def test_only_what_is_signed_is_read(world):
    signed(world)
    world.scored(by=world.head)

    assert len(quality(world).scored) == 1


def test_who_marks_lower_is_beside_the_others_and_the_agreed_value(world):
    leaf = graded(world)
    signed(world, **{leaf.code: "0"})

    chair, member = (
        next(one for one in quality(world).of_assessors if one.person == person)
        for person in (world.chair, world.member)
    )

    assert member.to_others.mean < 0 < chair.to_others.mean
    assert (member.to_agreed.mean < 0, chair.to_agreed.mean) == (True, 0)
    assert (member.held, member.planned) == (1, 0)


def test_lines_and_sub_committees_tell_where_marks_differ(world):
    leaf = graded(world)
    signed(world, **{leaf.code: "0"})

    found = quality(world)

    assert {line.code: told.difference for line, told in found.lines if told.apart} == {leaf.code: 1.0}
    (panel,) = found.of_panels
    assert (panel.units, panel.held, panel.assessors) == (1, 1, 2)
    assert panel.agreement == found.whole


def test_pairs_and_those_who_come_again(world):
    unit = signed(world)
    before = World(
        today=world.today.replace(year=world.today.year - 1),
        cycle_be=world.cycle_be - 1,
        criteria=world.criteria,
        **world.bodies,
    )
    before.share_people_of(world)
    before.visited(unit.centre, by=unit.centre.memberships.get(office=Office.CENTRE_HEAD).person)

    found = quality(world)

    ((one, other, together),) = found.pairs
    assert ({one, other}, together.visits) == ({world.chair, world.member}, 1)
    assert {person for person, _visit in found.returns} == {world.chair, world.member}


def test_the_questions_do_not_depend_on_how_many_visits_there_are(world):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            found = quality(world)
            assert found.whole
            assert found.of_panels
            assert found.of_assessors
            assert found.pairs
            assert found.returns is not None
        return len(queries)

    signed(world)
    few = asked()
    signed(world)

    assert asked() == few


class TestPages:
    """The pages of the figures."""

    @pytest.fixture
    def secretariat(self, client, world):
        client.force_login(world.secretariat)
        return client

    @pytest.mark.parametrize("name", ["show_agreement", "show_leaning", "show_rotation"])
    def test_without_a_round_and_without_scores_there_are_words(self, secretariat, world, name):
        empty = secretariat.get(reverse(name)).text
        assert world.round
        begun = secretariat.get(reverse(name))

        assert "ยังไม่มีรอบ" in empty
        assert begun.status_code == 200

    def test_agreement_says_where_assessors_differ_and_leads_to_the_cases(self, secretariat, world):
        leaf = graded(world)
        unit = signed(world, **{leaf.code: "0"})

        page = secretariat.get(reverse("show_agreement")).text
        cases = secretariat.get(reverse("list_quality_cases"), {"code": leaf.code}).text

        assert f"ข้อ {leaf.code} ให้คะแนนต่างกันมากที่สุด เฉลี่ย 100.0 %" in page
        assert f"code={leaf.code}" in page
        assert unit.reference in cases
        assert "100.0 · 0.0" in cases

    def test_an_assessor_is_named_only_when_there_is_enough_to_tell(self, secretariat, world, monkeypatch):
        signed(world, **{graded(world).code: "0"})
        few = secretariat.get(reverse("show_leaning")).text
        monkeypatch.setattr("saduak.certification.agreement.MIN_VISITS", 2)
        monkeypatch.setattr(shown, "MIN_VISITS", 2)
        signed(world, **{graded(world).code: "0"})
        signed(world, **{graded(world).code: "0"})
        enough = secretariat.get(reverse("show_leaning")).text

        assert "ข้อมูลน้อยเกินกว่าจะสรุป" in few
        assert escape(world.member) in enough

    def test_looking_at_people_and_taking_figures_along_is_written_down(self, secretariat, world):
        signed(world)

        secretariat.get(reverse("show_leaning"))
        export = secretariat.get(reverse("show_leaning"), {"assessors-export": "csv"})
        secretariat.get(reverse("list_quality_cases"), {"assessor": world.member.pk})
        cases = secretariat.get(
            reverse("list_quality_cases"), {"assessor": [world.member.pk, world.chair.pk], "export": "csv"}
        )

        assert len(export.content.decode("utf-8-sig").splitlines()) == 3
        assert len(cases.content.decode("utf-8-sig").splitlines()) == 2
        told = list(Record.objects.filter(person=world.secretariat).order_by("pk").values_list("act", flat=True))
        assert told.count("exported") == 2
        assert told.count("looked_at") >= 3

    @pytest.mark.parametrize("wish", [{"code": "nonsense"}, {"panel": "999999"}, {"assessor": "999999"}])
    def test_a_figure_that_does_not_exist_is_not_found(self, secretariat, world, wish):
        assert world.round

        assert secretariat.get(reverse("list_quality_cases"), wish).status_code == 404

    def test_cases_without_a_round_are_not_found(self, secretariat):
        assert secretariat.get(reverse("list_quality_cases")).status_code == 404

    def test_every_visit_and_those_of_a_sub_committee(self, secretariat, world):
        unit = signed(world)

        assert unit.reference in secretariat.get(reverse("list_quality_cases")).text
        assert unit.reference in secretariat.get(reverse("list_quality_cases"), {"panel": world.panel.pk}).text

    def test_a_chair_sees_the_own_sub_committee_only(self, client, world):
        signed(world)
        other = person_of(Office.CHAIR, body=BodyFactory(number=77))
        client.force_login(other)

        page = client.get(reverse("show_leaning")).text
        assert escape(world.member) not in page
        client.force_login(world.chair)

        assert escape(world.member) in client.get(reverse("show_leaning")).text
        assert bodies_in_view(world.chair) == {world.five.pk}
        assert bodies_in_view(world.auditor) is None

    def test_rotation_tells_pairs_and_work(self, secretariat, world, monkeypatch):
        signed(world)
        monkeypatch.setattr("saduak.certification.agreement.MIN_VISITS", 1)

        page = secretariat.get(reverse("show_rotation")).text

        assert "แทบไม่เคยสลับคู่" in page
        assert "ไม่มีผู้ใดตรวจศูนย์เดิมสองรอบติดต่อกัน" in page


def test_nothing_of_a_visit_that_is_still_scored_is_told(client, world):
    signed(world)
    application = world.visited(by=world.head)
    client.force_login(world.chair)
    pages = [reverse(name) for name in ("show_agreement", "show_leaning", "list_quality_cases")]

    def seen():
        return [client.get(page).content.split(b"<main")[1].split(b"</main>")[0] for page in pages]

    before = seen()
    world.score(application, world.member)

    assert seen() == before
    assert Mark.objects.count() > AgreedMark.objects.count() > 0
    assert VisitAssessor.objects.count() == 4
