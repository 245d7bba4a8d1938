"""The journal tells where cases were and how long."""

from datetime import UTC, datetime, timedelta

import pytest

from saduak.journal.models import Entry
from saduak.journal.queries import StageDuration, history_of, stage_durations, stays_of
from saduak.journal.tests.letters import Letter
from saduak.people.models import User

DAY = timedelta(days=1)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def go():
    """Writes the stages that a letter reaches, by day."""

    def go(reference, *stages, centre_id=None):
        came_from = ""
        for day, stage in stages:
            Entry.objects.create(
                at=FIRST + day * DAY,
                case_kind="letters.letter",
                case_reference=reference,
                centre_id=centre_id,
                step="go",
                from_stage=came_from,
                to_stage=stage,
            )
            came_from = stage

    return go


def durations(**choice):
    return stage_durations("letters.letter", **{"since": FIRST, "until": FIRST + 100 * DAY, **choice})


def test_a_history_reads_from_the_oldest_with_its_people(go, django_assert_num_queries):
    go("L1", (0, "draft"), (2, "sent"))
    go("L2", (1, "draft"))
    Entry.objects.create(
        at=FIRST,
        case_kind="letters.letter",
        case_reference="L1",
        step="look",
        by=User.objects.create_user("writer", name="ก ข"),
        by_name="ก ข",
    )

    with django_assert_num_queries(1):
        told = [
            (entry.step, entry.to_stage, entry.by and entry.by.name) for entry in history_of(Letter(reference="L1"))
        ]

    assert told == [("go", "draft", None), ("go", "sent", None), ("look", "", "ก ข")]


def test_a_history_leads_from_stage_to_stage(go):
    go("L1", (0, "draft"), (2, "sent"), (3, "sent"), (7, "draft"))

    stays = stays_of(history_of(Letter(reference="L1")))

    assert [(stay.stage, stay.lasted) for stay in stays] == [("draft", 2 * DAY), ("sent", 5 * DAY), ("draft", None)]


def test_no_history_has_no_stays():
    assert stays_of([]) == []


def test_durations_count_stays_that_are_over(go):
    for number, days in enumerate([1, 2, 3, 4, 10]):
        go(f"L{number}", (0, "draft"), (days, "sent"))

    (drafts,) = durations()

    assert drafts == StageDuration("draft", 5, 3 * DAY, timedelta(days=7.6), 10 * DAY)


def test_durations_of_a_time_and_of_some_centres(go):
    go("L1", (0, "draft"), (2, "sent"), (5, "done"), centre_id=1)
    go("L2", (0, "draft"), (4, "sent"), centre_id=2)

    assert [(each.stage, each.stays) for each in durations()] == [("draft", 2), ("sent", 1)]
    assert [(each.stage, each.stays) for each in durations(since=FIRST + 3 * DAY)] == [("draft", 1), ("sent", 1)]
    assert [(each.stage, each.stays) for each in durations(until=FIRST + 5 * DAY)] == [("draft", 2)]
    assert [(each.stage, each.median) for each in durations(centre_ids=[2])] == [("draft", 4 * DAY)]
    assert durations(centre_ids=[]) == []
