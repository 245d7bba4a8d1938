"""Where visits are rated: the phone, the tablet, the kiosk; and where the figures are read."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from saduak.audit.models import Record
from saduak.frontdesk.models import Rating, RatingComment
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations.ratings import comment, rate
from saduak.frontdesk.tests.kiosks import ask, paired
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db

NOW = "2026-11-20T04:00:00Z"


@pytest.fixture(autouse=True)
def _at_eleven():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world():
    return DeskWorld(timezone.now() - timedelta(minutes=9)).stand()


def finished(world, number=1, **facts):
    """A visit that has just ended at that counter."""
    return world.fresh(world.finish(world.serve(world.called(number, **facts), number), number))


def said(response):
    return response.content.decode()


class TestPhone:
    def test_one_tap_and_then_a_few_words(self, client, world):
        ticket = finished(world)
        page = reverse("rate_visit", args=[ticket.secret])

        assert reverse("rate_visit", args=[ticket.secret]) in said(
            client.get(reverse("show_ticket", args=[ticket.secret]))
        )
        assert "พอใจมาก" in said(client.get(page))
        thanked = client.post(page, {"score": "5"}, follow=True)
        client.post(page, {"comment": "บริการดี"}, follow=True)
        client.post(page, {"score": "1"})
        client.post(page, {"comment": "อีกครั้ง"})

        assert "ขอบคุณ" in said(thanked)
        assert 'name="comment"' in said(thanked)
        assert list(Rating.objects.values_list("score", flat=True)) == [5]
        assert list(RatingComment.objects.values_list("words", flat=True)) == ["บริการดี"]
        assert 'name="comment"' not in said(client.get(page))

    @pytest.mark.parametrize("language", ["th", "en", "my", "zh"])
    def test_four_languages(self, client, world, language):
        words = {"th": "พอใจมาก", "en": "Very satisfied", "my": "အလွန် ကျေနပ်ပါသည်", "zh": "非常满意"}
        ticket = finished(world, language=language)

        assert words[language] in said(client.get(reverse("rate_visit", args=[ticket.secret])))

    def test_not_before_the_end_and_not_after_the_day(self, client, world):
        ticket = world.serve(world.called(1), 1)
        page = reverse("rate_visit", args=[ticket.secret])

        client.post(page, {"score": "5"})
        assert "ให้คะแนนได้เมื่อ" in said(client.get(page))
        world.finish(world.fresh(ticket))
        with time_machine.travel("2026-11-20T18:00:00Z", tick=False):  # 01.00 in Bangkok.
            client.post(page, {"score": "5"})
            assert 'name="score"' not in said(client.get(page))

        assert not Rating.objects.exists()

    def test_nobody_else_finds_it(self, client, world):
        assert client.get(reverse("rate_visit", args=["nobody"])).status_code == 404


class TestDevices:
    @pytest.fixture
    def tablet(self, world):
        device, token = paired(world.desk, by=world.head, at=world.now, kind=DeviceKind.TABLET, name="แท็บเล็ต")
        device.counter = world.counters[0]
        device.save()
        return token

    def test_the_tablet_asks_about_the_visit_at_its_counter(self, client, world, tablet):
        assert ask(client, tablet, "tablet_state").json()["visit"] is None

        ticket = finished(world)
        finished(world, 2)
        state = ask(client, tablet, "tablet_state")

        assert (state.json()["counter"], state.json()["visit"]["number"]) == ("1", ticket.shown)
        assert ticket.secret not in said(state)
        assert ask(client, tablet, "tablet_state", **{"If-None-Match": state["ETag"]}).status_code == 304
        taken = ask(client, tablet, "rate_by_device", {"reference": ticket.reference, "score": 4})
        again = ask(client, tablet, "rate_by_device", {"reference": ticket.reference, "score": 1})
        assert (taken.json(), again.json()) == ({"taken": True}, {"taken": False})
        assert ask(client, tablet, "tablet_state").json()["visit"] is None
        assert Rating.objects.get().score == 4

    def test_a_tablet_rates_only_at_its_own_counter(self, client, world, tablet):
        other = finished(world, 2)

        assert ask(client, tablet, "rate_by_device", {"reference": other.reference, "score": 4}).status_code == 404
        assert ask(client, tablet, "rate_by_device", {"reference": other.reference, "score": True}).status_code == 400
        assert ask(client, tablet, "rate_by_device", {"reference": other.reference, "score": 9}).status_code == 400
        assert not Rating.objects.exists()

    def test_at_the_kiosk_a_visitor_finds_the_own_number(self, client, world):
        _device, kiosk = paired(world.desk, by=world.head, at=world.now)
        serving = world.serve(world.called(2), 2)
        ticket = finished(world)

        visits = ask(client, kiosk, "visits_to_rate").json()["visits"]

        assert [visit["number"] for visit in visits] == [ticket.shown]
        assert ask(client, kiosk, "rate_by_device", {"reference": serving.reference, "score": 3}).status_code == 422
        assert ask(client, kiosk, "rate_by_device", {"reference": ticket.reference, "score": 3}).json() == {
            "taken": True
        }
        assert ask(client, kiosk, "visits_to_rate").json() == {"visits": []}


class TestFigures:
    @pytest.fixture
    def rated(self, world):
        for score in (5, 5, 4, 2):
            ticket = finished(world)
            rate(ticket, score, at=world.now)
            comment(ticket, f"ความเห็น {score}", at=world.now)
        world.desk.__class__.objects.update(least_ratings=3)
        return world

    def test_figures_come_after_the_day_and_in_company(self, client, rated):
        client.force_login(rated.officers[0])
        page = reverse("show_ratings", args=[rated.centre.code])

        today = said(client.get(page))
        with time_machine.travel("2026-11-21T04:00:00Z", tick=False):
            client.force_login(rated.officers[0])
            tomorrow = said(client.get(page))

        assert "ยังมีคะแนนน้อยเกินกว่าจะแสดง" in today
        assert "75%" not in today
        assert "ผู้รับบริการ 75 ใน 100 คนพอใจหรือพอใจมาก" in tomorrow
        assert "ขึ้นทะเบียนว่างงาน" in tomorrow
        assert "ความเห็น" not in tomorrow.replace("ความเห็นของผู้รับบริการ", "")

    def test_a_desk_without_ratings_says_how_to_get_some(self, client, world):
        client.force_login(world.officers[0])

        assert "ยังไม่มีผู้ให้คะแนน" in said(client.get(reverse("show_ratings", args=[world.centre.code])))

    def test_questions_do_not_grow_with_ratings(self, client, rated, django_assert_max_num_queries):
        client.force_login(rated.officers[0])
        page = reverse("show_ratings", args=[rated.centre.code])
        client.get(page)

        with django_assert_max_num_queries(16):
            client.get(page)

    def test_comments_are_read_by_supervisors_and_the_reading_is_noted(self, client, rated):
        comments = reverse("list_comments", args=[rated.centre.code])
        client.force_login(rated.officers[0])
        assert client.get(comments).status_code == 403

        with time_machine.travel("2026-11-21T04:00:00Z", tick=False):
            client.force_login(rated.head)
            page = said(client.get(comments))
            words = RatingComment.objects.get(words="ความเห็น 2")
            client.post(reverse("remove_comment", args=[rated.centre.code, words.pk]))

        assert "ความเห็น 2" in page
        assert Record.objects.filter(kind="desk", reference=rated.centre.code).exists()
        assert not RatingComment.objects.filter(pk=words.pk).exists()
