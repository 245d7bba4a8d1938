"""Two records of one centre: found, weighed, merged, and parted again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saduak.directory.models import Centre, LikelyPair, Membership, Merge, Office, Verdict
from saduak.directory.operations import centres, duplicates, memberships, merging
from saduak.directory.queries import search_centres, surviving_centre
from saduak.directory.rules import ALIKE, Described, likeness
from saduak.directory.tests.factories import AgencyFactory, CentreFactory, ProvinceFactory, person_of
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken
from tests.support.together import together

LAND = Described("สำนักงานที่ดินจังหวัดลำพูน", agency=1, ministry=1)


class TestLikeness:
    """Arithmetic, without a database."""

    @pytest.mark.parametrize(
        ("other", "looks_alike"),
        [
            pytest.param(LAND, True, id="the same"),
            pytest.param(LAND._replace(name="สนง.ที่ดิน จ.ลำพูน"), True, id="abbreviated"),
            pytest.param(LAND._replace(name="ศูนย์ราชการสะดวก สำนักงานที่ดินจังหวัดลำพูน"), True, id="with the usual words"),
            pytest.param(LAND._replace(name="สำนักงานที่ดินจังหวัดลำพูน สาขา 2"), False, id="a branch with a number"),
            pytest.param(LAND._replace(name="สำนักงานขนส่งจังหวัดลำพูน", agency=2), False, id="another service"),
            pytest.param(LAND._replace(name="สำนักงานที่ดินจังหวัดลำพูน สาขาป่าซาง"), False, id="a branch by name"),
        ],
    )
    def test_a_name_is_weighed_with_its_agency(self, other, looks_alike):
        assert (likeness(LAND, other).score >= ALIKE) == looks_alike

    def test_branches_of_one_bank_are_not_alike(self):
        branches = [LAND._replace(name=f"ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร สาขา{name}") for name in ("แม่ทา", "บ้านธิ")]

        assert likeness(*branches).score < ALIKE
        assert (
            likeness(branches[0], branches[0]._replace(name=branches[0].name.replace("สาขา", "สาขา "))).score >= ALIKE
        )

    def test_every_point_has_its_reason(self):
        near = LAND._replace(phone="053511111", latitude=18.5801, longitude=99.0081)

        found = likeness(near, near._replace(latitude=18.5810))

        assert found.score == min(100, sum(points for _code, points, _detail in found.reasons))
        assert [code for code, _points, _detail in found.reasons] == ["same_name", "same_agency", "near", "same_phone"]

    @pytest.mark.parametrize(
        ("one", "other", "reasons"),
        [
            pytest.param(
                {"email": "land@example.go.th"}, {"email": "LAND@example.go.th"}, [("same_email", 8)], id="mail"
            ),
            pytest.param({"email": "land@example.go.th"}, {"email": "tax@example.go.th"}, [], id="other mail"),
            pytest.param({"district": "เมืองลำพูน"}, {"district": "เมืองลำพูน "}, [("same_district", 6)], id="district"),
            pytest.param(
                {"district": "เมืองลำพูน"}, {"district": "ป่าซาง"}, [("other_district", -20)], id="other district"
            ),
            pytest.param({"district": "เมืองลำพูน"}, {"district": ""}, [], id="one district unknown"),
            pytest.param(
                {"latitude": 18.58, "longitude": 99.0},
                {"latitude": 18.59, "longitude": 99.0},
                [],
                id="a kilometre apart",
            ),
        ],
    )
    def test_what_else_is_known_weighs_too(self, one, other, reasons):
        found = likeness(LAND._replace(**one), LAND._replace(**other))

        assert [(code, points) for code, points, _detail in found.reasons[2:]] == reasons

    def test_distance_speaks_against_it(self):
        here, there = LAND._replace(latitude=18.58, longitude=99.0), LAND._replace(latitude=18.9, longitude=99.0)

        assert likeness(here, there).score < likeness(LAND, LAND).score

    @given(st.text(max_size=40), st.text(max_size=40))
    def test_likeness_has_no_direction(self, one, other):
        first, second = LAND._replace(name=one), LAND._replace(name=other)

        assert likeness(first, second).score == likeness(second, first).score


@pytest.fixture
def officer():
    return person_of(Office.SECRETARIAT_OFFICER)


@pytest.fixture
def pair():
    agency = AgencyFactory()
    return [CentreFactory(name_th=name, agency=agency) for name in ("สำนักงานที่ดินจังหวัดลำพูน", "สนง.ที่ดิน จ.ลำพูน")]


def merged(pair, officer):
    return merging.merge(pair[1], into=pair[0], by=officer, reason="ศูนย์เดียวกัน")


@pytest.mark.django_db
class TestFinding:
    """Looking through the directory."""

    def test_pairs_wait_for_a_person_and_keep_the_verdict(self, pair, officer):
        assert duplicates.look_for_duplicates() == 1
        assert duplicates.look_for_duplicates() == 1

        duplicates.keep_apart(*pair, by=officer, reason="คนละอาคาร")

        assert duplicates.look_for_duplicates() == 0
        assert LikelyPair.objects.get().verdict == Verdict.APART

    def test_a_pair_that_no_longer_looks_alike_is_dropped(self, pair, officer):
        duplicates.look_for_duplicates()
        centres.correct_centre(pair[1], by=officer, name_th="สำนักงานขนส่งจังหวัดลำพูน")

        assert duplicates.look_for_duplicates() == 0
        assert not LikelyPair.objects.exists()

    def test_two_are_told_apart_for_a_reason(self, pair, officer):
        with pytest.raises(ValidationError, match="เหตุผล"):
            duplicates.keep_apart(*pair, by=officer, reason=" ")

        assert not LikelyPair.objects.exists()

    def test_of_an_agency_with_very_many_centres_those_that_begin_alike_are_compared(self, pair, monkeypatch):
        third = CentreFactory(name_th=pair[0].name_th, agency=pair[0].agency)
        assert duplicates.look_for_duplicates() == 3

        monkeypatch.setattr(duplicates, "MOST_TOGETHER", 2)

        assert duplicates.look_for_duplicates() == 1
        assert (LikelyPair.objects.get().one, LikelyPair.objects.get().other) == (pair[0], third)

    def test_centres_of_two_provinces_are_never_a_pair(self, pair):
        Centre.objects.filter(pk=pair[1].pk).update(province=ProvinceFactory(code="50"))

        assert duplicates.look_for_duplicates() == 0


@pytest.mark.django_db
class TestMerging:
    """One record becomes part of another."""

    def test_what_points_to_the_merged_centre_points_to_the_surviving_one(self, pair, officer):
        clerk = person_of(Office.CENTRE_OFFICER, centre=pair[1])

        made = merged(pair, officer)

        assert Membership.objects.get(person=clerk).centre == pair[0]
        assert made.moved == [["directory.Membership", "centre_id", Membership.objects.get(person=clerk).pk, None]]
        assert Entry.objects.get(step="merged").facts["moved"] == made.moved
        assert surviving_centre(pair[1].code) == pair[0]

    def test_the_old_name_and_code_still_find_it(self, pair, officer):
        merged(pair, officer)

        for words in (pair[1].name_th, pair[1].code):
            assert [one.pk for one in search_centres(words).centres] == [pair[0].pk]

    def test_two_heads_stand_against_it_in_words(self, pair, officer):
        for centre in pair:
            person_of(Office.CENTRE_HEAD, centre=centre)

        with pytest.raises(ValidationError, match="หัวหน้า"):
            merged(pair, officer)

        assert not Merge.objects.exists()
        assert Centre.objects.get(pk=pair[1].pk).is_open

    def test_heads_of_the_past_stand_against_nothing(self, pair, officer):
        for centre in pair:
            person_of(Office.CENTRE_HEAD, centre=centre)
        Membership.objects.filter(office=Office.CENTRE_HEAD).update(until_day=date(2020, 1, 1))

        assert merged(pair, officer).moved == []

    @pytest.mark.parametrize("office", [Office.CENTRE_HEAD, Office.AUDITOR])
    def test_only_who_edits_the_directory_merges(self, pair, office):
        who = person_of(office, centre=pair[0]) if office == Office.CENTRE_HEAD else person_of(office)

        with pytest.raises(PermissionDenied):
            merged(pair, who)

    def test_who_compared_older_records_is_told(self, pair, officer):
        seen = (pair[1].version, pair[0].version)
        centres.correct_centre(pair[0], by=officer, phone="053 511 111")

        with pytest.raises(StepOvertaken):
            merging.merge(pair[1], into=pair[0], by=officer, reason="ซ้ำ", seen=seen)

    def test_nothing_becomes_one_or_two_without_a_reason(self, pair, officer):
        with pytest.raises(ValidationError, match="เหตุผล"):
            merging.merge(pair[1], into=pair[0], by=officer, reason="")
        made = merged(pair, officer)
        with pytest.raises(ValidationError, match="เหตุผล"):
            merging.undo(made, by=officer, reason=" ")

        assert surviving_centre(pair[1].code) == pair[0]

    def test_a_record_does_not_become_one_with_itself(self, pair, officer):
        with pytest.raises(ValidationError):
            merging.merge(pair[0], into=pair[0], by=officer, reason="ซ้ำ")

        assert not Merge.objects.exists()

    def test_records_in_two_provinces_stay_two(self, pair, officer):
        elsewhere = CentreFactory(name_th=pair[1].name_th, agency=pair[1].agency, province=ProvinceFactory(code="50"))

        with pytest.raises(ValidationError, match="จังหวัด"):
            merging.merge(elsewhere, into=pair[0], by=officer, reason="ซ้ำ")

    def test_what_the_database_keeps_in_its_place_is_named(self, pair, officer):
        person_of(Office.CENTRE_OFFICER, centre=pair[1])
        with connection.cursor() as cursor:
            cursor.execute("""
                CREATE FUNCTION pg_temp.stay() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'It was handed over.' USING ERRCODE = 'integrity_constraint_violation'; END $$;
                CREATE TRIGGER stays BEFORE UPDATE ON directory_membership
                FOR EACH ROW EXECUTE FUNCTION pg_temp.stay()
            """)

        with pytest.raises(ValidationError, match="ย้ายไม่ได้"):
            merged(pair, officer)

    def test_nothing_follows_when_nothing_came_or_the_merge_was_undone(self, pair, officer):
        made = merged(pair, officer)
        assert merging.follow(made) == 0
        merging.undo(made, by=officer, reason="คนละแห่ง")
        person_of(Office.CENTRE_OFFICER, centre=pair[1])

        assert merging.follow(made) == 0

    def test_a_merged_centre_is_neither_merged_nor_opened_again(self, pair, officer):
        merged(pair, officer)

        for deed in (
            lambda: merged(pair, officer),
            lambda: merging.merge(pair[0], into=pair[1], by=officer, reason="กลับกัน"),
            lambda: centres.reopen_centre(pair[1], by=officer, note="เปิด"),
        ):
            with pytest.raises(ValidationError):
                deed()

    def test_what_came_late_follows_and_goes_back_with_the_rest(self, pair, officer):
        made = merged(pair, officer)
        late = person_of(Office.CENTRE_OFFICER, centre=pair[1])

        assert merging.follow(made) == 1
        assert Membership.objects.get(person=late).centre == pair[0]
        merging.undo(Merge.objects.get(pk=made.pk), by=officer, reason="คนละแห่ง")
        assert Membership.objects.get(person=late).centre == pair[1]


@pytest.mark.django_db
class TestUndoing:
    """Parting two records again."""

    def test_everything_is_as_it_was(self, pair, officer):
        person_of(Office.CENTRE_OFFICER, centre=pair[1]), person_of(Office.CENTRE_HEAD, centre=pair[0])
        before = state()

        made = merged(pair, officer)
        assert state() != before
        merging.undo(made, by=officer, reason="คนละแห่ง")

        assert state() == before
        assert [entry.step for entry in Entry.objects.filter(step__in=["parted", "released"])] == ["parted", "released"]

    def test_what_came_later_stays_with_the_surviving_one(self, pair, officer):
        made = merged(pair, officer)
        later = person_of(Office.CENTRE_OFFICER, centre=pair[0])

        merging.undo(made, by=officer, reason="คนละแห่ง")

        assert Membership.objects.get(person=later).centre == pair[0]

    def test_an_undone_merge_is_not_undone_twice(self, pair, officer):
        made = merged(pair, officer)
        merging.undo(made, by=officer, reason="คนละแห่ง")

        with pytest.raises(ValidationError, match="แล้ว"):
            merging.undo(made, by=officer, reason="คนละแห่ง")

    def test_the_later_of_two_merges_is_undone_first(self, pair, officer):
        first = merged(pair, officer)
        third = CentreFactory(name_th="ที่ดินลำพูน", agency=pair[0].agency)
        second = merging.merge(pair[0], into=third, by=officer, reason="ซ้ำอีก")

        with pytest.raises(ValidationError, match="ก่อน"):
            merging.undo(first, by=officer, reason="คนละแห่ง")
        assert surviving_centre(pair[1].code) == third
        assert [one.pk for one in search_centres(pair[1].name_th).centres] == [third.pk]
        merging.undo(second, by=officer, reason="คนละแห่ง")
        merging.undo(first, by=officer, reason="คนละแห่ง")
        assert surviving_centre(pair[1].code) is None

    def test_an_office_taken_over_since_stands_against_it(self, pair, officer):
        head = person_of(Office.CENTRE_HEAD, centre=pair[1])
        made = merged(pair, officer)
        Membership.objects.filter(person=head).delete()

        with pytest.raises(ValidationError, match="ถูกนำออก"):
            merging.undo(made, by=officer, reason="คนละแห่ง")


def state():
    """What merging may touch, without versions."""
    fields = ("pk", "name_th", "is_open", "merged_into", "also_known_as", "search_text")
    return (
        list(Centre.objects.order_by("pk").values_list(*fields)),
        list(Membership.objects.order_by("pk").values_list("pk", "person", "centre", "office")),
    )


@pytest.fixture
def five():
    agency = AgencyFactory()
    return [CentreFactory(agency=agency).pk for _ in range(5)]


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=7), st.lists(st.integers(0, 4), max_size=6))
def test_undoing_every_merge_backwards_restores_everything(officer, five, deeds, officers):
    with transaction.atomic():
        centre_at = dict(enumerate(Centre.objects.filter(pk__in=five)))
        for place in officers:
            person_of(Office.CENTRE_OFFICER, centre=centre_at[place])
        before, stages = state(), []
        for one, other in deeds:
            was = state()
            try:
                made = merging.merge(centre_at[one], into=centre_at[other], by=officer, reason="ซ้ำ")
            except ValidationError:
                assert state() == was
            else:
                stages.append((made, was))

        assert not Membership.objects.filter(centre__merged_into__isnull=False).exists()
        for made, was in reversed(stages):
            merging.undo(Merge.objects.get(pk=made.pk), by=officer, reason="แยก")
            assert state() == was
        assert state() == before
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_two_people_merge_the_same_two_in_both_directions_and_one_wins(pair, officer):
    results = together(
        lambda: merging.merge(pair[0], into=pair[1], by=officer, reason="ซ้ำ"),
        lambda: merging.merge(pair[1], into=pair[0], by=officer, reason="ซ้ำ"),
        lambda: merging.merge(pair[1], into=pair[0], by=officer, reason="ซ้ำ"),
    )

    assert len([one for one in results if isinstance(one, Merge)]) == 1
    assert len([one for one in results if isinstance(one, ValidationError)]) == 2
    assert Merge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_somebody_appointed_during_the_merge_is_not_lost(pair, officer):
    clerk = person_of(Office.POSTED, centre=pair[0])

    together(
        lambda: merging.merge(pair[1], into=pair[0], by=officer, reason="ซ้ำ"),
        lambda: memberships.appoint(
            person_of(Office.AUDITOR),
            office=Office.CENTRE_OFFICER,
            place=pair[1],
            from_day=clerk.date_joined.date(),
            by=None,
        ),
    )
    for made in Merge.objects.all():
        merging.follow(made)

    assert not Membership.objects.filter(centre=pair[1]).exists()
