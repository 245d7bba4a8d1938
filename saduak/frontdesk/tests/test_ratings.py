"""Ratings are given once, on the day, and lead to nobody."""

from datetime import timedelta

import pytest
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import connection
from django.utils import timezone

from saduak.frontdesk.models import RatedTicket, Rating, RatingComment
from saduak.frontdesk.operations import ratings
from saduak.frontdesk.operations.ratings import DAY_IS_OVER, NOT_FINISHED, NOT_RATED, RatingRefused, comment, rate
from saduak.frontdesk.queries.ratings import comments_of, ratings_of, to_rate_at
from saduak.frontdesk.tests.world import DeskWorld
from saduak.journal.models import Entry
from tests.support.together import together


@pytest.fixture
def world(db):
    return DeskWorld().stand()


def finished(world, number=1):
    """A visit that has ended at that counter."""
    return world.fresh(world.finish(number=number))


def told(rated):
    """What is shown and withheld of each."""
    return [(one.name, one.seen.shown.number, one.seen.withheld) for one in rated]


def test_a_visit_is_rated_once(world):
    ticket = finished(world)

    assert rate(ticket, 5, at=world.minute())
    assert not rate(ticket, 1, at=world.minute())

    assert list(Rating.objects.values_list("score", "service", "counter", "day")) == [
        (5, world.registration.pk, world.counters[0].pk, ticket.day)
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_taps_at_once_one_counts():
    ticket = finished(DeskWorld().stand())
    at = ticket.stage_since + timedelta(minutes=1)

    answers = together(*[lambda score=score: rate(ticket, score, at=at) for score in (5, 1, 3, 2)])

    assert sorted(answers) == [False, False, False, True]
    assert Rating.objects.count() == 1


def test_a_rating_leads_to_nobody(world):
    ticket = finished(world)
    entries = Entry.objects.count()

    rate(ticket, 2, at=world.minute())
    comment(ticket, "รอนานมาก", at=world.minute())

    for model in (Rating, RatingComment):
        for name in ("ticket", "reference", "at", "rated_at", "officer", "language", "channel"):
            with pytest.raises(FieldDoesNotExist):
                model._meta.get_field(name)
    assert {field.name for field in RatedTicket._meta.concrete_fields} == {"ticket", "has_comment"}
    assert "score" not in {field.name for field in RatingComment._meta.concrete_fields}
    assert Entry.objects.count() == entries


def test_only_what_has_ended_today_is_rated(world):
    serving = world.serve()
    ended = finished(world, 2)

    with pytest.raises(RatingRefused) as early:
        rate(serving, 5, at=world.minute())
    with pytest.raises(RatingRefused) as late:
        rate(ended, 5, at=world.now + timedelta(days=1))

    with pytest.raises(RatingRefused) as said:
        comment(serving, "ดี", at=world.minute())

    assert (early.value.reason, late.value.reason, said.value.reason) == (NOT_FINISHED, DAY_IS_OVER, NOT_FINISHED)
    assert not Rating.objects.exists()
    assert not RatedTicket.objects.exists()


def test_there_are_five_faces(world):
    with pytest.raises(ValueError, match="from 1 to 5"):
        rate(finished(world), 6)


def test_after_the_day_the_rows_are_mixed_and_the_marks_are_gone(world):
    for _ in range(8):
        ticket = finished(world)
        rate(ticket, 4, at=world.minute())
        comment(ticket, "ดี", at=world.minute())
    before = set(Rating.objects.values_list("pk", flat=True))

    today = timezone.localdate(world.now)
    assert ratings.mix_days_before(today) == 0
    assert ratings.mix_days_before(today + timedelta(days=1)) == 16

    assert not RatedTicket.objects.exists()
    assert Rating.objects.filter(is_mixed=True, score=4).count() == 8
    assert not before & set(Rating.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM frontdesk_rating")
        assert cursor.fetchone() == (1,)
    assert ratings.mix_days_before(today + timedelta(days=1)) == 0


def test_figures_need_company_and_a_day_that_is_over(world):
    for number in (1, 1, 1, 2):
        rate(finished(world, number), 4, at=world.minute())
    today = timezone.localdate(world.now)
    world.desk.least_ratings = 3

    running = ratings_of(world.desk, today, today, today=today)
    over = ratings_of(world.desk, today, today, today=today + timedelta(days=1))

    assert (running.given, running.shown.number) == (4, 0)
    assert told(over.services) == [("ขึ้นทะเบียนว่างงาน", 4, 0)]
    assert told(over.counters) == [("1", 3, 0), ("2", 0, 1)]


def test_a_comment_comes_once_after_the_rating(world):
    ticket = finished(world)

    with pytest.raises(RatingRefused) as early:
        comment(ticket, "ดี", at=world.minute())
    rate(ticket, 5, at=world.minute())

    assert early.value.reason == NOT_RATED
    assert not comment(ticket, "  ", at=world.minute())
    assert comment(ticket, "ดี", at=world.minute())
    assert not comment(ticket, "ดีมาก", at=world.minute())
    assert RatingComment.objects.get().words == "ดี"


def test_comments_are_seen_after_their_day(world):
    ticket = finished(world)
    rate(ticket, 1, at=world.minute())
    comment(ticket, "  ขอเก้าอี้เพิ่ม  ", at=world.minute())
    today = timezone.localdate(world.now)

    assert not comments_of(world.desk, today, today, today=today)
    assert [one.words for one in comments_of(world.desk, today, today, today=today + timedelta(days=1))] == [
        "ขอเก้าอี้เพิ่ม"
    ]


def test_a_supervisor_removes_a_comment_that_tells_of_a_person(world):
    ticket = finished(world)
    rate(ticket, 1, at=world.minute())
    comment(ticket, "เจ้าหน้าที่ชื่อสมชาย", at=world.minute())
    words = RatingComment.objects.get()

    with pytest.raises(PermissionDenied):
        ratings.remove_comment(world.desk, words, by=world.officers[0])
    ratings.remove_comment(world.desk, words, by=world.head)

    assert not RatingComment.objects.exists()
    assert "สมชาย" not in str(Entry.objects.get(step="comment_removed").facts)


def test_the_tablet_asks_about_the_visit_that_has_just_ended(world):
    counter = world.counters[0]
    assert to_rate_at(counter, world.now) is None

    ticket = finished(world)
    assert to_rate_at(counter, world.minute()) == ticket
    assert to_rate_at(counter, world.now + timedelta(minutes=30)) is None

    rate(ticket, 5, at=world.now)
    assert to_rate_at(counter, world.now) is None

    finished(world)
    world.called(1)
    assert to_rate_at(counter, world.minute()) is None
