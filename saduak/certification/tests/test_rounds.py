"""Rounds from their preparation to their close, as pages."""

from datetime import date

import pytest
from django.urls import reverse

from saduak.certification.models import Round
from saduak.certification.operations import rounds
from saduak.certification.procedure.rounds import RoundStage
from saduak.certification.tests.world import World
from saduak.directory.tests.factories import BodyFactory
from saduak.standards.tests.factories import CriteriaSetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def secretariat(client, world):
    client.force_login(world.secretariat)
    return client


def days(**changed):
    return {
        "application_opens_on": "1/1/2570",
        "application_closes_on": "28/2/2570",
        "screening_opens_on": "1/3/2570",
        "screening_closes_on": "31/3/2570",
        "visits_open_on": "1/4/2570",
        "visits_close_on": "31/7/2570",
        "resolution_opens_on": "1/8/2570",
        "resolution_closes_on": "30/9/2570",
        **changed,
    }


def terms(world, **changed):
    return {
        "cycle_be": "2570",
        "title_th": "รอบ พ.ศ. 2570",
        "title_en": "",
        "criteria": world.criteria.reference,
        "validity_years": "3",
        "mending_working_days": "15",
        "surveillance_months": "12",
        **changed,
    }


def test_a_round_is_prepared_with_buddhist_years(secretariat, world):
    answer = secretariat.post(reverse("prepare_round"), days() | terms(world))

    made = Round.objects.get(cycle_be=2570)
    assert answer.url == made.get_absolute_url()
    assert made.application_closes_on == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("field", "day"),
    [
        pytest.param("screening_opens_on", "28/2/2570", id="begins on the last day of the phase before"),
        pytest.param("visits_close_on", "31/3/2570", id="ends before it begins"),
        pytest.param("application_opens_on", "1/1/2027", id="Gregorian year"),
    ],
)
def test_a_wrong_day_is_told_at_its_field_and_what_was_typed_stays(secretariat, world, field, day):
    answer = secretariat.post(reverse("prepare_round"), days(**{field: day}) | terms(world))

    words = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in words
    assert "รอบ พ.ศ. 2570" in words
    assert not Round.objects.exists()


def test_a_cycle_has_one_round(secretariat, world):
    taken = world.prepared_round

    answer = secretariat.post(reverse("prepare_round"), days() | terms(world, cycle_be=taken.cycle_be))

    assert answer.status_code == 422


def test_a_round_in_preparation_is_seen_by_the_secretariat_only(client, world):
    made = world.prepared_round
    client.force_login(world.head)

    assert client.get(made.get_absolute_url()).status_code == 404
    assert made.title_th not in client.get(reverse("list_rounds")).content.decode()


def test_a_round_opens_once_a_sub_committee_takes_part(secretariat, world):
    made = world.prepared_round
    opening = reverse("take_round_step", args=[made.reference, "open"])

    early = secretariat.post(opening, {"seen": made.version})
    secretariat.post(reverse("bring_in", args=[made.reference]), {"body": world.five.pk, "last_unit_number": "10"})
    done = secretariat.post(opening, {"seen": made.version})

    made.refresh_from_db()
    assert (early.status_code, done.status_code) == (422, 302)
    assert made.stage == RoundStage.OPEN
    assert made.panels.get().last_unit_number == 10


def test_who_comes_second_to_opening_is_told(secretariat, world):
    made = world.round

    answer = secretariat.post(reverse("take_round_step", args=[made.reference, "open"]), {"seen": 0})

    assert answer.status_code == 409


def test_a_sub_committee_must_be_chosen(secretariat, world):
    answer = secretariat.post(reverse("bring_in", args=[world.prepared_round.reference]), {"last_unit_number": "0"})

    assert answer.status_code == 422


def test_one_that_takes_part_cannot_be_brought_in_again(secretariat, world):
    other = BodyFactory(number=6)
    words = secretariat.get(world.round.get_absolute_url()).content.decode()

    assert f'<option value="{other.pk}"' in words
    assert f'<option value="{world.five.pk}"' not in words


def test_the_calendar_is_moved_with_a_reason(secretariat, world):
    made = world.round
    address = reverse("change_round_calendar", args=[made.reference])

    silent = secretariat.post(address, days() | {"seen": made.version})
    done = secretariat.post(address, days() | {"reason": "ขยายเวลาเพราะน้ำท่วม", "seen": made.version})

    made.refresh_from_db()
    assert (silent.status_code, done.status_code) == (422, 302)
    assert made.visits_open_on == date(2027, 4, 1)
    assert "ขยายเวลาเพราะน้ำท่วม" in secretariat.get(made.get_absolute_url()).content.decode()


def test_the_page_counts_the_applications_that_one_may_see(client, world):
    application = world.submitted()
    address = world.round.get_absolute_url()

    client.force_login(world.secretariat)
    assert f"round={world.round.reference}&amp;stage=submitted" in client.get(address).content.decode()
    client.force_login(world.steering_secretary)
    assert f"round={world.round.reference}&amp;stage=submitted" not in client.get(address).content.decode()
    assert application.stage == "submitted"


def test_a_round_closes_when_every_application_has_its_outcome(secretariat, world):
    world.certified()
    made = Round.objects.get()

    answer = secretariat.post(reverse("take_round_step", args=[made.reference, "close"]), {"seen": made.version})

    made.refresh_from_db()
    assert answer.status_code == 302
    assert made.stage == RoundStage.CLOSED
    assert "<form" not in secretariat.get(made.get_absolute_url()).content.decode().split("<main")[1]


class TestTerms:
    """What a round is called and what it asks, until it opens."""

    def said(self, round_, **different):
        facts = {
            "title_th": "รอบ พ.ศ. 2600",
            "title_en": "",
            "validity_years": "๒",
            "mending_working_days": "20",
            "surveillance_months": "6",
        }
        return {**facts, "criteria": round_.criteria.reference, "seen": round_.version, **different}

    def test_a_round_in_preparation_is_called_otherwise(self, secretariat, world):
        round_ = world.prepared_round
        address = reverse("change_round_terms", args=[round_.reference])
        assert address in secretariat.get(round_.get_absolute_url()).text

        wrong = secretariat.post(address, self.said(round_, title_th="", title_en="The round of 2600"))
        done = secretariat.post(address, self.said(round_), follow=True)

        assert wrong.status_code == 422
        assert "The round of 2600" in wrong.text
        assert "รอบ พ.ศ. 2600" in done.text
        changed = Round.objects.get()
        assert (changed.validity_years, changed.mending_working_days, changed.surveillance_months) == (2, 20, 6)
        assert changed.history.last().facts["changes"]["validity_years"] == ["3", "2"]

    def test_other_criteria_are_taken(self, secretariat, world):
        round_, other = world.prepared_round, CriteriaSetFactory()

        rounds.change_terms(round_, by=world.secretariat, criteria=other)

        assert Round.objects.get().criteria == other

    def test_saying_the_same_leaves_no_entry(self, world):
        round_ = world.prepared_round

        rounds.change_terms(round_, by=world.secretariat, title_th=round_.title_th)

        assert [entry.step for entry in round_.history] == ["prepare"]

    def test_once_it_is_open_its_terms_are_pinned(self, secretariat, world):
        round_ = world.round
        address = reverse("change_round_terms", args=[round_.reference])

        page, answer = secretariat.get(address), secretariat.post(address, self.said(round_))

        assert '<form method="post" novalidate' not in page.text.partition("<main")[2]
        assert answer.status_code == 422
        assert Round.objects.get().title_th == round_.title_th
